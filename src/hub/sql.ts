// The hub's tables in D1: requests that wait for verification, hosts that don't answer, and the counts that
// feeds' objects report. The subscriptions themselves are in the objects (sql-subscribers.ts).

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { DocumentKey, FeedKey } from "../feeds/feed.ts";
import { warmUntil } from "../feeds/sql.ts";
import { columnOf, firstRow, rowsOf, rowsOfEach, run, statement } from "../lib/d1.ts";
import type { Instant } from "../lib/time.ts";
import type { LegacySubscription, SubscriberReport } from "./sql-subscribers.ts";

/** `hub.mode` of a request. */
type HubMode = "subscribe" | "unsubscribe";

/** A well-formed request. */
export interface SubscriptionRequest {
  readonly mode: HubMode;
  readonly topic: DocumentKey;
  /** Absolute URL, as the URL standard writes it. */
  readonly callback: string;
  /** The callback's host without its port. */
  readonly host: string;
  /** How long the subscription lasts; meaningless for `unsubscribe`. */
  readonly leaseSeconds: number;
  /** Signs every delivery; less than 200 bytes. */
  readonly secret?: string;
}

/** A request that waits for verification. */
export interface Verification extends DocumentKey {
  readonly id: number;
  readonly callback: string;
  readonly mode: HubMode;
  readonly lease_seconds: number;
}

/** Most rows: for one callback host, and in total. */
export interface Limits {
  readonly perHost: number;
  readonly total: number;
}

/**
 * Stores a request. It replaces an older one for the same topic and callback, and is due again at `nextAt`.
 * Returns its id; undefined if the limits are reached.
 */
export async function addVerification(
  db: D1Database,
  { mode, topic, callback, host, leaseSeconds, secret }: SubscriptionRequest,
  { now, nextAt, limits }: { readonly now: Instant; readonly nextAt: Instant; readonly limits: Limits },
): Promise<number | undefined> {
  const [id] = await columnOf<number>(
    db,
    `INSERT OR REPLACE INTO verifications
         (feed, format, callback, host, mode, lease_seconds, secret, asked_at, next_at)
       SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9
       WHERE (SELECT count(*) FROM verifications WHERE host = ?4) < ?10
         AND (SELECT count(*) FROM verifications) < ?11
       RETURNING id`,
    ...[topic.feed, topic.format, callback, host, mode, leaseSeconds, secret, now, nextAt],
    ...[limits.perHost, limits.total],
  );
  return id;
}

/** A waiting request; undefined if it was carried out, denied or replaced. */
export async function verificationById(db: D1Database, id: number): Promise<Verification | undefined> {
  const sql = "SELECT id, feed, format, callback, mode, lease_seconds FROM verifications WHERE id = ?";
  return firstRow<Verification>(db, sql, id);
}

/** Ids of requests whose verification was lost. They aren't returned again before `nextAt`. */
export async function claimVerifications(
  db: D1Database,
  now: Instant,
  nextAt: Instant,
): Promise<readonly number[]> {
  const sql = "UPDATE verifications SET next_at = ?2 WHERE next_at <= ?1 RETURNING id";
  return columnOf<number>(db, sql, now, nextAt);
}

/** Deletes a request, not an existing subscription. */
export async function dropVerification(db: D1Database, id: number): Promise<void> {
  await run(db, "DELETE FROM verifications WHERE id = ?", id);
}

/** What is needed to carry out a confirmed request. */
export interface Confirmed {
  readonly host: string;
  readonly secret: string | null;
  /** 1 if the limits of subscriptions are reached, by the last count and what was added since. */
  readonly isFull: 0 | 1;
}

/** The `Confirmed` of a request; undefined if a newer request replaced it. */
export async function confirmedById(
  db: D1Database,
  id: number,
  limits: Limits,
): Promise<Confirmed | undefined> {
  return firstRow<Confirmed>(db, CONFIRMED, id, limits.perHost, limits.total);
}

const CONFIRMED = `SELECT host, secret, EXISTS (
    SELECT 1 FROM subscription_counts c
    WHERE c.host = v.host AND c.subscriptions >= ?2 OR c.host = '' AND c.subscriptions >= ?3) AS isFull
  FROM verifications v
  WHERE id = ?1`;

/**
 * Deletes a request that has become a subscription. Its document is warm until the subscription
 * `expires`. `added` is the host of a new subscription, which is counted; undefined for a renewal.
 */
export async function noteSubscribed(
  db: D1Database,
  { id, feed, format }: Verification,
  { expires, added }: { readonly expires: Instant; readonly added: string | undefined },
): Promise<void> {
  await db.batch([
    statement(db, KEEP_TOPIC, feed, format, expires),
    statement(db, ADD, added === undefined ? [] : [added, ""]),
    statement(db, "DELETE FROM verifications WHERE id = ?", id),
  ]);
}

