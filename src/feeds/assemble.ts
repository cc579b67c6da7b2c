// An envelope and entries that exist already -> the document. Joining strings, nothing else: pure and deterministic.

import { WIRE_FORMATS } from "../formats/index.ts";
import { absolute } from "../model/address.ts";
import type { DocumentKey } from "../model/feed.ts";
import type { Site } from "../model/site.ts";
import { type Instant, latest, parseInstant } from "../model/time.ts";
import type { FeedMaterial } from "../store/feeds.ts";
import { describeFeed, documentPath } from "./catalogue.ts";

// A feed without entries has no date to show, and must not show the clock: it shows the day the tag was minted.
const EMPTY_FEED_DATE = "2000-01-01T00:00:00Z" as Instant;

/** The whole document as text. */
export function assemble(
  key: DocumentKey,
  material: Pick<FeedMaterial, "entries" | "tombstones">,
  site: Site,
): string {
  const format = WIRE_FORMATS[key.format];
  const dates = [
    ...material.entries.map((entry) => entry.dated),
    ...material.tombstones.map((stone) => stone.at),
  ];
  const { open, close } = format.envelope({
    ...describeFeed(key.feed, site),
    self: site.url + documentPath(key),
    language: site.language,
    ...(site.copyright === undefined ? {} : { copyright: site.copyright }),
    ...(site.image === undefined ? {} : { image: absolute(site.url, site.image) }),
    ...(site.hub === undefined ? {} : { hub: site.hub }),
    updated: latest(dates) ?? tagDay(site) ?? EMPTY_FEED_DATE,
    ttlMinutes: Math.max(1, Math.round(site.cache.maxAge / 60)),
    tombstones: material.tombstones,
  });
  return open + material.entries.map((entry) => entry.body).join(format.separator) + close;
}

/** The highest sequence number in a document; 0 for an empty one. */
export const highestSeq = ({ entries, tombstones }: Pick<FeedMaterial, "entries" | "tombstones">): number =>
  Math.max(0, ...entries.map(({ seq }) => seq), ...tombstones.map(({ seq }) => seq));

const tagDay = (site: Site): Instant | undefined =>
  parseInstant(`${`${site.tag.date}-01-01`.slice(0, 10)}T00:00:00Z`);
