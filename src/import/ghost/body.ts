// The text of a Ghost post -> the article's body.

import { type Tidied, tidyHtml } from "../tidy.ts";
import type { SiteAddresses } from "./addresses.ts";
import { plainCards } from "./cards.ts";
import { withoutHidden } from "./hidden.ts";
import { lexicalHtml } from "./lexical.ts";
import type { PostRow } from "./tables.ts";

/** Reads the body of `post`; `note` is told what is left out. */
export function bodyOf(post: PostRow, { resolve }: SiteAddresses, note: (sentence: string) => void): Tidied {
  try {
    const source = sourceOf(post, note);
    if (source === undefined) return { html: "", images: [], problem: UNREADABLE };
    const { html, hidden, paywall } = withoutHidden(source);
    if (hidden > 0) note(`parts for members or e-mails alone are left out: ${hidden}`);
    if (paywall) note("a paywall stands in its text: what follows it was for members");
    return tidyHtml(plainCards(html), resolve);
  } catch (error) {
    // As in `tidyHtml`: trees are walked recursively.
    if (error instanceof RangeError) return { html: "", images: [], problem: "is nested too deeply" };
    throw error;
  }
}

const UNREADABLE = "has no HTML in the export: open it in Ghost, save it, and export again";

/** The post's HTML, or what its editor's document makes; undefined for one that can't be read. */
function sourceOf(
  { html, lexical, mobiledoc }: PostRow,
  note: (sentence: string) => void,
): string | undefined {
  if (html || (!lexical && !mobiledoc)) return html ?? "";
  const read = lexical ? lexicalHtml(lexical) : undefined;
  if (!read) return undefined;
  note("its text is made of what Ghost's editor keeps, since its HTML is missing");
  if (read.unknown.size > 0) note(`cards are left out: ${[...read.unknown].join(", ")}`);
  return read.html;
}
