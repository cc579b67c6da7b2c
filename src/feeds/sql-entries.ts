// The feed query: the entries and tombstones of a feed that are visible at a given time. They get their
// sequence numbers here too, at release.

import type { D1Database } from "@cloudflare/workers-types";
import { unpack } from "../article/packed.ts";
import { FORMATS, type Format } from "../formats/format.ts";
import { firstRow, rowsOfEach, statement } from "../lib/d1.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { dayOf, type Instant, newestFirst } from "../lib/time.ts";
import type { DocumentKey, FeedKey } from "./feed.ts";
import { ALWAYS, FEED_ROW, type FeedRow } from "./sql.ts";

/** An entry, ready to be put into a document. */
export interface FeedEntry {
  readonly body: string;
  /** The list item, as XHTML, that stands for it when a browser opens the feed. */
  readonly headline: string;
  /** SHA-256 of `body`. */
  readonly hash: string;
  readonly seq: number;
  readonly dated: Instant;
  readonly expires: Instant | null;
  readonly published: Instant;
}

/** The parts of one document. */
export interface DocumentParts {
  /** Newest first, as stored. */
  readonly entries: readonly FeedEntry[];
  readonly tombstones: readonly { readonly id: string; readonly at: Instant; readonly seq: number }[];
  /** A tag's name as the newest article writes it. */
  readonly label?: string;
  /** How many pages of the site's archive are full. */
  readonly closedPages: number;
}

/** The parts of all documents of a feed, read in one round trip. */
export interface FeedQuery {
  readonly rows: ReadonlyMap<Format, FeedRow>;
  /** The documents that were read, by format. */
  readonly documents: ReadonlyMap<Format, DocumentParts>;
  /** True if D1 still has subscribers of this feed from an older version of this code. */
  readonly hasLeft: boolean;
  /** When the list of entries or tombstones next changes by itself, by a release or an expiry. */
  readonly nextChange?: Instant;
  /** True if a visible entry or tombstone has no sequence number yet: `numberReleases` assigns one. */
  readonly hasUnnumbered: boolean;
}

/** Articles on a full page of the archive. It can't change any more, since page numbers are stored. */
export const ARCHIVE_PAGE_SIZE = 100;
// At most this many tombstones in a document; those of older articles are left out.
const TOMBSTONE_LIMIT = 50;
/**
 * How many withdrawal notices a feed shows, the latest ones, to leave room for articles. The others become
 * tombstones at once.
 */
const NOTICE_LIMIT = 3;

/**
 * Reads the parts of a feed's documents as visible at `now`: of the warm documents, and of the one in format
 * `asked`. The site's feed has every article that isn't on a full page of the archive, even if there are more
 * than `limit`. Six queries, one round trip. @throws Error, when a stored entry is broken.
 */
export async function queryFeed(
  db: D1Database,
  feed: FeedKey,
  now: Instant,
  limit: number,
  asked?: Format,
): Promise<FeedQuery> {
  const [feeds, entries, dead, [next], [closed], left] = await rowsOfEach<
    [FeedRow, StoredRow, TombstoneRow, { at: Instant | null }, { pages: number }, unknown]
  >(
    db,
    statement(db, `SELECT ${FEED_ROW} FROM feeds WHERE feed = ?`, feed),
    statement(db, feed === "site" ? SITE_ENTRIES : ENTRIES, feed, now, limit),
    statement(db, TOMBSTONES, feed, now, TOMBSTONE_LIMIT),
    statement(db, NEXT_CHANGE, feed, now),
    statement(db, CLOSED_PAGES),
    statement(db, LEFT, feed),
  );
  const rows = new Map(feeds.map((row) => [row.format as Format, row]));
  const stored = Map.groupBy(entries, ({ id }) => id);
  const read = Map.groupBy([...stored.values()].flatMap(unpacked), ({ format }) => format);
  const { pages: closedPages = 0 } = closed ?? {};
  const wanted = FORMATS.filter(
    (format) => format === asked || (rows.get(format)?.warm_until ?? "") >= dayOf(now),
  );
  const documents = new Map(
    wanted.map((format) => [format, documentOf(read.get(format) ?? [], dead, closedPages, limit)]),
  );
  return {
    rows,
    documents,
    hasLeft: left.length > 0,
    ...omitUndefined({ nextChange: next?.at ?? undefined }),
    hasUnnumbered: [...documents.values()].some((one) =>
      [...one.entries, ...one.tombstones].some(({ seq }) => seq === 0),
    ),
  };
}

