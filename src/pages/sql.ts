// The queries of pages and lists. For HTML pages: articles without their bodies, an article's neighbours, and
// which sections have articles. For OPML and sitemaps: the feeds that have articles, and the public articles.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { StoredArticle } from "../article/article.ts";
import type { FeedKey } from "../feeds/feed.ts";
import { rowsOf } from "../lib/d1.ts";
import type { Text } from "../lib/text.ts";
import type { Instant } from "../lib/time.ts";

/** An article as a list shows it: its body is empty. */
type Teaser = StoredArticle;

/** One page of the articles of a feed. */
export interface ListPage {
  /** Newest first. */
  readonly articles: readonly Teaser[];
  /** True if there are older ones. */
  readonly more: boolean;
  /** A tag as its newest article writes it. */
  readonly label?: string;
  /** True if the feed has, or once had, an article. */
  readonly existed: boolean;
  /** The requested sections that have an article, in the order of the request. */
  readonly sections: readonly string[];
}

/** The articles that an article's page links to. */
export interface Neighbours {
  /** The articles that share most terms with it, then the newest; never itself, nor a sponsored article. */
  readonly related: readonly Teaser[];
  /** The next article published after it that isn't sponsored. */
  readonly newer?: Teaser;
  /** The last article published before it that isn't sponsored. */
  readonly older?: Teaser;
  /** As in `ListPage`. */
  readonly sections: readonly string[];
}

const RELATED_LIMIT = 4;
/** How many of an article's terms are searched for related articles, and how many articles of each. */
const RELATED_TERMS = 8;

/** The articles of a feed that a page asks for. */
export interface ListWish {
  /** The first is 0. */
  readonly page: number;
  /** Articles a page. */
  readonly size: number;
  /** The sections to check for articles. */
  readonly sections: readonly string[];
  /** `false` leaves out sponsored articles. */
  readonly sponsored?: boolean;
}

/** Reads one page of a feed's articles, the first being 0, and which of `sections` have an article. */
export async function readList(
  db: D1Database,
  term: FeedKey,
  now: Instant,
  { page, size, sections, sponsored = true }: ListWish,
): Promise<ListPage> {
  const [list, about, filled] = await db.batch<Record<string, unknown>>([
    db.prepare(sponsored ? LIST : UNSPONSORED_LIST).bind(term, now, size + 1, page * size),
    db.prepare(ABOUT).bind(term, now),
    sectionsWithArticles(db, sections, now),
  ]);
  const articles = teasersOf(list);
  const { label, existed } = (about?.results[0] ?? {}) as { label?: string | null; existed?: number };
  return {
    articles: articles.slice(0, size),
    more: articles.length > size,
    ...(label ? { label } : {}),
    existed: existed === 1,
    sections: slugsOf(filled),
  };
}

/**
 * Reads the neighbours of an article. `terms` are its terms without the site's; only the first ones are used.
 */
export async function readNeighbours(
  db: D1Database,
  { id, published }: StoredArticle,
  terms: readonly FeedKey[],
  now: Instant,
  sections: readonly string[],
): Promise<Neighbours> {
  const some = JSON.stringify(terms.slice(0, RELATED_TERMS));
  const [related, newer, older, filled] = await db.batch<Record<string, unknown>>([
    db.prepare(RELATED).bind(some, now, id, RELATED_LIMIT),
    db.prepare(NEWER).bind(id, now, published),
    db.prepare(OLDER).bind(id, now, published),
    sectionsWithArticles(db, sections, now),
  ]);
  const [[next], [previous]] = [teasersOf(newer), teasersOf(older)];
  return {
    related: teasersOf(related),
    ...(next ? { newer: next } : {}),
    ...(previous ? { older: previous } : {}),
    sections: slugsOf(filled),
  };
}

const sectionsWithArticles = (
  db: D1Database,
  sections: readonly string[],
  now: Instant,
): D1PreparedStatement => db.prepare(SECTIONS).bind(JSON.stringify(sections), now);

// The body is most of an article's bytes, and lists don't show it.
const TEASER = "json_set(a.model, '$.body', '') AS model";
const LISTED = "article_terms t JOIN articles a ON a.id = t.article_id";
// The plus keeps SQLite from using the index on `visible_from`, which would read and sort everything ever
// released.
const VISIBLE =
  "+t.visible_from <= ?2 AND (t.expires_at IS NULL OR t.expires_at > ?2) AND a.withdrawn_at IS NULL";

const UNSPONSORED = "a.model->>'sponsored' IS NOT 1";

const LIST = `SELECT ${TEASER} FROM ${LISTED} WHERE t.term = ?1 AND ${VISIBLE}
  ORDER BY t.published DESC, t.article_id LIMIT ?3 OFFSET ?4`;

const UNSPONSORED_LIST = `SELECT ${TEASER} FROM ${LISTED} WHERE t.term = ?1 AND ${VISIBLE} AND ${UNSPONSORED}
  ORDER BY t.published DESC, t.article_id LIMIT ?3 OFFSET ?4`;

// A feed that ever existed has rows in `feeds`; a feed whose first article was just released gets them with
// its first build.
const ABOUT = `SELECT (SELECT t.label FROM ${LISTED} WHERE t.term = ?1 AND ${VISIBLE}
    ORDER BY t.published DESC, t.article_id LIMIT 1) AS label,
  EXISTS (SELECT 1 FROM article_terms WHERE term = ?1 AND +visible_from <= ?2)
  OR EXISTS (SELECT 1 FROM feeds WHERE feed = ?1) AS existed`;