const KEEP_TOPIC = `UPDATE feeds SET kept_until = max(coalesce(kept_until, ''), substr(?3, 1, 10))
  WHERE feed = ?1 AND format = ?2`;

const ADD = `INSERT INTO subscription_counts (host, subscriptions)
  SELECT value, 1 FROM json_each(?1) WHERE true
  ON CONFLICT (host) DO UPDATE SET subscriptions = subscriptions + 1`;

/** Recounts all subscriptions. Until the next call, ended subscriptions still count. */
export async function countSubscriptions(db: D1Database): Promise<void> {
  await db.batch([
    statement(
      db,
      `INSERT INTO subscription_counts (host, subscriptions)
      SELECT host, n FROM (SELECT host, sum(subscriptions) AS n FROM subscriber_hosts GROUP BY host
        UNION ALL SELECT '', coalesce(sum(subscriptions), 0) FROM subscriber_hosts) WHERE true
      ON CONFLICT (host) DO UPDATE SET subscriptions = excluded.subscriptions
        WHERE subscriptions <> excluded.subscriptions`,
    ),
    statement(
      db,
      `DELETE FROM subscription_counts WHERE host <> ''
      AND NOT EXISTS (SELECT 1 FROM subscriber_hosts s WHERE s.host = subscription_counts.host)`,
    ),
  ]);
}

/** Deletes requests from `askedBefore` or earlier. */
export async function dropUnverified(db: D1Database, askedBefore: Instant): Promise<void> {
  await run(db, "DELETE FROM verifications WHERE asked_at <= ?", askedBefore);
}

/** Statements that store an object's report; they go into the batch that notes a build. */
export function noteSubscribers(
  db: D1Database,
  feed: FeedKey,
  { documents, hosts, isFirst, dueAt }: SubscriberReport,
): readonly D1PreparedStatement[] {
  return [
    ...(isFirst ? [statement(db, FORGET, feed), statement(db, FORGET_HOSTS, feed)] : []),
    ...(documents.length > 0 ? [statement(db, NOTE, feed, documents, dueAt, warmUntil(feed))] : []),
    ...(hosts.length > 0
      ? [statement(db, NOTE_HOSTS, feed, hosts), statement(db, DROP_HOSTS, feed, hosts)]
      : []),
  ];
}

const FORGET = "UPDATE feeds SET subscribers = 0, given_up = 0, push_at = NULL WHERE feed = ?";
const FORGET_HOSTS = "DELETE FROM subscriber_hosts WHERE feed = ?";

const NOTE = `INSERT INTO feeds (feed, format, subscribers, given_up, push_at, kept_until)
  SELECT ?1,
    value->>'format',
    value->>'subscribers',
    value->>'givenUp',
    ?3,
    coalesce(?4, substr(value->>'until', 1, 10))
  FROM json_each(?2) WHERE true
  ON CONFLICT (feed, format) DO UPDATE SET
    subscribers = excluded.subscribers,
    given_up = excluded.given_up,
    push_at = ?3,
    kept_until = iif(kept_until >= excluded.kept_until,
      kept_until,
      coalesce(excluded.kept_until, kept_until))`;

const NOTE_HOSTS = `INSERT INTO subscriber_hosts (feed, host, subscriptions)
  SELECT ?1, value->>'host', value->>'subscriptions'
  FROM json_each(?2)
  WHERE value->>'subscriptions' > 0
  ON CONFLICT (feed, host) DO UPDATE SET subscriptions = excluded.subscriptions`;

const DROP_HOSTS = `DELETE FROM subscriber_hosts WHERE feed = ?1
  AND host IN (SELECT value->>'host' FROM json_each(?2) WHERE value->>'subscriptions' = 0)`;

/** Feeds whose objects are late since `before`, and those that still have legacy subscriptions in D1. */
export async function feedsToPush(
  db: D1Database,
  before: Instant,
  limit: number,
): Promise<readonly FeedKey[]> {
  const sql = `SELECT feed FROM (
      SELECT feed, push_at FROM feeds WHERE push_at <= ?1
      UNION ALL SELECT feed, '' FROM (SELECT feed FROM subscriptions LIMIT ?2)
      UNION ALL SELECT feed, '' FROM (SELECT feed FROM deliveries LIMIT ?2))
    GROUP BY feed
    ORDER BY min(push_at)
    LIMIT ?2`;
  return columnOf<FeedKey>(db, sql, before, limit);
}