function documentOf(
  read: readonly EntryRow[],
  dead: readonly TombstoneRow[],
  closedPages: number,
  limit: number,
): DocumentParts {
  const oldest = read.length < limit ? "" : (read.at(-1)?.published ?? "");
  const { shown, hidden } = withFewNotices(read);
  const label = shown[0]?.label ?? undefined;
  return {
    entries: shown,
    tombstones: [...dead, ...hidden]
      .filter((tombstone) => tombstone.published >= oldest)
      .sort(newestFirst)
      .slice(0, TOMBSTONE_LIMIT),
    ...omitUndefined({ label }),
    closedPages,
  };
}

/** The rows of one article, in all formats, with their packed texts restored. */
function unpacked(rows: readonly StoredRow[]): readonly EntryRow[] {
  const sorted = rows.toSorted((a, b) => FORMATS.indexOf(a.format) - FORMATS.indexOf(b.format));
  const model = sorted.find((row) => row.model !== null)?.model ?? "";
  const texts = unpack([...sorted.map(({ body }) => body), sorted[0]?.headline ?? ""], model);
  const headline = texts.at(-1) ?? "";
  return sorted.map(({ model: _, ...row }, index) => ({ ...row, body: texts[index] ?? "", headline }));
}

/** A row as stored, with packed body and headline. Only one of an article's rows has the model. */
type StoredRow = EntryRow & { readonly model: string | null };

type EntryRow = FeedEntry & {
  readonly id: string;
  readonly format: Format;
  readonly label: string | null;
  /** When the article was withdrawn, if this entry is its notice; null for an article's own entry. */
  readonly notice_at: Instant | null;
};

interface TombstoneRow {
  readonly id: string;
  readonly at: Instant;
  readonly seq: number;
  readonly published: Instant;
}

/** The entries with only the latest notices (`shown`), and the other notices as tombstones (`hidden`). */
function withFewNotices(entries: readonly EntryRow[]): {
  readonly shown: readonly EntryRow[];
  readonly hidden: readonly TombstoneRow[];
} {
  const notices = entries
    .flatMap(({ id, notice_at: at, seq, published }) => (at === null ? [] : [{ id, at, seq, published }]))
    .sort((a, b) => (a.at === b.at ? newestFirst(a, b) : a.at > b.at ? -1 : 1));
  const hidden = notices.slice(NOTICE_LIMIT);
  const ids = new Set(hidden.map(({ id }) => id));
  return { shown: entries.filter(({ id }) => !ids.has(id)), hidden };
}

/** A document's row in D1, and whether its feed exists, will exist, or doesn't. */
export interface Presence {
  readonly row: FeedRow | undefined;
  readonly feed: "there" | "to come" | "absent";
  readonly closedPages: number;
}

/** Reads a document's `Presence` in one query. */
export async function presenceOf(
  db: D1Database,
  { feed, format }: DocumentKey,
  now: Instant,
): Promise<Presence> {
  const found = await firstRow<
    FeedRow & { readonly presence: Presence["feed"]; readonly closedPages: number }
  >(db, PRESENCE, feed, format, now);
  if (!found) throw new Error("a query without a condition gave no row");
  const { presence, closedPages, ...row } = found;
  return { row: row.feed === null ? undefined : row, feed: presence, closedPages };
}

/**
 * SQL for the term of an article's page of the archive, from its row in `archive`. Positions follow the order
 * of release.
 */
export const ARCHIVE_TERM = `'archive/' || ((position - 1) / ${ARCHIVE_PAGE_SIZE} + 1)`;
const CLOSED_PAGES = `SELECT coalesce(max(position), 0) / ${ARCHIVE_PAGE_SIZE} AS pages FROM archive`;

// A feed exists once an article in it has been published, even if no article is in it now.
const PRESENCE = `SELECT f.*, f.stale_since AS dirty_since, f.kept_until AS warm_until, CASE
    WHEN f.feed IS NOT NULL OR EXISTS (SELECT 1 FROM feeds WHERE feed = ?1)
      OR EXISTS (SELECT 1 FROM article_terms WHERE term = ?1 AND published <= ?3)
      OR EXISTS (SELECT 1 FROM tombstones WHERE term = ?1 AND visible_from <= ?3) THEN 'there'
    WHEN EXISTS (SELECT 1 FROM article_terms WHERE term = ?1) THEN 'to come'
    ELSE 'absent' END AS presence, (${CLOSED_PAGES}) AS closedPages
  FROM (SELECT 1) LEFT JOIN feeds f ON f.feed = ?1 AND f.format = ?2`;

const STORED = `SELECT format, body, hash, seq, dated, e.expires, headline, s.published, label, notice_at, s.article_id AS id,
    iif(format = '${FORMATS[0]}', a.model, NULL) AS model`;
