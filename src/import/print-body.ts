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
  // `&amp;` is easier to read in the file than `&#x26;`.
  return toHtml(tree, { characterReferences: { useNamedReferences: true } }).trim();
}

const KINDS: Readonly<Record<string, readonly ["image" | "link", "src" | "href"]>> = {
  img: ["image", "src"],
  a: ["link", "href"],
};

// A figure without its picture holds only a caption, which is kept with the picture's data.
function dropEmptyFigures(tree: Root): void {
  visit(tree, "element", (node, index, parent) => {
    if (node.tagName !== "figure" || !parent || index === undefined || showsSomething(node)) return;
    parent.children.splice(index, 1);
    return [SKIP, index];
  });
}

// One line a block, for the people who edit the file. Space between blocks came from the page's source.
function separateBlocks(tree: Root): void {
  visit(tree, (node) => {
    if (node.type === "element" && node.tagName === "pre") return SKIP;
    if ("children" in node && node.children.some(isBlock)) node.children = separated(node.children);
  });
  tree.children = tree.children.flatMap((node, index) =>
    index > 0 && isBlock(node) && isBlock(tree.children[index - 1]) ? [LINE_END, node] : [node],
  );
}

/** Children with each run of white space replaced by one line end. */
const separated = <T extends RootContent>(children: readonly T[]) =>
  children.flatMap((node, index): readonly (T | typeof LINE_END)[] =>
    !isSpace(node) ? [node] : isSpace(children[index - 1]) ? [] : [LINE_END],
  );

const LINE_END = { type: "text", value: "\n" } as const;
const BLOCKS = /^(?:p|h[1-6]|ul|ol|dl|figure|blockquote|pre|table|hr|aside|details|div|section|li|dt|dd)$/;

const isBlock = (node: RootContent | undefined): boolean =>
  node?.type === "element" && BLOCKS.test(node.tagName);

// A no-break space was written on purpose.
const isSpace = (node: RootContent | undefined): boolean =>
  node?.type === "text" && /^[ \t\r\n]*$/.test(node.value);

function showsSomething(figure: Element): boolean {
  return figure.children.some((child) =>
    child.type === "text"
      ? child.value.trim() !== ""
      : child.type === "element" && child.tagName !== "figcaption",
  );
}
