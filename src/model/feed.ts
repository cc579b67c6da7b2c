// Feeds and documents: a feed is a list of articles, a document is that feed in one format.

import type { Instant } from "./time.ts";

/** The wire formats that are public, each with the name of its file. */
export const FORMAT_FILES = { rss: "rss.xml", atom: "atom.xml", json: "feed.json" } as const;

/** One of the public wire formats. */
export type Format = keyof typeof FORMAT_FILES;

/** All public wire formats. */
export const FORMATS = Object.keys(FORMAT_FILES) as readonly Format[];

/** Which feed: `site`, `section/{slug}`, `tag/{slug}` or `author/{key}`. Also the `term` of `article_terms`. */
export type FeedKey = "site" | `section/${string}` | `tag/${string}` | `author/${string}`;

/** One feed in one format. */
export interface DocumentKey {
  readonly feed: FeedKey;
  readonly format: Format;
}

/** What stands round the entries of a feed, whatever its format. */
export interface Envelope {
  /** Atom id and the feed's identity: the feed's page. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The page that shows the same articles. */
  readonly link: string;
  /** This document's own address. */
  readonly self: string;
  readonly language: string;
  readonly copyright?: string;
  readonly image?: string;
  readonly hub?: string;
  /** The latest date among entries and tombstones. */
  readonly updated: Instant;
  /** Minutes a reader may wait before it asks again. */
  readonly ttlMinutes: number;
  readonly tombstones: readonly Tombstone[];
}

/** An article that was in the feed, and is gone for good. */
export interface Tombstone {
  readonly id: string;
  readonly at: Instant;
}

/** A finished feed document. */
export interface FeedDocument extends DocumentKey {
  /** Counts up with every change of its bytes. */
  readonly version: number;
  /** The highest sequence number among its entries and tombstones. */
  readonly seq: number;
  /** `W/"{seq}-{hash}"`. */
  readonly etag: string;
  /** When its bytes last changed; never goes back. */
  readonly changedAt: Instant;
  /** The next release or expiry in this feed; the document is not to be trusted from then on. */
  readonly nextChange?: Instant;
  /** An entry in it has an end that the newsroom set: nobody may serve it stale. */
  readonly expiring: boolean;
  /** Length in bytes before compression. */
  readonly length: number;
  /** The document, gzipped. */
  readonly gzip: ArrayBuffer;
}
