// Words of a feed as text: what is HTML and what isn't, and what HTML says without its tags.

import type { Root, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { text } from "../../model/text.ts";
import type { Words } from "./item.ts";

// A reference, or the end of an element that texts use, or one that needs none. "5 < 6 & 7" and "the <b> tag" are text.
const MARKUP =
  /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});|<\/(?:p|div|span|a|b|i|u|em|strong|small|sup|sub|h[1-6]|ul|ol|li|blockquote|figure|table|tr|td|code|pre|cite|q|font|center)>|<(?:br|hr|img|p|wbr)(?:\s[^<>]*)?\/?>/i;

// Elements that no words run across.
const BREAKS = new Set([
  ...[
    "br",
    "hr",
    "p",
    "div",
    "li",
    "ul",
    "ol",
    "dl",
    "dt",
    "dd",
    "blockquote",
    "figure",
    "figcaption",
    "pre",
  ],
  ...["table", "tr", "td", "th", "section", "article", "aside", "h1", "h2", "h3", "h4", "h5", "h6"],
]);
const SILENT = new Set(["script", "style", "template", "noscript"]);

/** True for words that are HTML, or look like it where that was left open. */
export const isHtml = ({ kind, value }: Words): boolean =>
  kind === "html" || (kind === "either" && MARKUP.test(value));

/** Words as text on one line. */
export const asText = (words: Words): string => (isHtml(words) ? textOfHtml(words.value) : text(words.value));

/** What HTML says, on one line. */
export const textOfHtml = (html: string): string => text(wordsOf(fromHtml(html, { fragment: true })));

function wordsOf(node: Root | RootContent): string {
  if (node.type === "text") return node.value;
  if (!("children" in node)) return "";
  if (node.type === "element" && SILENT.has(node.tagName)) return "";
  const inside = node.children.map(wordsOf).join("");
  return node.type === "element" && BREAKS.has(node.tagName) ? ` ${inside} ` : inside;
}
