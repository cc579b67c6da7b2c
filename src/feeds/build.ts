// Assembles a feed's document from its rows in D1: the bytes, the ETag and the version. Entries were rendered
// when their articles were published, so nothing is rendered here. Pure: the same rows give the same bytes.

import { uriOf } from "../article/article-id.ts";
import { hubOf, type Site } from "../article/site.ts";
import type { ArchiveLinks } from "../formats/format.ts";
import { WIRE_FORMATS } from "../formats/index.ts";
import { absolute } from "../lib/address.ts";
import { sha256 } from "../lib/digest.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { addSeconds, type Instant, latest, parseInstant } from "../lib/time.ts";
import { describeFeed, documentPath, isTopic, partsOf } from "./catalogue.ts";
import {
  type DocumentKey,
  type EntryOffsets,
  type FeedDocument,
  type Finished,
  gzip,
  type StoredKey,
} from "./feed.ts";
import type { FeedRow } from "./sql.ts";
import type { DocumentParts } from "./sql-entries.ts";
import type { DocumentState } from "./sql-object.ts";

// 80 bits, so that two documents of one feed never share an ETag.
const HASH_DIGITS = 20;

/** A document that is assembled, but not encoded yet. */
export interface Draft {
  readonly key: DocumentKey;
  /** Hash of the envelope, of the entries' hashes, and of whether any entry expires. */
  readonly hash: string;
  readonly etag: string;
  readonly items: number;
  /** Encodes it as this version. */
  readonly finish: (
    version: Pick<Finished, "version" | "changedAt" | "etag">,
    nextChange: Instant | undefined,
  ) => Promise<FeedDocument>;
}

/** Assembles and hashes a document. */
export async function draft(key: DocumentKey, parts: DocumentParts, site: Site): Promise<Draft> {
  const assembly = assemble(key, parts, site);
  const expiring = parts.entries.some((entry) => entry.expires !== null);
  // An expiry that is set or lifted changes no byte, but it changes Cache-Control, so the ETag has to change
  // as well.
  const hash = shortHash(await sha256(assembly.hashInput + (expiring ? "\nexpiring" : "")));
  const seq = highestSeq(parts);
  const etag = `W/"${seq}-${hash}"`;
  return {
    key,
    hash,
    etag,
    items: parts.entries.length,
    finish: async (version, nextChange) => {
      const { bytes, entryOffsets } = encode(assembly);
      return {
        ...key,
        ...version,
        seq,
        ...(nextChange ? { nextChange } : {}),
        expiring,
        length: bytes.byteLength,
        gzip: await gzip(bytes),
        entryOffsets,
      };
    },
  };
}

/** A document before it is encoded. */
export interface Assembly {
  /** What stands before the first entry and after the last one. */
  readonly open: string;
  readonly close: string;
  readonly separator: string;
  /** The entries, not joined: one long string would only be another copy. */
  readonly entries: readonly { readonly body: string; readonly seq: number }[];
  /**
   * The envelope, and the hash of each entry. Equal documents have the same, and different documents never
   * do.
   */
  readonly hashInput: string;
}

const HEADLINE_LIMIT = 20;

/** The document of a feed in a format. */
export function assemble(key: DocumentKey, parts: DocumentParts, site: Site): Assembly {
  const { entries, tombstones, closedPages, label } = parts;
  const format = WIRE_FORMATS[key.format];
  const dates = [...entries.map((entry) => entry.dated), ...tombstones.map((stone) => stone.at)];
  const { open, close } = format.envelope({
    ...describeFeed(key.feed, site, label),
    self: site.url + documentPath(key),
    ...siteEnvelope(site, dates, tombstones),
    ...(isTopic(key.feed) ? { hub: hubOf(site) } : {}),
    latest: entries.slice(0, HEADLINE_LIMIT).map(({ headline }) => headline),
    archive: archiveLinks(key, closedPages, site),
  });
  const hashInput = [open, ...entries.map((entry) => entry.hash), close].join("\n");
  return { open, close, separator: format.separator, entries, hashInput };
}

/**
 * What the envelopes of all of a site's documents say. `dates`: when their entries and tombstones changed.
 */
