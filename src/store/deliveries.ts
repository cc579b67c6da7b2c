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
  /** Its callback's host; null without a subscription. */
  readonly host: string | null;
  /** Requests in a row that the host didn't answer. */
  readonly failures: number;
}

/** Hosts that answered something, and those that didn't since, with how many requests in a row. */
export interface HostReport {
  readonly answered: readonly string[];
  readonly failed: readonly { readonly host: string; readonly failures: number }[];
}

/** How sending one ended, and the `version` that was sent; `nextAt` for what is to be tried again. */
export interface Outcome extends Pick<Delivery, "id" | "attempts" | "version" | "callback"> {
  readonly end: "delivered" | "failed" | "given-up" | "gone" | "void";
  readonly nextAt?: Instant;
}

/** What of a document is announced. */
type Version = DocumentKey & { readonly version: number };

/**
 * Makes a delivery of a version that is new to every subscriber, or to an outside `hub` alone, in place of an older one
 * that has not arrived. Returns those that are to be sent now; none for a version that was announced before, and none to
 * whom an older one is being sent: `endDeliveries` returns those. Cron sends them at `nextAt` if nobody has.
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
// So does whoever is being sent an older version, which could else arrive after this one.
const IS_SENDING = "(sending = 1 AND deliveries.next_at > ?4)";
const WAITS = `(attempts > 1 OR ${IS_SENDING})`;
const IN_PLACE_OF_OLDER = `ON CONFLICT (feed, format, callback)
  DO UPDATE SET version = excluded.version, next_at = iif(${WAITS}, next_at, excluded.next_at),
    attempts = iif(${WAITS}, attempts, 0), sending = ${IS_SENDING} RETURNING id, attempts`;

const TO_SUBSCRIBERS = `INSERT INTO deliveries (feed, format, callback, version, since, next_at)
  SELECT s.feed, s.format, s.callback, ?3, ?4, ?5 FROM feeds f
  JOIN subscriptions s ON s.feed = f.feed AND s.format = f.format AND s.expires > ?4
  WHERE f.feed = ?1 AND f.format = ?2 AND f.announced_version < ?3 ${IN_PLACE_OF_OLDER}`;

const TO_HUB = `INSERT INTO deliveries (feed, format, callback, version, since, next_at)
  SELECT feed, format, ?6, ?3, ?4, ?5 FROM feeds
  WHERE feed = ?1 AND format = ?2 AND announced_version < ?3 ${IN_PLACE_OF_OLDER}`;

/**
 * Deliveries whose time has come; no other call within `nextAt` returns them again. Those that failed least come first: a
 * host with many subscriptions that is down for hours keeps no news waiting that was lost on its way.
 */
export async function claimDeliveries(
  db: D1Database,
  now: Instant,
  nextAt: Instant,
  limit: number,
): Promise<readonly (DocumentKey & Turn)[]> {
  const sql = `UPDATE deliveries SET next_at = ?2, sending = 0
    WHERE id IN (SELECT id FROM deliveries WHERE next_at <= ?1 ORDER BY attempts, next_at LIMIT ?3)
    RETURNING id, attempts, feed, format`;
  return (await db.prepare(sql).bind(now, nextAt, limit).all<DocumentKey & Turn>()).results;
}

/**
 * Begins to send what a message asks for: counts the attempt, and returns each delivery as it is then. What another
 * message has begun, or what is no longer to be sent, is not among them. One that hasn't ended by `nextAt` has failed.
 * Of the hosts in `probes`, with `deadAfter` failures or more, one delivery is to be tried: no other call within `nextAt`
 * returns them again.
 */
export async function beginDeliveries(
  db: D1Database,
  { feed, format }: DocumentKey,
  turns: readonly Turn[],
  { now, nextAt, deadAfter }: { readonly now: Instant; readonly nextAt: Instant; readonly deadAfter: number },
): Promise<{ readonly begun: readonly Delivery[]; readonly probes: readonly string[] }> {
  const list = JSON.stringify(turns);
  const [probed, begun] = await db.batch([
    db.prepare(PROBE).bind(list, deadAfter, now, nextAt),
    db.prepare(BEGIN).bind(feed, format, list, now, nextAt),
  ]);
  const probes = (probed?.results ?? []) as readonly { readonly host: string }[];
  return {
    begun: (begun?.results ?? []) as readonly Delivery[],
    probes: probes.map(({ host }) => host),
  };
}

