// The ledger of a partner: what the feed held, and what the partner fetched of it.
//
// A build writes `partner_versions`: the first version of the feed with each version of an article, or
// without a removed article. The partner's object writes `partner_fetches`, a row for each minute: how much
// was sent, and which version of the feed the partner then had.
//
// Minutes are kept for 31 days. Of older ones the first minute of each version stays, for 400 days, as proof
// of when something was first served. So the table grows with the feed's changes, not with polls. Counts are
// a lower bound: what an isolate hasn't passed on when it ends is lost.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import { rowsOf, rowsOfEach, statement } from "../lib/d1.ts";
import type { Problem } from "../lib/problem.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import type { PartnerEvent } from "./policy.ts";

/** A row of the ledger. */
export interface LedgerEntry {
  readonly articleId: string;
  readonly version: number;
  readonly event: PartnerEvent;
  readonly corrections: number;
  /** The first version of the feed that held it; of a removed article, the first without it. */
  readonly feedVersion: number;
  readonly at: Instant;
}

/** A query for the ledger's rows of some articles, oldest first: rows are `LedgerEntry`. */
export const ledgerQuery = (db: D1Database, partner: string, ids: readonly string[]): D1PreparedStatement =>
  statement(db, LEDGER, partner, ids);

const LEDGER = `SELECT article_id AS articleId, version, event, corrections, feed_version AS feedVersion, at
  FROM partner_versions WHERE partner = ?1 AND article_id IN (SELECT value FROM json_each(?2))
  ORDER BY feed_version, version`;

/**
 * A row of the ledger with its partner, and the highest version of the feed that they fetched; null for none.
 */
export interface Holding extends Pick<LedgerEntry, "event" | "feedVersion"> {
  readonly partner: string;
  readonly name: string;
  readonly fetched: number | null;
}

/** The ledger's rows of an article, of all partners, each partner's oldest first. */
export async function holdersOf(db: D1Database, article: string): Promise<readonly Holding[]> {
  const sql = `SELECT v.partner, p.policy->>'name' AS name, v.event, v.feed_version AS feedVersion,
      (SELECT max(version) FROM partner_fetches WHERE partner = v.partner) AS fetched
    FROM partner_versions v JOIN partners p ON p.id = v.partner WHERE v.article_id = ?
    ORDER BY v.partner, v.feed_version, v.version`;
  return rowsOf<Holding>(db, sql, article);
}

/**
 * Statements that add rows to the ledger for version `feedVersion` of the feed, if the partner's policy still
 * has this `digest`. An article whose embargo has ended has a row already, which gets the new date.
 */
export function addToLedger(
  db: D1Database,
  partner: string,
  entries: readonly Omit<LedgerEntry, "feedVersion">[],
  { feedVersion, digest }: Pick<LedgerEntry, "feedVersion"> & { readonly digest: string },
): readonly D1PreparedStatement[] {
  if (entries.length === 0) return [];
  return [statement(db, ADD_TO_LEDGER, partner, entries, feedVersion, digest)];
}

const ADD_TO_LEDGER = `INSERT INTO partner_versions (partner, article_id, version, event, corrections, at, feed_version)
  SELECT ?1, value->>'articleId', value->>'version', value->>'event', value->>'corrections', value->>'at', ?3
  FROM json_each(?2) WHERE EXISTS (SELECT 1 FROM partners WHERE id = ?1 AND digest = ?4)
  ON CONFLICT DO UPDATE SET at = excluded.at`;

/** A partner's fetches in one minute. */
export interface FetchMinute {
  /** Its first second. */
  readonly minute: Instant;
  /** The highest version that a 200 sent or a 304 confirmed; 0 if there is none. */
  readonly version: number;
  /** HTTP status of the last answer; a refusal doesn't count where the feed was served too. */
  readonly status: number;
  /** Answers that served the feed. Refusals don't count. */
  readonly fetches: number;
  /** Bytes of the bodies as they were sent. */
  readonly bytes: number;
}

/** A partner's fetches in one minute, and the hashes of the tokens that they came with. */
export interface CountedMinute extends FetchMinute {
  readonly tokens: readonly string[];
}