export const siteEnvelope = (
  site: Site,
  dates: readonly Instant[],
  tombstones: readonly { readonly id: string; readonly at: Instant }[],
) => ({
  language: site.language,
  ...omitUndefined({ copyright: site.copyright, image: site.image && absolute(site.url, site.image) }),
  updated: latest(dates) ?? tagDay(site),
  ttlMinutes: Math.max(1, Math.round(site.cache.maxAge / 60)),
  tombstones: tombstones.map(({ id, at }) => ({ id, uri: uriOf(id, site.tag), at })),
});

/**
 * The links between pages of the archive (RFC 5005 §4). A full page must not change when the next one fills
 * up, so it links to that one from the start. Until the next page is full, its address redirects to the
 * current feed.
 */
function archiveLinks({ feed, format }: DocumentKey, closedPages: number, site: Site): ArchiveLinks {
  const page = (number: number) => site.url + documentPath({ feed: `archive/${number}`, format });
  const [kind, number] = partsOf(feed) ?? [];
  if (kind !== "archive") {
    return feed === "site" && closedPages > 0 ? { previous: page(closedPages) } : {};
  }
  const own = Number(number);
  return {
    page: own,
    current: site.url + documentPath({ feed: "site", format }),
    ...(own > 1 ? { previous: page(own - 1) } : {}),
    next: page(own + 1),
  };
}

/** The document's bytes, UTF-8 without a byte order mark, and where its entries stand in them. */
export function encode({ open, close, separator, entries }: Assembly): {
  readonly bytes: Uint8Array;
  readonly entryOffsets: readonly EntryOffsets[];
} {
  const encoder = new TextEncoder();
  const units = entries.reduce(
    (sum, { body }) => sum + separator.length + body.length,
    open.length + close.length,
  );
  // A UTF-16 code unit takes three bytes at most.
  const bytes = new Uint8Array(units * 3);
  let length = 0;
  const write = (text: string) => {
    length += encoder.encodeInto(text, bytes.subarray(length)).written;
  };
  write(open);
  const entryOffsets = entries.map(({ body, seq }, index): EntryOffsets => {
    if (index > 0) write(separator);
    const start = length;
    write(body);
    return [seq, start, length];
  });
  write(close);
  return { bytes: bytes.subarray(0, length), entryOffsets };
}

/** The highest sequence number in a document; 0 for an empty one. */
export const highestSeq = ({ entries, tombstones }: Pick<DocumentParts, "entries" | "tombstones">): number =>
  Math.max(0, ...entries.map(({ seq }) => seq), ...tombstones.map(({ seq }) => seq));

/**
 * The date of a feed without entries: the day in the site's tag URIs. The current time would make every build
 * differ.
 */
function tagDay({ tag }: Site): Instant {
  const day = parseInstant(`${`${tag.date}-01-01`.slice(0, 10)}T00:00:00Z`);
  if (!day) throw new Error(`tag.date ${tag.date} is not a date, though the schema of site.yaml accepted it`);
  return day;
}

/** The part of a document's SHA-256 that goes into its ETag. */
export const shortHash = (digest: string): string => digest.slice(0, HASH_DIGITS);

/** A version of a document. */
export interface DocumentVersion {
  readonly version: number;
  readonly changedAt: Instant;
  readonly etag: string;
}

/**
 * The version of a build: the previous version if the bytes are the same, else a later one. `own` is the
 * previous version in the object's storage, `row` the one in D1.
 */
export function versionOf<Key extends StoredKey>(
  { hash, etag }: { readonly hash: string; readonly etag: string },
  own: DocumentState<Key> | undefined,
  row: FeedRow | undefined,
  now: Instant,
): DocumentVersion {
  const stored =
    row && row.built_hash !== null && row.etag && row.changed_at
      ? { hash: row.built_hash, etag: row.etag, changed_at: row.changed_at }
      : undefined;
  // The two differ if D1 was restored to an earlier time, or if the object is new.
  const before = own && stored ? (stored.changed_at > own.changed_at ? stored : own) : (own ?? stored);
  if (before?.hash === hash) return { ...versionAt(before.changed_at), etag: before.etag };
  // Two versions never share a second, or If-Modified-Since could miss the later one.
  const after = before?.changed_at ? addSeconds(before.changed_at, 1) : now;
  return { ...versionAt(after > now ? after : now), etag };
}

/**
 * A version is the Unix time, in seconds, at which it was made. So it never decreases, even if data is lost.
 */
export const versionAt = (changedAt: Instant) => ({ version: Date.parse(changedAt) / 1000, changedAt });
