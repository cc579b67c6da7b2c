// What a document says by a style, as the element that says it: what is struck out, raised or stressed stays so.

import type { Element, ElementContent } from "hast";
import { attribute, wordsIn } from "../tree.ts";
import { element } from "./place.ts";

/** Elements whose style is looked at: documents put all that they say into spans, and one that says nothing round them. */
export const STYLED: ReadonlySet<string> = new Set(["span", "b", "strong"]);

/** `node` with elements for what its style says, or without itself where its style takes back what it says. */
export function styled(node: Element): readonly ElementContent[] {
  const style = attribute(node, "style");
  if (style === "") return [node];
  if (node.tagName !== "span")
    return /font-weight:\s*(?:normal|[1-4]00)/i.test(style) ? node.children : [node];
  const names = wordsIn(node) === "" ? [] : SAID.filter(([said]) => said.test(style)).map(([, name]) => name);
  if (names.length === 0) return [node];
  const { style: _style, ...properties } = node.properties;
  let inner = node.children;
  for (const name of names) inner = [element(name, {}, ...inner)];
  return Object.keys(properties).length === 0 ? inner : [{ ...node, properties, children: inner }];
}

// From the innermost.
const SAID: readonly (readonly [RegExp, string])[] = [
  [/vertical-align:\s*sub/i, "sub"],
  [/vertical-align:\s*super/i, "sup"],
  [/font-style:\s*(?:italic|oblique)/i, "em"],
  [/font-weight:\s*(?:bold|[6-9]00)/i, "strong"],
  [/text-decoration(?:-line)?:[^;]*line-through/i, "s"],
];
