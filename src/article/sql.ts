// Articles in D1, read by their slugs and ids.

import type { D1Database } from "@cloudflare/workers-types";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Text } from "../lib/text.ts";
import type { Instant } from "../lib/time.ts";
import type { Home, Origin, StoredArticle, Withdrawal } from "./article.ts";

/** An article as it is stored, and where it stands. */
export interface ArticleRecord {
  readonly article: StoredArticle;
  readonly version: number;
  readonly digest: string;
  readonly origin: Origin;
  readonly withdrawn?: Withdrawal;
}

/** A row of the list of articles. */
export interface ArticleListing extends Origin {
  readonly slug: string;
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly headline: Text;
  readonly published: Instant;
  readonly expires: Instant | null;
  readonly withdrawnAt: Instant | null;
  /** Canonical page, where it is elsewhere. */
  readonly url: string | null;
  /** Why it could not be rendered with the present settings. */
  readonly problem: string | null;
  /** Lower-case hex SHA-256 of the version that a content folder holds; null if none does. */
  readonly folderDigest: string | null;
}

/** The article that has, or once had, this slug. */
export async function articleBySlug(db: D1Database, slug: string): Promise<ArticleRecord | undefined> {
  const sql = `SELECT ${COLUMNS} FROM slugs s JOIN articles a ON a.id = s.article_id WHERE s.slug = ?`;
  return toRecord(await db.prepare(sql).bind(slug).first<ArticleRow>());
}

/** The article with this id. */
export async function articleById(db: D1Database, id: string): Promise<ArticleRecord | undefined> {
  return toRecord(
    await db.prepare(`SELECT ${COLUMNS} FROM articles a WHERE a.id = ?`).bind(id).first<ArticleRow>(),
  );
}

/** Which of two articles was stored first, by their ids; `one` where both were within the same second. */
export async function storedFirst(db: D1Database, one: string, other: string): Promise<string> {
  const sql = "SELECT at FROM versions WHERE article_id = ? AND version = 1";
  const [first, second] = await db.batch<{ at: Instant }>([one, other].map((id) => db.prepare(sql).bind(id)));
  const [a, b] = [first?.results[0]?.at ?? "", second?.results[0]?.at ?? ""];
  return b < a ? other : one;
}

/**
 * Up to `limit` articles in the order of their slugs, after `cursor`, or those with a problem; without their
 * bodies.
 */
export async function listArticles(
  db: D1Database,
  cursor: string,
  limit: number,
  withProblem: boolean,
): Promise<readonly ArticleListing[]> {
  const sql = withProblem
    ? `SELECT ${LISTING} FROM articles WHERE slug > ? AND problem IS NOT NULL ORDER BY slug LIMIT ?`
    : `SELECT ${LISTING} FROM articles WHERE slug > ? ORDER BY slug LIMIT ?`;
  return (await db.prepare(sql).bind(cursor, limit).all<ArticleListing>()).results;
}

/** A withdrawal out of the columns of its article. */
export const withdrawalOf = (at: Instant, reason: Text | null, unnamed: number): Withdrawal => ({
  at,
  ...omitUndefined({ reason: reason ?? undefined, unnamed: unnamed === 1 || undefined }),
});

export interface ArticleRow {
  readonly id: string;
  readonly slug: string;
  readonly version: number;
  readonly model: string;
  readonly digest: string;
  readonly withdrawn_at: Instant | null;
  readonly withdrawn_why: Text | null;
  readonly withdrawn_unnamed: number;
  readonly home: Home | null;
  readonly git_version: number | null;
  readonly sent_at: Instant | null;
  readonly sent_by: string | null;
}

export const COLUMNS = `a.id, a.slug, a.version, a.model, a.digest, a.withdrawn_at, a.withdrawn_why,
  a.withdrawn_unnamed, a.home, a.git_version, a.sent_at, a.sent_by`;

const LISTING = `slug, id, version, digest, published, expires, withdrawn_at AS withdrawnAt,
  model->>'headline' AS headline, model->>'url' AS url, problem,
  home, git_version AS gitVersion, sent_at AS sentAt, sent_by AS sentBy, folder_digest AS folderDigest`;

const toRecord = (row: ArticleRow | null): ArticleRecord | undefined => (row ? recordOf(row) : undefined);

export function recordOf(row: ArticleRow): ArticleRecord {
  const { version, digest, withdrawn_at: at, withdrawn_why: reason, withdrawn_unnamed: unnamed } = row;
  // Only commitArticle writes it, from a checked StoredArticle.
  const article = JSON.parse(row.model) as StoredArticle;
  return {
    article,
    version,
    digest,
    origin: { home: row.home, gitVersion: row.git_version, sentAt: row.sent_at, sentBy: row.sent_by },
    ...omitUndefined({ withdrawn: at === null ? undefined : withdrawalOf(at, reason, unnamed) }),
  };
}
