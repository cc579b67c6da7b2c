// Reading a tree of HTML: attributes as text, words as a reader sees them, what is a block.

import type { Element, Nodes, Parents, RootContent } from "hast";
import { scriptText } from "../lib/superscript.ts";
import { text } from "../lib/text.ts";

/** Elements that stand on lines of their own. */
export const BLOCKS: ReadonlySet<string> = new Set([
  ...[
    "address",
    "article",
    "aside",
    "blockquote",
    "details",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
  ],
  ...[
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "pre",
  ],
  ...["section", "table", "td", "th", "tr", "ul", "audio", "iframe", "video"],
]);

/** True for an element, of one of the names where any are given. */
export const isElement = (node: Nodes, ...names: readonly string[]): node is Element =>
  node.type === "element" && (names.length === 0 || names.includes(node.tagName));

/** An attribute as text, trimmed; "" where there is none. */
export function attribute({ properties }: Element, name: string): string {
  const value = properties[name];
  return value === undefined || value === null || typeof value === "boolean"
    ? ""
    : (Array.isArray(value) ? value.join(" ") : String(value)).trim();
}

/** Every element below `node`, in the document's order. What `into` refuses is given, but not what it holds. */
export function* elementsIn(node: Parents, into = (_: Element): boolean => true): Generator<Element> {
  const waiting: Nodes[] = [...node.children].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type !== "element") continue;
    yield next;
    if (!into(next)) continue;
    for (let i = next.children.length - 1; i >= 0; i--) waiting.push(next.children[i] as Nodes);
  }
}

/** Puts what `made` gives for each child in its place. */
export function replaceChildren(parent: Parents, made: (child: RootContent) => readonly RootContent[]): void {
  // What may stand at the root and nowhere else, a doctype, is in no fragment.
  parent.children = parent.children.flatMap(made) as typeof parent.children;
}

/** The words below `node` on one line, without what `skip` is true of. Blocks and line breaks part words. */
export function wordsIn(node: Nodes, skip = (_: Element): boolean => false): string {
  const parts: string[] = [];
  const walk = (at: Nodes): void => {
    if (at.type === "text") parts.push(at.value);
    if (!("children" in at) || (at.type === "element" && (UNREAD.has(at.tagName) || skip(at)))) return;
    const said = at.type === "element" ? scriptText(at, parts.at(-1) ?? "") : undefined;
    if (said !== undefined) {
      parts.push(said);
      return;
    }
    const parted = at.type === "element" && (at.tagName === "br" || BLOCKS.has(at.tagName));
    if (parted) parts.push(" ");
    for (const child of at.children) walk(child);
    if (parted) parts.push(" ");
  };
  walk(node);
  return text(parts.join(""));
}

// Their text is none for readers.
const UNREAD = new Set(["script", "style", "template", "noscript", "iframe", "svg", "textarea", "select"]);
