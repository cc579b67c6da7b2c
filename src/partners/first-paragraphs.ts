// Cuts a text to its first paragraphs, whatever they are marked up as, with a limit on their words.
// Everything that a reader gets as text counts, attributes and formulas too. Where a limit could be read in
// two ways, the stricter holds.

import type { Element, Root, RootContent, Text as TextNode } from "hast";
import { replaceImages } from "../article/body.ts";
import { type Html, html, isVisible, legal, type Text, text } from "../lib/text.ts";
import { parse, write } from "./restrict-html.ts";

/** Most words of a paragraph. A longer one is taken for a text without paragraphs. */
export const WORDS_A_PARAGRAPH = 100;
/**
 * A line that ends with a single `<br>` is a paragraph if it has this many words. Shorter ones are verses or
 * an address.
 */
const WORDS_A_LINE = 8;

const HEADING = /^h[1-6]$/;
/** Elements that end a paragraph. Cells of a table don't: a row is one paragraph. */
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
/** Elements that are kept whole or not at all: a table's head says nothing without its rows. */
const WHOLE: ReadonlySet<string> = new Set(["table", "li", "figure"]);
/** Elements that show something without any text. */
const SHOWN: ReadonlySet<string> = new Set(["iframe", "video", "audio", "math"]);
/** Attributes that some reader shows or speaks. */
const SPOKEN = ["title", "alt", "label"];

/** The end of the excerpt; `lost` if anything followed it. */
interface End {
  readonly lost: boolean;
}

/**
 * The first `count` paragraphs, without pictures. List items, table rows, quotations and lines that end with
 * a `<br>` or two count as paragraphs. A heading counts together with the paragraph below it. The text has at
 * most 100 words for each paragraph, and is cut with `…`. A table, list item or figure that would be cut is
 * left out.
 */
export function firstParagraphs(body: Html, count: number): Html {
  const root = parse(replaceImages(body, () => ""));
  dropPictures(root);
  const budget = new WordBudget(count * WORDS_A_PARAGRAPH);
  let paragraphs = count;
  /** Whether the current paragraph shows anything yet. */
  let open = false;
  /** Words of the current line. */
  let line = 0;
  /** Whether the last paragraph was a heading, which isn't counted yet. */
  let headed = false;
  walk(root, false);
  return html(write(root).trim());

  /** Removes from `parent` what exceeds the limit. */
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

  /** Counts a text's words, and cuts it at the limit. */
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
        // A paragraph with no room for even its start leaves no `…`.
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

  /** Counts words that are kept whole or not at all. True if there are too many. */
  function take(words: string): boolean {
    return budgeted(words) < words.length;
  }

  function takeAttributes({ properties }: Element): void {
    for (const name of SPOKEN) {
      const value = properties[name];
      if (typeof value === "string" && budget.take(value) < value.length) delete properties[name];
    }
  }

  /** Ends a line. A second end in a row ends the paragraph, and so does an end after a long line. */
  function endLine(): boolean {
    const ends = line === 0 || line >= WORDS_A_LINE;
    line = 0;
    return ends && end();
  }

  /** Ends the current paragraph, if it has begun. True if it was the last one allowed. */
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
 * Removes every picture from `parent`, and the figure or link around it if nothing else is left in that. True
 * if there was one.
 */
function dropPictures(parent: Root | Element): boolean {
  let dropped = false;
  const isKept = (child: RootContent): boolean => {
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

/** Everything that a reader may get of a formula: what is drawn, and the text in its place. */
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
   * Spends the words of `piece`. Returns how many of its characters (UTF-16 code units) fit, from 0 to all.
   */
  take(piece: string): number {
    /** Length of the current run of signs. `Intl` counts no emoji and Braille as words. */
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

  /** As much of a text as fits, with `…` where it was cut; "" if nothing fits. */
  start(whole: Text): Text {
    const fits = this.take(whole);
    if (fits === whole.length) return whole;
    return fits === 0 ? text("") : cutAt(whole, fits);
  }
}

/** A text cut at `end`, with `…`. Never cuts through a character. */
const cutAt = (whole: string, end: number): Text => legal(`${whole.slice(0, end).trimEnd()}…`) as Text;

const wordsIn = (characters: number): number => Math.ceil(characters / CHARACTERS_A_WORD);

const isPunctuation = (segment: string): boolean => /^\p{P}+$/u.test(segment);