const SECTIONS = `SELECT s.value AS slug FROM json_each(?1) s
  WHERE EXISTS (SELECT 1 FROM ${LISTED} WHERE t.term = 'section/' || s.value AND ${VISIBLE}) ORDER BY s.key`;

// Only the newest of each term, so that a tag with ten thousand articles costs no more than one with ten.
const RELATED = `SELECT ${TEASER} FROM (
    SELECT c.value AS id, count(*) AS shared FROM json_each(?1) s, json_each((
      SELECT json_group_array(article_id) FROM (SELECT t.article_id FROM ${LISTED}
        WHERE t.term = s.value AND t.article_id <> ?3 AND ${VISIBLE} AND ${UNSPONSORED}
        ORDER BY t.published DESC, t.article_id LIMIT 8) d)) c
    GROUP BY c.value) f JOIN articles a ON a.id = f.id
  ORDER BY f.shared DESC, a.published DESC, a.id LIMIT ?4`;

const OLDER = `SELECT ${TEASER} FROM ${LISTED} WHERE t.term = 'site' AND t.published <= ?3
  AND (t.published < ?3 OR t.article_id > ?1) AND ${VISIBLE} AND ${UNSPONSORED} ORDER BY t.published DESC, t.article_id LIMIT 1`;

const NEWER = `SELECT ${TEASER} FROM ${LISTED} WHERE t.term = 'site' AND t.published >= ?3
  AND (t.published > ?3 OR t.article_id < ?1) AND ${VISIBLE} AND ${UNSPONSORED} ORDER BY t.published, t.article_id DESC LIMIT 1`;

type Rows = { readonly results: readonly Record<string, unknown>[] } | undefined;

// Only commitArticle writes models, from a checked StoredArticle.
const teasersOf = (rows: Rows): readonly Teaser[] =>
  (rows?.results ?? []).map(({ model }) => JSON.parse(String(model)) as Teaser);

const slugsOf = (rows: Rows): readonly string[] => (rows?.results ?? []).map(({ slug }) => String(slug));

/** A feed; for a tag, with the tag's name as the newest article writes it. */
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

/** An article as the Google News sitemap names it. */
export interface NewsArticle {
  readonly slug: string;
  readonly headline: Text;
  /** Null for the site's language. */
  readonly language: string | null;
  readonly published: Instant;
  /** `updated`, else `published`. */
  readonly modified: Instant;
}

/**
 * The feeds of sections, authors and tags that have an article at `now`, at most `limit`. Tags with recent
 * articles come before others. If the newest `limit` articles have fewer tags than that, the rest is filled
 * up by name.
 */
export async function listedFeeds(
  db: D1Database,
  now: Instant,
  limit: number,
): Promise<readonly ListedFeed[]> {
  return rowsOf<ListedFeed>(db, LISTED_FEEDS, now, limit);
}

// Finding the newest article of each of ten thousand tags reads 80,000 rows. So only two sets of tags are
// candidates: those of the newest articles, and the first by name, which on most sites are all of them. A
// time has 20 characters. CROSS JOIN fixes the order of tables, and the plus keeps SQLite off the index on
// `visible_from`.
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

/** How many articles were published so far, withdrawn ones included: the last position in the archive. */
export async function archivedArticles(db: D1Database): Promise<number> {
  return (await db.prepare("SELECT max(position) AS last FROM archive").first<number>("last")) ?? 0;
}

/**
 * The articles at the archive's positions `first` to `last` that are visible at `now` and have their page on
 * this site.
 */
export async function listedArticles(
  db: D1Database,
  now: Instant,
  first: number,
  last: number,
): Promise<readonly ListedArticle[]> {
  return rowsOf<ListedArticle>(db, LISTED_ARTICLES, now, first, last);
}

// Starts at the archive's positions: without statistics SQLite would start at all articles.
const LISTED_ARTICLES = `SELECT a.slug, coalesce(a.model->>'updated', a.published) AS modified
  FROM archive r CROSS JOIN articles a ON a.id = r.article_id
    CROSS JOIN article_terms t ON t.article_id = a.id AND t.term = 'site'
  WHERE r.position BETWEEN ?2 AND ?3 AND t.visible_from <= ?1 AND (t.expires_at IS NULL OR t.expires_at > ?1)
    AND a.withdrawn_at IS NULL AND a.model->>'url' IS NULL
  ORDER BY r.position`;

/**
 * The newest `limit` articles published since `since` that are visible at `now`, have their page on this
 * site, and aren't sponsored.
 */
export async function newsArticles(
  db: D1Database,
  now: Instant,
  since: Instant,
  limit: number,
): Promise<readonly NewsArticle[]> {
  return rowsOf<NewsArticle>(db, NEWS_ARTICLES, now, since, limit);
}

// Starts at the site's newest articles: CROSS JOIN fixes the order of tables.
const NEWS_ARTICLES = `SELECT a.slug, a.model->>'headline' AS headline, a.model->>'language' AS language, t.published,
    coalesce(a.model->>'updated', t.published) AS modified
  FROM article_terms t CROSS JOIN articles a ON a.id = t.article_id
  WHERE t.term = 'site' AND t.published >= ?2 AND +t.visible_from <= ?1 AND (t.expires_at IS NULL OR t.expires_at > ?1)
    AND a.withdrawn_at IS NULL AND a.model->>'url' IS NULL AND a.model->>'sponsored' IS NOT 1
  ORDER BY t.published DESC, t.article_id LIMIT ?3`;
