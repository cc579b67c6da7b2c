// The tags that are in use, for the editor's suggestions.

import type { D1Database } from "@cloudflare/workers-types";

const ARTICLES = 200;

/** Up to `limit` tags of the newest 200 articles, the most frequent first. */
export async function tagsInUse(db: D1Database, limit: number): Promise<readonly string[]> {
  const { results } = await db.prepare(TAGS_IN_USE).bind(ARTICLES, limit).all<{ label: string }>();
  return results.map(({ label }) => label);
}

const TAGS_IN_USE = `SELECT max(t.label) AS label FROM (
    SELECT article_id FROM article_terms WHERE term = 'site' ORDER BY published DESC, article_id LIMIT ?1) s
  CROSS JOIN article_terms t ON t.article_id = s.article_id AND t.term > 'tag/' AND t.term < 'tag0'
  WHERE t.label IS NOT NULL GROUP BY t.term ORDER BY count(*) DESC, t.term LIMIT ?2`;
