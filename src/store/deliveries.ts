// Deliveries in D1: which version of a document is still to be sent to whom, and when next.

import type { D1Database } from "@cloudflare/workers-types";
import type { DocumentKey } from "../model/feed.ts";
import type { Turn } from "../model/messages.ts";
import type { Instant } from "../model/time.ts";

/** A delivery that is to be sent now. */
export interface Delivery extends Turn {
  readonly callback: string;
  readonly version: number;
  /** Since when nothing has arrived. */
  readonly since: Instant;
  /** 1 while there is a subscription with a lease. */
  readonly subscribed: 0 | 1;
  readonly secret: string | null;
}

/** How sending one ended; `nextAt` for what is to be tried again. */
export interface Outcome extends Pick<Delivery, "id" | "attempts" | "version" | "callback"> {
  readonly end: "delivered" | "failed" | "given-up" | "gone" | "void";
  readonly nextAt?: Instant;
}

/** What of a document is announced. */
type Version = DocumentKey & { readonly version: number };

/**
 * Makes a delivery of a version that is new to every subscriber, or to an outside `hub` alone, in place of an older one
 * that has not arrived. Returns those that are to be sent now; none for a version that was announced before. Cron sends
 * them at `nextAt` if nobody has.
 */
export async function addDeliveries(
  db: D1Database,
  { feed, format, version }: Version,
  { now, nextAt, hub }: { readonly now: Instant; readonly nextAt: Instant; readonly hub: string | undefined },
): Promise<readonly Turn[]> {
  const [added] = await db.batch<Turn>([
    hub === undefined
      ? db.prepare(TO_SUBSCRIBERS).bind(feed, format, version, now, nextAt)
      : db.prepare(TO_HUB).bind(feed, format, version, now, nextAt, hub),
    db
      .prepare(`UPDATE feeds SET announced_version = ?3
         WHERE feed = ?1 AND format = ?2 AND announced_version < ?3`)
      .bind(feed, format, version),
  ]);
  return (added?.results ?? []).filter(({ attempts }) => attempts === 0);
}

// The time since which nothing has arrived stays: who is down for a day is given up, however much is published. Who has
// failed more than once keeps the time of the next attempt too: with each change, nobody else's push would wait for them.
const IN_PLACE_OF_OLDER = `ON CONFLICT (feed, format, callback)
  DO UPDATE SET version = excluded.version, next_at = iif(attempts > 1, next_at, excluded.next_at),
    attempts = iif(attempts > 1, attempts, 0) RETURNING id, attempts`;

const TO_SUBSCRIBERS = `INSERT INTO deliveries (feed, format, callback, version, since, next_at)
  SELECT s.feed, s.format, s.callback, ?3, ?4, ?5 FROM feeds f
  JOIN subscriptions s ON s.feed = f.feed AND s.format = f.format AND s.expires > ?4
  WHERE f.feed = ?1 AND f.format = ?2 AND f.announced_version < ?3 ${IN_PLACE_OF_OLDER}`;

const TO_HUB = `INSERT INTO deliveries (feed, format, callback, version, since, next_at)
  SELECT feed, format, ?6, ?3, ?4, ?5 FROM feeds
  WHERE feed = ?1 AND format = ?2 AND announced_version < ?3 ${IN_PLACE_OF_OLDER}`;

/** Deliveries whose time has come, the longest due first; no other call within `nextAt` returns them again. */
export async function claimDeliveries(
  db: D1Database,
  now: Instant,
  nextAt: Instant,
  limit: number,
): Promise<readonly (DocumentKey & Turn)[]> {
  const sql = `UPDATE deliveries SET next_at = ?2
    WHERE id IN (SELECT id FROM deliveries WHERE next_at <= ?1 ORDER BY next_at LIMIT ?3)
    RETURNING id, attempts, feed, format`;
  return (await db.prepare(sql).bind(now, nextAt, limit).all<DocumentKey & Turn>()).results;
}

/**
 * Begins to send what a message asks for: counts the attempt, and returns each delivery as it is then. What another
 * message of the same turn has begun, or what is no longer to be sent, is not among them.
 */
export async function beginDeliveries(
  db: D1Database,
  { feed, format }: DocumentKey,
  turns: readonly Turn[],
  now: Instant,
  nextAt: Instant,
): Promise<readonly Delivery[]> {
  const { results } = await db
    .prepare(BEGIN)
    .bind(feed, format, JSON.stringify(turns), now, nextAt)
    .all<Delivery>();
  return results;
}

const SUBSCRIPTION = `FROM subscriptions s WHERE s.feed = deliveries.feed AND s.format = deliveries.format
  AND s.callback = deliveries.callback AND s.expires > ?4`;

const BEGIN = `UPDATE deliveries SET attempts = attempts + 1, next_at = ?5 FROM json_each(?3) t
  WHERE deliveries.id = t.value ->> 'id' AND attempts = t.value ->> 'attempts' AND feed = ?1 AND format = ?2
  RETURNING id, attempts, callback, version, since,
    EXISTS (SELECT 1 ${SUBSCRIPTION}) AS subscribed, (SELECT secret ${SUBSCRIPTION}) AS secret`;

/** Notes how sending ended. A delivery that has got a newer version meanwhile stays for that. */
export async function endDeliveries(
  db: D1Database,
  { feed, format }: DocumentKey,
  outcomes: readonly Outcome[],
): Promise<void> {
  const list = JSON.stringify(outcomes);
  await db.batch([
    db.prepare(AGAIN).bind(list),
    db.prepare(OVER).bind(list),
    db.prepare(COUNT).bind(feed, format, list),
    db.prepare(GONE).bind(feed, format, list),
  ]);
}

const SAME = `deliveries.id = o.value ->> 'id' AND attempts = o.value ->> 'attempts' AND version = o.value ->> 'version'`;

const AGAIN = `UPDATE deliveries SET next_at = o.value ->> 'nextAt' FROM json_each(?1) o
  WHERE ${SAME} AND o.value ->> 'end' = 'failed'`;

const OVER = `DELETE FROM deliveries WHERE id IN (
  SELECT deliveries.id FROM json_each(?1) o JOIN deliveries ON ${SAME} WHERE o.value ->> 'end' <> 'failed')`;

const COUNT = `UPDATE subscriptions SET given_up = given_up + 1 FROM json_each(?3) o
  WHERE feed = ?1 AND format = ?2 AND callback = o.value ->> 'callback' AND o.value ->> 'end' = 'given-up'`;

const GONE = `DELETE FROM subscriptions WHERE feed = ?1 AND format = ?2 AND callback IN (
  SELECT value ->> 'callback' FROM json_each(?3) WHERE value ->> 'end' = 'gone')`;
