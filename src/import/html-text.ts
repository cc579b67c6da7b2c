// HTML where text is wanted: titles, excerpts, captions, bios.

import { fromHtml } from "hast-util-from-html";
import { toString as textOf } from "hast-util-to-string";
import { text } from "../model/text.ts";

/** What `html` says, without markup, references resolved; undefined where that is nothing. */
export function textOfHtml(html: string | undefined): string | undefined {
  if (html === undefined) return undefined;
  try {
    return text(shownBy(html)) || undefined;
  } catch (error) {
    // The tree is walked recursively: what is nested that deeply is no markup.
    if (error instanceof RangeError) return text(html) || undefined;
    throw error;
  }
}

// Blocks and line breaks part words though no space stands between them.
const shownBy = (html: string): string =>
  /[<&]/.test(html) ? textOf(fromHtml(html.replace(BREAK, " $&"), { fragment: true })) : html;

const BREAK = /<(?:br|\/?(?:p|div|li|h[1-6]|blockquote|tr))\b/gi;
