// HTML where text is wanted: titles, excerpts, captions, bios.

import { fromHtml } from "hast-util-from-html";
import { checkBounds } from "../html/parse.ts";
import { wordsIn } from "../html/tree.ts";
import { text } from "../lib/text.ts";

/** What `html` says on one line, without markup, references resolved; undefined where that is nothing. */
export function textOfHtml(html: string | undefined): string | undefined {
  if (html === undefined) return undefined;
  try {
    if (!/[<&]/.test(html)) return text(html) || undefined;
    checkBounds(html);
    return wordsIn(fromHtml(html, { fragment: true })) || undefined;
  } catch (error) {
    // The tree is walked recursively: what is nested that deeply is no markup.
    if (error instanceof RangeError) return text(html) || undefined;
    throw error;
  }
}
