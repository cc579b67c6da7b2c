// The start of a text for a partner who gets no more of it: so many paragraphs, whatever they are marked up
// as, and never more words than paragraphs have. Everything that a reader would get as text counts,
// attributes and formulas too. Where a policy could be read in two ways, the narrower holds.

import type { Element, Root, RootContent, Text as TextNode } from "hast";
import { IMAGE_MARK } from "../article/article.ts";
import { type Html, html, isVisible, legal, type Text, text } from "../lib/text.ts";
import { parse, write } from "./restrict-html.ts";

/** More words than these are no paragraph, but a text that nobody divided. */
export const WORDS_A_PARAGRAPH = 100;
/**
 * A line that a single `<br>` ends is a paragraph from so many words on; shorter ones are verses or an
 * address.
 */
const WORDS_A_LINE = 8;

const HEADING = /^h[1-6]$/;
/** What a paragraph can't go on beyond. Cells of a table part words alone: a row is one paragraph. */
const BLOCKS: ReadonlySet<string> = new Set([
  ...[
    "p",
    "div",
    "section",
    "article",
    "aside",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
    "hr",
    "address",
  ],
  ...["h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "details", "summary"],
  ...["table", "caption", "thead", "tbody", "tfoot", "tr"],
]);
/** What stands whole or not at all: a table's head says nothing without its rows. */
const WHOLE: ReadonlySet<string> = new Set(["table", "li", "figure"]);
/** What shows something without a word. */
const SHOWN: ReadonlySet<string> = new Set(["iframe", "video", "audio", "math"]);
/** Attributes that are read, spoken or shown somewhere. */
const SPOKEN = ["title", "alt", "label"];
const MARKED = new RegExp(`${IMAGE_MARK}[^${IMAGE_MARK}]*${IMAGE_MARK}`, "g");

/** That nothing more may follow; `lost` where something was to. */
interface End {
  readonly lost: boolean;
}

/**
 * The first `count` paragraphs, without pictures: paragraphs, items of a list, rows, quotations, lines with a
 * `<br>` or two behind them. A heading counts with what it heads. At most 100 words for each paragraph, cut
 * with `…`; a table, an item of a list or a figure that would be cut is left out.
 */
export function firstParagraphs(body: Html, count: number): Html {
  const root = parse(body);
  dropPictures(root);
  const budget = new WordBudget(count * WORDS_A_PARAGRAPH);
  let paragraphs = count;
  /** The paragraph that is being read has something to see. */
  let open = false;
  /** Words of its last line. */
  let line = 0;
  /** The last paragraph was a heading that isn't counted yet. */
  let headed = false;
  walk(root, false);
  return html(write(root).trim());

  /** Takes out of `parent` what is too much. */
  function walk(parent: Root | Element, isPre: boolean): End | undefined {
    for (const [index, child] of parent.children.entries()) {
      if (child.type === "text") {
        const end = read(child, isPre);
        if (end) return cutFrom(parent, index + 1, end);
      }
      if (child.type !== "element") continue;
      const { tagName } = child;
      const isBlock = BLOCKS.has(tagName);
      if ((isBlock && end()) || (tagName === "br" && endLine())) return cutFrom(parent, index);
      if (tagName === "math") {
        if (take(formulaWords(child))) return cutFrom(parent, index);
        continue;
      }
      takeAttributes(child);
      const inner = walk(child, isPre || tagName === "pre");
      if (inner) {
        const isGone = (inner.lost && WHOLE.has(tagName)) || !isShown(child);
        return cutFrom(parent, isGone ? index : index + 1, inner);
      }
      if (isBlock && end(HEADING.test(tagName))) return cutFrom(parent, index + 1);
    }
    return undefined;
  }

  /** Counts what a text says, and cuts it where it is too much. */
  function read(node: TextNode, isPre: boolean): End | undefined {
    const { value } = node;
    let position = 0;
    for (const piece of isPre ? value.split(/(\n)/) : [value]) {
      if (isPre && piece === "\n" && endLine()) {
        node.value = value.slice(0, position);
        return { lost: isVisible(value.slice(position)) };
      }
      const begun = open;
      const fits = budgeted(piece);
      position += fits;
      if (fits < piece.length) {
        // A paragraph that can't begin leaves no sign that it goes on.
        node.value = position === 0 && !begun ? "" : cutAt(value, position);
        return { lost: true };
      }
    }
    return undefined;
  }

  function budgeted(piece: string): number {
    const before = budget.left;
    const fits = budget.take(piece);
    line += before - budget.left;
    open ||= isVisible(piece.slice(0, fits));
    return fits;
  }

  /** Counts words that are given whole or not at all; true where there are too many. */
  function take(words: string): boolean {
    return budgeted(words) < words.length;
  }

  function takeAttributes({ properties }: Element): void {
    for (const name of SPOKEN) {
      const value = properties[name];
      if (typeof value === "string" && budget.take(value) < value.length) delete properties[name];
    }
  }

  /** Ends a line; the second end in a row ends the paragraph, and so does the first after a long line. */
  function endLine(): boolean {
    const ends = line === 0 || line >= WORDS_A_LINE;
    line = 0;
    return ends && end();
  }

  /** Ends the paragraph, if one has begun; true for the last. */
  function end(isHeading = false): boolean {
    if (!open) return false;
    open = false;
    line = 0;
    if (!isHeading || headed) paragraphs--;
    headed = isHeading;
    return paragraphs === 0;
  }
}

function cutFrom(parent: Root | Element, index: number, { lost }: End = { lost: false }): End {
  const gone = parent.children.splice(index);
  return { lost: lost || gone.some(isShown) };
}

/**
 * Takes every picture out of `parent`, with the figure or link that stood there for it alone. True where
 * there was one.
 */
function dropPictures(parent: Root | Element): boolean {
  let dropped = false;
  const isKept = (child: RootContent): boolean => {
    if (child.type === "text") child.value = child.value.replace(MARKED, "");
    if (child.type !== "element") return true;
    const isPicture = child.tagName === "img";
    if (!isPicture && !dropPictures(child)) return true;
    dropped = true;
    if (isPicture) return false;
    // A table without one of its cells would be another.
    if (child.tagName === "td" || child.tagName === "th") return true;
    return child.tagName === "figure" ? holdsPlayer(child) : isShown(child);
  };
  parent.children = parent.children.filter(isKept) as typeof parent.children;
  return dropped;
}

const isShown = (node: RootContent): boolean =>
  node.type === "text"
    ? isVisible(node.value)
    : node.type === "element" && (SHOWN.has(node.tagName) || node.children.some(isShown));

const holdsPlayer = ({ children }: Element): boolean =>
  children.some((child) => child.type === "element" && (SHOWN.has(child.tagName) || holdsPlayer(child)));

/** All that any reader gets of a formula: what is drawn, and what is said instead. */
const formulaWords = ({ properties: { alttext }, children }: Element): string =>
  [...(typeof alttext === "string" ? [alttext] : []), ...children.flatMap(textsIn)].join(" ");

const textsIn = (node: RootContent): readonly string[] =>
  node.type === "text" ? [node.value] : node.type === "element" ? node.children.flatMap(textsIn) : [];

/** A longer run without a space counts as several words. */
const CHARACTERS_A_WORD = 20;
const SEGMENTS = new Intl.Segmenter("en", { granularity: "word" });

/**
 * How many more words a partner may have of a text. Everything visible counts: letters of any script,
 * Braille, emoji, signs, and long runs of punctuation.
 */
export class WordBudget {
  #left: number;
  #marks = 0;

  constructor(words: number) {
    this.#left = words;
  }

  /** How many words may follow. */
  get left(): number {
    return this.#left;
  }

  /**
   * Spends the words of `piece`. Returns how many of its characters (UTF-16 code units) may stand; 0 to all.
   */
  take(piece: string): number {
    /** Characters of the run of signs that is being read: emoji and Braille are no words for `Intl`. */
    let run = 0;
    for (const { segment, index, isWordLike } of SEGMENTS.segment(piece)) {
      if (!isVisible(segment)) {
        run = 0;
        continue;
      }
      const before = isWordLike ? 0 : run;
      run = isWordLike || isPunctuation(segment) ? 0 : before + segment.length;
      const spent = isWordLike
        ? wordsIn(segment.length)
        : isPunctuation(segment)
          ? wordsIn(this.#marks + segment.length) - wordsIn(this.#marks)
          : wordsIn(run) - wordsIn(before);
      if (spent > this.#left) return index + (isWordLike ? this.#left * CHARACTERS_A_WORD : 0);
      if (!isWordLike && isPunctuation(segment)) this.#marks += segment.length;
      this.#left -= spent;
    }
    return piece.length;
  }

  /** As much of a text as may stand, with `…` where it was cut; "" for nothing. */
  start(whole: Text): Text {
    const fits = this.take(whole);
    if (fits === whole.length) return whole;
    return fits === 0 ? text("") : cutAt(whole, fits);
  }
}

/** The start of a text that goes on, with `…`; no half of a character. */
const cutAt = (whole: string, end: number): Text => legal(`${whole.slice(0, end).trimEnd()}…`) as Text;

const wordsIn = (characters: number): number => Math.ceil(characters / CHARACTERS_A_WORD);

const isPunctuation = (segment: string): boolean => /^\p{P}+$/u.test(segment);
