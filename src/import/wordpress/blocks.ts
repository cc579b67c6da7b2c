// The block editor's comments taken off a post's content. What stands outside blocks is classic text, and gets its
// paragraphs; a block without content is made when a page is shown, so there is nothing of it but its name.

import { readJson } from "../json.ts";
import { autop } from "./autop.ts";

/** Settings of a block, as its comment has them. */
export type BlockSettings = Readonly<Record<string, unknown>>;

// Their content is what an author typed, as outside blocks.
const CLASSIC = new Set(["freeform", "core/freeform", "shortcode", "core/shortcode"]);
const NAME = /^\/?wp:([a-z][a-z0-9_/-]*)/;

/** Content as HTML without comments. `made` gives the HTML of a block without content; `onPages` is told of a page break. */
export function expandBlocks(
  content: string,
  made: (name: string, settings: BlockSettings) => string,
  onPages: () => void,
): string {
  const written: string[] = [];
  let classic = "";
  let depth = 0;
  const flush = () => {
    written.push(autop(classic));
    classic = "";
  };
  const add = (html: string) => {
    if (depth === 0) classic += html;
    else written.push(html);
  };
  let done = 0;
  for (let start = content.indexOf("<!--"); start !== -1; start = content.indexOf("<!--", done)) {
    const end = content.indexOf("-->", start);
    // Never closed: no browser shows the rest.
    if (end === -1) break;
    add(content.slice(done, start));
    done = end + "-->".length;
    const comment = content.slice(start + "<!--".length, end).trim();
    const name = NAME.exec(comment)?.[1];
    if (comment === "nextpage") {
      onPages();
      add("\n\n");
    } else if (name !== undefined && !CLASSIC.has(name)) {
      if (depth === 0) flush();
      if (comment.startsWith("/")) depth = Math.max(0, depth - 1);
      else if (comment.endsWith("/")) written.push(made(name, settingsOf(comment)));
      else depth++;
    }
  }
  add(content.slice(done));
  flush();
  return written.join("").trim();
}

/** The JSON in a block's comment; what is none counts as no settings. */
function settingsOf(comment: string): BlockSettings {
  const start = comment.indexOf("{");
  const end = comment.lastIndexOf("}");
  if (start === -1 || end < start) return {};
  const settings = readJson(comment.slice(start, end + 1));
  return typeof settings === "object" ? { ...settings } : {};
}
