// The addresses in an imported body, each replaced by what it means where the article will stand.

import type { Element, Root, RootContent } from "hast";
import { toHtml } from "hast-util-to-html";
import { SKIP, visit } from "unist-util-visit";
import { parseBody } from "../html/parse.ts";

/** What an address becomes; undefined takes the picture away, or leaves of a link its words. */
export type Readdress = (kind: "image" | "link", address: string) => string | undefined;

/** Gives every `img` and `a` of `html` the address that `readdress` finds for it. */
export function readdressBody(html: string, readdress: Readdress): string {
  const tree = parseBody(html);
  visit(tree, "element", (node, index, parent) => {
    const kind = KINDS[node.tagName];
    if (kind === undefined || !parent || index === undefined) return;
    const [kindName, attribute] = kind;
    const address = node.properties[attribute];
    if (typeof address !== "string") return;
    const found = readdress(kindName, address);
    if (found !== undefined) {
      node.properties[attribute] = found;
      return;
    }
    parent.children.splice(index, 1, ...(kindName === "link" ? node.children : []));
    return [SKIP, index];
  });
  dropEmptyFigures(tree);
  separateBlocks(tree);
  // `&amp;` says more to whoever edits the file than `&#x26;`.
  return toHtml(tree, { characterReferences: { useNamedReferences: true } }).trim();
}

const KINDS: Readonly<Record<string, readonly ["image" | "link", "src" | "href"]>> = {
  img: ["image", "src"],
  a: ["link", "href"],
};

// Of a figure without its picture only the caption is left, and that is kept with the picture.
function dropEmptyFigures(tree: Root): void {
  visit(tree, "element", (node, index, parent) => {
    if (node.tagName !== "figure" || !parent || index === undefined || showsSomething(node)) return;
    parent.children.splice(index, 1);
    return [SKIP, index];
  });
}

// A line a block, for whoever edits the file: space that stood between blocks was about the page that they come from.
function separateBlocks(tree: Root): void {
  visit(tree, (node) => {
    if (node.type === "element" && node.tagName === "pre") return SKIP;
    if ("children" in node && node.children.some(isBlock)) node.children = separated(node.children);
  });
  tree.children = tree.children.flatMap((node, index) =>
    index > 0 && isBlock(node) && isBlock(tree.children[index - 1]) ? [LINE_END, node] : [node],
  );
}

/** Children with one line's end for all the space that stands between two, or beside one. */
const separated = <T extends RootContent>(children: readonly T[]) =>
  children.flatMap((node, index): readonly (T | typeof LINE_END)[] =>
    !isSpace(node) ? [node] : isSpace(children[index - 1]) ? [] : [LINE_END],
  );

const LINE_END = { type: "text", value: "\n" } as const;
const BLOCKS = /^(?:p|h[1-6]|ul|ol|dl|figure|blockquote|pre|table|hr|aside|details|div|section|li|dt|dd)$/;

const isBlock = (node: RootContent | undefined): boolean =>
  node?.type === "element" && BLOCKS.test(node.tagName);

// A space that doesn't break is somebody's.
const isSpace = (node: RootContent | undefined): boolean =>
  node?.type === "text" && /^[ \t\r\n]*$/.test(node.value);

function showsSomething(figure: Element): boolean {
  return figure.children.some((child) =>
    child.type === "text"
      ? child.value.trim() !== ""
      : child.type === "element" && child.tagName !== "figcaption",
  );
}
