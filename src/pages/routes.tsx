// HTML pages. Each is rendered from D1 when requested, and has the hash of its content as ETag.

import type { Context, Hono } from "hono";
import type { FC } from "hono/jsx";
import type { StoredArticle, Withdrawal } from "../article/article.ts";
import { articlePath, resolveKnown } from "../article/resolve.ts";
import { articleBySlug } from "../article/sql.ts";
import type { Env, Runtime } from "../env.ts";
import { documentPath, documentsOf, feedAt, isInSettings, pagePath } from "../feeds/catalogue.ts";
import type { DocumentKey, FeedKey } from "../feeds/feed.ts";
import { presenceOf } from "../feeds/sql-entries.ts";
import { WIRE_FORMATS } from "../formats/index.ts";
import { EXTENSION_PATH } from "../formats/json.ts";
import { rslLinks } from "../formats/rsl.ts";
import { etagResponse } from "../http/conditional.ts";
import { newRouter } from "../http/router.ts";
import { PAGE_SECURITY_HEADERS } from "../http/security-headers.ts";
import { staticFile } from "../http/static-files.ts";
import { toInstant } from "../lib/time.ts";
import { articlePage } from "./article.tsx";
import { ExtensionPage, GonePage, NotFoundPage } from "./error-pages.tsx";
import { FrontPage } from "./front.tsx";
import { ListPage as List } from "./list.tsx";
import { CACHED_MILLISECONDS } from "./page-cache.ts";
import { isShortAddress, oldAddressTarget } from "./redirects.ts";
import { type ListPage, readList } from "./sql.ts";
import { COPY_SCRIPT } from "./subscribe.tsx";
import { type View, viewOf } from "./view.tsx";

/** Headlines on the 404 and 410 pages. */
const LATEST_COUNT = 6;
/** The last page of a list. A limit, since D1 reads the rows of all pages before the one requested. */
const PAGE_LIMIT = 500;

type PageContext = Context<{ Bindings: Env }>;

