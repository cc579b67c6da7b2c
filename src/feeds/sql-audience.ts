// The table `audience`: how many subscribers a feed service reports for a document. One row per document and
// service, written at most once a day.

import type { D1Database } from "@cloudflare/workers-types";
import { addSeconds, dayOf, type Instant } from "../lib/time.ts";
import type { DocumentKey } from "./feed.ts";

/** A subscriber count that a feed service reports. */
export interface FetcherNote {
  /** A short name that stays the same from one version to the next, at most 40 characters. */
  readonly fetcher: string;
  readonly subscribers: number;
}

/** A service's last report on a document, with its day (UTC, `2024-10-24`). */
export interface AudienceRow extends DocumentKey, FetcherNote {
  readonly day: string;
  /** On how many days the service reported. */
  readonly days: number;
}

/** How many unlisted services are stored for a document, since User-Agents can be forged. */
const UNLISTED_LIMIT = 100;
const NO_LIMIT = 1_000_000;
/** A service that hasn't reported for longer is assumed to have no readers any more. */
const COUNTED_DAYS = 30;
const KEPT_DAYS = 90;

const DAY_SECONDS = 86_400;

/**
 * Stores a service's count, once a day, if the document exists; `listed` are the services in our table. If a
 * document already has a hundred unlisted services, a new one replaces one that was seen only once, on an
 * earlier day. If there is no such one, the new one isn't stored.
 */
export async function noteAudience(
  db: D1Database,
  { feed, format }: DocumentKey,
  { fetcher, subscribers }: FetcherNote,
  day: string,
  listed: readonly string[],
): Promise<void> {
  const isListed = listed.includes(fetcher);
  const limit = isListed ? NO_LIMIT : UNLISTED_LIMIT;
  const names = JSON.stringify(listed);
  const note = db.prepare(NOTE).bind(feed, format, fetcher, subscribers, day, limit, names);
  if (isListed) await note.run();
  else await db.batch([db.prepare(MAKE_ROOM).bind(feed, format, fetcher, day, limit, names), note]);
}

const MAKE_ROOM = `DELETE FROM audience WHERE feed = ?1 AND format = ?2
  AND fetcher = (SELECT fetcher FROM audience WHERE feed = ?1 AND format = ?2 AND days = 1 AND day < ?4
    AND fetcher NOT IN (SELECT value FROM json_each(?6)) ORDER BY day LIMIT 1)
  AND NOT EXISTS (SELECT 1 FROM audience WHERE feed = ?1 AND format = ?2 AND fetcher = ?3)
  AND (SELECT count(*) FROM audience WHERE feed = ?1 AND format = ?2
    AND fetcher NOT IN (SELECT value FROM json_each(?6))) >= ?5`;

const NOTE = `INSERT INTO audience (feed, format, fetcher, subscribers, day, days)
  SELECT ?1, ?2, ?3, ?4, ?5, 1 WHERE EXISTS (SELECT 1 FROM feeds WHERE feed = ?1 AND format = ?2)
    AND (EXISTS (SELECT 1 FROM audience WHERE feed = ?1 AND format = ?2 AND fetcher = ?3)
      OR (SELECT count(*) FROM audience WHERE feed = ?1 AND format = ?2
        AND fetcher NOT IN (SELECT value FROM json_each(?7))) < ?6)
  ON CONFLICT (feed, format, fetcher) DO UPDATE
    SET subscribers = excluded.subscribers, day = excluded.day, days = days + 1
    WHERE day < excluded.day`;

/** The services' reports of the last 30 days, by document. */
export async function audienceRows(db: D1Database, now: Instant): Promise<readonly AudienceRow[]> {
  const sql = "SELECT * FROM audience WHERE day >= ? ORDER BY feed, format";
  return (await db.prepare(sql).bind(daysBefore(now, COUNTED_DAYS)).all<AudienceRow>()).results;
}

/** Removes the rows of services that last reported more than 90 days ago. */
export async function forgetOldAudience(db: D1Database, now: Instant): Promise<void> {
  await db.prepare("DELETE FROM audience WHERE day < ?").bind(daysBefore(now, KEPT_DAYS)).run();
}

const daysBefore = (now: Instant, days: number): string => dayOf(addSeconds(now, -days * DAY_SECONDS));
