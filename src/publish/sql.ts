// The one transaction that changes an article in D1, and the statements that render articles again.

import type { D1Database } from "@cloudflare/workers-types";
import { pack } from "../article/packed.ts";
import { type ArticleRecord, type ArticleRow, COLUMNS, recordOf } from "../article/sql.ts";
import type { FeedKey, StoredKey } from "../feeds/feed.ts";
import { dirtyOf, type InvalidatedDocument, invalidateFeeds, invalidatePartners } from "../feeds/sql.ts";
import { ARCHIVE_TERM } from "../feeds/sql-entries.ts";
import type { Format } from "../formats/format.ts";
import { columnOf, firstRow, rowsOf, run, statement } from "../lib/d1.ts";
import type { Instant } from "../lib/time.ts";
import { describePictures } from "../pictures/sql-library.ts";

/** An article rendered in one format. */
export interface RenderedEntry {
  readonly format: Format;
  /** The latest date that the entry shows. */
  readonly dated: Instant;
  readonly body: string;
  /** The article in the list that a feed shows in a browser: an `<li>` in XHTML. */
  readonly headline: string;
}

/** An entry with the SHA-256 of its body, lower-case hex. */
export type HashedEntry = RenderedEntry & { readonly hash: string };

/** A feed that an article is in, and from when to when. */
interface Placement {
  readonly term: FeedKey;
  /** A tag as the article writes it. */
  readonly label?: string;
  readonly visibleFrom: Instant;
  readonly expiresAt?: Instant;
}

/** A feed in which an article leaves a tombstone, and from when. */
interface TombstonePlacement {
  readonly term: FeedKey;
  readonly at: Instant;
  readonly visibleFrom: Instant;
}

/** Everything that one change of an article writes. */
export interface ArticleChange extends ArticleRecord {
  readonly now: Instant;
  /** What its entries are rendered with (`publish/entries.ts`). */
  readonly fingerprint: string;
  readonly entries: readonly HashedEntry[];
  readonly placements: readonly Placement[];
  readonly tombstones: readonly TombstonePlacement[];
  /** SHA-256 of the images of this Wireroom that it shows. */
  readonly media: readonly string[];
  /** Every feed that the article is in or has just left: each is to be built again. */
  readonly stale: readonly FeedKey[];
  /** Partners that select it. */
  readonly partners: readonly string[];
  /** Id of the article that gets all slugs of this one. */
  readonly successor?: string;
  /** The newsroom has changed nothing: a picture was removed. */
  readonly sameText?: boolean;
}

/**
 * The fingerprint with which all articles were last found to be rendered, and the least one that an article
 * has.
 */
export async function renderedWith(
  db: D1Database,
): Promise<{ readonly settings: string | null; readonly least: string | null }> {
  const sql =
    "SELECT rendered_with AS settings, (SELECT min(fingerprint) FROM articles) AS least FROM sequence";
  return (await firstRow(db, sql)) ?? { settings: null, least: null };
}

/** Records the settings with which all articles are rendered; null where some have others. */
export async function recordRenderedWith(db: D1Database, settings: string | null): Promise<void> {
  await run(db, "UPDATE sequence SET rendered_with = ?", settings);
}

/** The fingerprints that articles have, each once. */
export const storedFingerprints = (db: D1Database): Promise<readonly string[]> =>
  columnOf<string>(db, FINGERPRINTS);

// Skips through the index: one row is read for each fingerprint, not for each article.
const FINGERPRINTS = `WITH RECURSIVE f (fingerprint) AS (
  SELECT min(fingerprint) FROM articles
  UNION ALL SELECT (SELECT min(a.fingerprint) FROM articles a WHERE a.fingerprint > f.fingerprint) FROM f
    WHERE f.fingerprint IS NOT NULL)
  SELECT fingerprint FROM f WHERE fingerprint IS NOT NULL`;

/** Ids of about `limit` articles with one of these fingerprints: the newest of each fingerprint. */
export async function articlesWith(
  db: D1Database,
  fingerprints: readonly string[],
  limit: number,
): Promise<readonly string[]> {
  const sql = `SELECT a.id FROM json_each(?1) f CROSS JOIN articles a WHERE a.id IN (
    SELECT id FROM articles WHERE fingerprint = f.value ORDER BY published DESC, id LIMIT ?2)`;
  const some = fingerprints.slice(0, limit);
  return columnOf<string>(db, sql, some, Math.ceil(limit / some.length));
}

