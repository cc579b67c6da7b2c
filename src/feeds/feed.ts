// Feeds and documents: a feed is a list of articles, a document is that feed in one format. Which feeds there
// are: catalogue.ts.

import type { PartnerAccess } from "../env.ts";
import type { Format } from "../formats/format.ts";
import { WIRE_FORMATS } from "../formats/index.ts";
import type { Instant } from "../lib/time.ts";

/**
 * Which feed: `site`, `section/{slug}`, `tag/{slug}`, `author/{key}`, or a page of the site's archive,
 * `archive/{n}`. Also the `term` of `article_terms`.
 */
export type FeedKey = "site" | `${"section" | "tag" | "author"}/${string}` | `archive/${number}`;

/**
 * True for the feeds that are always warm (built before anybody asks); others are warm for some days after a
 * request.
 */
export const isAlwaysWarm = (feed: StoredKey["feed"]): boolean =>
  feed === "site" || /^(?:section|partner)\//.test(feed);

/** One feed in one format. */
export interface DocumentKey {
  readonly feed: FeedKey;
  readonly format: Format;
}

/**
 * A partner's feed, in any profile. It has a type of its own, so that it can't pass for a public document.
 */
export interface PartnerKey {
  readonly feed: `partner/${string}`;
  readonly format: "partner";
}

/** The key of any document in D1 and KV. */
export type StoredKey = DocumentKey | PartnerKey;

/** The key of a partner's document. */
export const partnerKey = (id: string): PartnerKey => ({ feed: `partner/${id}`, format: "partner" });

/** Only the key of an object that contains one. */
export const keyOf = (key: StoredKey): StoredKey =>
  key.format === "partner" ? { feed: key.feed, format: key.format } : { feed: key.feed, format: key.format };

/** True for a document that everybody may read. */
export const isPublic = <Key extends StoredKey>(key: Key): key is Key & DocumentKey =>
  key.format !== "partner";

/** True for the name of a partner's feed. */
export const isPartner = (feed: StoredKey["feed"]): feed is PartnerKey["feed"] => feed.startsWith("partner/");

/** The partner whose feed it is. */
export const idOf = (feed: PartnerKey["feed"]): string => feed.slice("partner/".length);

/**
 * An entry's position in the uncompressed document: its sequence number, its first byte, and the byte after
 * its last.
 */
export type EntryOffsets = readonly [seq: number, start: number, end: number];

/** A document once it is built. */
export interface Finished {
  /** Rises with every change of its bytes: the Unix time, in seconds, at which it was made. */
  readonly version: number;
  /** The highest sequence number among its entries and tombstones. */
  readonly seq: number;
  /** `W/"{seq}-{hash}"`. */
  readonly etag: string;
  /** When its bytes last changed; never goes back. */
  readonly changedAt: Instant;
  /** The next release or expiry in this feed; the document is outdated from then on. */
  readonly nextChange?: Instant;
  /** True if an entry has an expiry that the newsroom set: then no cache may serve the document stale. */
  readonly expiring: boolean;
  /** Length in bytes before compression. */
  readonly length: number;
  /** The document, gzipped. */
  readonly gzip: ArrayBuffer;
  /** The positions of its entries, in document order. */
  readonly entryOffsets: readonly EntryOffsets[];
}

/** A finished public document. */
export type FeedDocument = DocumentKey & Finished;

/** A partner's finished document. A copy in KV that an older version of this code wrote has no `access`. */
export type PartnerDocument = PartnerKey & Finished & { readonly access?: PartnerAccess };

/** A finished document, public or a partner's. */
export type StoredDocument = FeedDocument | PartnerDocument;

/** The Content-Type of a document for all clients but browsers. */
export const contentTypeOf = ({ format }: Pick<DocumentKey, "format">): string =>
  `${WIRE_FORMATS[format].mediaType}; charset=utf-8`;

/** gzip at zlib's default level. */
export const gzip = (bytes: Uint8Array): Promise<ArrayBuffer> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();

/** A document's bytes. */
export const rawBytes = ({ gzip }: Pick<FeedDocument, "gzip">): Promise<ArrayBuffer> =>
  new Response(new Blob([gzip]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
