// The paragraphs of a body: what is empty goes, and so do boxes that were there for a page's look alone.

import type { Element, ElementContent, Parents, Root, RootContent } from "hast";
import { BLOCKS, elementsIn, FLOW_PARENTS, isElement, replaceChildren } from "../../html/tree.ts";

const MAY_BE_EMPTY = new Set([
  ...["p", "div", "section", "span", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"],
  ...["blockquote", "figure", "figcaption", "aside", "small", "mark", "q", "cite", "details", "summary"],
  ...["a", "b", "strong", "i", "em", "u", "s", "sub", "sup"],
]);

/** Leaves paragraphs where there were boxes, and nothing empty. Changes `tree`. */
export function tidyBlocks(tree: Root): void {
  tidyIn(tree);
  tree.children = paragraphs(tree.children);
}

function tidyIn(parent: Parents): void {
  replaceChildren(parent, (child) => {
    if (!isElement(child) || child.tagName === "pre") return [child];
    tidyIn(child);
    return tidied(child, parent);
  });
}

function tidied(element: Element, parent: Parents): ElementContent[] {
  const { tagName, children } = element;
  const plain = Object.keys(element.properties).length === 0;
  // An id may be what a link leads to.
  if (MAY_BE_EMPTY.has(tagName) && element.properties.id === undefined && children.every(isBlank)) {
    return BLOCKS.has(tagName) ? [] : children;
  }
  if (!plain) return [element];
  if (tagName === "span" || tagName === "a") return children;
  if (tagName !== "div" && tagName !== "section") return [element];
  if (children.every((child) => isBlank(child) || isBlock(child))) return children;
  const inFlow = parent.type === "root" || (isElement(parent) && FLOW_PARENTS.has(parent.tagName));
  if (inFlow && ![...elementsIn(element)].some(isBlock)) element.tagName = "p";
  return [element];
}

const isBlock = (node: RootContent): boolean => isElement(node) && BLOCKS.has(node.tagName);

const isBlank = (node: RootContent): boolean =>
  node.type === "text" ? /^[\s\u200b]*$/.test(node.value) : isElement(node, "br");

/** Text that stands in no block, as paragraphs. */
function paragraphs(children: readonly RootContent[]): RootContent[] {
  const runs: RootContent[][] = [];
  for (const child of children) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    if (run && first && isInline(first) && isInline(child)) run.push(child);
    else runs.push([child]);
  }
  return runs.flatMap((run) => (run.every(isInline) ? trimmed(run) : run));
}

const isInline = (node: RootContent): node is ElementContent =>
  node.type === "text" || (isElement(node) && !isBlock(node) && ![...elementsIn(node)].some(isBlock));

/** A paragraph of `run`, with the space at its ends outside; one that is all space stays. */
function trimmed(run: readonly ElementContent[]): RootContent[] {
  const first = run.findIndex((node) => !isBlank(node));
  const last = run.findLastIndex((node) => !isBlank(node));
  if (first < 0) return run.filter(isText);
  const children = run.slice(first, last + 1).map((node, index, { length }) => {
    if (node.type !== "text") return node;
    const start = index === 0 ? node.value.trimStart() : node.value;
    return { ...node, value: index === length - 1 ? start.trimEnd() : start };
  });
  const paragraph = { type: "element", tagName: "p", properties: {}, children } as const;
  return [...run.slice(0, first).filter(isText), paragraph, ...run.slice(last + 1).filter(isText)];
}

const isText = (node: RootContent): boolean => node.type === "text";
