// What programs are given lists of: the feeds that have something to show.

import type { D1Database } from "@cloudflare/workers-types";
import type { FeedKey } from "../model/feed.ts";
import type { Instant } from "../model/time.ts";

/** A feed, and the name of a tag as the newest article in it writes it. */
export interface ListedFeed {
  readonly feed: FeedKey;
  readonly label: string | null;
}

/**
 * Feeds of sections, authors and tags that have an article at `now`. Of more than `limit` those tags are left out whose
 * newest article is oldest.
 */
export async function listedFeeds(
  db: D1Database,
  now: Instant,
  limit: number,
): Promise<readonly ListedFeed[]> {
  return (await db.prepare(LISTED_FEEDS).bind(now, limit).all<ListedFeed>()).results;
}

// The feeds first, and of each the newest article: the order is CROSS JOIN's, and a plus keeps SQLite from looking for
// all that were released.
const LISTED_FEEDS = `SELECT f.feed, n.label FROM feeds f CROSS JOIN article_terms n ON n.term = f.feed AND n.article_id = (
    SELECT t.article_id FROM article_terms t CROSS JOIN articles a ON a.id = t.article_id
    WHERE t.term = f.feed AND +t.visible_from <= ?1 AND (t.expires_at IS NULL OR t.expires_at > ?1) AND a.withdrawn_at IS NULL
    ORDER BY t.published DESC, t.article_id LIMIT 1)
  WHERE f.format = 'rss' AND f.feed <> 'site' AND f.feed NOT LIKE 'archive/%'
  ORDER BY f.feed LIKE 'tag/%', n.published DESC, f.feed LIMIT ?2`;
