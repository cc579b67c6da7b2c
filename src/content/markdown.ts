// Markdown (CommonMark with GitHub's tables, footnotes, strikethrough and bare links) -> HTML, and HTML ->
// Markdown. Only the command line runs this. HTML inside Markdown stays; it isn't cleaned here, because the
// Worker cleans it.

import type { Element, Root } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { defaultHandlers, type Handle, toMdast } from "hast-util-to-mdast";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import rehypeRaw from "rehype-raw";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { checkBounds, TooMuchMarkup } from "../html/parse.ts";
import {
  type Body,
  type PlacedElement,
  type Reference,
  referenceAttribute,
  referenceOf,
} from "./references.ts";

const reader = unified()
  .use(remarkParse)
  // Elsewhere `H~2~O` is a subscript, so it isn't struck through.
  .use(remarkGfm, { singleTilde: false })
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(() => (tree: Root) => visit(tree, "element", withoutTrailingPunctuation))
  .use(() => (tree: Root) => checkBounds(toHtml(tree, { allowDangerousHtml: true })))
  .use(rehypeRaw)
  .freeze();

/** Reads Markdown that starts on `firstLine` of its file. @throws TooMuchMarkup */
export function markdownBody(source: string, firstLine = 1): Body {
  checkMarkdown(source, firstLine);
  const tree: Root = reader.runSync(reader.parse(source));
  visit(tree, "element", toFigure);
  const elements: PlacedElement[] = [];
  const found = new Map<Element, Reference>();
  // Elements made from raw HTML may lack a position; they are near the last one that has it.
  let line = firstLine;
  visit(tree, "element", (element) => {
    if (element.position) line = element.position.start.line + firstLine - 1;
    elements.push({ element, line });
    const reference = referenceOf(element, line);
    if (reference) found.set(element, reference);
  });
  return {
    elements,
    references: [...found.values()],
    html(addressOf, withLines) {
      if (withLines) for (const { element, line } of elements) element.properties.dataWireroomLine = line;
      for (const [element, reference] of found) {
        const attribute = referenceAttribute(element);
        if (attribute) element.properties[attribute] = addressOf(reference);
      }
      const html = toHtml(tree);
      if (withLines) for (const { element } of elements) delete element.properties.dataWireroomLine;
      return html;
    },
  };
}

/** Punctuation outside ASCII that ends a sentence or a quotation, with the ASCII punctuation before it. */
const TRAILING_PUNCTUATION = /[.,:;!?*_~'"]*(?:(?![\x00-\x7f])\p{P})+$/u;

/**
 * Takes trailing punctuation out of a bare address's link: in “www.x.org” the closing quote isn't part of the
 * address. GitHub's rule does that for ASCII alone. An address that does end in such a character can be
 * written as `<…>` or `[…](…)`.
 */
function withoutTrailingPunctuation(
  link: Element,
  index: number | undefined,
  parent: Root | Element | undefined,
): void {
  const [text, other] = link.children;
  if (link.tagName !== "a" || text?.type !== "text" || other || index === undefined) return;
  const { position } = link;
  // In the source, any other link is longer than its text. Some bare links have no position.
  if (position && (position.end.offset ?? 0) - (position.start.offset ?? 0) !== text.value.length) return;
  const [marks] = TRAILING_PUNCTUATION.exec(text.value) ?? [];
  const { href } = link.properties;
  if (marks === undefined || typeof href !== "string" || !href.endsWith(encodeURI(marks))) return;
  text.value = text.value.slice(0, -marks.length);
  link.properties.href = href.slice(0, -encodeURI(marks).length);
  parent?.children.splice(index + 1, 0, { type: "text", value: marks });
}

/**
 * Turns a paragraph that is a picture with a title into a figure with that caption, since `img` has no place
 * for one.
 */
function toFigure(paragraph: Element): void {
  if (paragraph.tagName !== "p") return;
  const [image, other] = paragraph.children.filter(
    (child) => child.type !== "text" || child.value.trim() !== "",
  );
  if (image?.type !== "element" || image.tagName !== "img" || other) return;
  const { title } = image.properties;
  if (typeof title !== "string" || title.trim() === "") return;
  paragraph.tagName = "figure";
  const caption: Element = {
    type: "element",
    tagName: "figcaption",
    properties: {},
    children: [{ type: "text", value: title }],
  };
  paragraph.children = [image, caption];
}

/** Each level is two elements, a list and its item. */
const MAX_CONTAINERS = 100;
const CONTAINERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;
const CONTAINER = />|[-+*]|\d+[.)]/g;

/** What the parser may compare with everything before it in the same paragraph. */
const MARK = /[*_~]+|\]/g;

// The parser's time grows with the square of a paragraph's marks and lines. This many comparisons take under
// a second; a long table needs a hundredth of them.
const MAX_COMPARISONS = 80_000_000;

/**
 * Refuses Markdown that would keep the parser busy for minutes, or whose nesting would overflow the stack.
 * `source` starts on `firstLine` of its file. @throws TooMuchMarkup
 */
function checkMarkdown(source: string, firstLine: number): void {
  let comparisons = 0;
  let marks = 0;
  for (const [index, line] of source.split(/\r\n|\n|\r/).entries()) {
    const containers = CONTAINERS.exec(line)?.[0].match(CONTAINER)?.length ?? 0;
    if (containers > MAX_CONTAINERS) {
      const message = `is nested more than ${MAX_CONTAINERS} levels deep: take quotes and lists out of each other`;
      throw new TooMuchMarkup(message, firstLine + index);
    }
    // An empty line ends a paragraph.
    if (line.trim() === "") marks = 0;
    const more = 1 + (line.match(MARK)?.length ?? 0);
    comparisons += (2 * marks + more) * more;
    marks += more;
    if (comparisons > MAX_COMPARISONS) {
      const message =
        "has thousands of lines, or of the characters * _ ~ ], in one paragraph: break it up with empty lines";
      throw new TooMuchMarkup(message, firstLine + index);
    }
  }
}

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
 * Writes HTML as Markdown, as far as Markdown has it; the rest stays HTML within it. Whether it reads back to
 * the same HTML isn't certain: compare that with `markdownBody`.
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
