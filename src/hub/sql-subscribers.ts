// One feed's subscribers, in the SQLite of its object: who is subscribed to which of its documents, and which
// version each subscriber has yet to get, and when. Subscriptions are nowhere else. A row without a host is
// an outside hub.

import type { DurableObjectStorage } from "@cloudflare/workers-types";
import type { Delivery, DeliveryAttempt, Outcome, Subscription } from "../env.ts";
import type { Format } from "../formats/format.ts";
import { type Instant, NEVER } from "../lib/time.ts";

// The columns of `subscriptions`:
//   id          is never reused, since messages carry it
//   given_up    how many versions were given up, after they had failed for a day
//   version     the newest version that was delivered, or is to be delivered
// and of the version that is to be delivered:
//   since       nothing has arrived since then
//   next_at     when it is due, or, while it is queued or being sent, when that counts as failed; NULL: there is
//               nothing to deliver
//   attempts    how often it was sent
//   sending     the sender, while one is sending; a newer version waits; else 0
// `topics`: the newest version of a document that subscribers are to get (`announced`), and up to which id of a
// subscription it is queued (`queued_to`); NULL: for all. `unreported`: hosts whose number of subscriptions is
// still to be reported to D1. `reports`: `begun` is 1 after the first report, and until then D1 may have the
// counts of an object that was lost; `due_at` is when the next report is due, in milliseconds since 1970;
// `told` is the time at which cron is to wake the object, as D1 knows it.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS subscriptions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    format TEXT NOT NULL,
    callback TEXT NOT NULL,
    host TEXT,
    secret TEXT,
    expires TEXT NOT NULL,
    given_up INTEGER NOT NULL DEFAULT 0,
    version INTEGER NOT NULL,
    since TEXT,
    next_at TEXT,
    attempts INTEGER NOT NULL DEFAULT 0,
    sending INTEGER NOT NULL DEFAULT 0,
    UNIQUE (format, callback)
  );
  CREATE INDEX IF NOT EXISTS subscriptions_by_time ON subscriptions (next_at) WHERE next_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS subscriptions_by_expiry ON subscriptions (expires);
  CREATE INDEX IF NOT EXISTS subscriptions_by_host ON subscriptions (host);
  CREATE TABLE IF NOT EXISTS topics (
    format TEXT PRIMARY KEY,
    announced INTEGER NOT NULL,
    queued_to INTEGER
  );
  CREATE TABLE IF NOT EXISTS unreported (host TEXT PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS reports (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    begun INTEGER NOT NULL DEFAULT 0,
    due_at INTEGER,
    told TEXT
  );
  INSERT OR IGNORE INTO reports (only) VALUES (1);`;

/** A subscription or an outside hub that an older version of this code kept in D1, with its delivery. */
export type LegacySubscription = Omit<Subscription, "host"> &
  Pick<Delivery, "host" | "version" | "attempts"> & {
    readonly given_up: number;
    /** The newest version that the document's subscribers are to get. */
    readonly announced: number;
    readonly since: Instant | null;
    readonly next_at: Instant | null;
    readonly sending: 0 | 1;
  };

/** What an object reports to D1 about its subscribers. */
export interface SubscriberReport {
  readonly documents: readonly {
    readonly format: Format;
    readonly subscribers: number;
    readonly givenUp: number;
    /** The end of the longest lease. */
    readonly until: Instant | null;
  }[];
  readonly hosts: readonly { readonly host: string; readonly subscriptions: number }[];
  /** True for the first report: D1 deletes the feed's older counts. */
  readonly isFirst: boolean;
  /** When the object has something to do. Cron wakes an object that is late. */
  readonly dueAt: Instant | null;
}

/** Hosts in one report. */
const HOSTS_LIMIT = 1000;
const HOUR_MILLISECONDS = 3_600_000;
/** Delay of a report, so that it covers several changes. */
const REPORT_MILLISECONDS = 60_000;

/**
 * The tables of one object. All methods are synchronous. Cloudflare lets no answer out before their writes
 * are on disk.
 */
export class SubscriberStore {
  readonly #sql: DurableObjectStorage["sql"];

  constructor(storage: Pick<DurableObjectStorage, "sql">) {
    this.#sql = storage.sql;
    this.#sql.exec(SCHEMA);
  }

  /**
   * Adds or renews a subscription. A new subscriber gets the version after the one that was last announced;
   * the first subscriber of a document gets the one after `present`.
   */
  subscribe(
    { format, callback, host, secret, expires }: Subscription,
    { present, isFull, now }: { readonly present: number; readonly isFull: boolean; readonly now: Instant },
  ): "subscribed" | "renewed" | "full" {
    const renewed = this.#rows(RENEW, format, callback, secret, expires);
    if (renewed.length > 0) return "renewed";
    if (isFull) return "full";
    this.#sql.exec(KNOW_TOPIC, format, this.hasSubscribers(format, now) ? 0 : present);
    this.#sql.exec(SUBSCRIBE, format, callback, host, secret, expires);
    this.#sql.exec(UNREPORTED, host);
    this.#changed(now);
    return "subscribed";
  }

  unsubscribe(format: Format, callback: string, now: Instant): void {
    this.#end(now, "format = ?1 AND callback = ?2", format, callback);
  }

  /** Ends subscriptions whose lease is over. */
  expire(now: Instant): void {
    this.#end(now, "expires <= ?1", now);
  }

  hasSubscribers(format: Format, now: Instant): boolean {
    return this.#rows(HAS_SUBSCRIBERS, format, now).length > 0;
  }

  /**
   * Makes a version due for all subscribers of a document, or for an outside `hub` instead. Does nothing if
   * that or a newer version was announced before, here or, by `announced`, in D1.
   */
  announce(format: Format, version: number, announced: number, hub: string | undefined): void {
    if (announced >= version || this.#rows(ANNOUNCE, format, version).length === 0) return;
    this.#sql.exec(FORGET_HUBS, format, hub ?? null);
    if (hub !== undefined) this.#sql.exec(KNOW_HUB, format, hub);
  }

  /**
   * Claims at most `limit` deliveries that are due: first those of a new version, then retries, which failed
   * least first. Until `queued` is called, deliveries of a new version are claimed again; all others not
   * before `nextAt`.
   */
  claim(
    {
      now,
      nextAt,
      hub,
    }: { readonly now: Instant; readonly nextAt: Instant; readonly hub: string | undefined },
    limit: number,
  ): Claimed {
    const deliveries: (DeliveryAttempt & { format: Format })[] = [];
    const to: { format: Format; id: number | null }[] = [];
    let left = limit;
    for (const { format, announced, queued_to } of this.#rows<Topic>(TO_QUEUE)) {
      const isHub = hub === undefined ? 0 : 1;
      const rows = this.#rows<DeliveryAttempt>(QUEUE, format, announced, queued_to, now, nextAt, left, isHub);
      const last = rows.reduce((most, { id }) => Math.max(most, id), queued_to);
      to.push({ format, id: rows.length < left ? null : last });
      // Where attempts > 0, the subscriber has failed repeatedly or is being sent an older version: it gets
      // this one later.
      for (const { id, attempts } of rows) if (attempts === 0) deliveries.push({ id, attempts, format });
      left -= rows.length;
      if (left === 0) return { deliveries, to };
    }
    return {
      deliveries: [
        ...deliveries,
        ...this.#rows<DeliveryAttempt & { format: Format }>(CLAIM, now, nextAt, left),
      ],
      to,
    };
  }

  /** Notes that what was claimed is in the queue. */
  queued({ to }: Claimed): void {
    for (const { format, id } of to) this.#sql.exec(QUEUED, format, id);
  }

  /**
   * Begins attempts, and returns what the sender is to send. A sender that calls again gets the same; another
   * sender gets nothing until `nextAt`, when the attempt counts as failed.
   */
  begin(
    format: Format,
    deliveries: readonly DeliveryAttempt[],
    sender: number,
    { now, nextAt }: { readonly now: Instant; readonly nextAt: Instant },
  ): readonly Delivery[] {
    const list = JSON.stringify(deliveries);
    this.#sql.exec(BEGIN, format, list, now, nextAt, sender);
    return this.#rows(BEGUN, list, sender);
  }

  /** Ends attempts. If there is a newer version by now, it is due at once. */
  end(outcomes: readonly Outcome[], now: Instant): void {
    for (const { id, attempts, version, end, nextAt } of outcomes) {
      if (end === "gone") {
        this.#end(now, "id = ?1", id);
        continue;
      }
      const [row] = this.#rows<{ version: number }>(SENT, id, attempts);
      if (!row) continue;
      const isNewer = row.version > version;
      const hasFailed = end === "failed";
      // After the second failure, a newer version doesn't bring the next attempt forward.
      if (hasFailed && (attempts > 1 || !isNewer)) this.#sql.exec(AGAIN, id, nextAt ?? now);
      else if (isNewer) this.#sql.exec(NEWER, id, now, hasFailed ? 1 : 0);
      else this.#sql.exec(OVER, id, end === "given-up" ? 1 : 0);
      if (end === "given-up") this.#changed(now);
    }
  }

  /** True while there is anything to deliver. */
  isBusy(): boolean {
    return this.#rows(IS_BUSY).length > 0;
  }

  /** When there is something to do: milliseconds since 1970, or `NEVER`. Leases end on the hour. */
  dueAt(now: number): number {
    if (this.#rows<Topic>(TO_QUEUE).length > 0) return now;
    const [next] = this.#rows<{ at: Instant | null; over: Instant | null }>(NEXT);
    const over = next?.over
      ? Math.ceil(Date.parse(next.over) / HOUR_MILLISECONDS) * HOUR_MILLISECONDS
      : NEVER;
    return Math.min(next?.at ? Date.parse(next.at) : NEVER, over);
  }

  /** Adds subscriptions from D1. Those that are here already are newer, and stay. */
  adopt(rows: readonly LegacySubscription[]): void {
    for (const row of rows) {
      const { format, callback, host, secret, expires, given_up, announced } = row;
      this.#sql.exec(ADOPT_TOPIC, format, announced);
      const own = [format, callback, host, secret, expires, given_up];
      const { version, since, next_at, attempts, sending } = row;
      this.#sql.exec(ADOPT, ...own, version, since, next_at, attempts, sending);
      if (host !== null) this.#sql.exec(UNREPORTED, host);
    }
  }

  /** Sets when the next report is due: milliseconds since 1970. */
  reportAt(at: number): void {
    this.#sql.exec("UPDATE reports SET due_at = ?", at);
  }

  /** The row of `reports`. */
  reports(): { readonly begun: 0 | 1; readonly due_at: number | null; readonly told: Instant | null } {
    return this.#sql.exec<ReturnType<SubscriberStore["reports"]>>("SELECT * FROM reports").one();
  }

  /** Makes a report. `dueAt` is when the object has something to do. */
  report(now: Instant, dueAt: Instant | null): SubscriberReport {
    return {
      documents: this.#rows(DOCUMENTS, now),
      hosts: this.#rows(HOSTS, HOSTS_LIMIT),
      isFirst: this.reports().begun === 0,
      dueAt,
    };
  }

  /** Notes that D1 has a report. `again` is when to report the remaining hosts, if any. */
  reported({ hosts, dueAt }: SubscriberReport, again: number): void {
    // A host whose count has changed since is reported again.
    this.#sql.exec(REPORTED, JSON.stringify(hosts));
    this.#sql.exec(TOLD, again, dueAt);
  }

  #end(now: Instant, condition: string, ...values: readonly (string | number)[]): void {
    const hosts = `SELECT host FROM subscriptions WHERE ${condition} AND +host IS NOT NULL`;
    this.#sql.exec(`INSERT INTO unreported ${hosts} ON CONFLICT DO NOTHING`, ...values);
    this.#sql.exec(`DELETE FROM subscriptions WHERE ${condition}`, ...values);
    if (this.#rows("SELECT 1 FROM unreported LIMIT 1").length > 0) this.#changed(now);
  }

  #changed(now: Instant): void {
    const at = Date.parse(now) + REPORT_MILLISECONDS;
    this.#sql.exec("UPDATE reports SET due_at = coalesce(due_at, ?)", at);
  }

  #rows<Row>(sql: string, ...values: readonly (string | number | null)[]): Row[] {
    return this.#sql.exec(sql, ...values).toArray() as Row[];
  }
}

interface Claimed {
  readonly deliveries: readonly (DeliveryAttempt & { readonly format: Format })[];
  /** By document: up to which id the new version is now queued; null: for all. */
  readonly to: readonly { readonly format: Format; readonly id: number | null }[];
}

interface Topic {
  readonly format: Format;
  readonly announced: number;
  readonly queued_to: number;
}

const RENEW = `UPDATE subscriptions SET secret = ?3, expires = ?4
  WHERE format = ?1 AND callback = ?2 AND host IS NOT NULL
  RETURNING 1`;
const KNOW_TOPIC = `INSERT INTO topics (format, announced) VALUES (?, ?)
  ON CONFLICT (format) DO UPDATE SET announced = max(announced, excluded.announced)`;
const HAS_SUBSCRIBERS =
  "SELECT 1 FROM subscriptions WHERE format = ?1 AND expires > ?2 AND host IS NOT NULL LIMIT 1";
const SUBSCRIBE = `INSERT INTO subscriptions (format, callback, host, secret, expires, version)
  SELECT ?1, ?2, ?3, ?4, ?5, announced FROM topics WHERE format = ?1`;
const UNREPORTED = "INSERT INTO unreported (host) VALUES (?) ON CONFLICT DO NOTHING";

const ANNOUNCE = `INSERT INTO topics (format, announced, queued_to) VALUES (?1, ?2, 0)
  ON CONFLICT (format) DO UPDATE SET announced = excluded.announced, queued_to = 0
    WHERE announced < excluded.announced
  RETURNING 1`;
const FORGET_HUBS = "DELETE FROM subscriptions WHERE format = ?1 AND host IS NULL AND callback IS NOT ?2";
const KNOW_HUB = `INSERT INTO subscriptions (format, callback, expires, version)
  VALUES (?1, ?2, '9999-12-31T00:00:00Z', 0)
  ON CONFLICT DO NOTHING`;

const TO_QUEUE = "SELECT format, announced, queued_to FROM topics WHERE queued_to IS NOT NULL";

// A new version keeps `since`: a subscriber that is down for a day is given up, however often the feed
// changes.
//
// Two kinds of subscribers also keep their `next_at`. One that has failed more than once would otherwise be
// retried with each change, and delay the others. One that is being sent an older version could otherwise get
// the newer one first.
const IS_SENDING = "(sending > 0 AND next_at > ?4)";
const WAITS = `(attempts > 1 OR ${IS_SENDING})`;
// A plus keeps SQLite from using that column's index, with which it would read all subscriptions of a format.
const QUEUE = `UPDATE subscriptions SET
    version = ?2,
    since = coalesce(since, ?4),
    next_at = iif(${WAITS}, next_at, ?5),
    attempts = iif(${WAITS}, attempts, 0),
    sending = iif(${IS_SENDING}, sending, 0)
  WHERE id IN (
    SELECT id FROM subscriptions
    WHERE +format = ?1 AND id > ?3 AND +expires > ?4 AND (host IS NULL) = ?7
      AND (version < ?2 OR (attempts = 0 AND next_at IS NOT NULL))
    ORDER BY id
    LIMIT ?6)
  RETURNING id, attempts`;
const QUEUED = "UPDATE topics SET queued_to = ?2 WHERE format = ?1";
const CLAIM = `UPDATE subscriptions SET next_at = ?2, sending = 0
  WHERE id IN (SELECT id FROM subscriptions WHERE next_at <= ?1 ORDER BY attempts, next_at LIMIT ?3)
  RETURNING id, attempts, format`;

const BEGIN = `UPDATE subscriptions SET attempts = attempts + 1, next_at = ?4, sending = ?5
  FROM json_each(?2) t
  WHERE subscriptions.id = t.value->>'id' AND attempts = t.value->>'attempts' AND +format = ?1
    AND +next_at IS NOT NULL AND NOT (sending > 0 AND next_at > ?3)`;
const BEGUN = `SELECT id, attempts, callback, version, since, secret, host FROM subscriptions
  WHERE id IN (SELECT value->>'id' FROM json_each(?1)) AND sending = ?2`;

const SENT = "SELECT version FROM subscriptions WHERE id = ?1 AND attempts = ?2 AND sending > 0";
const AGAIN = "UPDATE subscriptions SET next_at = ?2, sending = 0 WHERE id = ?1";
const NEWER = `UPDATE subscriptions
  SET attempts = 0, next_at = ?2, sending = 0, since = iif(?3 = 1, since, ?2)
  WHERE id = ?1`;
const OVER = `UPDATE subscriptions
  SET attempts = 0, next_at = NULL, sending = 0, since = NULL, given_up = given_up + ?2
  WHERE id = ?1`;

const IS_BUSY = `SELECT 1 WHERE EXISTS (SELECT 1 FROM topics WHERE queued_to IS NOT NULL)
  OR EXISTS (SELECT 1 FROM subscriptions WHERE next_at IS NOT NULL)`;
// The plus keeps SQLite from reading all hosts by their index.
const NEXT = `SELECT
  (SELECT min(next_at) FROM subscriptions WHERE next_at IS NOT NULL) AS at,
  (SELECT expires FROM subscriptions WHERE +host IS NOT NULL ORDER BY expires LIMIT 1) AS over`;

const ADOPT_TOPIC = `INSERT INTO topics (format, announced, queued_to) VALUES (?1, ?2, 0)
  ON CONFLICT (format) DO UPDATE SET announced = max(announced, excluded.announced), queued_to = 0`;
const ADOPT = `INSERT INTO subscriptions
    (format, callback, host, secret, expires, given_up, version, since, next_at, attempts, sending)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
  ON CONFLICT DO NOTHING`;

const DOCUMENTS = `SELECT t.format,
    count(s.id) AS subscribers,
    coalesce(sum(s.given_up), 0) AS givenUp,
    max(s.expires) AS until
  FROM topics t
  LEFT JOIN subscriptions s ON s.format = t.format AND s.host IS NOT NULL AND s.expires > ?
  GROUP BY t.format`;
const TOLD =
  "UPDATE reports SET begun = 1, due_at = iif(EXISTS (SELECT 1 FROM unreported), ?, NULL), told = ?";
const HOSTS = `SELECT host, (SELECT count(*) FROM subscriptions s WHERE s.host = u.host) AS subscriptions
  FROM unreported u
  ORDER BY host
  LIMIT ?`;
const REPORTED = `DELETE FROM unreported WHERE host IN (
  SELECT value->>'host' FROM json_each(?) o
  WHERE o.value->>'subscriptions' = (
    SELECT count(*) FROM subscriptions s WHERE s.host = o.value->>'host'))`;
