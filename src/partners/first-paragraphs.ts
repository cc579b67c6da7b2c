// The start of a text for a partner who gets no more of it: so many paragraphs, whatever they are marked up as, and never
// more words than paragraphs have. Where a policy could be read in two ways, the narrower holds.

import type { Element, Root, Text as TextNode } from "hast";
import { IMAGE_MARK } from "../model/article.ts";
import { type Html, html } from "../model/text.ts";
import { parse, write } from "./fit-html.ts";

/** More words than these are no paragraph, but a text that nobody divided. */
const WORDS_A_PARAGRAPH = 100;
/** A line that a single `<br>` ends is a paragraph from so many words on; shorter ones are verses or an address. */
const WORDS_A_LINE = 8;
/** A longer run without a space counts as several words. */
const CHARACTERS_A_WORD = 20;

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
const MARKED = new RegExp(`(${IMAGE_MARK}[^${IMAGE_MARK}]*${IMAGE_MARK})`);
const WORDS = new Intl.Segmenter("en", { granularity: "word" });

/**
 * The first `count` paragraphs, with what stands between them: paragraphs, items of a list, rows, quotations, lines with a
 * `<br>` or two behind them. A heading counts with what it heads. At most 100 words for each paragraph, cut with `…`.
 */
export function firstParagraphs(body: Html, count: number): Html {
  const root = parse(body);
  let paragraphs = count;
  let words = count * WORDS_A_PARAGRAPH;
  /** Words of the paragraph that is being read, and of its last line. */
  let open = 0;
  let line = 0;
  /** The last paragraph was a heading that isn't counted yet. */
  let headed = false;
  walk(root, false);
  return html(write(root).trim());

  /** Takes out of `parent` what is too much; true once nothing more may follow. */
  function walk(parent: Root | Element, isPre: boolean): boolean {
    for (const [index, child] of parent.children.entries()) {
      if (child.type === "text") {
        if (!read(child, isPre)) continue;
        parent.children.splice(index + 1);
        return true;
      }
      if (child.type !== "element") continue;
      const { tagName } = child;
      const isBlock = BLOCKS.has(tagName);
      if ((isBlock && end()) || (tagName === "br" && endLine())) {
        parent.children.splice(index);
        return true;
      }
      if (walk(child, isPre || tagName === "pre") || (isBlock && end(HEADING.test(tagName)))) {
        parent.children.splice(index + 1);
        return true;
      }
    }
    return false;
  }

  /** Counts what a text says, and cuts it where it is too much. */
  function read(node: TextNode, isPre: boolean): boolean {
    let position = 0;
    for (const part of node.value.split(MARKED)) {
      const lines = isPre && !part.startsWith(IMAGE_MARK) ? part.split(/(\n)/) : [part];
      for (const piece of lines) {
        const isOver = piece.startsWith(IMAGE_MARK) ? end() : piece === "\n" && isPre ? endLine() : false;
        if (isOver) {
          node.value = node.value.slice(0, position);
          return true;
        }
        const fits = piece.startsWith(IMAGE_MARK) ? piece.length : take(piece);
        position += fits;
        if (fits < piece.length) {
          node.value = `${node.value.slice(0, position).trimEnd()}…`;
          return true;
        }
      }
    }
    return false;
  }

  /** Counts the words of `piece`. Returns how much of it may stand. */
  function take(piece: string): number {
    for (const { segment, index, isWordLike } of WORDS.segment(piece)) {
      if (isWordLike !== true) continue;
      const counted = Math.ceil(segment.length / CHARACTERS_A_WORD);
      if (counted > words) return index + words * CHARACTERS_A_WORD;
      words -= counted;
      open += counted;
      line += counted;
    }
    return piece.length;
  }

  /** Ends a line; the second end in a row ends the paragraph, and so does the first after a long line. */
  function endLine(): boolean {
    const ends = line === 0 || line >= WORDS_A_LINE;
    line = 0;
    return ends && end();
  }

  /** Ends the paragraph, if one has begun; true for the last. */
  function end(isHeading = false): boolean {
    if (open === 0) return false;
    open = 0;
    line = 0;
    if (!isHeading || headed) paragraphs--;
    headed = isHeading;
    return paragraphs === 0;
  }
}