const JOINED = `s JOIN articles a ON a.id = s.article_id JOIN entries e ON e.article_id = s.article_id
  ORDER BY s.published DESC, s.article_id`;

// The plus before `visible_from` keeps SQLite from using its index, which would read and sort everything ever
// released. An article that could not be rendered has no entries, and must not take up a place of the limit.
const NEWEST = `SELECT article_id, published, label FROM article_terms
  WHERE term = ?1 AND +visible_from <= ?2 AND (expires_at IS NULL OR expires_at > ?2)
    AND EXISTS (SELECT 1 FROM entries WHERE entries.article_id = article_terms.article_id)
  ORDER BY published DESC, article_id LIMIT ?3`;

const ENTRIES = `${STORED} FROM (${NEWEST}) ${JOINED}`;

// The archive's unfinished page may hold articles that were stored late, with old dates.
const SITE_ENTRIES = `WITH shown AS (
  SELECT article_id, published, label FROM (${NEWEST})
  UNION SELECT article_id, published, label FROM article_terms
    WHERE term = 'archive/' || ((${CLOSED_PAGES}) + 1)
    AND +visible_from <= ?2 AND (expires_at IS NULL OR expires_at > ?2))
  ${STORED} FROM shown ${JOINED}`;

const LEFT = `SELECT 1 FROM (SELECT 1 FROM subscriptions WHERE feed = ?1
  UNION ALL SELECT 1 FROM deliveries WHERE feed = ?1) LIMIT 1`;

const TOMBSTONES = `SELECT article_id AS id, at, seq, published FROM tombstones
  WHERE term = ?1 AND +visible_from <= ?2 ORDER BY published DESC, article_id LIMIT ?3`;

// An article becomes visible at `published`, which the primary key is sorted by.
const NEXT_CHANGE = `SELECT min(at) AS at FROM (
  SELECT min(published) AS at FROM article_terms WHERE term = ?1 AND published > ?2
  UNION ALL SELECT min(expires_at) FROM article_terms WHERE term = ?1 AND expires_at > ?2
  UNION ALL SELECT min(visible_from) FROM tombstones WHERE term = ?1 AND visible_from > ?2)`;

/**
 * Gives all entries and tombstones that have become visible by `now` the next sequence number, so that deltas
 * include them. Their articles get a position in the archive, and their feeds get rows.
 */
export async function numberReleases(db: D1Database, now: Instant): Promise<void> {
  await db.batch([
    statement(db, ARCHIVE_RELEASED, now),
    statement(db, PLACE_RELEASED, now),
    statement(db, KNOW_FEEDS, now, FORMATS, ALWAYS),
    statement(db, "UPDATE sequence SET seq = seq + 1"),
    statement(db, NUMBER_ENTRIES, now),
    statement(db, NUMBER_TOMBSTONES, now),
  ]);
}

const RELEASED = `SELECT e.article_id FROM entries e WHERE e.seq = 0
  AND EXISTS (SELECT 1 FROM article_terms t WHERE t.article_id = e.article_id AND t.visible_from <= ?1)`;

const ARCHIVE_RELEASED = `INSERT INTO archive (article_id)
  SELECT DISTINCT t.article_id FROM article_terms t
  WHERE t.article_id IN (${RELEASED}) ORDER BY t.published, t.article_id ON CONFLICT DO NOTHING`;

const PLACE_RELEASED = `INSERT INTO article_terms (term, published, article_id, visible_from, expires_at)
  SELECT ${ARCHIVE_TERM}, t.published, t.article_id, t.visible_from, t.expires_at
  FROM article_terms t JOIN archive USING (article_id)
  WHERE t.article_id IN (${RELEASED}) AND +t.term = 'site' ON CONFLICT DO NOTHING`;

const KNOW_FEEDS = `INSERT INTO feeds (feed, format, kept_until)
  SELECT DISTINCT t.term, f.value, iif(t.term LIKE 'section/%', ?3, NULL) FROM article_terms t, json_each(?2) f
  WHERE t.article_id IN (${RELEASED}) AND t.term NOT LIKE 'archive/%' ON CONFLICT DO NOTHING`;

const NUMBER_ENTRIES = `UPDATE entries SET seq = (SELECT seq FROM sequence) WHERE seq = 0
  AND EXISTS (SELECT 1 FROM article_terms t WHERE t.article_id = entries.article_id AND t.visible_from <= ?)`;

const NUMBER_TOMBSTONES =
  "UPDATE tombstones SET seq = (SELECT seq FROM sequence) WHERE seq = 0 AND visible_from <= ?";
