// The hub's subscribers in D1: what they asked for, and what they confirmed.

import type { D1Database } from "@cloudflare/workers-types";
import type { DocumentKey } from "../model/feed.ts";
import type { HubMode, HubRequest } from "../model/hub.ts";
import type { Instant } from "../model/time.ts";
import { NEW_MARK } from "./feeds.ts";

/** A request whose subscriber is to be asked whether it means it. */
export interface Verification extends DocumentKey {
  readonly id: number;
  readonly callback: string;
  readonly mode: HubMode;
  readonly lease_seconds: number;
}

/** How much of something there may be, for one callback host and in all. */
export interface Limits {
  readonly perHost: number;
  readonly total: number;
}

/**
 * Stores a request in place of an older one for the same topic and callback, to be asked for again at `nextAt`.
 * Returns its id; undefined when as many requests wait as may.
 */
export async function addVerification(
  db: D1Database,
  { mode, topic, callback, host, leaseSeconds, secret }: HubRequest,
  { now, nextAt, limits }: { readonly now: Instant; readonly nextAt: Instant; readonly limits: Limits },
): Promise<number | undefined> {
  const row = await db
    .prepare(
      `INSERT OR REPLACE INTO verifications
         (feed, format, callback, host, mode, lease_seconds, secret, asked_at, next_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
       WHERE (SELECT count(*) FROM verifications WHERE host = ?4) < ?10
         AND (SELECT count(*) FROM verifications) < ?11
       RETURNING id`,
    )
    .bind(
      ...[topic.feed, topic.format, callback, host, mode, leaseSeconds, secret ?? null, now, nextAt],
      ...[limits.perHost, limits.total],
    )
    .first<{ id: number }>();
  return row?.id;
}

/** A request that still stands; undefined for one that was answered or replaced. */
export async function verificationById(db: D1Database, id: number): Promise<Verification | undefined> {
  const sql = "SELECT id, feed, format, callback, mode, lease_seconds FROM verifications WHERE id = ?";
  return (await db.prepare(sql).bind(id).first<Verification>()) ?? undefined;
}

/** Ids of requests whose message must have been lost; the next call within `nextAt` doesn't return them again. */
export async function claimVerifications(
  db: D1Database,
  now: Instant,
  nextAt: Instant,
): Promise<readonly number[]> {
  const sql = "UPDATE verifications SET next_at = ?2 WHERE next_at <= ?1 RETURNING id";
  const { results } = await db.prepare(sql).bind(now, nextAt).all<{ id: number }>();
  return results.map(({ id }) => id);
}

/** Forgets a request, and leaves the subscription that there may be as it is. */
export async function dropVerification(db: D1Database, id: number): Promise<void> {
  await db.prepare("DELETE FROM verifications WHERE id = ?").bind(id).run();
}

/**
 * Makes a confirmed request a subscription that stands until `expires`, or renews the one there is; its document, which
 * must have a row, is kept built until then. `full` when there are as many as may be by `subscription_counts`; a renewal
 * always fits. `replaced` when a newer request took the place of this one.
 */
export async function subscribe(
  db: D1Database,
  id: number,
  { now, expires, limits }: { readonly now: Instant; readonly expires: Instant; readonly limits: Limits },
): Promise<"subscribed" | "full" | "replaced"> {
  const [, renewed, subscribed, dropped] = await db.batch<{ readonly host: string }>([
    db.prepare(KEEP_TOPIC).bind(id, now, expires),
    db.prepare(`SELECT host FROM verifications v WHERE id = ?1 AND ${IS_RENEWAL}`).bind(id),
    db.prepare(SUBSCRIBE).bind(id, expires, limits.perHost, limits.total),
    db.prepare("DELETE FROM verifications WHERE id = ?").bind(id),
  ]);
  if (dropped?.meta.changes === 0) return "replaced";
  const [added] = subscribed?.results ?? [];
  if (!added) return "full";
  if (renewed?.results.length === 0)
    await db
      .prepare(ADD)
      .bind(JSON.stringify([added.host, ""]))
      .run();
  return "subscribed";
}

