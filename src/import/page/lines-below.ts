// The lines of text in a part of a page, as readers see them.

import type { Element, Nodes } from "hast";
import { BLOCKS, wordsIn } from "../../html/tree.ts";

/** The lines of text in `node`, split at blocks and line breaks, each as a `span`. */
export function* lineElementsBelow(node: Nodes): Generator<Element> {
  let line: Nodes[] = [];
  const ended = function* (): Generator<Element> {
    const span: Element = { type: "element", tagName: "span", properties: {}, children: line as never };
    line = [];
    if (wordsIn(span) !== "") yield span;
  };
  const walk = function* (at: Nodes): Generator<Element> {
    if (!holdsBlock(at)) {
      line.push(at);
      return;
    }
    const parts = isBlock(at);
    if (parts) yield* ended();
    if ("children" in at) for (const child of at.children) yield* walk(child);
    if (parts) yield* ended();
  };
  if ("children" in node) for (const child of node.children) yield* walk(child);
  yield* ended();
}

/** The lines of text in `node`. */
export const linesBelow = (node: Nodes): readonly string[] =>
  Array.from(lineElementsBelow(node), (line) => wordsIn(line));

const isBlock = (at: Nodes): boolean =>
  at.type === "element" && (at.tagName === "br" || BLOCKS.has(at.tagName));

const holdsBlock = (at: Nodes): boolean =>
  at.type === "element" && (isBlock(at) || at.children.some((child) => holdsBlock(child)));
