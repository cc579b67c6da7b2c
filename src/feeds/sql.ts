// Documents in D1: which exist, which version they have, which are warm (built before anybody asks) and which
// are dirty (to be rebuilt). A change invalidates documents: each gets a new mark, and warm ones are dirty
// until they are rebuilt. Subscribers that services report are the table `audience`.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import { FORMATS } from "../formats/format.ts";
import { slices } from "../lib/batches.ts";
import { columnOf, rowsOf, run, statement } from "../lib/d1.ts";
import { addSeconds, dayOf, type Instant } from "../lib/time.ts";
import { type DocumentKey, type FeedKey, isAlwaysWarm, keyOf, type StoredKey } from "./feed.ts";

/** The row of a document. */
export type FeedRow = StoredKey & FeedColumns;

interface FeedColumns {
  /** Changes with each invalidation; see `NEW_MARK`. */
  readonly mark: number;
  /**
   * When it was first invalidated since the last build; null for one that is up to date. The column is
   * `stale_since`.
   */
  readonly dirty_since: Instant | null;
  readonly version: number;
  readonly cached_version: number;
  readonly announced_version: number;
  readonly built_hash: string | null;
  readonly etag: string | null;
  readonly fingerprint: string | null;
  readonly changed_at: Instant | null;
  readonly built_at: Instant | null;
  readonly next_change: Instant | null;
  readonly items: number;
  readonly bytes: number;
  readonly last_error: string | null;
  /** How many subscribers it has, and how many deliveries to them were given up. */
  readonly subscribers: number;
  readonly given_up: number;
  /** The last day (UTC) on which it is warm; null if it was never requested. The column is `kept_until`. */
  readonly warm_until: string | null;
}

/** SQL for the columns of a `FeedRow`. */
export const FEED_ROW = "feeds.*, stale_since AS dirty_since, kept_until AS warm_until";

/**
 * A new mark: a random number of 53 bits, which JavaScript can hold. Marks are only compared for equality. A
 * counter would go back when D1 is restored to an earlier time, and an old build would pass for a newer one.
 */
export const NEW_MARK = "abs(random() % 9007199254740991)";

/** How many days a document stays warm after a request, unless it is always warm. */
const WARM_DAYS = 7;
/** The `warm_until` of a document that is always warm. */
export const ALWAYS = "9999-12-31";

/**
 * The last day on which a document is warm if it is requested at `now`; null if it isn't requested (no
 * `now`).
 */
export function warmUntil(feed: StoredKey["feed"], now?: Instant): string | null {
  if (isAlwaysWarm(feed)) return ALWAYS;
  if (now === undefined) return null;
  // A page of the archive is never deleted from R2, so it must stay warm, or its copy would miss changes.
  return feed.startsWith("archive/") ? ALWAYS : dayOf(addSeconds(now, WARM_DAYS * 86_400));
}

/** True for a document that is warm at `now`: changes make it dirty, and KV has a copy. */
export const isWarm = ({ warm_until }: Pick<FeedRow, "warm_until">, now: Instant): boolean =>
  warm_until !== null && warm_until >= dayOf(now);

/** The rows of all documents that are warm at `now`, by name. */
export async function warmRows(db: D1Database, now: Instant): Promise<readonly FeedRow[]> {
  const sql = `SELECT ${FEED_ROW} FROM feeds WHERE kept_until >= ? ORDER BY feed, format`;
  return rowsOf<FeedRow>(db, sql, dayOf(now));
}

/**
 * Keeps a requested document warm until the end of the day `until`. If it was cold, its copy in KV no longer
 * counts: it may have missed changes.
 */
export async function keepWarm(
  db: D1Database,
  { feed, format }: StoredKey,
  until: string | null,
  now: Instant,
): Promise<void> {
  await run(
    db,
    `INSERT INTO feeds (feed, format, kept_until) VALUES (?1, ?2, ?3) ON CONFLICT (feed, format) DO UPDATE
       SET kept_until = ?3, cached_version = iif(kept_until >= ?4, cached_version, 0)
       WHERE kept_until IS NULL OR kept_until < ?3`,
    feed,
    format,
    until,
    dayOf(now),
  );
}

/** A document as `invalidateFeeds` returns it. */
export type InvalidatedDocument = StoredKey & Invalidation;

