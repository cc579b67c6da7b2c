// Lists for programs: the feeds as OPML, robots.txt (RFC 9309), sitemaps
// (https://www.sitemaps.org/protocol.html), the licence.
//
// The sitemaps leave out articles that aren't published yet, were withdrawn, have expired, or have their
// canonical page elsewhere.
//
// OPML 2.0 (http://opml.org/spec2.opml) lists each public feed once, as RSS, so that nobody subscribes three
// times. Each section is a folder with its feed in it; all tags share one folder, and all authors another.
// newsboat turns a folder's name into a tag, and many readers know only one level of folders.
//
// /.well-known/feeds (https://github.com/Dan-Q/well-known-feeds) has the bytes of /feeds.opml, because its
// clients need not follow redirects. We leave out the JSON of draft-nottingham-feed-menu while it is one
// person's draft; it also asks publishing software not to generate such menus by default.

import type { Hono } from "hono";
import { articlePath } from "../article/resolve.ts";
import type { Site } from "../article/site.ts";
import type { Env, Runtime } from "../env.ts";
import { describeFeed, documentPath, type FeedKind, nameOf, partsOf } from "../feeds/catalogue.ts";
import type { FeedKey } from "../feeds/feed.ts";
import {
  NEWS_SITEMAP_LIMITS,
  newsSitemapDocument,
  newsSitemapEntry,
  newsSitemapProblems,
} from "../formats/news-sitemap.ts";
import { feedPhrases } from "../formats/phrases.ts";
import { RSL_MEDIA_TYPE, RSL_PATH, rslDocument } from "../formats/rsl.ts";
import { element, escapeXml } from "../formats/xml.ts";
import { etagResponse } from "../http/conditional.ts";
import { newRouter } from "../http/router.ts";
import { addSeconds, toInstant } from "../lib/time.ts";
import { CACHED_MILLISECONDS } from "./page-cache.ts";
import {
  archivedArticles,
  type ListedArticle,
  type ListedFeed,
  listedArticles,
  listedFeeds,
  type NewsArticle,
  newsArticles,
} from "./sql.ts";

/**
 * How many feeds are listed beside the site's. Nobody reads a longer list; tags that aren't listed have their
 * feeds all the same.
 */
const FEED_LIMIT = 1000;
/** Scripts of any page may read them. */
const ANY_ORIGIN = { "Access-Control-Allow-Origin": "*" };

/** The routes of all lists. Unknown paths fall through to the next routes. */
export function discoveryRoutes({ env, site, isolate }: Runtime): Hono<{ Bindings: Env }> {
  const lists = newRouter();
  const now = () => toInstant(new Date());
  const answer = (request: Request, body: string, type = "application/xml") =>
    etagResponse(request, site, body, type, { headers: ANY_ORIGIN });

  lists.get("/.well-known/feeds", async (c) => answer(c.req.raw, await feedList(), "text/x-opml"));
  lists.get("/feeds.opml", async (c) => {
    const response = await answer(c.req.raw, await feedList(), "text/x-opml");
    // A person who follows the link wants a file to import, not a page of XML.
    response.headers.set("Content-Disposition", 'attachment; filename="feeds.opml"');
    return response;
  });

  lists.get("/robots.txt", (c) => answer(c.req.raw, robots(site), "text/plain"));
  const { rsl } = site;
  if (rsl) lists.get(RSL_PATH, (c) => answer(c.req.raw, rslDocument(rsl, site), RSL_MEDIA_TYPE));

  lists.get("/sitemap.xml", async (c) => {
    const count = await sitemapCount();
    return answer(c.req.raw, count > 1 ? sitemapIndex(count, site) : await sitemapAt(1));
  });

  lists.get("/sitemaps/:file{[1-9][0-9]{0,5}\\.xml}", async (c, next) => {
    const number = Number.parseInt(c.req.param("file"), 10);
    const found = await isolate.absent.unlessAbsent(`sitemap/${number}`, Date.now(), async () =>
      number > (await sitemapCount()) ? undefined : sitemapAt(number),
    );
    return found === undefined ? next() : answer(c.req.raw, found);
  });

  lists.get("/news-sitemap.xml", async (c) => {
    const { ageSeconds, items } = NEWS_SITEMAP_LIMITS;
    const articles = await newsArticles(env.DB, now(), addSeconds(now(), -ageSeconds), items);
    return answer(c.req.raw, newsSitemap(articles, site));
  });

  return lists;

  /** Finding the feeds reads some rows for each, so the list is cached like a page. */
  async function feedList(): Promise<string> {
    const cached = isolate.feedList;
    if (cached && cached.until > Date.now()) return cached.opml;
    const list = opml(await listedFeeds(env.DB, now(), FEED_LIMIT), site);
    isolate.feedList = { opml: list, until: Date.now() + CACHED_MILLISECONDS };
    return list;
  }

  async function sitemapCount(): Promise<number> {
    return Math.max(1, Math.ceil((await archivedArticles(env.DB)) / SITEMAP_LIMIT));
  }

  async function sitemapAt(number: number): Promise<string> {
    const last = number * SITEMAP_LIMIT;
    const articles = await listedArticles(env.DB, now(), last - SITEMAP_LIMIT + 1, last);
    return sitemap(articles, site, number === 1);
  }
}

