// A post's content -> the article's body: shortcodes and blocks as HTML, pictures in the size in which they
// were uploaded, each picture of a gallery as a figure, bare addresses as links.

import type { Element, ElementContent, Parents, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { visit } from "unist-util-visit";
import * as z from "zod/mini";
import { checkBounds } from "../../html/parse.ts";
import { escapeHtml } from "../../lib/text.ts";
import { type NormalizedHtml, normalizeHtml } from "../normalize-html.ts";
import { readJson } from "../parse-json.ts";
import { type Attachments, withoutPhoton } from "./attachments.ts";
import type { Patterns } from "./patterns.ts";
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

/** What a post may show besides its own text. */
export interface Shown {
  readonly attachments: Attachments;
  readonly patterns: Patterns;
}

/** A post's body. */
export interface PostBody extends NormalizedHtml {
  /** True where a page builder's shortcodes stand in it. */
  readonly isHeld?: boolean;
}

/** Reads the body of `item`, whose page was `base`. */
export function bodyOf(
  { fields, meta }: WxrItem,
  { attachments, patterns }: Shown,
  base: string | undefined,
  note: (sentence: string) => void,
): PostBody {
  const blocks = new Map<string, number>();
  let pages = 1;
  let isHeld = false;
  const hold = () => {
    if (isHeld) return;
    isHeld = true;
    note(
      "is a draft, since a page builder's shortcodes stand in its text: take them out before it is published",
    );
  };
  const shortcodes = { postId: fields.get("wp:post_id") ?? "", attachments, note, hold };
  const makeHtml = (content: string, within: readonly string[]): string =>
    expandBlocks(
      expandShortcodes(content, shortcodes),
      (name, settings) => {
        const own = name.replace(/^core\//, "");
        const made =
          own === "footnotes"
            ? footnotes(meta.get("footnotes"))
            : own === "math"
              ? formula(textIn(settings.latex))
              : own === "block"
                ? pattern(String(settings.ref), within)
                : link(textIn(settings.url));
        if (made === undefined && !MUTE_BLOCKS.has(own)) blocks.set(own, (blocks.get(own) ?? 0) + 1);
        return made ?? "";
      },
      () => pages++,
    );
  let patternCharacters = 0;
  const lacking = new Set<string>();
  const unshown = new Set<string>();
  function pattern(id: string, within: readonly string[]): string {
    const content = patterns.find(id);
    patternCharacters += content?.length ?? 0;
    if (content !== undefined && !within.includes(id) && patternCharacters <= MOST_PATTERN_CHARACTERS)
      return makeHtml(content, [...within, id]);
    (content === undefined ? lacking : unshown).add(id);
    return "";
  }
  const html = makeHtml(fields.get("content:encoded") ?? "", []);
  if (blocks.size > 0) {
    const names = Array.from(blocks, ([name, count]) => (count > 1 ? `${name} (${count} times)` : name));
    note(`blocks that WordPress makes when a page is shown are left out: ${names.join(", ")}`);
  }
  if (lacking.size > 0)
    note(`synced patterns are left out, since they are not in the export: ${[...lacking].join(", ")}`);
  if (unshown.size > 0)
    note(
      `synced patterns are left out, since they show themselves or are too long: ${[...unshown].join(", ")}`,
    );
  if (pages > 1) note(`its ${pages} pages are one text now`);
  try {
    return { ...normalizeHtml(refineHtml(html, attachments), base), ...(isHeld ? { isHeld } : {}) };
  } catch (error) {
    // As in `normalizeHtml`: trees are walked recursively.
    if (error instanceof RangeError) return { html: "", images: [], problem: "is nested too deeply" };
    throw error;
  }
}

// A pattern may show others, each many times: an article has at most half a megabyte anyway.
const MOST_PATTERN_CHARACTERS = 500_000;

const formula = (latex: string | undefined): string | undefined =>
  latex === undefined ? undefined : `<p><code>${escapeHtml(latex)}</code></p>`;

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
    if (node.type === "element" && node.tagName === "a")
      node.properties.href = withoutPhoton(String(node.properties.href ?? "")) ?? node.properties.href;
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

/** A picture in the library, or on Jetpack's CDN: its own file and words, not the size it was shown in. */
function useOriginal(element: Element, attachments: Attachments): void {
  const { properties } = element;
  const shown = String(properties.src ?? "");
  const image = attachments.find(shown, idIn(element))?.image;
  const src = image?.src ?? withoutPhoton(shown);
  if (src === undefined) return;
  if (shown !== src) {
    delete properties.width;
    delete properties.height;
  }
  delete properties.srcSet;
  Object.assign(properties, { src, alt: properties.alt || image?.alt || "" });
}

/** The file's id, which WordPress has in a class: `wp-image-50`. */
const idIn = (element: Element): string | undefined =>
  classesOf(element)
    .map((name) => /^wp-image-(\d+)$/.exec(name)?.[1])
    .find((id) => id !== undefined);

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
