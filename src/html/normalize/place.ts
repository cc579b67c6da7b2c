// Where something new may stand in a body: as a paragraph of its own, or within the line.

import type { Element, ElementContent, Parents, RootContent } from "hast";
import { FLOW } from "../allowed-html.ts";
import { BLOCKS, isElement } from "../tree.ts";

/** Words, or a link that says them, as a paragraph where `parent` holds blocks and `replaced` stands on no line with others. */
export function placed(
  content: ElementContent,
  replaced: RootContent,
  parent: Parents,
): Element | ElementContent {
  return standsAlone(replaced, parent) ? paragraph(content) : content;
}

/** True for a node that has neither words nor inline elements beside it, in a place that holds blocks. */
export function standsAlone(node: RootContent, parent: Parents): boolean {
  if (parent.type !== "root" && !(isElement(parent) && FLOW.has(parent.tagName))) return false;
  const siblings: readonly RootContent[] = parent.children;
  const at = siblings.indexOf(node);
  return isEdge(siblings, at, -1) && isEdge(siblings, at, 1);
}

/** True where nothing inline follows in this direction. */
function isEdge(siblings: readonly RootContent[], from: number, step: 1 | -1): boolean {
  for (let at = from + step; at >= 0 && at < siblings.length; at += step) {
    const sibling = siblings[at];
    if (sibling?.type === "text" && sibling.value.trim() !== "") return false;
    if (sibling && isElement(sibling)) return !isInline(sibling.tagName);
  }
  return true;
}

const isInline = (tagName: string): boolean => !BLOCKS.has(tagName) && !APART.has(tagName);
// What is shown on a line of its own, or not at all.
const APART: ReadonlySet<string> = new Set([
  "script",
  "style",
  "noscript",
  "br",
  "object",
  "embed",
  "picture",
  "img",
  "link",
]);

/** A paragraph. */
export const paragraph = (...children: ElementContent[]): Element => element("p", {}, ...children);

/** A link; its address is its words where there are no others. */
export const link = (href: string, words = href): Element =>
  element("a", { href }, { type: "text", value: words });

/** An element. */
export const element = (
  tagName: string,
  properties: Element["properties"],
  ...children: ElementContent[]
): Element => ({ type: "element", tagName, properties, children });