interface Invalidation {
  /** 1 if it is warm, and so has to be rebuilt. */
  readonly dirty: number;
  /** 1 if it was clean before this second. */
  readonly fresh: number;
}

/** The documents among these that have to be rebuilt. */
export const dirtyOf = (invalidated: readonly InvalidatedDocument[]): readonly StoredKey[] =>
  invalidated.filter(({ dirty }) => dirty === 1).map(keyOf);

/**
 * A statement that invalidates every document of some feeds, and returns them. Those that are warm at `now`
 * become dirty; the others only get a new mark. Missing rows are inserted; for feeds that aren't always warm,
 * only with `all`. A page of the archive gets its row when it is first requested.
 */
export function invalidateFeeds(
  db: D1Database,
  feeds: readonly FeedKey[],
  now: Instant,
  which: "all" | "known",
): D1PreparedStatement {
  const rows = feeds.map((feed) => ({
    feed,
    kept: warmUntil(feed),
    make: isAlwaysWarm(feed) || (which === "all" && !feed.startsWith("archive/")),
  }));
  return statement(
    db,
    `INSERT INTO feeds (feed, format, mark, kept_until, stale_since)
       SELECT f.value->>'feed', d.value, ${NEW_MARK}, f.value->>'kept', iif(f.value->>'kept' IS NULL, NULL, ?3)
       FROM json_each(?1) f, json_each(?2) d
       WHERE f.value->>'make' OR EXISTS (SELECT 1 FROM feeds k WHERE k.feed = f.value->>'feed' AND k.format = d.value)
       ON CONFLICT (feed, format) DO UPDATE SET mark = ${NEW_MARK},
         stale_since = iif(kept_until >= ?4, coalesce(stale_since, ?3), NULL)
       RETURNING feed, format, stale_since IS NOT NULL AS dirty, stale_since IS ?3 AS fresh`,
    rows,
    FORMATS,
    now,
    dayOf(now),
  );
}

/**
 * A statement that invalidates the documents of `partners`, and of all partners that ever had the article.
 * Its result is like that of `invalidateFeeds`.
 */
export function invalidatePartners(
  db: D1Database,
  partners: readonly string[],
  articleId: string,
  now: Instant,
): D1PreparedStatement {
  const sql = `UPDATE feeds SET mark = ${NEW_MARK}, stale_since = coalesce(stale_since, ?3) WHERE format = 'partner'
    AND feed IN (SELECT 'partner/' || value FROM json_each(?1)
      UNION SELECT 'partner/' || partner FROM partner_versions WHERE article_id = ?2)
    RETURNING feed, format, 1 AS dirty, stale_since IS ?3 AS fresh`;
  return statement(db, sql, partners, articleId, now);
}

/**
 * After a restore of D1: invalidates every warm document, and first makes those of `copies` warm that D1
 * takes for cold, since they were requested after the time of the restore. The sequence continues above every
 * number given out before, so that no entry gets a number that clients have seen on another one. Returns the
 * number of documents.
 */
export async function invalidateAll(
  db: D1Database,
  copies: readonly DocumentKey[],
  now: Instant,
): Promise<number> {
  const rows = copies.map(({ feed, format }) => ({ feed, format, until: warmUntil(feed, now) }));
  const results = await db.batch([
    statement(db, "UPDATE sequence SET seq = max(seq + 1, ?)", Date.parse(now)),
    ...slices(rows, CHUNK_ROWS).map((chunk) => statement(db, WARM_COPIES, chunk, dayOf(now))),
    statement(db, INVALIDATE_WARM, now, dayOf(now)),
  ]);
  return results.at(-1)?.meta.changes ?? 0;
}

const WARM_COPIES = `INSERT INTO feeds (feed, format, mark, kept_until, cached_version)
  SELECT value->>'feed', value->>'format', 0, value->>'until', 1 FROM json_each(?1) WHERE true
  ON CONFLICT (feed, format) DO UPDATE SET kept_until = excluded.kept_until, cached_version = max(cached_version, 1)
  WHERE kept_until IS NULL OR kept_until < ?2`;

const INVALIDATE_WARM = `UPDATE feeds SET mark = ${NEW_MARK}, stale_since = coalesce(stale_since, ?1) WHERE kept_until >= ?2`;

/** D1 takes 2 MB in one parameter. */
const CHUNK_ROWS = 5_000;

/**
 * Invalidates the documents whose scheduled change is due, and clean documents that were built with other
 * settings. Dirty ones are skipped, because thousands of documents wait for minutes after a deploy. Returns
 * what it invalidated.
 */
