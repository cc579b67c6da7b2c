// The interface that RSS, Atom and JSON Feed implement, and what a document says beside its entries.

import type { Article } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import type { Html } from "../lib/text.ts";
import type { Instant } from "../lib/time.ts";

/** Writes one entry of an article, and the text before and after a document's entries. Pure. */
export interface WireFormat {
  /** Without parameters. */
  readonly mediaType: string;
  /** Between two entries. */
  readonly separator: string;
  /**
   * One `<item>`, `<entry>` or JSON object. `body` is its content; by default the article's, as readers'
   * feeds carry it.
   */
  readonly entry: (article: Article, site: Site, body?: Html) => string;
  /**
   * Parses an entry back strictly. @throws Error, when it isn't well-formed or its id isn't the article's.
   */
  readonly verify: (entry: string, article: Article) => void;
  /** The text before the first and after the last entry. */
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

/**
 * Where a document stands in the chain of the site's archive (RFC 5005 §4): absolute addresses of the same
 * format.
 */
export interface ArchiveLinks {
  /** Number of this archive page; undefined for the current feed. */
  readonly page?: number;
  readonly current?: string;
  readonly previous?: string;
  readonly next?: string;
}

/** What a feed document says beside its entries, in any format. */
export interface Envelope {
  /** The feed's id in Atom, the same in all pages of its archive. */
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
  /** Minutes that a reader may wait before it asks again. */
  readonly ttlMinutes: number;
  readonly tombstones: readonly Tombstone[];
  /**
   * At most 20 of the newest articles as `<li>` in XHTML, for a feed opened in a browser. Undefined for a
   * feed for machines.
   */
  readonly latest?: readonly string[];
  readonly archive: ArchiveLinks;
}

/** An article that was in the feed and was withdrawn. */
export interface Tombstone {
  readonly id: string;
  /** The id as a URI, which Atom requires. */
  readonly uri: string;
  readonly at: Instant;
}
