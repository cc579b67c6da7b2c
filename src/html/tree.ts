// Reading and building a tree of HTML: attributes and words as text, what is a block, and where a new element
// may go.

import type { Element, ElementContent, Nodes, Parents, RootContent } from "hast";
import { scriptText } from "../article/plain-text.ts";
import { text } from "../lib/text.ts";

/** Elements that start a line of their own. */
export const BLOCKS: ReadonlySet<string> = new Set([
  ...["address", "article", "aside", "blockquote", "details", "dd", "div", "dl", "dt", "figcaption"],
  ...["figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main"],
  ...["nav", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul", "audio", "iframe", "video"],
]);

/** Elements that may hold a figure or a paragraph. A parser closes any other element before one. */
export const FLOW_PARENTS: ReadonlySet<string> = new Set([
  ...["article", "aside", "blockquote", "dd", "details", "div", "figure", "li", "section", "td", "th"],
]);

/** True for an element, of one of the names if any are given. */
export const isElement = (node: Nodes, ...names: readonly string[]): node is Element =>
  node.type === "element" && (names.length === 0 || names.includes(node.tagName));

/** True for a block. */
export const isBlock = (node: RootContent): boolean => isElement(node) && BLOCKS.has(node.tagName);

/** True if one of `children` is a block. */
export const holdsBlock = (children: readonly RootContent[]): boolean => children.some(isBlock);

/** True for white space, a line break or a comment. */
export const isBlank = (node: RootContent): boolean =>
  node.type === "comment" ||
  (node.type === "text" ? /^[\s\u200b]*$/.test(node.value) : isElement(node, "br"));

/** `children` without what is blank at both ends. */
export function withoutBreaks(children: readonly ElementContent[]): ElementContent[] {
  const start = children.findIndex((child) => !isBlank(child));
  const end = children.findLastIndex((child) => !isBlank(child));
  return children.slice(start, end + 1);
}

/** An attribute as trimmed text; "" if there is none. */
export function attribute({ properties }: Element, name: string): string {
  const value = properties[name];
  return value === undefined || value === null || typeof value === "boolean"
    ? ""
    : (Array.isArray(value) ? value.join(" ") : String(value)).trim();
}

/** The classes of an element. */
export const classesOf = ({ properties: { className } }: Element): readonly string[] =>
  Array.isArray(className) ? className.map(String) : [];

/**
 * Every element below `node`, in document order. An element that `into` is false of is given, but nothing in
 * it.
 */
export function* elementsIn(node: Parents, into = (_: Element): boolean => true): Generator<Element> {
  const waiting: Nodes[] = [...node.children].reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.type !== "element") continue;
    yield next;
    if (!into(next)) continue;
    for (let i = next.children.length - 1; i >= 0; i--) waiting.push(next.children[i] as Nodes);
  }
}

/**
 * The words below `node` on one line, without those in elements that `skip` is true of. Blocks and line
 * breaks part words.
 */
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

// Elements whose text readers don't see.
const UNREAD = new Set(["script", "style", "template", "noscript", "iframe", "svg", "textarea", "select"]);

/** Replaces each child of `parent` by what `made` returns for it. */
export function replaceChildren(parent: Parents, made: (child: RootContent) => readonly RootContent[]): void {
  // A doctype may be a child of a root only, and no fragment has one.
  parent.children = parent.children.flatMap(made) as typeof parent.children;
}

/**
 * `content` as it may replace `replaced` in `parent`: as a paragraph if `replaced` stands alone there, else
 * in the line.
 */
export const inPlaceOf = (
  replaced: RootContent,
  parent: Parents,
  content: ElementContent,
): Element | ElementContent => (standsAlone(replaced, parent) ? paragraph(content) : content);

/** True for a node with neither words nor inline elements beside it, in a parent that may hold blocks. */
export function standsAlone(node: RootContent, parent: Parents): boolean {
  if (parent.type !== "root" && !(isElement(parent) && FLOW_PARENTS.has(parent.tagName))) return false;
  const siblings: readonly RootContent[] = parent.children;
  const at = siblings.indexOf(node);
  return isEdge(siblings, at, -1) && isEdge(siblings, at, 1);
}

/** True if no inline content follows in this direction. */
function isEdge(siblings: readonly RootContent[], from: number, step: 1 | -1): boolean {
  for (let at = from + step; at >= 0 && at < siblings.length; at += step) {
    const sibling = siblings[at];
    if (sibling?.type === "text" && sibling.value.trim() !== "") return false;
    if (sibling && isElement(sibling)) return !isInline(sibling.tagName);
  }
  return true;
}

const isInline = (tagName: string): boolean => !BLOCKS.has(tagName) && !OWN_LINE.has(tagName);

// Elements besides blocks that are shown on a line of their own, or not at all.
const OWN_LINE: ReadonlySet<string> = new Set([
  ...["script", "style", "noscript", "br", "object", "embed", "picture", "img", "link"],
]);

/** A paragraph. */
export const paragraph = (...children: ElementContent[]): Element => element("p", {}, ...children);

/** A link. Without other words the address is shown. */
export const link = (href: string, words = href): Element =>
  element("a", { href }, { type: "text", value: words });

/** An element. */
export const element = (
  tagName: string,
  properties: Element["properties"],
  ...children: ElementContent[]
): Element => ({ type: "element", tagName, properties, children });
