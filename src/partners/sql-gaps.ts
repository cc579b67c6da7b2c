// What partners lack, and what each has: the ledger's two halves put together.

import type { D1Database } from "@cloudflare/workers-types";
import type { Problem } from "../lib/problem.ts";
import type { Instant } from "../lib/time.ts";
import type { PartnerEvent } from "./policy.ts";

/** A row of the ledger, and the minute in which the partner fetched it first; null for never. */
export interface HeldVersion {
  readonly articleId: string;
  readonly version: number;
  readonly event: PartnerEvent;
  readonly fetchedAt: Instant | null;
}

/** Of some articles all versions that the partner's feed held, oldest first. */
export const heldVersions = async (
  db: D1Database,
  partner: string,
  ids: readonly string[],
): Promise<readonly HeldVersion[]> =>
  (await db.prepare(HELD).bind(partner, JSON.stringify(ids)).all<HeldVersion>()).results;

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
 * What enabled partners haven't fetched since `before`, and what linters refuse, of one partner or of all. Newest
 * first, at most `limit` of each. One call.
 */
export async function gapRows(
  db: D1Database,
  before: Instant,
  limit: number,
  partner?: string,
): Promise<{ readonly unfetched: readonly UnfetchedRow[]; readonly refused: readonly RefusedRow[] }> {
  const [unfetched, refused] = await db.batch<unknown>([
    db.prepare(UNFETCHED).bind(partner ?? null, before, limit),
    db.prepare(REFUSED).bind(partner ?? null, limit),
  ]);
  return {
    unfetched: (unfetched?.results ?? []) as readonly UnfetchedRow[],
    refused: ((refused?.results ?? []) as readonly (RefusedRow & { readonly problems: string })[]).map(
      (row) => ({ ...row, problems: JSON.parse(row.problems) as readonly Problem[] }),
    ),
  };
}

// `p`: enabled partners, the version of the feed that each fetched last, and the version from which on is looked: of a
// partner that never comes, the last thousand. `u`: what of each article is newer. A retraction of what the partner never
// had is no gap. With max(), SQLite takes the other columns from the row that has the maximum.
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
