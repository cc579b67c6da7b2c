// What D1 knows of the hub: requests that aren't verified yet, hosts that don't answer, and what feeds' objects say of their
// subscribers, who stand in the objects themselves.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { DocumentKey, FeedKey } from "../feeds/feed.ts";
import { keptUntil } from "../feeds/sql.ts";
import type { Instant } from "../lib/time.ts";
import type { LeftSubscription, SubscriberReport } from "./sql-subscribers.ts";
import type { HubMode, HubRequest } from "./subscription-request.ts";

/** A request whose subscriber is to be asked whether it means it. */
export interface Verification extends DocumentKey {
  readonly id: number;
  readonly callback: string;
  readonly mode: HubMode;
  readonly lease_seconds: number;
}

/** Upper limits: for one callback host, and in total. */
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

/** What is known of a request that was confirmed just now. */
export interface Confirmed {
  readonly host: string;
  readonly secret: string | null;
  /** 1 when there are as many subscriptions as may be, by the last count and what was added since. */
  readonly isFull: 0 | 1;
}

/** Reads a verified request as `Confirmed`; undefined if a newer request replaced it. */
export async function confirmedById(
  db: D1Database,
  id: number,
  limits: Limits,
): Promise<Confirmed | undefined> {
  const row = await db.prepare(CONFIRMED).bind(id, limits.perHost, limits.total).first<Confirmed>();
  return row ?? undefined;
}

const CONFIRMED = `SELECT host, secret, EXISTS (SELECT 1 FROM subscription_counts c
    WHERE c.host = v.host AND c.subscriptions >= ?2 OR c.host = '' AND c.subscriptions >= ?3) AS isFull
  FROM verifications v WHERE id = ?1`;

/** Forgets a request that became a subscription until `expires`; its document is kept built until then. A new one is counted. */
export async function noteSubscribed(
  db: D1Database,
  { id, feed, format }: Verification,
  { expires, added }: { readonly expires: Instant; readonly added: string | undefined },
): Promise<void> {
  await db.batch([
    db.prepare(KEEP_TOPIC).bind(feed, format, expires),
    db.prepare(ADD).bind(JSON.stringify(added === undefined ? [] : [added, ""])),
    db.prepare("DELETE FROM verifications WHERE id = ?").bind(id),
  ]);
}

const KEEP_TOPIC = `UPDATE feeds SET kept_until = max(coalesce(kept_until, ''), substr(?3, 1, 10)) WHERE feed = ?1 AND format = ?2`;

const ADD = `INSERT INTO subscription_counts (host, subscriptions) SELECT value, 1 FROM json_each(?1) WHERE true
  ON CONFLICT (host) DO UPDATE SET subscriptions = subscriptions + 1`;

/** Recounts all subscriptions. Between calls the counts that limits are compared with only go up. */
export async function countSubscriptions(db: D1Database): Promise<void> {
  await db.batch([
    db.prepare(`INSERT INTO subscription_counts (host, subscriptions)
      SELECT host, n FROM (SELECT host, sum(subscriptions) AS n FROM subscriber_hosts GROUP BY host
        UNION ALL SELECT '', coalesce(sum(subscriptions), 0) FROM subscriber_hosts) WHERE true
      ON CONFLICT (host) DO UPDATE SET subscriptions = excluded.subscriptions
        WHERE subscriptions <> excluded.subscriptions`),
    db.prepare(`DELETE FROM subscription_counts WHERE host <> ''
      AND NOT EXISTS (SELECT 1 FROM subscriber_hosts s WHERE s.host = subscription_counts.host)`),
  ]);
}

/** Deletes requests that were made at `askedBefore` or earlier. */
export async function dropUnverified(db: D1Database, askedBefore: Instant): Promise<void> {
  await db.prepare("DELETE FROM verifications WHERE asked_at <= ?").bind(askedBefore).run();
}

/**
 * Statements that note what a feed's object says of its subscribers: how many they are and of which hosts, until when their
 * documents are kept built, and when cron is to ask the object to go on.
 */