/** An article that may be rendered again. */
export interface StoredRendering {
  readonly record: ArticleRecord;
  readonly fingerprint: string;
  /** Feeds that it is in or has a tombstone in. */
  readonly terms: readonly FeedKey[];
}

/** The articles with these ids, as they are to be rendered again. One query. */
export async function articlesToRender(
  db: D1Database,
  ids: readonly string[],
): Promise<readonly StoredRendering[]> {
  const sql = `SELECT ${COLUMNS}, a.fingerprint, (SELECT json_group_array(term) FROM (${termsOf("a.id")})) AS terms
    FROM articles a WHERE a.id IN (SELECT value FROM json_each(?))`;
  const results = await rowsOf<ArticleRow & { readonly fingerprint: string; readonly terms: string }>(
    db,
    sql,
    ids,
  );
  return results.map((row) => ({
    record: recordOf(row),
    fingerprint: row.fingerprint,
    terms: JSON.parse(row.terms) as readonly FeedKey[],
  }));
}

/**
 * Marks every article that shows one of these images as outdated, so that it is rendered again. Returns their
 * ids.
 */
export async function outdateArticlesWithMedia(
  db: D1Database,
  hashes: readonly string[],
): Promise<readonly string[]> {
  const sql = `UPDATE articles SET fingerprint = '' WHERE id IN (
    SELECT article_id FROM article_media WHERE sha256 IN (SELECT value FROM json_each(?))) RETURNING id`;
  return columnOf<string>(db, sql, hashes);
}

/** True for an article that is in a feed now or will be, as itself or as a notice. */
export async function isInFeeds(db: D1Database, id: string): Promise<boolean> {
  const sql = "SELECT 1 AS yes FROM article_terms WHERE article_id = ? LIMIT 1";
  return (await columnOf(db, sql, id)).length > 0;
}

/** Feeds that an article is in or has a tombstone in. */
export async function termsOfArticle(db: D1Database, id: string): Promise<readonly FeedKey[]> {
  return columnOf<FeedKey>(db, termsOf("?1"), id);
}

const termsOf = (id: string): string =>
  `SELECT term FROM article_terms WHERE article_id = ${id} UNION SELECT term FROM tombstones WHERE article_id = ${id}`;

/**
 * Writes a change in one transaction: all of it or nothing. Returns the documents that are stale now;
 * "conflict" where another writer was faster, so that the version, the slug or the id exists already.
 */
