// The articles that a partner's feed is selected from, and the entries that were rendered of them for this
// partner.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { StoredArticle, Withdrawal } from "../article/article.ts";
import { withdrawalOf } from "../article/sql.ts";
import { partnerKey } from "../feeds/feed.ts";
import { FEED_ROW, type FeedRow } from "../feeds/sql.ts";
import { firstRow, omitNulls, rowsOf, rowsOfEach, run, statement } from "../lib/d1.ts";
import type { Problem } from "../lib/problem.ts";
import type { Text } from "../lib/text.ts";
import type { Instant } from "../lib/time.ts";
import { type LedgerEntry, ledgerQuery } from "./sql-ledger.ts";

/** What the rules look at in an article, and the entry that is stored for it. */
export interface PartnerCandidate {
  readonly id: string;
  readonly slug: string;
  /** Canonical page, if it is on another site. */
  readonly url?: string;
  readonly headline: string;
  readonly version: number;
  readonly published: Instant;
  /** When this version was stored. */
  readonly changedAt: Instant;
  readonly expires?: Instant;
  readonly withdrawnAt?: Instant;
  /** Whether readers get a notice of its withdrawal. */
  readonly noticed: boolean;
  readonly section?: string;
  readonly tags: readonly string[];
  readonly language?: string;
  readonly syndicate: boolean;
  readonly sponsored: boolean;
  /** How many corrections it has. */
  readonly corrections: number;
  /** Whether it was ever in this partner's feed. */
  readonly known: boolean;
  readonly item?: Omit<PartnerItemRow, "articleId" | "body"> & { readonly length: number };
}

/** An article's entry for one partner. */
export interface PartnerItemRow {
  readonly articleId: string;
  /** Key of everything that it depends on (`itemCacheKey`). If the key differs, it is rendered again. */
  readonly cacheKey: string;
  /** Empty if the article is left out. */
  readonly body: string;
  /** SHA-256 of `body`, lower-case hex. */
  readonly hash: string;
  readonly dated: Instant;
  readonly problems: readonly (Problem & { readonly level?: "refusal" | "advice" })[];
}

/** Most articles that are read because they changed lately. */
const LATE_LIMIT = 500;

/** A candidate as SQL gives it, named like its fields; what it lacks is null. */
interface CandidateRow {
  readonly cacheKey: string | null;
  readonly hash: string;
  readonly dated: Instant;
  readonly length: number;
  /** These are JSON. */
  readonly tags: string;
  readonly problems: string;
  /** These are 0 or 1. */
  readonly noticed: number;
  readonly syndicate: number;
  readonly sponsored: number;
  readonly known: number;
}

const COLUMNS = `a.id, a.slug, a.model->>'url' AS url, a.model->>'headline' AS headline, a.version, a.published, a.expires,
  a.withdrawn_at AS withdrawnAt, (SELECT at FROM versions v WHERE v.article_id = a.id AND v.version = a.version) AS changedAt,
  EXISTS (SELECT 1 FROM article_terms t WHERE t.article_id = a.id) AS noticed,
  a.model->>'section' AS section, a.model->'tags' AS tags, a.model->>'language' AS language,
  a.model->>'syndicate' AS syndicate, a.model->>'sponsored' AS sponsored,
  json_array_length(a.model, '$.corrections') AS corrections,
  EXISTS (SELECT 1 FROM partner_versions l WHERE l.partner = ?1 AND l.article_id = a.id) AS known,
  i.made_of AS cacheKey, i.hash, i.dated, i.problems, length(CAST(i.body AS BLOB)) AS length`;
const ITEM = "LEFT JOIN partner_items i ON i.partner = ?1 AND i.article_id = a.id";

const NEWEST = `SELECT ${COLUMNS} FROM articles a ${ITEM} ORDER BY a.published DESC, a.id LIMIT ?2 OFFSET ?3`;
const LATE = `SELECT ${COLUMNS} FROM versions w JOIN articles a ON a.id = w.article_id AND a.version = w.version ${ITEM}
  WHERE w.at > ?2 AND w.version > 1
    AND (w.at > ?4 OR a.withdrawn_at IS NOT NULL OR NOT a.model->>'syndicate')
    AND EXISTS (SELECT 1 FROM partner_versions l WHERE l.partner = ?1 AND l.article_id = w.article_id)
  ORDER BY w.at DESC LIMIT ?3`;

/** What a selection starts from, read at one moment. */
interface FirstCandidates {
  /** The document's row in `feeds`. */
  readonly row: FeedRow | undefined;
  readonly newest: readonly PartnerCandidate[];
  /** Articles that were in the feed and have changed or been removed since, latest first. */
  readonly late: readonly PartnerCandidate[];
}

/** The newest `limit` candidates, and those changed since `changed` or removed since `removed`. One call. */
export async function firstCandidates(
  db: D1Database,
  partner: string,
  {
    limit,
    removed,
    changed,
  }: { readonly limit: number; readonly removed: Instant; readonly changed: Instant },
): Promise<FirstCandidates> {
  const { feed, format } = partnerKey(partner);
  const [[row], newest, late] = await rowsOfEach<[FeedRow, CandidateRow, CandidateRow]>(
    db,
    statement(db, `SELECT ${FEED_ROW} FROM feeds WHERE feed = ? AND format = ?`, feed, format),
    statement(db, NEWEST, partner, limit, 0),
    statement(db, LATE, partner, removed, LATE_LIMIT, changed),
  );
  return { row, newest: newest.map(candidateOf), late: late.map(candidateOf) };
}

