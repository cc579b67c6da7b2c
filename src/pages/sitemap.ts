// robots.txt (RFC 9309) and sitemaps (https://www.sitemaps.org/protocol.html). They name what people may find: never an
// article before its minute, nor one that was withdrawn, has expired, or has its canonical page elsewhere.

import { articlePath } from "../article/resolve.ts";
import type { Site } from "../article/site.ts";
import { newsSitemapDocument, newsSitemapEntry, newsSitemapProblems } from "../formats/news-sitemap.ts";
import { RSL_PATH } from "../formats/rsl.ts";
import type { ListedArticle, NewsArticle } from "./sql-lists.ts";

/**
 * Positions of the archive a sitemap covers. The protocol takes 50,000, but the Free plan has 10 ms of CPU a request.
 * Pages of the archive's order stay as they are, where those of any other order would all shift with one article.
 */
export const SITEMAP_LIMIT = 2000;

/** Everything is open, here are the sitemaps, and before all, for all, the licence (RSL 1.0 §4.4), if there is one. */
export const robots = ({ url, rsl }: Site): string =>
  `${rsl ? `License: ${url}${RSL_PATH}\n\n` : ""}User-agent: *\nAllow: /\n\nSitemap: ${url}/sitemap.xml\nSitemap: ${url}/news-sitemap.xml\n`;

/** A sitemap of articles; the first also names the front page, for an empty one is none. */
export function sitemap(articles: readonly ListedArticle[], { url }: Site, isFirst: boolean): string {
  const pages = articles.map(
    ({ slug, modified }) => `<url><loc>${url}${articlePath(slug)}</loc><lastmod>${modified}</lastmod></url>`,
  );
  return document("urlset", isFirst ? [`<url><loc>${url}/</loc></url>`, ...pages] : pages);
}

/** The Google News sitemap of articles, none of which is sponsored. */
export function newsSitemap(articles: readonly NewsArticle[], site: Site): string {
  const entries = articles
    .map(({ slug, headline, language, published, modified }) => {
      const url = site.url + articlePath(slug);
      return {
        link: url,
        modified,
        article: { url, headline, language: language ?? site.language, published, sponsored: false },
      };
    })
    .filter((story) => newsSitemapProblems(story, site).length === 0)
    .map((story) => newsSitemapEntry(story, site));
  return newsSitemapDocument(entries);
}

/** The index of `count` sitemaps. */
export function sitemapIndex(count: number, { url }: Site): string {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return document(
    "sitemapindex",
    numbers.map((number) => `<sitemap><loc>${url}/sitemaps/${number}.xml</loc></sitemap>`),
  );
}

// Nothing is escaped: neither an origin, a slug nor an instant has a character that XML reads.
const document = (root: string, children: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${children.join("\n")}
</${root}>
`;
