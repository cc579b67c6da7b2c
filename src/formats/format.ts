// What a wire format is: one signature for all.

import type { Article } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import type { Html } from "../lib/text.ts";
import type { Instant } from "../lib/time.ts";

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

/** The wire formats that are public, each with the name of its file. */
export const FORMAT_FILES = { rss: "rss.xml", atom: "atom.xml", json: "feed.json" } as const;

/** One of the public wire formats. */
export type Format = keyof typeof FORMAT_FILES;

/** All public wire formats. */
export const FORMATS = Object.keys(FORMAT_FILES) as readonly Format[];

/** Where a document stands in the chain of the site's archive (RFC 5005 §4): absolute addresses of the same format. */
export interface ArchiveLinks {
  /** Which page of the archive this is; undefined for the feed that goes on. */
  readonly page?: number;
  readonly current?: string;
  readonly previous?: string;
  readonly next?: string;
}

/** What stands round the entries of a feed, whatever its format. */
export interface Envelope {
  /** Atom id and the feed's identity, the same in all pages of its archive. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The page that shows the same articles. */
  readonly link: string;
  /** This document's own address; undefined where the address is a secret. */
  readonly self?: string;
  readonly language: string;
  readonly copyright?: string;
  readonly image?: string;
  readonly hub?: string;
  /** The latest date among entries and tombstones. */
  readonly updated: Instant;
  /** Minutes a reader may wait before it asks again. */
  readonly ttlMinutes: number;
  readonly tombstones: readonly Tombstone[];
  /** The newest articles for people, each an item of a list in XHTML; at most 20. Undefined for a feed for machines alone. */
  readonly latest?: readonly string[];
  readonly archive: ArchiveLinks;
}

/** An article that was in the feed, and is gone for good. */
export interface Tombstone {
  readonly id: string;
  /** The id where only a URI will do. */
  readonly uri: string;
  readonly at: Instant;
}