export function noteSubscribers(
  db: D1Database,
  feed: FeedKey,
  { documents, hosts, isFirst, dueAt }: SubscriberReport,
): readonly D1PreparedStatement[] {
  const list = JSON.stringify(hosts);
  return [
    ...(isFirst ? [db.prepare(FORGET).bind(feed), db.prepare(FORGET_HOSTS).bind(feed)] : []),
    ...(documents.length > 0
      ? [db.prepare(NOTE).bind(feed, JSON.stringify(documents), dueAt, keptUntil(feed))]
      : []),
    ...(hosts.length > 0
      ? [db.prepare(NOTE_HOSTS).bind(feed, list), db.prepare(DROP_HOSTS).bind(feed, list)]
      : []),
  ];
}

const FORGET = "UPDATE feeds SET subscribers = 0, given_up = 0, push_at = NULL WHERE feed = ?";
const FORGET_HOSTS = "DELETE FROM subscriber_hosts WHERE feed = ?";

const NOTE = `INSERT INTO feeds (feed, format, subscribers, given_up, push_at, kept_until)
  SELECT ?1, value ->> 'format', value ->> 'subscribers', value ->> 'givenUp', ?3, coalesce(?4, substr(value ->> 'until', 1, 10))
  FROM json_each(?2) WHERE true
  ON CONFLICT (feed, format) DO UPDATE SET subscribers = excluded.subscribers, given_up = excluded.given_up, push_at = ?3,
    kept_until = iif(kept_until >= excluded.kept_until, kept_until, coalesce(excluded.kept_until, kept_until))`;

const NOTE_HOSTS = `INSERT INTO subscriber_hosts (feed, host, subscriptions)
  SELECT ?1, value ->> 'host', value ->> 'subscriptions' FROM json_each(?2) WHERE value ->> 'subscriptions' > 0
  ON CONFLICT (feed, host) DO UPDATE SET subscriptions = excluded.subscriptions`;

const DROP_HOSTS = `DELETE FROM subscriber_hosts WHERE feed = ?1
  AND host IN (SELECT value ->> 'host' FROM json_each(?2) WHERE value ->> 'subscriptions' = 0)`;

/** Feeds whose objects had work due by `before`, and those with subscriptions that older versions kept in D1. */
export async function feedsToPush(
  db: D1Database,
  before: Instant,
  limit: number,
): Promise<readonly FeedKey[]> {
  const sql = `SELECT feed FROM (SELECT feed, push_at FROM feeds WHERE push_at <= ?1
      UNION ALL SELECT feed, '' FROM (SELECT feed FROM subscriptions LIMIT ?2)
      UNION ALL SELECT feed, '' FROM (SELECT feed FROM deliveries LIMIT ?2)) GROUP BY feed ORDER BY min(push_at) LIMIT ?2`;
  return (await db.prepare(sql).bind(before, limit).all<{ feed: FeedKey }>()).results.map(({ feed }) => feed);
}

/** A feed's subscriptions and deliveries that older versions of this code kept in D1. */
export async function leftSubscriptions(
  db: D1Database,
  feed: FeedKey,
  limit: number,
): Promise<readonly LeftSubscription[]> {
  return (await db.prepare(LEFT).bind(feed, limit).all<LeftSubscription>()).results;
}

// Those without a subscription, an outside hub's, come last.
const LEFT = `SELECT k.format, k.callback, s.host, s.secret, coalesce(s.expires, '9999-12-31T00:00:00Z') AS expires,
    coalesce(s.given_up, 0) AS given_up, coalesce(f.announced_version, 0) AS announced,
    coalesce(d.version, f.announced_version, 0) AS version, d.since, d.next_at,
    coalesce(d.attempts, 0) AS attempts, coalesce(d.sending, 0) AS sending
  FROM (SELECT * FROM (SELECT feed, format, callback FROM subscriptions WHERE feed = ?1 LIMIT ?2)
    UNION ALL SELECT * FROM (SELECT feed, format, callback FROM deliveries WHERE feed = ?1
      AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE feed = ?1) LIMIT ?2)) k
  LEFT JOIN subscriptions s USING (feed, format, callback) LEFT JOIN deliveries d USING (feed, format, callback)
  LEFT JOIN feeds f ON f.feed = k.feed AND f.format = k.format`;