/** The routes of all pages, and the 404 page for other paths. */
export function pageRoutes(runtime: Runtime): Hono<{ Bindings: Env }> {
  const { env, site, isolate } = runtime;
  const pages = newRouter();
  const now = () => toInstant(new Date());
  const known = Object.keys(site.sections);
  const resolve = (stored: StoredArticle) => resolveKnown(stored, site).article;
  const own = documentsOf(["site"]);
  type Shown = Parameters<typeof viewOf>;
  const viewFor = (sections: Shown[2], documents: Shown[3], label?: string) =>
    viewOf(site, now(), sections, documents, label, env.IMAGES !== undefined);
  const rssOf = (feed: FeedKey): DocumentKey => ({ feed, format: "rss" });

  pages.get("/", async (c) => {
    const target = isShortAddress(new URL(c.req.url)) ? await oldTarget(c) : undefined;
    return target === undefined ? listPage(c, "site") : moved(c, target);
  });
  pages.get("/:folder{sections|tags|authors}/:name/", async (c) => {
    const feed = feedOf(c);
    return feed ? c.redirect(pagePath(feed), 301) : notFound(c);
  });
  pages.get("/:folder{sections|tags|authors}/:name", (c) => {
    const feed = feedOf(c);
    return feed ? listPage(c, feed) : notFound(c);
  });

  pages.get("/articles/:slug", async (c) => {
    const slug = c.req.param("slug");
    const record = await isolate.absent.unlessAbsent(`article/${slug}`, Date.now(), () =>
      articleBySlug(env.DB, slug),
    );
    // Before its publication an article must not be revealed, neither by a redirect nor by a 410.
    if (!record || record.article.published > now()) return notFound(c);
    const { article: stored, withdrawn } = record;
    if (stored.slug !== slug) return c.redirect(articlePath(stored.slug), 301);
    if (withdrawn && withdrawn.at < stored.published) return notFound(c);
    if (withdrawn) return missing(c, { withdrawn, article: stored });
    const { view, content } = await articlePage({ env, site }, stored, now());
    return page(c, view, content);
  });
  pages.get("/articles/:slug{[a-z0-9-]+}/", (c) => c.redirect(articlePath(c.req.param("slug")), 301));

  pages.get(EXTENSION_PATH, async (c) => {
    const { sections } = await readList(env.DB, "site", now(), { page: 0, size: 0, sections: known });
    const view = viewFor(sections, own);
    return page(c, view, <ExtensionPage view={view} />);
  });
  pages.get("/style.css", async (c) => tagged(c, await staticFile(runtime, "style.css"), "text/css"));
  // Browsers ask for it by themselves.
  pages.get("/favicon.ico", (c) => {
    const headers = { "Cache-Control": `public, max-age=${site.cache.maxAge}` };
    return site.image === undefined ? c.body(null, 204, headers) : c.redirect(site.image, 302);
  });
  pages.get("/feed.css", async (c) => tagged(c, await staticFile(runtime, "feed.css"), "text/css"));
  pages.get("/copy.js", (c) => tagged(c, COPY_SCRIPT, "text/javascript"));
  pages.notFound(notFound);
  pages.all("*", notFound);
  return pages;

  async function listPage(c: PageContext, feed: FeedKey): Promise<Response> {
    const number = pageNumber(c.req.query("page"));
    if (number === undefined || (number === 1 && !(await mayBe(feed)))) return notFound(c);
    const wanted = { page: number - 1, size: site.pages.front, sections: known };
    const read = () => readList(env.DB, feed, now(), wanted);
    const list = await (number === 1
      ? read()
      : isolate.absent.unlessAbsent(`${feed}?page=${number}`, Date.now(), async () => {
          const found = await read();
          return found.articles.length > 0 ? found : undefined;
        }));
    if (!list || !(number > 1 || list.existed || isInSettings(feed, site))) return notFound(c);
    const documents = feed === "site" ? own : [...documentsOf([feed]), rssOf("site")];
    const view = viewFor(list.sections, documents, list.label);
    const articles = list.articles.map(resolve);
    const older = list.more && number < PAGE_LIMIT;
    if (feed === "site" && number === 1) {
      return page(c, view, <FrontPage view={view} articles={articles} older={older} />);
    }
    const props = { view, feed, label: list.label, page: number, articles, older };
    return page(c, view, <List {...props} />);
  }

  /**
   * Asks D1 whether the feed may exist; misses are cached for a minute, so that guessing names stays cheap.
   */
  async function mayBe(feed: FeedKey): Promise<boolean> {
    if (isInSettings(feed, site)) return true;
    const found = await isolate.absent.unlessAbsent(feed, Date.now(), async () => {
      const presence = await presenceOf(env.DB, rssOf(feed), now());
      return presence.feed === "absent" ? undefined : presence;
    });
    return found?.feed === "there";
  }

  async function notFound(c: PageContext): Promise<Response> {
    const target = await oldTarget(c);
    return target === undefined ? missing(c) : moved(c, target);
  }

  /** Where an address leads that another system had. */
  async function oldTarget({ req }: PageContext): Promise<string | undefined> {
    if (req.method !== "GET" && req.method !== "HEAD") return undefined;
    return oldAddressTarget(new URL(req.url), env, isolate.absent);
  }

  function moved(c: PageContext, target: string): Response {
    c.header("Cache-Control", `public, max-age=${site.cache.maxAge}`);
    return c.redirect(target, 301);
  }

  /** 404, or 410 for a withdrawn article. */
  async function missing(
    c: PageContext,
    gone?: { withdrawn: Withdrawal; article: StoredArticle },
  ): Promise<Response> {
    const { articles, sections } = await latestArticles();
    const view = viewFor(sections, own);
    const latest = articles.map(resolve);
    return gone
      ? page(c, view, <GonePage view={view} {...gone} latest={latest} />, 410)
      : page(c, view, <NotFoundPage view={view} latest={latest} />, 404);
  }

  /** The headlines for all 404 and 410 pages; cached for as long as a page. */
  async function latestArticles(): Promise<ListPage> {
    const cached = isolate.headlines;
    const changes = isolate.localWrites;
    if (cached && cached.until > Date.now() && cached.changes === changes) return cached.list;
    const wanted = { page: 0, size: LATEST_COUNT, sections: known, sponsored: false };
    const list = await readList(env.DB, "site", now(), wanted);
    isolate.headlines = { list, changes, until: Date.now() + CACHED_MILLISECONDS };
    return list;
  }

  function page(
    c: PageContext,
    { documents }: View,
    content: ReturnType<FC>,
    status: 200 | 404 | 410 = 200,
  ): Promise<Response> {
    const alternates = documents.map(
      (key) =>
        `<${site.url}${documentPath(key)}>; rel="alternate"; type="${WIRE_FORMATS[key.format].mediaType}"`,
    );
    const headers = { Link: [...alternates, ...(status === 200 ? rslLinks(site) : [])].join(", ") };
    return tagged(c, `<!doctype html>\n${String(content)}\n`, "text/html", status, headers);
  }

  function tagged(
    c: PageContext,
    body: string,
    type: string,
    status = 200,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const headers = { ...PAGE_SECURITY_HEADERS, ...more };
    return etagResponse(c.req.raw, site, body, type, { status, headers });
  }
}

/** The feed whose page a URL names, from the raw path: hono's parameters are decoded already. */
function feedOf(c: PageContext): FeedKey | undefined {
  const [, folder = "", name = ""] = new URL(c.req.url).pathname.split("/");
  return feedAt(folder, name);
}

/** The page number in a query, from 1; undefined if there can't be such a page. */
function pageNumber(query: string | undefined): number | undefined {
  if (query === undefined) return 1;
  return /^[1-9][0-9]{0,2}$/.test(query) && Number(query) <= PAGE_LIMIT ? Number(query) : undefined;
}
