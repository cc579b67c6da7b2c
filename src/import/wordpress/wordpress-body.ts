// A post's content -> the article's body: shortcodes and blocks as HTML, pictures in the size in which they
// were uploaded, each picture of a gallery as a figure, bare addresses as links.

import type { Element, ElementContent, Parents, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { visit } from "unist-util-visit";
import * as z from "zod/mini";
import { checkBounds } from "../../html/parse.ts";
import { type NormalizedHtml, normalizeHtml } from "../normalize-html.ts";
import { readJson } from "../parse-json.ts";
import type { Attachments } from "./attachments.ts";
import { expandShortcodes, link } from "./shortcodes.ts";
import { expandBlocks } from "./wordpress-blocks.ts";
import type { WxrItem } from "./wxr.ts";

// Dynamic blocks that can be left out without a note.
const MUTE_BLOCKS = new Set([
  "separator",
  "spacer",
  "post-title",
  "post-featured-image",
  "post-date",
  "post-author",
]);

/** Reads the body of `item`, whose page was `base`. */
export function bodyOf(
  { fields, meta }: WxrItem,
  attachments: Attachments,
  base: string | undefined,
  note: (sentence: string) => void,
): NormalizedHtml {
  const postId = fields.get("wp:post_id") ?? "";
  const blocks = new Map<string, number>();
  let pages = 1;
  const shown = expandShortcodes(fields.get("content:encoded") ?? "", { postId, attachments, note });
  const html = expandBlocks(
    shown,
    (name, settings) => {
      const own = name.replace(/^core\//, "");
      const made = own === "footnotes" ? footnotes(meta.get("footnotes")) : link(textIn(settings.url));
      if (made === undefined && !MUTE_BLOCKS.has(own)) blocks.set(own, (blocks.get(own) ?? 0) + 1);
      return made ?? "";
    },
    () => pages++,
  );
  if (blocks.size > 0) {
    const names = Array.from(blocks, ([name, count]) => (count > 1 ? `${name} (${count} times)` : name));
    note(`blocks that WordPress makes when a page is shown are left out: ${names.join(", ")}`);
  }
  if (pages > 1) note(`its ${pages} pages are one text now`);
  try {
    return normalizeHtml(refineHtml(html, attachments), base);
  } catch (error) {
    // As in `normalizeHtml`: trees are walked recursively.
    if (error instanceof RangeError) return { html: "", images: [], problem: "is nested too deeply" };
    throw error;
  }
}

const footnotesSchema = z.array(z.object({ id: z.string(), content: z.string() }));

/** The list that the block of footnotes shows; its texts are HTML, and the references lead to their ids. */
function footnotes(written: string | undefined): string | undefined {
  const parsed = footnotesSchema.safeParse(readJson(written ?? ""));
  if (!parsed.success || parsed.data.length === 0) return undefined;
  const items = parsed.data.map(({ id, content }) => `<li id="${id.replace(/[^\w-]/g, "")}">${content}</li>`);
  return `<ol>${items.join("")}</ol>`;
}

const textIn = (value: unknown): string | undefined => (typeof value === "string" ? value : undefined);

const GALLERY = new Set(["wp-block-gallery", "blocks-gallery-grid", "blocks-gallery-item"]);
const ADDRESS = /^https?:\/\/[^\s<>"]+$/i;

/** Refines `html`. @throws RangeError for what is nested too deeply to walk. */
function refineHtml(html: string, attachments: Attachments): string {
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
