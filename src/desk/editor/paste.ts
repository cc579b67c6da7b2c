// HTML that is pasted, or read of a Word document, as the editor's schema can hold it.

import type { ElementContent, Parents, Element as TreeElement } from "hast";
import { makeWordLists } from "../../html/normalize/word-lists.ts";
import { parsed } from "./dom.ts";

/** Pasted HTML in the editor's own terms. */
export function cleanPasted(html: string): string {
  const body = parsed(html);
  // Only Word's clipboard has them: most pastes needn't be read twice.
  if (/mso-list|supportLists/.test(html)) setLists(body);
  replaceStyles(body);
  for (const cell of body.querySelectorAll("td, th")) setLines(cell);
  return body.innerHTML;
}

type Item = ElementContent & { readonly node?: Node };

/** Puts Word's paragraphs that are items of a list into lists, by the rule of the clean-up. */
function setLists(body: HTMLElement): void {
  const tree: Parents = { type: "root", children: [...body.childNodes].flatMap(treeOf) };
  makeWordLists(tree);
  body.replaceChildren(...(tree.children as readonly Item[]).map((item) => nodeOf(item, body.ownerDocument)));
}

/** A node as the clean-up reads it, which remembers where it comes from. */
function treeOf(node: Node): readonly Item[] {
  if (node instanceof Element) {
    const style = node.getAttribute("style");
    const properties = style === null ? {} : { style };
    const children = [...node.childNodes].flatMap(treeOf);
    return [{ type: "element", tagName: node.localName, properties, children, node } as TreeElement & Item];
  }
  const value = node.nodeValue ?? "";
  return [{ type: node instanceof Comment ? "comment" : "text", value, node } as Item];
}

function nodeOf(item: Item, page: Document): Node {
  if (item.type !== "element") return item.node ?? page.createTextNode("");
  const made = item.node instanceof Element ? item.node : page.createElement(item.tagName);
  made.replaceChildren(...(item.children as readonly Item[]).map((child) => nodeOf(child, page)));
  return made;
}

/** A cell holds lines of text: the paragraphs of Word's cells become lines. */
function setLines(cell: Element): void {
  for (const block of cell.querySelectorAll("p, div")) {
    if (block.nextSibling !== null) block.append(cell.ownerDocument.createElement("br"));
    block.replaceWith(...block.childNodes);
  }
}

/**
 * Puts elements in place of inline styles. The page's Content-Security-Policy ignores inline styles, but Google
 * Docs marks bold text with them, and wraps everything in a `b` that isn't bold.
 */
function replaceStyles(body: HTMLElement): void {
  for (const one of body.querySelectorAll("[style]")) {
    const style = one.getAttribute("style") ?? "";
    if (one.localName === "b" && /(?<![-\w])font-weight:\s*normal/.test(style))
      one.replaceWith(...one.childNodes);
    else if (one.localName === "span") {
      if (/font-style:\s*italic/.test(style)) wrap(one, "em");
      if (/(?<![-\w])font-weight:\s*(?:bold|[6-9]00)/.test(style)) wrap(one, "strong");
    }
  }
}

function wrap(one: Element, name: string): void {
  const made = one.ownerDocument.createElement(name);
  made.append(...one.childNodes);
  one.append(made);
}
