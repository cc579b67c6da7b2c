// Documents in D1: what they are made of, which version they have, and which are stale.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import { type DocumentKey, type FeedKey, FORMATS } from "../model/feed.ts";
import type { Instant } from "../model/time.ts";

/** The row of a document. */
export interface FeedRow {
  readonly feed: FeedKey;
  readonly format: DocumentKey["format"];
  readonly mark: number;
  readonly stale_since: Instant | null;
  readonly version: number;
  readonly cached_version: number;
  readonly built_hash: string | null;
  readonly etag: string | null;
  readonly fingerprint: string | null;
  readonly changed_at: Instant | null;
  readonly built_at: Instant | null;
  readonly next_change: Instant | null;
  readonly items: number;
  readonly bytes: number;
  readonly last_error: string | null;
}

/** An entry as a document is made of it. */
interface MaterialEntry {
  readonly body: string;
  /** SHA-256 of `body`. */
  readonly hash: string;
  readonly seq: number;
  readonly dated: Instant;
  readonly expires: Instant | null;
}

/** What a document is made of, read in one go. */
export interface FeedMaterial {
  readonly row: FeedRow | undefined;
  /** Newest first, as stored. */
  readonly entries: readonly MaterialEntry[];
  readonly tombstones: readonly { readonly id: string; readonly at: Instant; readonly seq: number }[];
  /** The next moment at which the list of entries or tombstones changes by itself. */
  readonly nextChange?: Instant;
}

// More tombstones than entries would be a feed of the dead.
const TOMBSTONE_LIMIT = 50;

/** Reads everything that a document is made of, as visible at `now`: four queries, one round trip. */
export async function readMaterial(
  db: D1Database,
  { feed, format }: DocumentKey,
  now: Instant,
  limit: number,
): Promise<FeedMaterial> {
  const [rows, entries, tombstones, next] = await db.batch<Record<string, unknown>>([
    db.prepare("SELECT * FROM feeds WHERE feed = ? AND format = ?").bind(feed, format),
    db.prepare(ENTRIES).bind(feed, now, format, limit),
    db.prepare(TOMBSTONES).bind(feed, now, TOMBSTONE_LIMIT),
    db.prepare(NEXT_CHANGE).bind(feed, now),
  ]);
  const shown = (entries?.results ?? []) as unknown as (MaterialEntry & { published: Instant })[];
  const oldest = shown.length < limit ? "" : (shown.at(-1)?.published ?? "");
  const dead = (tombstones?.results ?? []) as { id: string; at: Instant; seq: number; published: Instant }[];
  const nextChange = (next?.results[0] as { at: Instant | null } | undefined)?.at;
  return {
    row: rows?.results[0] as FeedRow | undefined,
    entries: shown,
    tombstones: dead.filter((tombstone) => tombstone.published >= oldest),
    ...(nextChange ? { nextChange } : {}),
  };
}

const ENTRIES = `SELECT e.body, e.hash, e.seq, e.dated, e.expires, t.published
  FROM article_terms t JOIN entries e ON e.article_id = t.article_id AND e.format = ?3
  WHERE t.term = ?1 AND t.visible_from <= ?2 AND (t.expires_at IS NULL OR t.expires_at > ?2)
  ORDER BY t.published DESC, t.article_id LIMIT ?4`;

const TOMBSTONES = `SELECT article_id AS id, at, seq, published FROM tombstones
  WHERE term = ?1 AND visible_from <= ?2 ORDER BY published DESC, article_id LIMIT ?3`;

const NEXT_CHANGE = `SELECT min(at) AS at FROM (
  SELECT min(visible_from) AS at FROM article_terms WHERE term = ?1 AND visible_from > ?2
  UNION ALL SELECT min(expires_at) FROM article_terms WHERE term = ?1 AND expires_at > ?2
  UNION ALL SELECT min(visible_from) FROM tombstones WHERE term = ?1 AND visible_from > ?2)`;

/** Gives entries and tombstones that have become visible by `now` the next number of the sequence: their release is news. */
export async function numberReleases(db: D1Database, now: Instant): Promise<void> {
  await db.batch([
    db.prepare("UPDATE sequence SET seq = seq + 1"),
    db.prepare(NUMBER_ENTRIES).bind(now),
    db.prepare(NUMBER_TOMBSTONES).bind(now),
  ]);
}

const NUMBER_ENTRIES = `UPDATE entries SET seq = (SELECT seq FROM sequence) WHERE seq = 0
  AND EXISTS (SELECT 1 FROM article_terms t WHERE t.article_id = entries.article_id AND t.visible_from <= ?)`;

const NUMBER_TOMBSTONES =
  "UPDATE tombstones SET seq = (SELECT seq FROM sequence) WHERE seq = 0 AND visible_from <= ?";

/** The row of one document. */
export async function feedRow(db: D1Database, { feed, format }: DocumentKey): Promise<FeedRow | undefined> {
  const sql = "SELECT * FROM feeds WHERE feed = ? AND format = ?";
  return (await db.prepare(sql).bind(feed, format).first<FeedRow>()) ?? undefined;
}

