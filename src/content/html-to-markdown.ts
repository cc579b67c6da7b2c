// HTML as Markdown, as far as Markdown has it; the rest stays HTML within it. Pure.

import type { Element, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { defaultHandlers, type Handle, toMdast } from "hast-util-to-mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { visit } from "unist-util-visit";

/** Elements within a line that Markdown has no sign for. */
const INLINE = [
  ...["abbr", "bdi", "bdo", "cite", "dfn", "ins", "kbd", "mark", "q", "ruby", "s", "samp", "small", "span"],
  ...["strike", "sub", "sup", "time", "tt", "u", "var", "wbr"],
];
/** Elements that stand for themselves, or hold more than Markdown can say. */
const BLOCKS = [
  ...["aside", "audio", "details", "div", "dl", "figure", "iframe", "math", "picture", "section", "video"],
];

/**
 * Writes HTML as Markdown. Whether it reads back to the same HTML isn't certain: compare that with
 * `markdownBody`.
 */
export function htmlToMarkdown(html: string): string {
  const tree = toMdast(fromHtml(html, { fragment: true }), { handlers: HANDLERS });
  visit(tree, "list", (list) => {
    for (const item of list.children) item.spread = !isTight(item);
    list.spread = list.children.some(({ spread }) => spread === true);
  });
  return toMarkdown(tree, { bullet: "-", emphasis: "_", rule: "-", extensions: [gfmToMarkdown()] });
}

type Kind = { readonly type: string };

const isTight = ({ children: [first, ...rest] }: { readonly children: readonly Kind[] }): boolean =>
  first?.type === "paragraph" && rest.every(({ type }) => type === "list");

/**
 * Takes the `p` of items that hold one paragraph, or one and lists behind it: readers get the same, and
 * Markdown can't always say it.
 */
export function tightenItems(tree: Root): void {
  visit(tree, "element", (item) => {
    if (item.tagName !== "li") return;
    const [first, ...rest] = item.children.filter(({ type }) => type === "element") as readonly Element[];
    const isText = item.children.some((child) => child.type === "text" && child.value.trim() !== "");
    const hasLists = rest.every(({ tagName }) => tagName === "ul" || tagName === "ol");
    if (isText || first?.tagName !== "p" || Object.keys(first.properties).length > 0 || !hasLists) return;
    item.children = [...first.children, ...rest];
  });
}

const asHtml: Handle = (_, node: Element) => ({ type: "html", value: toHtml(node) });

/** The tags as HTML, and what is between them as Markdown. */
const inTags: Handle = (state, node: Element) => {
  const [open = "", close] = toHtml({ ...node, children: [{ type: "text", value: "\0" }] }).split("\0");
  if (close === undefined) return { type: "html", value: open };
  return [
    { type: "html", value: open },
    ...state.all(node),
    { type: "html", value: close },
  ] as ReturnType<Handle>;
};

/** What a cell of a table in Markdown can't be. */
const NO_PLAIN_TABLE =
  /<(?:caption|col|colgroup|tfoot|ul|ol|p|br|img|pre|h\d)\b|\b(?:colspan|rowspan|scope|id|lang|dir)=/i;

const table: Handle = (state, node: Element, parent) => {
  const html = toHtml(node);
  const isPlain = html.includes("<thead>") && !NO_PLAIN_TABLE.test(html);
  return isPlain ? defaultHandlers.table(state, node) : asHtml(state, node, parent);
};

const HANDLERS: Readonly<Record<string, Handle>> = {
  ...Object.fromEntries(INLINE.map((name) => [name, inTags])),
  ...Object.fromEntries(BLOCKS.map((name) => [name, asHtml])),
  table,
};
