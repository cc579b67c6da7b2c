// The half of the ledger that requests write: one row per partner and minute with fetches. A row says how much was sent, and
// which version of the feed the partner then had.
//
// Bounded like this: minutes are kept for 31 days. Of older ones those stay that were the first with their version, for
// 400 days: from them it is told when something was first served. So what stays grows with the feed's changes, never with
// polls. Counts are at least what was served: an isolate that ends takes with it what it had not written yet.

import type { D1Database } from "@cloudflare/workers-types";
import { addSeconds, type Instant } from "../lib/time.ts";

/** What was fetched in a minute. */
export interface FetchMinute {
  /** Its first second. */
  readonly minute: Instant;
  /** The highest version that a 200 sent or a 304 confirmed; 0 for none. */
  readonly version: number;
  /** HTTP status of the last answer; a refusal doesn't count where the feed was served too. */
  readonly status: number;
  /** Answers that served the feed: a refusal is none. */
  readonly fetches: number;
  /** Bodies as they were sent. */
  readonly bytes: number;
}

/** A day (UTC, `2024-10-24`) of fetches. */
export interface FetchDay {
  readonly day: string;
  readonly fetches: number;
  readonly bytes: number;
}

const DAY_SECONDS = 86_400;
const MINUTES_KEPT_DAYS = 31;
const FIRSTS_KEPT_DAYS = 400;
/** The hourly clean-up covers this many days before the 31 days; it has been through everything older already. */
const SWEPT_DAYS = 7;

/** Adds minutes to a partner's ledger, in one write; nothing for a partner that is gone meanwhile. */
export async function writeFetches(
  db: D1Database,
  partner: string,
  minutes: readonly FetchMinute[],
): Promise<void> {
  await db.prepare(WRITE).bind(partner, JSON.stringify(minutes)).run();
}

const WRITE = `INSERT INTO partner_fetches (partner, minute, version, status, fetches, bytes)
  SELECT ?1, value->>'minute', value->>'version', value->>'status', value->>'fetches', value->>'bytes' FROM json_each(?2)
  WHERE EXISTS (SELECT 1 FROM partners WHERE id = ?1)
  ON CONFLICT (partner, minute) DO UPDATE SET version = max(version, excluded.version),
    status = iif(excluded.fetches = 0 AND fetches > 0, status, excluded.status),
    fetches = fetches + excluded.fetches, bytes = bytes + excluded.bytes`;

/** The last minutes in which a partner came, newest first. */
export async function lastFetches(
  db: D1Database,
  partner: string,
  limit: number,
): Promise<readonly FetchMinute[]> {
  const sql = `SELECT minute, version, status, fetches, bytes FROM partner_fetches WHERE partner = ? ORDER BY minute DESC LIMIT ?`;
  return (await db.prepare(sql).bind(partner, limit).all<FetchMinute>()).results;
}

/** The last `days` days up to `now` on which a partner came, newest first. */
export async function fetchDays(
  db: D1Database,
  partner: string,
  days: number,
  now: Instant,
): Promise<readonly FetchDay[]> {
  const sql = `SELECT substr(minute, 1, 10) AS day, sum(fetches) AS fetches, sum(bytes) AS bytes FROM partner_fetches
    WHERE partner = ? AND minute >= ? GROUP BY day ORDER BY day DESC`;
  const since = addSeconds(now, -(days - 1) * DAY_SECONDS).slice(0, 10);
  return (await db.prepare(sql).bind(partner, since).all<FetchDay>()).results;
}

/**
 * The minute in which a partner first had a version of their feed or a later one; undefined while they have none. Of what
 * is older than 400 days, the first minute that is still known.
 */
export async function firstFetchOf(
  db: D1Database,
  partner: string,
  feedVersion: number,
): Promise<Instant | undefined> {
  // By version, not by minute: versions go up with time, and so one row is read, not all.
  const sql =
    "SELECT minute FROM partner_fetches WHERE partner = ? AND version >= ? ORDER BY version, minute LIMIT 1";
  return (await db.prepare(sql).bind(partner, feedVersion).first<Instant>("minute")) ?? undefined;
}

/** The highest version of their feed that a partner had; 0 for none. */
export async function lastFetchedVersion(db: D1Database, partner: string): Promise<number> {
  const sql = "SELECT max(version) AS version FROM partner_fetches WHERE partner = ?";
  return (await db.prepare(sql).bind(partner).first<number>("version")) ?? 0;
}

/** Removes what the ledger needs no more. */
export async function forgetOldFetches(db: D1Database, now: Instant): Promise<void> {
  const daysAgo = (days: number) => addSeconds(now, -days * DAY_SECONDS);
  await db.batch([
    db
      .prepare(
        `DELETE FROM partner_fetches WHERE partner IN (SELECT id FROM partners) AND minute >= ? AND minute < ?
           AND (version = 0 OR EXISTS (SELECT 1 FROM partner_fetches AS earlier WHERE earlier.partner = partner_fetches.partner
             AND earlier.version = partner_fetches.version AND earlier.minute < partner_fetches.minute))`,
      )
      .bind(daysAgo(MINUTES_KEPT_DAYS + SWEPT_DAYS), daysAgo(MINUTES_KEPT_DAYS)),
    db
      .prepare("DELETE FROM partner_fetches WHERE partner IN (SELECT id FROM partners) AND minute < ?")
      .bind(daysAgo(FIRSTS_KEPT_DAYS)),
  ]);
}
