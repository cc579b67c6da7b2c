// An envelope and entries that exist already -> the document. Nothing is rendered: pure and deterministic.

import { WIRE_FORMATS } from "../formats/index.ts";
import { absolute } from "../model/address.ts";
import type { DocumentKey } from "../model/feed.ts";
import type { Site } from "../model/site.ts";
import { type Instant, latest, parseInstant } from "../model/time.ts";
import type { FeedMaterial } from "../store/feeds.ts";
import { describeFeed, documentPath } from "./catalogue.ts";

/** A document before it is encoded. */
export interface Assembly {
  /** Its text, in pieces: nothing is gained by copying them into one string before they become bytes. */
  readonly chunks: readonly string[];
  /** Follows from its text alone, and two texts never share it: the envelope, and the hash that each entry has. */
  readonly identity: string;
}

/** What is assembled: entries and tombstones as D1 holds them. */
export type Parts = Pick<FeedMaterial, "entries" | "tombstones">;

/** The document of a feed in a format. */
export function assemble(key: DocumentKey, { entries, tombstones }: Parts, site: Site): Assembly {
  const format = WIRE_FORMATS[key.format];
  const dates = [...entries.map((entry) => entry.dated), ...tombstones.map((stone) => stone.at)];
  const { open, close } = format.envelope({
    ...describeFeed(key.feed, site),
    self: site.url + documentPath(key),
    language: site.language,
    ...(site.copyright === undefined ? {} : { copyright: site.copyright }),
    ...(site.image === undefined ? {} : { image: absolute(site.url, site.image) }),
    ...(site.hub === undefined ? {} : { hub: site.hub }),
    updated: latest(dates) ?? tagDay(site),
    ttlMinutes: Math.max(1, Math.round(site.cache.maxAge / 60)),
    tombstones,
    latest: [],
    archive: { isArchive: false },
    timezone: site.timezone,
  });
  const chunks = [open];
  for (const [index, entry] of entries.entries()) {
    if (index > 0) chunks.push(format.separator);
    chunks.push(entry.body);
  }
  chunks.push(close);
  return { chunks, identity: [open, ...entries.map((entry) => entry.hash), close].join("\n") };
}

/** The document's bytes: UTF-8 without a byte order mark. */
export function encode({ chunks }: Assembly): Uint8Array {
  const encoder = new TextEncoder();
  // A UTF-16 code unit takes three bytes at most.
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length * 3, 0));
  let length = 0;
  for (const chunk of chunks) length += encoder.encodeInto(chunk, bytes.subarray(length)).written;
  return bytes.subarray(0, length);
}

/** The highest sequence number in a document; 0 for an empty one. */
export const highestSeq = ({ entries, tombstones }: Parts): number =>
  Math.max(0, ...entries.map(({ seq }) => seq), ...tombstones.map(({ seq }) => seq));

// A feed without entries has no date to show, and must not show the clock: it shows the day from which ids are minted.
function tagDay({ tag }: Site): Instant {
  const day = parseInstant(`${`${tag.date}-01-01`.slice(0, 10)}T00:00:00Z`);
  if (!day) throw new Error(`tag.date ${tag.date} is no date, and site.yaml's schema let it pass`);
  return day;
}