export async function commitArticle(
  db: D1Database,
  change: ArticleChange,
): Promise<readonly StoredKey[] | "conflict"> {
  const { article, version, now, origin } = change;
  const { id, slug } = article;
  // A notice ends too, but caches may serve it longer: that is no expiry.
  const expires = change.withdrawn ? undefined : article.expires;
  const scheduled = article.published > now;
  const model = JSON.stringify(article);
  const then = (sql: string, ...values: readonly unknown[]) => statement(db, sql, ...values);
  try {
    const results = await db.batch<InvalidatedDocument>([
      // A version that isn't the next one becomes NULL, which violates NOT NULL.
      then(
        `INSERT INTO versions (article_id, version, at) VALUES
           (?1, iif(?2 = 1 + coalesce((SELECT version FROM articles WHERE id = ?1), 0), ?2, NULL), ?3)`,
        ...[id, version, now],
      ),
      ...(scheduled ? [] : [then(NEXT_SEQ)]),
      // An image may have been removed since it was looked up: an empty fingerprint has the article rendered
      // again.
      then(
        `INSERT INTO articles (id, slug, version, published, expires, model, digest, fingerprint, problem, withdrawn_at, withdrawn_why,
           home, git_version, sent_at, sent_by, withdrawn_unnamed, folder_digest)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, iif(EXISTS (SELECT 1 FROM media WHERE killed_at IS NOT NULL
           AND sha256 IN (SELECT value FROM json_each(?11))), '', ?8), NULL, ?9, ?10, ?12, ?13, ?14, ?15, ?16, iif(?17, ?7, NULL) WHERE true
         ON CONFLICT (id) DO UPDATE SET slug = ?2, version = ?3, published = ?4, expires = ?5, model = ?6, digest = ?7,
           fingerprint = excluded.fingerprint, problem = NULL, withdrawn_at = ?9, withdrawn_why = ?10,
           home = ?12, git_version = ?13, sent_at = ?14, sent_by = ?15, withdrawn_unnamed = ?16,
           folder_digest = iif(?17, ?7, folder_digest)`,
        ...[id, slug, version, article.published, article.expires, model, change.digest],
        ...[change.fingerprint, change.withdrawn?.at, change.withdrawn?.reason],
        change.media,
        ...[origin.home, origin.gitVersion, origin.sentAt, origin.sentBy],
        change.withdrawn?.unnamed ? 1 : 0,
        origin.home === "git" && origin.gitVersion === version ? 1 : 0,
      ),
      ...(change.successor === undefined
        ? []
        : [then("UPDATE slugs SET article_id = ?2 WHERE article_id = ?1", id, change.successor)]),
      // Inserts nothing if the slug is this article's already, and fails if it is another's.
      then(
        "INSERT INTO slugs (slug, article_id) SELECT ?1, ?2 WHERE NOT EXISTS (SELECT 1 FROM slugs WHERE slug = ?1 AND article_id = ?2)",
        slug,
        id,
      ),
      // An article keeps its first position in the archive.
      ...(scheduled ? [] : [then("INSERT INTO archive (article_id) VALUES (?) ON CONFLICT DO NOTHING", id)]),
      then("DELETE FROM article_terms WHERE article_id = ?", id),
      then(
        `INSERT INTO article_terms (term, published, article_id, visible_from, expires_at, label)
         SELECT ${TERM}, ?2, ?1, value->>'visibleFrom', value->>'expiresAt', value->>'label' FROM ${TERMS}`,
        ...[id, article.published, change.placements],
      ),
      then("DELETE FROM tombstones WHERE article_id = ?", id),
      then(
        `INSERT INTO tombstones (term, published, article_id, at, seq, visible_from)
         SELECT ${TERM}, ?2, ?1, value->>'at', iif(value->>'visibleFrom' > ?4, 0, (${SEQ})), value->>'visibleFrom'
         FROM ${TERMS}`,
        ...[id, article.published, change.tombstones, now],
      ),
      then("DELETE FROM article_media WHERE article_id = ?", id),
      then(
        "INSERT INTO article_media (sha256, article_id) SELECT DISTINCT value, ?1 FROM json_each(?2)",
        id,
        change.media,
      ),
      // The desk told the library of them with each save, and may have saved others since.
      ...(change.sameText
        ? []
        : describePictures(db, article.images, now, change.origin.home === "desk" ? "before" : "last")),
      // So that a story of the desk doesn't take this for somebody else's change.
      ...(change.sameText
        ? [
            then(
              "UPDATE stories SET live_version = ?2 WHERE slug = ?1 AND live IS NOT NULL AND live_version = ?2 - 1",
              slug,
              version,
            ),
          ]
        : []),
      then("DELETE FROM entries WHERE article_id = ?", id),
      ...packed(change.entries, model).map(({ format, dated, hash, body, headline }) =>
        then(
          `INSERT INTO entries (article_id, format, seq, dated, expires, hash, body, headline, notice_at)
           VALUES (?1, ?2, iif(?7, 0, (${SEQ})), ?3, ?4, ?5, ?6, ?8, ?9)`,
          ...[id, format, dated, expires, hash, body, scheduled ? 1 : 0, headline],
          change.withdrawn?.at,
        ),
      ),
      invalidatePartners(db, change.partners, id, now),
      // A feed that holds scheduled articles alone must not show that it exists.
      invalidateFeeds(db, change.stale, now, scheduled ? "known" : "all"),
    ]);
    return dirtyOf(results.slice(-2).flatMap(({ results: marked }) => marked));
  } catch (error) {
    if (isConstraintError(error)) return "conflict";
    throw error;
  }
}

/**
 * True where SQLite refused a row that breaks a constraint. D1 hands SQLite's errors on as text and without a
 * code, so the text must be read.
 */
const isConstraintError = (error: unknown): boolean =>
  error instanceof Error && /(?:UNIQUE|NOT NULL) constraint failed/.test(error.message);

/** Deletes all versions but the first and the last, of articles that were changed since `since`. */
export async function forgetVersions(db: D1Database, since: Instant): Promise<void> {
  const sql = `DELETE FROM versions WHERE version > 1
    AND article_id IN (SELECT article_id FROM versions WHERE version > 1 AND at >= ?)
    AND version < (SELECT a.version FROM articles a WHERE a.id = article_id)`;
  await run(db, sql, since);
}

/**
 * Records home, git version and request digest of an article that was sent as it is stored, so that it need
 * not be sent again.
 */