/** Up to `limit` articles, scheduled ones too, newest first, after the first `offset`. */
export async function moreCandidates(
  db: D1Database,
  partner: string,
  offset: number,
  limit: number,
): Promise<readonly PartnerCandidate[]> {
  const results = await rowsOf<CandidateRow>(db, NEWEST, partner, limit, offset);
  return results.map(candidateOf);
}

/** The candidate that has this slug. */
export async function candidateBySlug(
  db: D1Database,
  partner: string,
  slug: string,
): Promise<PartnerCandidate | undefined> {
  const sql = `SELECT ${COLUMNS} FROM articles a ${ITEM} WHERE a.slug = ?2`;
  const row = await firstRow<CandidateRow>(db, sql, partner, slug);
  return row ? candidateOf(row) : undefined;
}

/** An article as it is stored. */
interface WholeArticle {
  readonly article: StoredArticle;
  readonly version: number;
  readonly withdrawn?: Withdrawal;
}

/** Some articles as they are stored, with their withdrawals, by id. One query. */
export async function articlesOf(
  db: D1Database,
  ids: readonly string[],
): Promise<ReadonlyMap<string, WholeArticle>> {
  if (ids.length === 0) return new Map();
  const sql = `SELECT id, model, version, withdrawn_at AS at, withdrawn_why AS reason, withdrawn_unnamed AS unnamed
    FROM articles
    WHERE id IN (SELECT value FROM json_each(?))`;
  const results = await rowsOf<{
    readonly id: string;
    readonly model: string;
    readonly version: number;
    readonly at: Instant | null;
    readonly reason: Text | null;
    readonly unnamed: number;
  }>(db, sql, ids);
  return new Map(
    results.map(({ id, model, version, at, reason, unnamed }) => {
      // Written by commitArticle alone, from a checked StoredArticle.
      const article = JSON.parse(model) as StoredArticle;
      const withdrawn = at === null ? {} : { withdrawn: withdrawalOf(at, reason, unnamed) };
      return [id, { article, version, ...withdrawn }];
    }),
  );
}

/** Stored entries by article, and the ledger's rows of some articles. One call. */
export async function bodiesAndLedger(
  db: D1Database,
  partner: string,
  listed: readonly string[],
  articleIds: readonly string[],
): Promise<{
  readonly bodies: ReadonlyMap<string, Pick<PartnerItemRow, "body" | "hash">>;
  readonly ledger: readonly LedgerEntry[];
}> {
  const [bodies, ledger] = await rowsOfEach<[{ id: string; body: string; hash: string }, LedgerEntry]>(
    db,
    statement(db, BODIES, partner, listed),
    ledgerQuery(db, partner, articleIds),
  );
  return { bodies: new Map(bodies.map(({ id, ...item }) => [id, item])), ledger };
}

const BODIES = `SELECT article_id AS id, body, hash FROM partner_items
  WHERE partner = ?1 AND article_id IN (SELECT value FROM json_each(?2))`;

// D1 takes 2 MB as one parameter.
const BYTES_A_STATEMENT = 1_000_000;

/**
 * Statements that store entries, replacing those from before. They do nothing if the partner has been removed
 * meanwhile.
 */
export function storeItems(
  db: D1Database,
  partner: string,
  items: readonly PartnerItemRow[],
): readonly D1PreparedStatement[] {
  const groups: string[][] = [[]];
  let bytes = 0;
  for (const { problems, ...item } of items) {
    const text = JSON.stringify({ ...item, problems: JSON.stringify(problems) });
    const { byteLength } = new TextEncoder().encode(text);
    bytes += byteLength;
    if (bytes > BYTES_A_STATEMENT) {
      groups.push([]);
      bytes = byteLength;
    }
    groups.at(-1)?.push(text);
  }
  return groups
    .filter((group) => group.length > 0)
    .map((group) => statement(db, STORE_ITEMS, partner, `[${group.join(",")}]`));
}

const STORE_ITEMS = `INSERT INTO partner_items (partner, article_id, made_of, body, hash, dated, problems)
  SELECT ?1, value->>'articleId', value->>'cacheKey', value->>'body', value->>'hash', value->>'dated', value->>'problems'
  FROM json_each(?2) WHERE EXISTS (SELECT 1 FROM partners WHERE id = ?1) ON CONFLICT (partner, article_id) DO UPDATE SET made_of = excluded.made_of,
    body = excluded.body, hash = excluded.hash, dated = excluded.dated, problems = excluded.problems`;

/** A statement that deletes a partner's stored entries, except those of the articles in `keep`. */
export const forgetItems = (db: D1Database, partner: string, keep: readonly string[]): D1PreparedStatement =>
  statement(db, FORGET_ITEMS, partner, keep);

const FORGET_ITEMS = `DELETE FROM partner_items
  WHERE partner = ?1 AND article_id NOT IN (SELECT value FROM json_each(?2))`;

function candidateOf({ cacheKey, hash, dated, problems, length, ...row }: CandidateRow): PartnerCandidate {
  return {
    ...(omitNulls(row) as unknown as PartnerCandidate),
    tags: JSON.parse(row.tags),
    noticed: row.noticed === 1,
    syndicate: row.syndicate === 1,
    sponsored: row.sponsored === 1,
    known: row.known === 1,
    ...(cacheKey === null ? {} : { item: { cacheKey, hash, dated, problems: JSON.parse(problems), length } }),
  };
}

/**
 * Has the articles' entries rendered again with the next build of each partner's feed, since their pictures
 * have changed.
 */
export async function invalidateItems(db: D1Database, articleIds: readonly string[]): Promise<void> {
  const sql = `UPDATE partner_items SET made_of = '' WHERE partner IN (SELECT id FROM partners)
    AND article_id IN (SELECT value FROM json_each(?))`;
  await run(db, sql, articleIds);
}