const PROBE = `UPDATE failing_hosts SET probe_at = ?4 WHERE failures >= ?2 AND probe_at <= ?3
  AND host IN (SELECT s.host FROM json_each(?1) t
    JOIN deliveries d ON d.id = t.value ->> 'id' AND d.attempts = t.value ->> 'attempts'
    JOIN subscriptions s ON s.feed = d.feed AND s.format = d.format AND s.callback = d.callback)
  RETURNING host`;

const SUBSCRIPTION = `FROM subscriptions s WHERE s.feed = deliveries.feed AND s.format = deliveries.format
  AND s.callback = deliveries.callback AND s.expires > ?4`;

const BEGIN = `UPDATE deliveries SET attempts = attempts + 1, next_at = ?5, sending = 1 FROM json_each(?3) t
  WHERE deliveries.id = t.value ->> 'id' AND attempts = t.value ->> 'attempts' AND feed = ?1 AND format = ?2
    AND NOT ${IS_SENDING}
  RETURNING id, attempts, callback, version, since,
    EXISTS (SELECT 1 ${SUBSCRIPTION}) AS subscribed, (SELECT secret ${SUBSCRIPTION}) AS secret,
    (SELECT host ${SUBSCRIPTION}) AS host,
    coalesce((SELECT failures FROM failing_hosts WHERE host = (SELECT host ${SUBSCRIPTION})), 0) AS failures`;

/**
 * Notes how sending ended. Returns those for whom there is a newer version by now, to be sent at once; cron sends them at
 * `nextAt` if nobody has. At `probeAt` a host that didn't answer is tried again, if it counts as dead by then.
 */
export async function endDeliveries(
  db: D1Database,
  { feed, format }: DocumentKey,
  outcomes: readonly Outcome[],
  { answered, failed }: HostReport,
  { now, nextAt, probeAt }: { readonly now: Instant; readonly nextAt: Instant; readonly probeAt: Instant },
): Promise<readonly Turn[]> {
  const list = JSON.stringify(outcomes);
  const [, , overtaken] = await db.batch<Turn>([
    db.prepare(AGAIN).bind(list),
    db.prepare(OVER).bind(list),
    db.prepare(NEWER).bind(list, now, nextAt),
    db.prepare(COUNT).bind(feed, format, list),
    db.prepare(GONE).bind(feed, format, list),
    db.prepare(ANSWERED).bind(JSON.stringify(answered)),
    db.prepare(UNANSWERED).bind(JSON.stringify(failed), probeAt),
  ]);
  return overtaken?.results ?? [];
}

const SAME = `deliveries.id = o.value ->> 'id' AND attempts = o.value ->> 'attempts' AND sending = 1`;
const HAS_FAILED = "o.value ->> 'end' = 'failed'";
const IS_NEWER = "deliveries.version > o.value ->> 'version'";

// Who has failed more than once gets no newer version before the next attempt either.
const AGAIN = `UPDATE deliveries SET next_at = o.value ->> 'nextAt', sending = 0 FROM json_each(?1) o
  WHERE ${SAME} AND ${HAS_FAILED} AND (attempts > 1 OR NOT ${IS_NEWER})`;

const OVER = `DELETE FROM deliveries WHERE id IN (
  SELECT deliveries.id FROM json_each(?1) o JOIN deliveries ON ${SAME} WHERE NOT ${HAS_FAILED} AND NOT ${IS_NEWER})`;

const NEWER = `UPDATE deliveries SET attempts = 0, next_at = ?3, sending = 0,
  since = iif(${HAS_FAILED}, since, ?2) FROM json_each(?1) o WHERE ${SAME} AND ${IS_NEWER}
  RETURNING id, attempts`;

const COUNT = `UPDATE subscriptions SET given_up = given_up + 1 FROM json_each(?3) o
  WHERE feed = ?1 AND format = ?2 AND callback = o.value ->> 'callback' AND o.value ->> 'end' = 'given-up'`;

const GONE = `DELETE FROM subscriptions WHERE feed = ?1 AND format = ?2 AND callback IN (
  SELECT value ->> 'callback' FROM json_each(?3) WHERE value ->> 'end' = 'gone')`;

const ANSWERED = "DELETE FROM failing_hosts WHERE host IN (SELECT value FROM json_each(?1))";

const UNANSWERED = `INSERT INTO failing_hosts (host, failures, probe_at)
  SELECT value ->> 'host', value ->> 'failures', ?2 FROM json_each(?1) WHERE true
  ON CONFLICT (host) DO UPDATE SET failures = failures + excluded.failures, probe_at = excluded.probe_at`;

/** Forgets hosts that nobody tried since `before`. */
export async function forgetHosts(db: D1Database, before: Instant): Promise<void> {
  await db.prepare("DELETE FROM failing_hosts WHERE probe_at <= ?").bind(before).run();
}