export async function invalidateDue(
  db: D1Database,
  fingerprint: string,
  now: Instant,
): Promise<readonly StoredKey[]> {
  // No index serves the `OR` of the update, which reads every row: it runs only if something is due.
  const due = `SELECT EXISTS (SELECT 1 FROM feeds WHERE next_change <= ?1 AND kept_until >= ?3)
    OR EXISTS (SELECT 1 FROM feeds WHERE fingerprint < ?2 AND stale_since IS NULL AND kept_until >= ?3)
    OR EXISTS (SELECT 1 FROM feeds WHERE fingerprint > ?2 AND stale_since IS NULL AND kept_until >= ?3)`;
  const [isDue] = await columnOf<0 | 1>(db, due, now, fingerprint, dayOf(now));
  if (!isDue) return [];
  const sql = `UPDATE feeds SET mark = ${NEW_MARK}, stale_since = coalesce(stale_since, ?1)
    WHERE (next_change <= ?1 OR (fingerprint <> ?2 AND stale_since IS NULL)) AND kept_until >= ?3 RETURNING feed, format`;
  return rowsOf<StoredKey>(db, sql, now, fingerprint, dayOf(now));
}

/**
 * Clears the outdated fingerprints of cold documents: otherwise `invalidateDue` would read them
 * all, every minute. Such a document is built when it is next requested.
 */
export async function forgetFingerprints(db: D1Database, fingerprint: string, now: Instant): Promise<void> {
  const sql = `UPDATE feeds SET fingerprint = NULL
    WHERE (fingerprint < ?1 OR fingerprint > ?1) AND (kept_until IS NULL OR kept_until < ?2)`;
  await run(db, sql, fingerprint, dayOf(now));
}

/**
 * A statement that makes the cold documents of a feed clean, except those that were requested again
 * meanwhile.
 */
export const cleanCold = (db: D1Database, feed: StoredKey["feed"], now: Instant): D1PreparedStatement =>
  statement(db, CLEAN_COLD, feed, dayOf(now));

const CLEAN_COLD = `UPDATE feeds SET stale_since = NULL, cached_version = 0
  WHERE feed = ?1 AND stale_since IS NOT NULL AND (kept_until IS NULL OR kept_until < ?2)`;

/** Documents that have been dirty since `before` or longer; oldest first. */
export async function dirtyDocuments(
  db: D1Database,
  before: Instant,
  limit: number,
): Promise<readonly StoredKey[]> {
  const sql =
    "SELECT feed, format FROM feeds WHERE stale_since <= ? ORDER BY stale_since, feed, format LIMIT ?";
  return rowsOf<StoredKey>(db, sql, before, limit);
}

/** When the oldest dirty document became dirty; undefined if all are clean. */
export async function oldestDirty(db: D1Database): Promise<Instant | undefined> {
  const [at] = await columnOf<Instant | null>(db, "SELECT min(stale_since) FROM feeds");
  return at ?? undefined;
}

/** What D1 stores about a document that was built. */
interface BuiltDocument {
  readonly format: StoredKey["format"];
  readonly hash: string;
  readonly etag: string;
  readonly changedAt: Instant;
  readonly items: number;
  readonly bytes: number;
  /** Its mark when its entries were read; null if it must still be put into KV or announced. */
  readonly mark: number | null;
  readonly version: number;
  readonly cachedVersion: number;
}

/**
 * Notes that the documents of a feed are built, and makes them clean. A document that was invalidated
 * meanwhile stays dirty: then the result is true. Cold documents become clean as well. A partner's document
 * is noted only while the partner's policy has this `digest`. `also` runs in the same transaction; its
 * statements must check for themselves whether they apply.
 * @throws Error, when the policy has changed, or D1 fails.
 */
export async function noteBuilt(
  db: D1Database,
  feed: StoredKey["feed"],
  built: {
    readonly at: Instant;
    readonly fingerprint: string;
    readonly nextChange: Instant | undefined;
    readonly documents: readonly BuiltDocument[];
    readonly digest?: string;
  },
  also: readonly D1PreparedStatement[] = [],
): Promise<boolean> {
  const { at, fingerprint, nextChange, documents, digest } = built;
  const [noted] = await db.batch<{ dirty: number }>([
    statement(db, NOTE_BUILT, ...[feed, documents, at, fingerprint, nextChange, warmUntil(feed)], digest),
    cleanCold(db, feed, at),
    ...also,
  ]);
  if (digest !== undefined && noted?.results.length === 0)
    throw new Error("the partner's policy was changed meanwhile");
  return (noted?.results ?? []).some(({ dirty }) => dirty === 1);
}

