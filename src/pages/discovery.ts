// Lists for programs: the feeds as OPML, the articles as sitemaps, and the licence.
//
// /.well-known/feeds (https://github.com/Dan-Q/well-known-feeds) has the bytes of /feeds.opml: what looks there may not
// follow a redirect. The JSON of draft-nottingham-feed-menu is left out while that is one person's draft; it also asks
// publishing software not to make such menus by itself.

import type { Hono } from "hono";
import type { Env, Runtime } from "../env.ts";
import { NEWS_SITEMAP_LIMITS } from "../formats/news-sitemap.ts";
import { RSL_MEDIA_TYPE, RSL_PATH, rslDocument } from "../formats/rsl.ts";
import { etagResponse } from "../http/etag-response.ts";
import { newRouter } from "../http/router.ts";
import { addSeconds, toInstant } from "../lib/time.ts";
import { opml } from "./opml.ts";
import { CACHED_MILLISECONDS } from "./page-cache.ts";
import { newsSitemap, robots, SITEMAP_LIMIT, sitemap, sitemapIndex } from "./sitemap.ts";
import { archivedArticles, listedArticles, listedFeeds, newsArticles } from "./sql-lists.ts";

/** Feeds beside the site's. Nobody reads a longer list; every tag has its feed all the same. */
const FEED_LIMIT = 1000;
/** Scripts of any page may read them. */
const ANY_ORIGIN = { "Access-Control-Allow-Origin": "*" };

/** The routes of all lists. What they don't know is left to the next route. */
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
