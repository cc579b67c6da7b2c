// The paragraphs of a body: what is empty goes, and so do boxes that were there for a page's look alone.

import type { Element, ElementContent, Parents, Root, RootContent } from "hast";
import { BLOCKS, elementsIn, isElement, replaceChildren } from "./tree.ts";

const MAY_BE_EMPTY = new Set([
  ...["p", "div", "section", "span", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"],
  ...["blockquote", "figure", "figcaption", "aside", "small", "mark", "q", "cite", "details", "summary"],
  ...["a", "b", "strong", "i", "em", "u", "s", "sub", "sup"],
]);

// What a paragraph may stand in.
const FLOW = new Set([
  "div",
  "section",
  "article",
  "aside",
  "blockquote",
  "li",
  "td",
  "th",
  "dd",
  "details",
  "figure",
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
  const inFlow = parent.type === "root" || (isElement(parent) && FLOW.has(parent.tagName));
  if (inFlow && ![...elementsIn(element)].some(isBlock)) element.tagName = "p";
  return [element];
}

const isBlock = (node: RootContent): boolean => isElement(node) && BLOCKS.has(node.tagName);

const isBlank = (node: RootContent): boolean =>
  node.type === "text" ? /^[\s\u200b]*$/.test(node.value) : isElement(node, "br");

/** Text that stands in no block, as paragraphs. */
function paragraphs(children: readonly RootContent[]): RootContent[] {
  const made: RootContent[] = [];
  let run: ElementContent[] = [];
  const close = () => {
    const words = run.filter((node) => !isBlank(node)).length > 0;
    if (words) made.push({ type: "element", tagName: "p", properties: {}, children: run });
    else made.push(...run.filter((node) => node.type === "text"));
    run = [];
  };
  for (const child of children) {
    const inline =
      child.type === "text" || (isElement(child) && !isBlock(child) && ![...elementsIn(child)].some(isBlock));
    if (inline) run.push(child);
    else {
      close();
      made.push(child);
    }
  }
  close();
  return made;
}