/** Deletes those subscriptions and deliveries from D1, once the feed's object has them. */
export async function dropLeft(
  db: D1Database,
  feed: FeedKey,
  left: readonly Pick<LeftSubscription, "format" | "callback">[],
): Promise<void> {
  const list = JSON.stringify(left.map(({ format, callback }) => ({ format, callback })));
  await db.batch([
    db.prepare(`DELETE FROM subscriptions WHERE feed = ?1 AND ${LISTED}`).bind(feed, list),
    db.prepare(`DELETE FROM deliveries WHERE feed = ?1 AND ${LISTED}`).bind(feed, list),
  ]);
}

const LISTED = "(format, callback) IN (SELECT value ->> 'format', value ->> 'callback' FROM json_each(?2))";

/** Hosts that answered something, and those that didn't since, with how many requests in a row. */
export interface HostReport {
  readonly answered: readonly string[];
  readonly failed: readonly { readonly host: string; readonly failures: number }[];
}

/**
 * The hosts that didn't answer lately, with how many requests in a row. `probe` is set for a host with `deadAfter` or more
 * failures that the caller should try once; no other call returns it so before `nextAt`.
 */
export async function failingHosts(
  db: D1Database,
  hosts: readonly string[],
  { now, nextAt, deadAfter }: { readonly now: Instant; readonly nextAt: Instant; readonly deadAfter: number },
): Promise<readonly { readonly host: string; readonly failures: number; readonly probe: boolean }[]> {
  const list = JSON.stringify(hosts);
  const { results } = await db.prepare(FAILING).bind(list, deadAfter, now).all<FailingRow>();
  // Claimed by an UPDATE, since another message may claim the same probe at the same time.
  const due = results.some(({ probeDue }) => probeDue === 1);
  const probed = due
    ? (await db.prepare(PROBE).bind(list, deadAfter, now, nextAt).all<FailingRow>()).results
    : [];
  const probes = new Set(probed.map(({ host }) => host));
  return results.map(({ host, failures }) => ({ host, failures, probe: probes.has(host) }));
}

interface FailingRow {
  readonly host: string;
  readonly failures: number;
  readonly probeDue: 0 | 1;
}

const FAILING = `SELECT host, failures, failures >= ?2 AND probe_at <= ?3 AS probeDue FROM failing_hosts
  WHERE host IN (SELECT value FROM json_each(?1))`;

const PROBE = `UPDATE failing_hosts SET probe_at = ?4 WHERE failures >= ?2 AND probe_at <= ?3
  AND host IN (SELECT value FROM json_each(?1)) RETURNING host`;

/** Notes who answered and who didn't. At `probeAt` one that didn't is tried again, if it counts as dead by then. */
export async function noteHosts(
  db: D1Database,
  { answered, failed }: HostReport,
  probeAt: Instant,
): Promise<void> {
  await db.batch([
    db.prepare(ANSWERED).bind(JSON.stringify(answered)),
    db.prepare(UNANSWERED).bind(JSON.stringify(failed), probeAt),
  ]);
}

const ANSWERED = "DELETE FROM failing_hosts WHERE host IN (SELECT value FROM json_each(?1))";

const UNANSWERED = `INSERT INTO failing_hosts (host, failures, probe_at)
  SELECT value ->> 'host', value ->> 'failures', ?2 FROM json_each(?1) WHERE true
  ON CONFLICT (host) DO UPDATE SET failures = failures + excluded.failures, probe_at = excluded.probe_at`;

/** Forgets hosts that nobody tried since `before`. */
export async function forgetHosts(db: D1Database, before: Instant): Promise<void> {
  await db.prepare("DELETE FROM failing_hosts WHERE probe_at <= ?").bind(before).run();
}