const NOTE_BUILT = `INSERT INTO feeds (feed, format, version, cached_version, built_hash, etag, fingerprint, changed_at,
    built_at, next_change, items, bytes, kept_until)
  SELECT ?1, value->>'format', value->>'version', value->>'cachedVersion', value->>'hash', value->>'etag', ?4,
    value->>'changedAt', ?3, ?5, value->>'items', value->>'bytes', ?6 FROM json_each(?2)
  WHERE ?7 IS NULL OR EXISTS (SELECT 1 FROM partners WHERE id = substr(?1, length('partner/') + 1) AND digest = ?7)
  ON CONFLICT (feed, format) DO UPDATE SET version = excluded.version, cached_version = excluded.cached_version,
    built_hash = excluded.built_hash, etag = excluded.etag, fingerprint = ?4, changed_at = excluded.changed_at,
    built_at = ?3, next_change = ?5, items = excluded.items, bytes = excluded.bytes, last_error = NULL,
    stale_since = (SELECT CASE value->>'mark' WHEN mark THEN NULL ELSE iif(value->>'mark' IS NULL, coalesce(stale_since, ?3), stale_since) END
      FROM json_each(?2) WHERE value->>'format' = feeds.format)
  RETURNING stale_since IS NOT NULL AS dirty`;

/** Stores why the documents of a feed could not be built or written; they stay dirty. */
export async function noteError(db: D1Database, feed: StoredKey["feed"], error: string): Promise<void> {
  await run(db, "UPDATE feeds SET last_error = ?2 WHERE feed = ?1", feed, error);
}

// The table `audience`: how many subscribers a feed service reports for a document. One row per document and
// service, written at most once a day.

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
  const limit = listed.includes(fetcher) ? NO_LIMIT : UNLISTED_LIMIT;
  const values = [feed, format, fetcher, listed, limit, day];
  await db.batch([statement(db, MAKE_ROOM, ...values), statement(db, NOTE, ...values, subscribers)]);
}

const IS_KNOWN = "EXISTS (SELECT 1 FROM audience WHERE feed = ?1 AND format = ?2 AND fetcher = ?3)";
const IS_UNLISTED = "feed = ?1 AND format = ?2 AND fetcher NOT IN (SELECT value FROM json_each(?4))";

const MAKE_ROOM = `DELETE FROM audience WHERE feed = ?1 AND format = ?2
  AND fetcher = (SELECT fetcher FROM audience WHERE ${IS_UNLISTED} AND days = 1 AND day < ?6 ORDER BY day LIMIT 1)
  AND NOT ${IS_KNOWN} AND (SELECT count(*) FROM audience WHERE ${IS_UNLISTED}) >= ?5`;

const NOTE = `INSERT INTO audience (feed, format, fetcher, subscribers, day, days)
  SELECT ?1, ?2, ?3, ?7, ?6, 1 WHERE EXISTS (SELECT 1 FROM feeds WHERE feed = ?1 AND format = ?2)
    AND (${IS_KNOWN} OR (SELECT count(*) FROM audience WHERE ${IS_UNLISTED}) < ?5)
  ON CONFLICT (feed, format, fetcher) DO UPDATE
    SET subscribers = excluded.subscribers, day = excluded.day, days = days + 1
    WHERE day < excluded.day`;

/** The services' reports of the last 30 days, by document. */
export async function audienceRows(db: D1Database, now: Instant): Promise<readonly AudienceRow[]> {
  const sql = "SELECT * FROM audience WHERE day >= ? ORDER BY feed, format";
  return rowsOf<AudienceRow>(db, sql, daysBefore(now, COUNTED_DAYS));
}

/** Removes the rows of services that last reported more than 90 days ago. */
export async function forgetOldAudience(db: D1Database, now: Instant): Promise<void> {
  await run(db, "DELETE FROM audience WHERE day < ?", daysBefore(now, KEPT_DAYS));
}

const daysBefore = (now: Instant, days: number): string => dayOf(addSeconds(now, -days * DAY_SECONDS));
