// How many subscribers services say that documents have. A row a document and service, written once a day at most.

import type { D1Database } from "@cloudflare/workers-types";
import type { FetcherNote } from "../model/audience.ts";
import type { DocumentKey } from "../model/feed.ts";
import { addSeconds, dayOf, type Instant } from "../model/time.ts";

/** What a service said of a document, and on which day (UTC, `2024-10-24`). */
export interface AudienceRow extends DocumentKey, FetcherNote {
  readonly day: string;
}

/** Services a document: a User-Agent is anybody's to write. */
const FETCHER_LIMIT = 100;
/** A service that has been silent for longer has no readers any more. */
const COUNTED_DAYS = 30;
const KEPT_DAYS = 90;

const DAY_SECONDS = 86_400;

/** Notes what a service says, unless one of that day stands already, or there is no such document. */
export async function noteAudience(
  db: D1Database,
  { feed, format }: DocumentKey,
  { fetcher, subscribers }: FetcherNote,
  day: string,
): Promise<void> {
  await db.prepare(NOTE).bind(feed, format, fetcher, subscribers, day, FETCHER_LIMIT).run();
}

const NOTE = `INSERT INTO audience (feed, format, fetcher, subscribers, day)
  SELECT ?1, ?2, ?3, ?4, ?5 WHERE EXISTS (SELECT 1 FROM feeds WHERE feed = ?1 AND format = ?2)
    AND (EXISTS (SELECT 1 FROM audience WHERE feed = ?1 AND format = ?2 AND fetcher = ?3)
      OR (SELECT count(*) FROM audience WHERE feed = ?1 AND format = ?2) < ?6)
  ON CONFLICT (feed, format, fetcher) DO UPDATE SET subscribers = excluded.subscribers, day = excluded.day
    WHERE day < excluded.day`;

/** What services said in the last 30 days, by document, the largest first. */
export async function audienceRows(db: D1Database, now: Instant): Promise<readonly AudienceRow[]> {
  const sql = "SELECT * FROM audience WHERE day >= ? ORDER BY feed, format, subscribers DESC, fetcher";
  return (await db.prepare(sql).bind(daysBefore(now, COUNTED_DAYS)).all<AudienceRow>()).results;
}

/** Removes what services said more than 90 days ago, and never since. */
export async function forgetOldAudience(db: D1Database, now: Instant): Promise<void> {
  await db.prepare("DELETE FROM audience WHERE day < ?").bind(daysBefore(now, KEPT_DAYS)).run();
}

const daysBefore = (now: Instant, days: number): string => dayOf(addSeconds(now, -days * DAY_SECONDS));
