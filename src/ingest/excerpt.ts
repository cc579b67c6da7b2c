// The start of a text, for articles without a dek.

import type { Element, Root } from "hast";
import { SKIP, visit } from "unist-util-visit";
import { formulaText } from "../model/formula.ts";
import { scriptText } from "../model/scripts.ts";
import { isVisible, type Text, text } from "../model/text.ts";

const EXCERPT_CHARACTERS = 280;
// A first sentence shorter than this says too little alone: then words are cut.
const SHORTEST_SENTENCE_CHARACTERS = 100;
const NO_PROSE = new Set(["figure", "table", "pre", "aside", "ol", "ul", "dl"]);

/** The first ~280 characters of the paragraphs, cut at a sentence, else at a word with `…`; "" where there are none. */
export function excerptOf(tree: Root): Text {
  const paragraphs: string[] = [];
  let length = 0;
  visit(tree, "element", (node) => {
    if (NO_PROSE.has(node.tagName)) return SKIP;
    if (node.tagName !== "p" || length > EXCERPT_CHARACTERS) return;
    const paragraph = wordsOf(node);
    length += paragraph.length + 1;
    if (isVisible(paragraph)) paragraphs.push(paragraph);
    return SKIP;
  });
  return cut(text(paragraphs.join(" ")));
}

/** What a paragraph says; a line break parts words. */
function wordsOf(paragraph: Element): Text {
  const words: string[] = [];
  visit(paragraph, (node) => {
    if (node.type === "text") words.push(node.value);
    else if (node.type === "element" && node.tagName === "br") words.push(" ");
    else if (node.type === "element") {
      const said = node.tagName === "math" ? formulaText(node) : scriptText(node, words.at(-1) ?? "");
      if (said === undefined) return;
      words.push(said);
      return SKIP;
    }
  });
  return text(words.join(""));
}

function cut(whole: Text): Text {
  if (whole.length <= EXCERPT_CHARACTERS) return whole;
  const sentence = segments(whole, "sentence").trim();
  if (sentence.length >= SHORTEST_SENTENCE_CHARACTERS) return text(sentence);
  // A word longer than all this is cut in the middle.
  const words = segments(whole, "word").trim() || segments(whole, "grapheme");
  return text(`${words.replace(/[\s,;:–—-]+$/u, "")}…`);
}

/** As many whole segments from the start as fit. */
function segments(whole: Text, granularity: "sentence" | "word" | "grapheme"): string {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter("en", { granularity }).segment(whole)) {
    if (index + segment.trimEnd().length > EXCERPT_CHARACTERS) break;
    end = index + segment.length;
  }
  return whole.slice(0, end);
}