/**
 * How many positions of the archive a sitemap covers. The protocol allows 50,000, but the Free plan has 10 ms
 * of CPU per request. In the archive's order, full sitemaps stay as they are; in any other order, one new
 * article would shift them all.
 */
export const SITEMAP_LIMIT = 2000;

/**
 * robots.txt: everything is allowed, the sitemaps are named, and the licence comes first and for all agents
 * (RSL 1.0 §4.4), if there is one.
 */
const robots = ({ url, rsl }: Site): string =>
  `${rsl ? `License: ${url}${RSL_PATH}\n\n` : ""}User-agent: *\nAllow: /\n\nSitemap: ${url}/sitemap.xml\nSitemap: ${url}/news-sitemap.xml\n`;

/** A sitemap of articles. The first also names the front page, since a sitemap must not be empty. */
function sitemap(articles: readonly ListedArticle[], { url }: Site, isFirst: boolean): string {
  const pages = articles.map(
    ({ slug, modified }) => `<url><loc>${url}${articlePath(slug)}</loc><lastmod>${modified}</lastmod></url>`,
  );
  return document("urlset", isFirst ? [`<url><loc>${url}/</loc></url>`, ...pages] : pages);
}

/** The Google News sitemap of articles that aren't sponsored. */
function newsSitemap(articles: readonly NewsArticle[], site: Site): string {
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
function sitemapIndex(count: number, { url }: Site): string {
  const numbers = Array.from({ length: count }, (_, index) => index + 1);
  return document(
    "sitemapindex",
    numbers.map((number) => `<sitemap><loc>${url}/sitemaps/${number}.xml</loc></sitemap>`),
  );
}

// Nothing is escaped: origins, slugs and instants contain no character that is special in XML.
const document = (root: string, children: readonly string[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${children.join("\n")}
</${root}>
`;

/**
 * The list of the site's feed and of `feeds`, by name. It has no date: dates would change with each article,
 * while the list hardly ever does.
 */
export function opml(feeds: readonly ListedFeed[], site: Site): string {
  const words = feedPhrases(site.language).words;
  const { compare } = new Intl.Collator(site.language);
  const named = feeds
    .map(({ feed, label }) => ({
      feed,
      name: nameOf(feed, site, label),
      outline: outline(feed, site, label),
    }))
    .sort((a, b) => compare(a.name, b.name) || (a.feed < b.feed ? -1 : 1));
  const ofKind = (kind: FeedKind) => named.filter(({ feed }) => partsOf(feed)?.[0] === kind);
  const outlines = [
    outline("site", site),
    ...ofKind("section").map((section) => folder(section.name, [section])),
    ...[folder(words.feedTags, ofKind("tag")), folder(words.feedAuthors, ofKind("author"))],
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head>
<title>${escapeXml(site.title)}</title>
<docs>http://opml.org/spec2.opml</docs>
</head>
<body>
${outlines.filter((one) => one !== "").join("\n")}
</body>
</opml>
`;
}

function outline(feed: FeedKey, site: Site, label?: string | null): string {
  const { title, description, link } = describeFeed(feed, site, label);
  return element("outline", {
    ...{ type: "rss", text: title, title, description },
    ...{ xmlUrl: site.url + documentPath({ feed, format: "rss" }), htmlUrl: link },
    ...{ language: site.language, version: "RSS2" },
  });
}

/** A folder; nothing for an empty one. */
function folder(name: string, feeds: readonly { readonly outline: string }[]): string {
  if (feeds.length === 0) return "";
  const outlines = feeds.map((one) => `${one.outline}\n`).join("");
  return element("outline", { text: name, title: name }, `\n${outlines}`);
}