// To its first subscriber a document's present version is not news. It is built once more, by the queue, so that D1 knows
// when it changes by itself.
const KEEP_TOPIC = `UPDATE feeds SET kept_until = max(kept_until, substr(?3, 1, 10)), mark = ${NEW_MARK},
  stale_since = coalesce(stale_since, ?2), announced_version = iif(EXISTS (SELECT 1 FROM subscriptions s
    WHERE s.feed = feeds.feed AND s.format = feeds.format AND s.expires > ?2), announced_version, version)
  WHERE (feed, format) = (SELECT feed, format FROM verifications WHERE id = ?1)`;

const IS_RENEWAL = `EXISTS (SELECT 1 FROM subscriptions s
  WHERE s.feed = v.feed AND s.format = v.format AND s.callback = v.callback)`;

const SUBSCRIBE = `INSERT INTO subscriptions (feed, format, callback, host, secret, expires)
  SELECT feed, format, callback, host, secret, ?2 FROM verifications v WHERE id = ?1 AND (${IS_RENEWAL}
    OR NOT EXISTS (SELECT 1 FROM subscription_counts c
      WHERE c.host = v.host AND c.subscriptions >= ?3 OR c.host = '' AND c.subscriptions >= ?4))
  ON CONFLICT (feed, format, callback) DO UPDATE SET secret = excluded.secret, expires = excluded.expires
  RETURNING host`;

const ADD = `INSERT INTO subscription_counts (host, subscriptions) SELECT value, 1 FROM json_each(?1) WHERE true
  ON CONFLICT (host) DO UPDATE SET subscriptions = subscriptions + 1`;

/** Counts all subscriptions: what a limit is compared with is as new as the last call, and what was added since. */
export async function countSubscriptions(db: D1Database): Promise<void> {
  await db.batch([
    db.prepare(`INSERT INTO subscription_counts (host, subscriptions)
      SELECT host, n FROM (SELECT host, count(*) AS n FROM subscriptions GROUP BY host
        UNION ALL SELECT '', count(*) FROM subscriptions) WHERE true
      ON CONFLICT (host) DO UPDATE SET subscriptions = excluded.subscriptions
        WHERE subscriptions <> excluded.subscriptions`),
    db.prepare(`DELETE FROM subscription_counts WHERE host <> ''
      AND NOT EXISTS (SELECT 1 FROM subscriptions s WHERE s.host = subscription_counts.host)`),
  ]);
}

/** Ends the subscription of a confirmed request. False when a newer request took the place of this one. */
export async function unsubscribe(db: D1Database, id: number): Promise<boolean> {
  const [, dropped] = await db.batch([
    db
      .prepare(
        `DELETE FROM subscriptions WHERE (feed, format, callback) =
           (SELECT feed, format, callback FROM verifications WHERE id = ?)`,
      )
      .bind(id),
    db.prepare("DELETE FROM verifications WHERE id = ?").bind(id),
  ]);
  return dropped?.meta.changes === 1;
}

/** Ends subscriptions whose lease is over, and requests of before `askedBefore`. Returns the number of the former. */
export async function dropExpired(db: D1Database, now: Instant, askedBefore: Instant): Promise<number> {
  const [expired] = await db.batch([
    db.prepare("DELETE FROM subscriptions WHERE expires <= ?").bind(now),
    db.prepare("DELETE FROM verifications WHERE asked_at <= ?").bind(askedBefore),
  ]);
  return expired?.meta.changes ?? 0;
}

/** How many are subscribed to each document, by `{feed}:{format}`, and what of their deliveries was given up. */
export async function subscribersByDocument(
  db: D1Database,
  now: Instant,
): Promise<ReadonlyMap<string, { readonly subscribers: number; readonly givenUp: number }>> {
  const sql = `SELECT feed || ':' || format AS name, count(*) AS subscribers, sum(given_up) AS givenUp
    FROM subscriptions WHERE expires > ? GROUP BY feed, format`;
  const { results } = await db
    .prepare(sql)
    .bind(now)
    .all<{ name: string; subscribers: number; givenUp: number }>();
  return new Map(results.map(({ name, subscribers, givenUp }) => [name, { subscribers, givenUp }]));
}
