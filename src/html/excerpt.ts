// The start of a text, for articles without a dek.

import type { Element, ElementContent, Root } from "hast";
import { SKIP, visit } from "unist-util-visit";
import { formulaText, scriptText } from "../article/plain-text.ts";
import { isVisible, type Text, text } from "../lib/text.ts";
import { BLOCKS, elementsIn } from "./tree.ts";

const EXCERPT_CHARACTERS = 280;
// A shorter first sentence says too little: then the text is cut at a word.
const SHORTEST_SENTENCE_CHARACTERS = 100;
const NO_PROSE = new Set([
  ...["figure", "table", "pre", "aside", "ol", "ul", "dl", "summary", "hr"],
  ...["h1", "h2", "h3", "h4", "h5", "h6", "iframe", "video", "audio"],
]);

/**
 * The first 280 characters or so of the paragraphs, cut at a sentence, else at a word with `…`; "" without
 * paragraphs. A line outside of a `p` is a paragraph too.
 */
export function excerptOf(tree: Root): Text {
  const paragraphs: string[] = [];
  let length = 0;
  let line: ElementContent[] = [];
  const end = () => {
    const paragraph = withoutAddresses(wordsOf(line));
    line = [];
    if (!isVisible(paragraph)) return;
    length += paragraph.length + 1;
    paragraphs.push(paragraph);
  };
  const walk = (node: Root | Element): void => {
    for (const child of node.children) {
      if (length > EXCERPT_CHARACTERS) return;
      if (child.type !== "text" && child.type !== "element") continue;
      if (child.type === "text" || !holdsBlock(child)) {
        line.push(child);
        continue;
      }
      end();
      if (!NO_PROSE.has(child.tagName)) walk(child);
      end();
    }
  };
  walk(tree);
  end();
  return cut(text(paragraphs.join(" ")));
}

const isBlock = ({ tagName }: Element): boolean => BLOCKS.has(tagName) || NO_PROSE.has(tagName);
const holdsBlock = (element: Element): boolean =>
  element.tagName !== "br" && (isBlock(element) || [...elementsIn(element)].some(isBlock));

/**
 * A paragraph without web addresses after its last sentence, or without any text if it is only addresses:
 * they are links of embeds, which say nothing in a summary.
 */
function withoutAddresses(paragraph: Text): string {
  const words = paragraph.split(" ");
  const last = words.findLastIndex((word) => !/^https?:\/\//.test(word));
  const rest = words.slice(0, last + 1).join(" ");
  return rest === "" || /[.!?…。！？]["'”’»)\]]*$/u.test(rest) ? rest : paragraph;
}

/** What the nodes of a paragraph say; a line break parts words. */
function wordsOf(children: ElementContent[]): Text {
  const words: string[] = [];
  visit({ type: "root", children } satisfies Root, (node) => {
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
