// Markdown (CommonMark with GitHub's tables, footnotes, strikethrough and bare links) -> HTML. HTML inside it stays.
// Only the CLI runs this; the Worker cleans what comes out, so nothing is cleaned here.

import type { Element, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import rehypeRaw from "rehype-raw";
import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkRehype from "remark-rehype";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { checkBounds } from "../html/parse-html.ts";
import { checkMarkdown } from "./markdown-bounds.ts";
import {
  type Body,
  type PlacedElement,
  type Reference,
  referenceAttribute,
  referenceOf,
} from "./references.ts";

const reader = unified()
  .use(remarkParse)
  // `H~2~O` is a subscript elsewhere, and nothing to strike out.
  .use(remarkGfm, { singleTilde: false })
  .use(remarkRehype, { allowDangerousHtml: true })
  .use(() => (tree: Root) => visit(tree, "element", withoutClosingMarks))
  .use(() => (tree: Root) => checkBounds(toHtml(tree, { allowDangerousHtml: true })))
  .use(rehypeRaw)
  .freeze();

/** Reads Markdown that starts on `firstLine` of its file. @throws TooMuchMarkup */
export function markdownBody(source: string, firstLine = 1): Body {
  checkMarkdown(source, firstLine);
  const tree: Root = reader.runSync(reader.parse(source));
  visit(tree, "element", captioned);
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

/** What ends a sentence or a quotation in other signs than ASCII's, with what stands before it. */
const CLOSING_MARKS = /[.,:;!?*_~'"]*(?:(?![\x00-\x7f])\p{P})+$/u;

/**
 * Takes the marks behind a bare address out of its link, which GitHub's rule does for ASCII's alone: in “www.x.org” the last
 * sign is no part of it. Whoever means it writes `<…>` or `[…](…)`.
 */
function withoutClosingMarks(
  link: Element,
  index: number | undefined,
  parent: Root | Element | undefined,
): void {
  const [text, other] = link.children;
  if (link.tagName !== "a" || text?.type !== "text" || other || index === undefined) return;
  const { position } = link;
  // Any other link is longer in the source than its text; some bare ones have no place there.
  if (position && (position.end.offset ?? 0) - (position.start.offset ?? 0) !== text.value.length) return;
  const [marks] = CLOSING_MARKS.exec(text.value) ?? [];
  const { href } = link.properties;
  if (marks === undefined || typeof href !== "string" || !href.endsWith(encodeURI(marks))) return;
  text.value = text.value.slice(0, -marks.length);
  link.properties.href = href.slice(0, -encodeURI(marks).length);
  parent?.children.splice(index + 1, 0, { type: "text", value: marks });
}

/** Makes a figure of a paragraph that is a picture with a title: the title is its caption, which no `img` could keep. */
function captioned(paragraph: Element): void {
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