export async function updateOrigin(
  db: D1Database,
  { article, version, digest, origin: { home, gitVersion } }: ArticleRecord,
): Promise<void> {
  await run(
    db,
    `UPDATE articles SET digest = ?3, home = ?4, git_version = ?5,
         folder_digest = iif(?4 = 'git' AND ?5 = ?2, ?3, folder_digest)
       WHERE id = ?1 AND version = ?2`,
    article.id,
    version,
    digest,
    home,
    gitVersion,
  );
}

/** An article that was rendered again. */
export interface Rerendered extends StoredRendering, Pick<ArticleChange, "entries" | "placements"> {}

/**
 * Replaces the entries of articles after a change of settings, except of those that were changed meanwhile.
 * Returns the documents that were not stale before. An entry with the same text keeps its `seq`, so readers
 * don't get it again. An entry that was missing, because its article couldn't be rendered, is added and
 * numbered like a released one. Tags get their names, which rows from before the second migration don't have.
 */
export async function replaceEntries(
  db: D1Database,
  articles: readonly Rerendered[],
  now: Instant,
): Promise<readonly StoredKey[]> {
  const labels = articles.flatMap(({ record: { article, version }, placements }) =>
    placements.map(({ term, label }) => ({ id: article.id, version, term, label })),
  );
  const changed = articles.map((one) => ({ ...one, model: JSON.stringify(one.record.article) }));
  const results = await db.batch<InvalidatedDocument>([
    statement(db, NEXT_SEQ),
    ...changed.flatMap(({ record: { article, version, withdrawn }, fingerprint, entries, model }) => [
      ...packed(entries, model).map(({ format, dated, hash, body, headline }) =>
        statement(
          db,
          `INSERT INTO entries (article_id, format, seq, dated, expires, hash, body, headline, notice_at)
             SELECT ?1, ?2, 0, ?3, ?4, ?5, ?6, ?8, ?9
               WHERE EXISTS (SELECT 1 FROM articles WHERE id = ?1 AND version = ?7)
               AND EXISTS (SELECT 1 FROM article_terms WHERE article_id = ?1)
             ON CONFLICT (article_id, format) DO UPDATE SET seq = iif(seq = 0 OR hash = ?5, seq, (${SEQ})), dated = ?3,
               hash = ?5, body = ?6, headline = ?8
               WHERE hash <> ?5 OR body <> ?6 OR headline <> ?8`,
          ...[article.id, format, dated, withdrawn ? undefined : article.expires, hash, body],
          ...[version, headline, withdrawn?.at],
        ),
      ),
      statement(
        db,
        "UPDATE articles SET fingerprint = ?3, problem = NULL, model = ?4 WHERE id = ?1 AND version = ?2",
        article.id,
        version,
        fingerprint,
        model,
      ),
    ]),
    statement(
      db,
      `UPDATE article_terms SET label = p.value->>'label' FROM json_each(?1) p
         WHERE article_id = p.value->>'id' AND term = p.value->>'term'
           AND EXISTS (SELECT 1 FROM articles WHERE id = p.value->>'id' AND version = p.value->>'version')`,
      labels,
    ),
    invalidateFeeds(db, [...new Set(articles.flatMap(({ terms }) => terms))], now, "known"),
  ]);
  return dirtyOf((results.at(-1)?.results ?? []).filter(({ fresh }) => fresh === 1));
}

/** Records why an article couldn't be rendered again. It keeps its entries. */
export async function recordProblem(
  db: D1Database,
  record: ArticleRecord,
  fingerprint: string,
  problem: string,
): Promise<void> {
  await run(
    db,
    "UPDATE articles SET fingerprint = ?3, problem = ?4 WHERE id = ?1 AND version = ?2",
    record.article.id,
    record.version,
    fingerprint,
    problem,
  );
}

/** Entries as they are stored: a text that they share with the article or with each other is stored once. */
function packed(entries: readonly HashedEntry[], model: string): readonly HashedEntry[] {
  const texts = pack([...entries.map(({ body }) => body), entries[0]?.headline ?? ""], model);
  return entries.map((entry, index) => ({
    ...entry,
    body: texts[index] ?? "",
    headline: texts.at(-1) ?? "",
  }));
}

// The feeds of ?3, and the article's page of the archive, which is like the site's feed.
const TERM = "coalesce(page, value->>'term')";
const TERMS = `json_each(?3) JOIN (
  SELECT NULL AS page UNION ALL SELECT ${ARCHIVE_TERM} FROM archive WHERE article_id = ?1
) ON page IS NULL OR value->>'term' = 'site'`;

const NEXT_SEQ = "UPDATE sequence SET seq = seq + 1";
const SEQ = "SELECT seq FROM sequence";
