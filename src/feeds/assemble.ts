// An envelope and entries that exist already -> the document. Nothing is rendered: pure and deterministic.

import { uriOf } from "../article/article-id.ts";
import { hubOf, type Site } from "../article/site.ts";
import type { ArchiveLinks } from "../formats/format.ts";
import { WIRE_FORMATS } from "../formats/index.ts";
import { absolute } from "../lib/address.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { type Instant, latest, parseInstant } from "../lib/time.ts";
import { describeFeed, documentPath, isTopic, partsOf } from "./catalogue.ts";
import type { DocumentKey, EntryPlace } from "./feed.ts";
import type { DocumentMaterial } from "./sql-entries.ts";

/** A document before it is encoded. */
export interface Assembly {
  /** What stands before the first entry and after the last one. */
  readonly open: string;
  readonly close: string;
  readonly separator: string;
  /** Its entries: nothing is gained by copying them into one string before they become bytes. */
  readonly entries: readonly { readonly body: string; readonly seq: number }[];
  /** Follows from its text alone, and two texts never share it: the envelope, and the hash that each entry has. */
  readonly identity: string;
}

const HEADLINE_LIMIT = 20;

/** The document of a feed in a format. */
export function assemble(key: DocumentKey, parts: DocumentMaterial, site: Site): Assembly {
  const { entries, tombstones, closedPages, label } = parts;
  const format = WIRE_FORMATS[key.format];
  const dates = [...entries.map((entry) => entry.dated), ...tombstones.map((stone) => stone.at)];
  const { open, close } = format.envelope({
    ...describeFeed(key.feed, site, label),
    self: site.url + documentPath(key),
    language: site.language,
    ...omitUndefined({ copyright: site.copyright }),
    ...(site.image === undefined ? {} : { image: absolute(site.url, site.image) }),
    ...(isTopic(key.feed) ? { hub: hubOf(site) } : {}),
    updated: latest(dates) ?? tagDay(site),
    ttlMinutes: Math.max(1, Math.round(site.cache.maxAge / 60)),
    tombstones: tombstones.map(({ id, at }) => ({ id, uri: uriOf(id, site.tag), at })),
    latest: entries.slice(0, HEADLINE_LIMIT).map(({ headline }) => headline),
    archive: archiveLinks(key, closedPages, site),
  });
  const identity = [open, ...entries.map((entry) => entry.hash), close].join("\n");
  return { open, close, separator: format.separator, entries, identity };
}

/**
 * The chain of the archive (RFC 5005 §4). A full page must not change when the next one fills up, so it names that one
 * from the start: its address leads to the current feed until it is full.
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
  readonly places: readonly EntryPlace[];
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
  const places = entries.map(({ body, seq }, index): EntryPlace => {
    if (index > 0) write(separator);
    const start = length;
    write(body);
    return [seq, start, length];
  });
  write(close);
  return { bytes: bytes.subarray(0, length), places };
}

/** The highest sequence number in a document; 0 for an empty one. */
export const highestSeq = ({
  entries,
  tombstones,
}: Pick<DocumentMaterial, "entries" | "tombstones">): number =>
  Math.max(0, ...entries.map(({ seq }) => seq), ...tombstones.map(({ seq }) => seq));

/** A feed without entries has no date to show, and must not show the clock: it shows the day from which ids are minted. */
export function tagDay({ tag }: Site): Instant {
  const day = parseInstant(`${`${tag.date}-01-01`.slice(0, 10)}T00:00:00Z`);
  if (!day) throw new Error(`tag.date ${tag.date} is no date, and site.yaml's schema let it pass`);
  return day;
}