/** A feed's subscriptions and deliveries that an older version of this code kept in D1. */
export async function legacySubscriptions(
  db: D1Database,
  feed: FeedKey,
  limit: number,
): Promise<readonly LegacySubscription[]> {
  return rowsOf<LegacySubscription>(db, LEGACY, feed, limit);
}

// Deliveries without a subscription are an outside hub's. They come last.
const LEGACY = `SELECT k.format, k.callback, s.host, s.secret,
    coalesce(s.expires, '9999-12-31T00:00:00Z') AS expires,
    coalesce(s.given_up, 0) AS given_up,
    coalesce(f.announced_version, 0) AS announced,
    coalesce(d.version, f.announced_version, 0) AS version,
    d.since,
    d.next_at,
    coalesce(d.attempts, 0) AS attempts,
    coalesce(d.sending, 0) AS sending
  FROM (
    SELECT * FROM (SELECT feed, format, callback FROM subscriptions WHERE feed = ?1 LIMIT ?2)
    UNION ALL SELECT * FROM (
      SELECT feed, format, callback FROM deliveries
      WHERE feed = ?1 AND NOT EXISTS (SELECT 1 FROM subscriptions WHERE feed = ?1)
      LIMIT ?2)) k
  LEFT JOIN subscriptions s USING (feed, format, callback)
  LEFT JOIN deliveries d USING (feed, format, callback)
  LEFT JOIN feeds f ON f.feed = k.feed AND f.format = k.format`;

/** Deletes legacy subscriptions and their deliveries, once the feed's object has them. */
export async function dropLegacy(
  db: D1Database,
  feed: FeedKey,
  legacy: readonly Pick<LegacySubscription, "format" | "callback">[],
): Promise<void> {
  const list = legacy.map(({ format, callback }) => ({ format, callback }));
  await db.batch([
    statement(db, `DELETE FROM subscriptions WHERE feed = ?1 AND ${LISTED}`, feed, list),
    statement(db, `DELETE FROM deliveries WHERE feed = ?1 AND ${LISTED}`, feed, list),
  ]);
}

const LISTED = "(format, callback) IN (SELECT value->>'format', value->>'callback' FROM json_each(?2))";

/** Hosts that have answered again, and how many requests in a row others have not answered. */
export interface HostReport {
  readonly answered: readonly string[];
  readonly failed: readonly { readonly host: string; readonly failures: number }[];
}

/**
 * Those of some hosts that haven't answered lately, and for how many requests in a row. `probe`: the host has
 * `deadAfter` or more failures, and the caller is to send it one request; no other caller is told so before
 * `nextAt`.
 */
export async function failingHosts(
  db: D1Database,
  hosts: readonly string[],
  { now, nextAt, deadAfter }: { readonly now: Instant; readonly nextAt: Instant; readonly deadAfter: number },
): Promise<readonly { readonly host: string; readonly failures: number; readonly probe: boolean }[]> {
  // An UPDATE, since two messages may claim the same probe at once.
  const [probed, failing] = await rowsOfEach<[{ host: string }, { host: string; failures: number }]>(
    db,
    statement(db, PROBE, hosts, deadAfter, now, nextAt),
    statement(db, FAILING, hosts),
  );
  const probes = new Set(probed.map(({ host }) => host));
  return failing.map((one) => ({ ...one, probe: probes.has(one.host) }));
}

const FAILING = "SELECT host, failures FROM failing_hosts WHERE host IN (SELECT value FROM json_each(?))";

const PROBE = `UPDATE failing_hosts SET probe_at = ?4 WHERE failures >= ?2 AND probe_at <= ?3
  AND host IN (SELECT value FROM json_each(?1)) RETURNING host`;

/** Stores a report. At `probeAt` a dead host gets its next probe. */
export async function noteHosts(
  db: D1Database,
  { answered, failed }: HostReport,
  probeAt: Instant,
): Promise<void> {
  await db.batch([statement(db, ANSWERED, answered), statement(db, UNANSWERED, failed, probeAt)]);
}

const ANSWERED = "DELETE FROM failing_hosts WHERE host IN (SELECT value FROM json_each(?1))";

const UNANSWERED = `INSERT INTO failing_hosts (host, failures, probe_at)
  SELECT value->>'host', value->>'failures', ?2 FROM json_each(?1) WHERE true
  ON CONFLICT (host) DO UPDATE SET failures = failures + excluded.failures, probe_at = excluded.probe_at`;

/** Deletes hosts that weren't called since `before`. */
export async function forgetHosts(db: D1Database, before: Instant): Promise<void> {
  await run(db, "DELETE FROM failing_hosts WHERE probe_at <= ?", before);
}
