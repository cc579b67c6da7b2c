// A post's content -> the article's body, and what could not be carried over.

import * as z from "zod/mini";
import { readJson } from "../json.ts";
import { type Tidied, tidyHtml } from "../tidy.ts";
import type { Attachments } from "./attachments.ts";
import { expandBlocks } from "./blocks.ts";
import { refineHtml } from "./refine.ts";
import { expandShortcodes, link } from "./shortcode-html.ts";
import type { WxrItem } from "./wxr.ts";

// Blocks of which nothing is missed.
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
): Tidied {
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
    return tidyHtml(refineHtml(html, attachments), base);
  } catch (error) {
    // As in `tidyHtml`: trees are walked recursively.
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
