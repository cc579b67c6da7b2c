// What a wire format is: one signature for all.

import type { Article } from "../model/article.ts";
import type { Envelope } from "../model/feed.ts";
import type { Site } from "../model/site.ts";
import type { Html } from "../model/text.ts";

/** An article into one entry, an envelope into what stands before and after the entries. Pure. */
export interface WireFormat {
  /** Without parameters. */
  readonly mediaType: string;
  /** Between two entries. */
  readonly separator: string;
  /** One `<item>`, `<entry>` or JSON object; `body` is its content, all of the article's unless given. */
  readonly entry: (article: Article, site: Site, body?: Html) => string;
  /** Parses an entry back strictly. @throws Error, when it is not well-formed or has another id than `article`. */
  readonly verify: (entry: string, article: Article) => void;
  /** What stands before the first and after the last entry. */
  readonly envelope: (envelope: Envelope) => { readonly open: string; readonly close: string };
}

/** Throws unless the id that was read back is the article's. */
export function assertSameId(found: unknown, article: Article): void {
  if (found !== article.id)
    throw new Error(`the entry of ${article.slug} reads back with another id: ${String(found)}`);
}
