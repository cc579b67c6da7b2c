// A sitemap with `news:` elements, as Google News reads it:
// https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap
// It has no keywords, genres or stock tickers, which Google no longer reads.

import type { Article } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import type { Problem } from "../lib/problem.ts";
import type { Instant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import { declare, escapeXml, NAMESPACES } from "./xml.ts";

const DAY_SECONDS = 86_400;
/** The protocol asks for fewer than 2,048 characters. */
const ADDRESS_LIMIT = 2047;
/** Chinese in traditional characters, by its script or its region. */
const TRADITIONAL = /^zh-(?:hant|tw|hk|mo)\b/i;

/**
 * The most entries and bytes of a sitemap (https://www.sitemaps.org/protocol.html), and the greatest age of
 * an article.
 */
export const NEWS_SITEMAP_LIMITS = { items: 1000, bytes: 52_428_800, ageSeconds: 2 * DAY_SECONDS } as const;

/** What an entry is made of. */
export interface NewsSitemapItem {
  readonly link: string;
  readonly modified: Instant;
  readonly article: Pick<Article, "url" | "headline" | "language" | "published" | "sponsored">;
}

/** A sitemap of finished entries. Google accepts one without entries too. */
export const newsSitemapDocument = (entries: readonly string[]): string => {
  const { open, close } = newsSitemapEnvelope();
  return open + entries.join("\n") + close;
};

/** The text before the first and after the last entry. */
export const newsSitemapEnvelope = () => ({
  open: `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="${NAMESPACES.sitemap}"${declare("news")}>\n`,
  close: "\n</urlset>\n",
});

/** The reasons why Google would refuse the article. */
export function newsSitemapProblems(
  { link, article: { url, language, sponsored } }: NewsSitemapItem,
  site: Pick<Site, "url">,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (sponsored) {
    problems.push({
      path: "sponsored",
      message: t("is true, and Google News takes nothing that somebody paid for"),
    });
  }
  if (!url.startsWith(`${site.url}/`)) {
    problems.push({
      path: "url",
      message: t(
        "leads to another site, and a sitemap names pages of its own: leave it out to have the page here",
      ),
    });
  }
  if (link.length > ADDRESS_LIMIT) {
    problems.push({
      path: "url",
      message: t(
        "is {length} characters long with the policy's parameters, and a sitemap takes at most {most}: shorten either",
        { length: link.length, most: ADDRESS_LIMIT },
      ),
    });
  }
  if (!/^[a-z]{2,3}(?:-cn|-tw)?$/.test(newsLanguage(language))) {
    problems.push({
      path: "language",
      message: t(
        'must start with two or three letters (ISO 639) for Google, like en or pt-BR, not "{language}"',
        { language },
      ),
    });
  }
  return problems;
}

/** One `<url>`. */
export function newsSitemapEntry(
  { link, modified, article: { headline, language, published } }: NewsSitemapItem,
  site: Pick<Site, "title">,
): string {
  // Template strings are faster than `element()`, and one request may write a thousand entries.
  const publication = `<news:name>${escapeXml(site.title)}</news:name><news:language>${newsLanguage(language)}</news:language>`;
  return `<url>
<loc>${escapeXml(link)}</loc>
<lastmod>${modified}</lastmod>
<news:news>
<news:publication>${publication}</news:publication>
<news:publication_date>${published}</news:publication_date>
<news:title>${escapeXml(headline)}</news:title>
</news:news>
</url>`;
}

/** The article's language by ISO 639; for Chinese `zh-cn` or `zh-tw`, by its script. */
function newsLanguage(tag: string): string {
  const [code = ""] = tag.toLowerCase().split("-");
  if (code !== "zh") return code;
  return TRADITIONAL.test(tag) ? "zh-tw" : "zh-cn";
}
