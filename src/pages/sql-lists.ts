// What programs are given lists of: the feeds that have something to show, and the articles that are out.

import type { D1Database } from "@cloudflare/workers-types";
import type { FeedKey } from "../feeds/feed.ts";
import type { Text } from "../lib/text.ts";
import type { Instant } from "../lib/time.ts";

/** A feed, and the name of a tag as the newest article in it writes it. */
export interface ListedFeed {
  readonly feed: FeedKey;
  readonly label: string | null;
}

/** An article's page as a sitemap names it. */
export interface ListedArticle {
  readonly slug: string;
  /** `updated`, else `published`. */
  readonly modified: Instant;
}

/** An article as a list of news names it. */
export interface NewsArticle {
  readonly slug: string;
  readonly headline: Text;
  /** Null for the site's own. */
  readonly language: string | null;
  readonly published: Instant;
  /** `updated`, else `published`. */
  readonly modified: Instant;
}

/**
 * Feeds of sections, authors and tags that have an article at `now`. Of more than `limit` those tags are left out whose
 * newest article is oldest; where the newest `limit` articles have fewer tags than that, the rest is chosen by name.
 */
export async function listedFeeds(
  db: D1Database,
  now: Instant,
  limit: number,
): Promise<readonly ListedFeed[]> {
  return (await db.prepare(LISTED_FEEDS).bind(now, limit).all<ListedFeed>()).results;
}

// Looking for the newest article of each of ten thousand tags reads 80,000 rows. So two kinds of tags are looked at: those of
// the newest articles, and the first by name, which are all of them on most sites. A time has 20 characters; the order of tables
// is CROSS JOIN's, and a plus keeps SQLite from looking for all that were released.
const LISTED_FEEDS = `WITH candidates AS (
    SELECT feed FROM feeds WHERE feed > 'archive0' AND feed < 'tag/' AND feed <> 'site' AND format = 'rss'
    UNION SELECT feed FROM (SELECT feed FROM feeds WHERE feed > 'tag/' AND feed < 'tag0' AND format = 'rss' ORDER BY feed LIMIT ?2)
    UNION SELECT t.term FROM (
      SELECT article_id FROM article_terms WHERE term = 'site' AND +visible_from <= ?1
      ORDER BY published DESC, article_id LIMIT ?2) s
      CROSS JOIN article_terms t ON t.article_id = s.article_id AND t.term > 'tag/' AND t.term < 'tag0'),
  listed AS MATERIALIZED (SELECT f.feed, (
    SELECT t.published || coalesce(t.label, '') FROM article_terms t CROSS JOIN articles a ON a.id = t.article_id
    WHERE t.term = f.feed AND +t.visible_from <= ?1 AND (t.expires_at IS NULL OR t.expires_at > ?1) AND a.withdrawn_at IS NULL
    ORDER BY t.published DESC, t.article_id LIMIT 1) AS newest FROM candidates f)
  SELECT feed, nullif(substr(newest, 21), '') AS label FROM listed WHERE newest IS NOT NULL
  ORDER BY feed LIKE 'tag/%', substr(newest, 1, 20) DESC, feed LIMIT ?2`;

/** How many articles have come out so far, withdrawn ones too: the last position in the archive. */
export async function archivedArticles(db: D1Database): Promise<number> {
  return (await db.prepare("SELECT max(position) AS last FROM archive").first<number>("last")) ?? 0;
}

/** Of the articles with the archive's positions `first` to `last` those that are visible at `now`, and whose page is here. */
export async function listedArticles(
  db: D1Database,
  now: Instant,
  first: number,
  last: number,
): Promise<readonly ListedArticle[]> {
  return (await db.prepare(LISTED_ARTICLES).bind(now, first, last).all<ListedArticle>()).results;
}

// The archive's positions first: without statistics SQLite would begin with all articles.
const LISTED_ARTICLES = `SELECT a.slug, coalesce(a.model->>'updated', a.published) AS modified
  FROM archive r CROSS JOIN articles a ON a.id = r.article_id
    CROSS JOIN article_terms t ON t.article_id = a.id AND t.term = 'site'
  WHERE r.position BETWEEN ?2 AND ?3 AND t.visible_from <= ?1 AND (t.expires_at IS NULL OR t.expires_at > ?1)
    AND a.withdrawn_at IS NULL AND a.model->>'url' IS NULL
  ORDER BY r.position`;

/** The newest `limit` articles published since `since` that are visible at `now`, have their page here, and are not paid for. */
export async function newsArticles(
  db: D1Database,
  now: Instant,
  since: Instant,
  limit: number,
): Promise<readonly NewsArticle[]> {
  return (await db.prepare(NEWS_ARTICLES).bind(now, since, limit).all<NewsArticle>()).results;
}

// The site's newest first: the order is CROSS JOIN's.
const NEWS_ARTICLES = `SELECT a.slug, a.model->>'headline' AS headline, a.model->>'language' AS language, t.published,
    coalesce(a.model->>'updated', t.published) AS modified
  FROM article_terms t CROSS JOIN articles a ON a.id = t.article_id
  WHERE t.term = 'site' AND t.published >= ?2 AND +t.visible_from <= ?1 AND (t.expires_at IS NULL OR t.expires_at > ?1)
    AND a.withdrawn_at IS NULL AND a.model->>'url' IS NULL AND a.model->>'sponsored' IS NOT 1
  ORDER BY t.published DESC, t.article_id LIMIT ?3`;
