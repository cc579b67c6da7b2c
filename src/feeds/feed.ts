// Feeds and documents: a feed is a list of articles, a document is that feed in one format. Which feeds there are: catalogue.ts.

import type { Format } from "../formats/format.ts";
import { WIRE_FORMATS } from "../formats/index.ts";
import type { Instant } from "../lib/time.ts";

/**
 * Which feed: `site`, `section/{slug}`, `tag/{slug}`, `author/{key}`, or a page of the site's archive, `archive/{n}`.
 * Also the `term` of `article_terms`.
 */
export type FeedKey = "site" | `${"section" | "tag" | "author"}/${string}` | `archive/${number}`;

/** True for the feeds that are always warm (built before anybody asks); others are warm for some days after a request. */
export const isAlwaysWarm = (feed: StoredKey["feed"]): boolean =>
  feed === "site" || /^(?:section|partner)\//.test(feed);

/** One feed in one format. */
export interface DocumentKey {
  readonly feed: FeedKey;
  readonly format: Format;
}

/** The feed of a partner, whatever its profile writes. It is never a public document: types keep them apart. */
export interface PartnerKey {
  readonly feed: `partner/${string}`;
  readonly format: "partner";
}

/** The key of any document in D1 and KV. */
export type StoredKey = DocumentKey | PartnerKey;

/** The key of a partner's document. */
export const partnerKey = (id: string): PartnerKey => ({ feed: `partner/${id}`, format: "partner" });

/** A key alone, out of anything that has one. */
export const keyOf = (key: StoredKey): StoredKey =>
  key.format === "partner" ? { feed: key.feed, format: key.format } : { feed: key.feed, format: key.format };

/** True for a document that everybody may read. */
export const isPublic = <Key extends StoredKey>(key: Key): key is Key & DocumentKey =>
  key.format !== "partner";

/** True for the name of a partner's feed. */
export const isPartner = (feed: StoredKey["feed"]): feed is PartnerKey["feed"] => feed.startsWith("partner/");

/** The partner whose feed it is. */
export const idOf = (feed: PartnerKey["feed"]): string => feed.slice("partner/".length);

/** Where an entry stands in a document's bytes before compression: its sequence number, its first byte, the one after its last. */
export type EntryOffsets = readonly [seq: number, start: number, end: number];

/** A document once it is built. */
export interface Finished {
  /** Rises with every change of its bytes: the second in which it was made, since 1970. */
  readonly version: number;
  /** The highest sequence number among its entries and tombstones. */
  readonly seq: number;
  /** `W/"{seq}-{hash}"`. */
  readonly etag: string;
  /** When its bytes last changed; never goes back. */
  readonly changedAt: Instant;
  /** The next release or expiry in this feed; the document is outdated from then on. */
  readonly nextChange?: Instant;
  /** An entry in it has an expiry that the newsroom set: no cache may serve the document stale. */
  readonly expiring: boolean;
  /** Length in bytes before compression. */
  readonly length: number;
  /** The document, gzipped. */
  readonly gzip: ArrayBuffer;
  /** Where its entries stand, in their order. */
  readonly entryOffsets: readonly EntryOffsets[];
}

/** A finished feed document that is public. */
export type FeedDocument = DocumentKey & Finished;

/** A finished document that is a partner's. */
export type PartnerDocument = PartnerKey & Finished;

/** A finished document, public or a partner's. */
export type StoredDocument = StoredKey & Finished;

/** The Content-Type of a document for everybody but browsers. */
export const contentTypeOf = ({ format }: Pick<DocumentKey, "format">): string =>
  `${WIRE_FORMATS[format].mediaType}; charset=utf-8`;

/** gzip at zlib's default level. */
export const gzip = (bytes: Uint8Array): Promise<ArrayBuffer> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();

/** A document's bytes. */
export const rawBytes = ({ gzip }: Pick<FeedDocument, "gzip">): Promise<ArrayBuffer> =>
  new Response(new Blob([gzip]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
