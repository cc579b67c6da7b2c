// The HTML of a post as an article has it: pictures in the size they were uploaded in, galleries as single figures,
// addresses that WordPress shows as what they lead to as links.

import type { Element, ElementContent, Parents, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { visit } from "unist-util-visit";
import { checkBounds } from "../../html/parse.ts";
import type { Attachments } from "./attachments.ts";

const GALLERY = new Set(["wp-block-gallery", "blocks-gallery-grid", "blocks-gallery-item"]);
const ADDRESS = /^https?:\/\/[^\s<>"]+$/i;

/** Refines `html`. @throws RangeError for what is nested too deeply to walk. */
export function refineHtml(html: string, attachments: Attachments): string {
  checkBounds(html);
  const tree = fromHtml(html, { fragment: true });
  visit(tree, (node, index, parent) => {
    if (node.type === "element" && node.tagName === "img") useOriginal(node, attachments);
    if (index === undefined || !parent) return;
    if (node.type === "text" && standsAlone(parent, index) && ADDRESS.test(node.value.trim())) {
      const address = node.value.trim();
      parent.children[index] = {
        type: "element",
        tagName: "a",
        properties: { href: address },
        children: [{ type: "text", value: address }],
      };
      return index + 1;
    }
    if (node.type === "element" && classesOf(node).some((name) => GALLERY.has(name))) {
      parent.children.splice(index, 1, ...node.children.map(asParagraph));
      return index;
    }
  });
  return toHtml(tree).trim();
}

const classesOf = ({ properties: { className } }: Element): readonly string[] =>
  Array.isArray(className) ? className.map(String) : [];

/** What a gallery says of all its pictures is a paragraph once they stand by themselves. */
const asParagraph = (node: ElementContent): ElementContent =>
  node.type === "element" && node.tagName === "figcaption" ? { ...node, tagName: "p" } : node;

/** A picture in the library: its own file and words, and no more the size it was shown in. */
function useOriginal({ properties }: Element, attachments: Attachments): void {
  const image = attachments.find(String(properties.src ?? ""))?.image;
  if (!image) return;
  if (properties.src !== image.src) {
    delete properties.width;
    delete properties.height;
  }
  delete properties.srcSet;
  Object.assign(properties, { src: image.src, alt: properties.alt || image.alt || "" });
}

/** True for a text that fills a line by itself. */
function standsAlone({ children, ...parent }: Parents, index: number): boolean {
  if (parent.type === "element" && !LINES.has(parent.tagName)) return false;
  return [children[index - 1], children[index + 1]].every(endsLine);
}

const LINES = new Set(["p", "div", "figure", "td", "li", "blockquote", "section"]);
const BLOCKS = new Set([
  "br",
  "p",
  "div",
  "figure",
  "figcaption",
  "ul",
  "ol",
  "blockquote",
  "h2",
  "h3",
  "h4",
  "table",
  "hr",
]);

const endsLine = (node: RootContent | undefined): boolean =>
  node === undefined || (node.type === "element" && BLOCKS.has(node.tagName));