/** The sum of two counts of one minute. A refusal doesn't count where the feed was served too. */
export function addFetches(before: CountedMinute | undefined, next: CountedMinute): CountedMinute {
  if (!before) return next;
  return {
    minute: next.minute,
    version: Math.max(before.version, next.version),
    status: next.fetches === 0 && before.fetches > 0 ? before.status : next.status,
    fetches: before.fetches + next.fetches,
    bytes: before.bytes + next.bytes,
    tokens: [...new Set([...before.tokens, ...next.tokens])],
  };
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
/**
 * The hourly clean-up covers this many days before the 31 days; it has been through everything older already.
 */
const SWEPT_DAYS = 7;

/**
 * Stores a partner's minutes, each with its sums so far, in one write. May be called twice. Does nothing if
 * the partner has been removed meanwhile.
 */
export async function writeFetches(
  db: D1Database,
  partner: string,
  minutes: readonly CountedMinute[],
): Promise<void> {
  const write = statement(db, WRITE, partner, minutes);
  // Each token once, with the last of its minutes.
  const uses = new Map(minutes.flatMap(({ minute, tokens }) => tokens.map((hash) => [hash, minute])));
  if (uses.size === 0) await write.run();
  else await db.batch([write, statement(db, NOTE_USE, partner, [...uses])]);
}

const NOTE_USE = `UPDATE partner_tokens SET used_at = max(coalesce(used_at, ''), use.value->>1)
  FROM json_each(?2) use WHERE partner = ?1 AND hash = use.value->>0`;

const WRITE = `INSERT INTO partner_fetches (partner, minute, version, status, fetches, bytes)
  SELECT ?1, value->>'minute', value->>'version', value->>'status', value->>'fetches', value->>'bytes' FROM json_each(?2)
  WHERE EXISTS (SELECT 1 FROM partners WHERE id = ?1)
  ON CONFLICT (partner, minute) DO UPDATE SET version = max(version, excluded.version),
    status = iif(excluded.fetches = 0 AND fetches > 0, status, excluded.status),
    fetches = max(fetches, excluded.fetches), bytes = max(bytes, excluded.bytes)`;

/** The last minutes with fetches, newest first. */
export async function lastFetches(
  db: D1Database,
  partner: string,
  limit: number,
): Promise<readonly FetchMinute[]> {
  const sql = `SELECT minute, version, status, fetches, bytes FROM partner_fetches WHERE partner = ? ORDER BY minute DESC LIMIT ?`;
  return rowsOf<FetchMinute>(db, sql, partner, limit);
}

/** Those of the last `days` days that had fetches, newest first. */
export async function fetchDays(
  db: D1Database,
  partner: string,
  days: number,
  now: Instant,
): Promise<readonly FetchDay[]> {
  const sql = `SELECT substr(minute, 1, 10) AS day, sum(fetches) AS fetches, sum(bytes) AS bytes FROM partner_fetches
    WHERE partner = ? AND minute >= ? GROUP BY day ORDER BY day DESC`;
  const since = addSeconds(now, -(days - 1) * DAY_SECONDS).slice(0, 10);
  return rowsOf<FetchDay>(db, sql, partner, since);
}

/** Deletes fetches that the ledger no longer needs. */
export async function forgetOldFetches(db: D1Database, now: Instant): Promise<void> {
  const daysAgo = (days: number) => addSeconds(now, -days * DAY_SECONDS);
  await db.batch([
    statement(
      db,
      `DELETE FROM partner_fetches WHERE partner IN (SELECT id FROM partners) AND minute >= ? AND minute < ?
           AND (version = 0 OR EXISTS (SELECT 1 FROM partner_fetches AS earlier WHERE earlier.partner = partner_fetches.partner
             AND earlier.version = partner_fetches.version AND earlier.minute < partner_fetches.minute))`,
      daysAgo(MINUTES_KEPT_DAYS + SWEPT_DAYS),
      daysAgo(MINUTES_KEPT_DAYS),
    ),
    statement(
      db,
      "DELETE FROM partner_fetches WHERE partner IN (SELECT id FROM partners) AND minute < ?",
      daysAgo(FIRSTS_KEPT_DAYS),
    ),
  ]);
}

// What partners lack, and what each has: the ledger's two halves put together.

/**
 * A row of the ledger, and the minute in which the partner first fetched that version of the feed or a later
 * one; null for never. After 400 days, the earliest minute that is still stored.
 */
export interface HeldVersion {
  readonly articleId: string;
  readonly version: number;
  readonly event: PartnerEvent;
  readonly fetchedAt: Instant | null;
}

/** Of some articles all versions that the partner's feed held, oldest first. */
export const heldVersions = (
  db: D1Database,
  partner: string,
  ids: readonly string[],
): Promise<readonly HeldVersion[]> => rowsOf<HeldVersion>(db, HELD, partner, ids);

// Sorted by version: versions go up with time, so the index finds the row at once.
const HELD = `SELECT article_id AS articleId, version, event,
    (SELECT minute FROM partner_fetches f WHERE f.partner = ?1 AND f.version >= v.feed_version
     ORDER BY f.version, f.minute LIMIT 1) AS fetchedAt
  FROM partner_versions v WHERE partner = ?1 AND article_id IN (SELECT value FROM json_each(?2))
  ORDER BY feed_version, version`;

/** An article whose newest version a partner hasn't fetched. */
export interface UnfetchedRow {
  readonly partner: string;
  readonly slug: string;
  readonly headline: string;
  readonly event: PartnerEvent;
  readonly version: number;
  /** When the feed first held something of it that the partner hasn't fetched. */
  readonly since: Instant;
  /** The version that the partner has; null for none. */
  readonly has: number | null;
}

/** An article that a profile's linter keeps out of a partner's feed. */
export interface RefusedRow {
  readonly partner: string;
  readonly slug: string;
  readonly headline: string;
  readonly version: number;
  readonly since: Instant;
  /** What keeps it out; not what is only advised. */
  readonly problems: readonly Problem[];
}

/**
 * What enabled partners haven't fetched since `before`, and what linters refuse, of one partner or of all.
 * Newest first, at most `limit` of each. One call.
 */
export async function gapRows(
  db: D1Database,
  before: Instant,
  limit: number,
  partner?: string,
): Promise<{ readonly unfetched: readonly UnfetchedRow[]; readonly refused: readonly RefusedRow[] }> {
  const [unfetched, refused] = await rowsOfEach<[UnfetchedRow, RefusedRow & { readonly problems: string }]>(
    db,
    statement(db, UNFETCHED, partner, before, limit),
    statement(db, REFUSED, partner, limit),
  );
  return { unfetched, refused: refused.map((row) => ({ ...row, problems: JSON.parse(row.problems) })) };
}

// `p`: enabled partners, the version of the feed that each fetched last, and the version from which on is
// looked: of a
// partner that never comes, the last thousand. `u`: what of each article is newer. A retraction of what the
// partner never had is no gap. With max(), SQLite takes the other columns from the row that has the maximum.
const UNFETCHED = `WITH p AS MATERIALIZED (
    SELECT id, fetched, max(fetched, newest - 1000) AS start FROM (
      SELECT id, coalesce((SELECT max(version) FROM partner_fetches WHERE partner = partners.id), 0) AS fetched,
        coalesce((SELECT max(feed_version) FROM partner_versions WHERE partner = partners.id), 0) AS newest
      FROM partners WHERE policy->>'enabled' AND (?1 IS NULL OR id = ?1))),
  u AS (
    SELECT p.id AS partner, p.fetched, v.article_id, v.event, v.version, max(v.feed_version),
      (SELECT o.at FROM partner_versions o WHERE o.partner = p.id AND o.article_id = v.article_id
        AND o.feed_version > p.fetched ORDER BY o.feed_version LIMIT 1) AS since,
      (SELECT o.version FROM partner_versions o WHERE o.partner = p.id AND o.article_id = v.article_id
        AND o.feed_version <= p.fetched AND o.event <> 'article.retracted'
       ORDER BY o.feed_version DESC LIMIT 1) AS has
    FROM p CROSS JOIN partner_versions v ON v.partner = p.id AND v.feed_version > p.start
    GROUP BY p.id, v.article_id)
  SELECT u.partner, a.slug, a.model->>'headline' AS headline, u.event, u.version, u.since, u.has
  FROM u JOIN articles a ON a.id = u.article_id
  WHERE u.since <= ?2 AND (u.event <> 'article.retracted' OR u.has IS NOT NULL)
  ORDER BY u.since DESC LIMIT ?3`;

const REFUSED = `SELECT i.partner, a.slug, a.model->>'headline' AS headline, a.version, a.published AS since,
    (SELECT json_group_array(json(value)) FROM json_each(i.problems) WHERE value->>'level' = 'refusal') AS problems
  FROM partners CROSS JOIN partner_items i ON i.partner = partners.id JOIN articles a ON a.id = i.article_id
  WHERE partners.policy->>'enabled' AND (?1 IS NULL OR partners.id = ?1) AND i.body = '' AND a.withdrawn_at IS NULL
    AND EXISTS (SELECT 1 FROM json_each(i.problems) WHERE value->>'level' = 'refusal')
  ORDER BY a.published DESC LIMIT ?2`;