/** The rows of all documents, by name. */
export async function feedRows(db: D1Database): Promise<readonly FeedRow[]> {
  return (await db.prepare("SELECT * FROM feeds ORDER BY feed, format").all<FeedRow>()).results;
}

/**
 * A statement that marks every document of some feeds stale, making rows that are missing. It returns their keys, with
 * `fresh` = 1 for those that were not stale before this second.
 */
export function markStale(db: D1Database, feeds: readonly FeedKey[], now: Instant): D1PreparedStatement {
  return db
    .prepare(
      `INSERT INTO feeds (feed, format, mark, stale_since)
       SELECT f.value, d.value, 1, ?3 FROM json_each(?1) f, json_each(?2) d WHERE true
       ON CONFLICT (feed, format) DO UPDATE SET mark = mark + 1, stale_since = coalesce(stale_since, ?3)
       RETURNING feed, format, stale_since = ?3 AS fresh`,
    )
    .bind(JSON.stringify(feeds), JSON.stringify(FORMATS), now);
}

/** Marks every document that has a row. Returns their number. */
export async function markAllStale(db: D1Database, now: Instant): Promise<number> {
  const sql = "UPDATE feeds SET mark = mark + 1, stale_since = coalesce(stale_since, ?)";
  return (await db.prepare(sql).bind(now).run()).meta.changes;
}

/** Marks what changes by itself and is due, and what was built with other settings. Returns what it marked. */
export async function markDue(
  db: D1Database,
  fingerprint: string,
  now: Instant,
): Promise<readonly DocumentKey[]> {
  const sql = `UPDATE feeds SET mark = mark + 1, stale_since = coalesce(stale_since, ?1)
    WHERE next_change <= ?1 OR fingerprint <> ?2 RETURNING feed, format`;
  return (await db.prepare(sql).bind(now, fingerprint).all<DocumentKey>()).results;
}

/** Marks one document whose copy in KV is missing or old. */
export async function markUncached(
  db: D1Database,
  { feed, format }: DocumentKey,
  now: Instant,
): Promise<void> {
  await db
    .prepare(
      `UPDATE feeds SET mark = mark + 1, stale_since = coalesce(stale_since, ?3), cached_version = 0
       WHERE feed = ?1 AND format = ?2`,
    )
    .bind(feed, format, now)
    .run();
}

/** Documents that have been stale since `before` or longer, or are due now; oldest first. */
export async function staleDocuments(
  db: D1Database,
  before: Instant,
  limit: number,
): Promise<readonly DocumentKey[]> {
  const sql =
    "SELECT feed, format FROM feeds WHERE stale_since <= ? ORDER BY stale_since, feed, format LIMIT ?";
  return (await db.prepare(sql).bind(before, limit).all<DocumentKey>()).results;
}

/** The oldest stale mark there is. */
export async function oldestStaleMark(db: D1Database): Promise<Instant | undefined> {
  const row = await db.prepare("SELECT min(stale_since) AS at FROM feeds").first<{ at: Instant | null }>();
  return row?.at ?? undefined;
}

/** What is noted of a build whose bytes differ from those of the version before. */
export interface Build {
  readonly hash: string;
  readonly etag: string;
  readonly changedAt: Instant;
}

/**
 * Makes the next version of a document, if it still has version `from`. False when another build was faster.
 * Who reads a version and then commits the next can so never make two of the same number.
 */
export async function commitVersion(
  db: D1Database,
  key: DocumentKey,
  from: number,
  build: Build,
): Promise<boolean> {
  const { meta } = await db
    .prepare(
      `INSERT INTO feeds (feed, format, version, built_hash, etag, changed_at) VALUES (?1, ?2, 1, ?4, ?5, ?6)
       ON CONFLICT (feed, format) DO UPDATE SET version = version + 1, built_hash = ?4, etag = ?5, changed_at = ?6
       WHERE version = ?3`,
    )
    .bind(key.feed, key.format, from, build.hash, build.etag, build.changedAt)
    .run();
  return meta.changes === 1;
}

/** Notes that a document is built and in KV; clears its mark unless a newer one was set since `mark` was read. */
export async function noteBuilt(
  db: D1Database,
  key: DocumentKey,
  built: {
    readonly mark: number;
    readonly version: number;
    readonly fingerprint: string;
    readonly nextChange: Instant | undefined;
    readonly items: number;
    readonly bytes: number;
    readonly at: Instant;
  },
): Promise<void> {
  await db
    .prepare(
      `UPDATE feeds SET cached_version = ?3, fingerprint = ?4, next_change = ?5, items = ?6, bytes = ?7, built_at = ?8,
         last_error = NULL, stale_since = CASE WHEN mark = ?9 THEN NULL ELSE stale_since END
       WHERE feed = ?1 AND format = ?2`,
    )
    .bind(
      ...[key.feed, key.format, built.version, built.fingerprint, built.nextChange ?? null],
      ...[built.items, built.bytes, built.at, built.mark],
    )
    .run();
}

/** Notes why a document could not be built or written; its mark stays. */
export async function noteError(db: D1Database, { feed, format }: DocumentKey, error: string): Promise<void> {
  await db
    .prepare("UPDATE feeds SET last_error = ?3 WHERE feed = ?1 AND format = ?2")
    .bind(feed, format, error)
    .run();
}
