// Pages for people. Each is rendered from D1 when asked for, and tagged by its content.

import { type Context, Hono } from "hono";
import type { FC } from "hono/jsx";
import { EXTENSION_PATH } from "../../formats/json.ts";
import { sha256 } from "../../model/digest.ts";
import type { Env, Runtime } from "../../model/env.ts";
import { articlePath, resolveKnown } from "../../model/resolve.ts";
import { toInstant } from "../../model/time.ts";
import { articleBySlug, newestArticles } from "../../store/articles.ts";
import { isNotModified } from "../conditional.ts";
import feedStyle from "../feed.css";
import { ArticlePage } from "./article.tsx";
import { FrontPage } from "./front.tsx";
import { ExtensionPage, GonePage, NotFoundPage } from "./notes.tsx";
import style from "./style.css";

// No script of any kind; pictures, sound and film from anywhere, frames as the clean-up let them stand.
const POLICY =
  "default-src 'none'; style-src 'self'; img-src * data:; media-src *; frame-src https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

type PageContext = Context<{ Bindings: Env }>;

/** The routes of all pages, and the page for what there is no route for. */
export function pageRoutes({ env, site }: Runtime): Hono<{ Bindings: Env }> {
  const pages = new Hono<{ Bindings: Env }>();
  const now = () => toInstant(new Date());
  const notFound = (c: PageContext) => page(c, <NotFoundPage site={site} />, 404);

  pages.get("/", async (c) => {
    const records = await newestArticles(env.DB, "site", now(), site.pages.front);
    const articles = records.map((record) => resolveKnown(record.article, site).article);
    return page(c, <FrontPage site={site} articles={articles} />);
  });

  pages.get("/articles/:slug", async (c) => {
    const slug = c.req.param("slug");
    const record = await articleBySlug(env.DB, slug);
    // Before its minute an article is nowhere: not even its old address or its withdrawal is told.
    if (!record || record.article.published > now()) return notFound(c);
    if (record.article.slug !== slug) return c.redirect(articlePath(record.article.slug), 301);
    if (record.withdrawn && record.withdrawn.at < record.article.published) return notFound(c);
    if (record.withdrawn) return page(c, <GonePage site={site} withdrawn={record.withdrawn} />, 410);
    const { article } = resolveKnown(record.article, site);
    return page(c, <ArticlePage site={site} article={article} />);
  });
  pages.get("/articles/:slug{[a-z0-9-]+}/", (c) => c.redirect(articlePath(c.req.param("slug")), 301));

  pages.get(EXTENSION_PATH, (c) => page(c, <ExtensionPage site={site} />));
  pages.get("/style.css", (c) => tagged(c, style, "text/css", 200));
  pages.get("/feed.css", (c) => tagged(c, feedStyle, "text/css", 200));
  pages.notFound(notFound);
  pages.all("*", notFound);
  return pages;

  function page(c: PageContext, content: ReturnType<FC>, status: 200 | 404 | 410 = 200): Promise<Response> {
    return tagged(c, `<!doctype html>\n${String(content)}\n`, "text/html", status);
  }

  async function tagged(c: PageContext, body: string, type: string, status: number): Promise<Response> {
    const etag = `W/"${(await sha256(body)).slice(0, 20)}"`;
    const headers = {
      ETag: etag,
      "Cache-Control": status === 200 ? `public, max-age=${site.cache.maxAge}` : "no-store",
      "X-Content-Type-Options": "nosniff",
      "Content-Security-Policy": POLICY,
    };
    if (status === 200 && isNotModified(c.req.raw.headers, { etag }))
      return new Response(null, { status: 304, headers });
    return new Response(body, { status, headers: { ...headers, "Content-Type": `${type}; charset=utf-8` } });
  }
}
