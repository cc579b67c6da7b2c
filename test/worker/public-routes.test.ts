// A made-up address costs D1 one query at most, and none if it is requested again within a minute. HEAD has the same headers as
// GET on every route. The list of routes comes from the router, so a new route needs its line here.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentPath, documentsOf, type FeedKind } from "../../src/feeds/catalogue.ts";
import type { FeedKey } from "../../src/feeds/feed.ts";
import { article, png } from "./articles.ts";
import type { Counts, Route } from "./faulty.ts";
import { type RunningWorker, startWorker } from "./harness.ts";
import { partner } from "./partners/partners.ts";

const PICTURE = png(640, 480);
const HASH = "0123456789abcdef".repeat(4);

/** By the path of each public route that leaves something open: addresses that lead nowhere. */
const NOWHERE: Readonly<Record<string, readonly string[]>> = {
  "/media/*": [
    `/media/${HASH}.jpg`,
    `/media/${HASH}.gif`,
    `/media/w480/${HASH}.webp`,
    `/media/w481/${PICTURE.sha256}.webp`,
    "/media/nothing.jpg",
    "/media/w480/nothing.webp",
    `/media/${"x".repeat(3000)}`,
  ],
  "/sitemaps/:file{[1-9][0-9]{0,5}\\.xml}": ["/sitemaps/9.xml", "/sitemaps/123456.xml", "/sitemaps/x.xml"],
  "/:folder{sections|tags|authors}/:name": [
    ...["/sections/nothing", "/tags/nothing", "/authors/nothing", "/tags/%E2%82%AC", "/tags/NOTHING"],
    ...["/tags/harbour?page=9", "/tags/nobody?page=2", `/tags/${"x".repeat(3000)}`],
  ],
  "/:folder{sections|tags|authors}/:name/": ["/sections/nothing/x/", "/tags/NOTHING/"],
  "/articles/:slug": ["/articles/nothing", "/articles/No%20thing", `/articles/${"x".repeat(3000)}`],
  "/articles/:slug{[a-z0-9-]+}/": ["/articles/no-thing/x/", "/articles/No/"],
  "/desk/*": ["/desk/nothing"],
  "/previews/:secret": ["/previews/nothing", `/previews/${"a".repeat(43)}`, `/previews/${"x".repeat(3000)}`],
  "/*": ["/nothing", "/nothing/at/all.html", "/?page=9", "/?page=500", "/?page=501"],
};

/** The desk's pages: the router tells which there are. */
const isDesk = (path: string): boolean => path.startsWith("/desk/") && path !== "/desk/*";

/** Feeds' documents are looked up before the router. */
const FEEDS: Readonly<Record<FeedKind, FeedKey>> = {
  section: "section/nobody-wrote",
  tag: "tag/nobody-wrote",
  author: "author/nobody-wrote",
  archive: "archive/77",
};

/** What stands at a public route, for GET and HEAD. */
const THERE: readonly string[] = [
  ...["/", "/?page=1", "/sections/about", "/sections/about/", "/tags/harbour", "/authors/david-choi"],
  ...["/articles/story", "/articles/story/", "/articles/gone", "/about/json-feed"],
  ...[
    "/style.css",
    "/feed.css",
    "/copy.js",
    "/favicon.ico",
    "/healthz",
    "/desk",
    "/desk/desk.css",
    "/desk/preview.css",
    "/previews/preview.css",
    "/robots.txt",
    "/license.xml",
  ],
  ...["/.well-known/feeds", "/feeds.opml", "/sitemap.xml", "/sitemaps/1.xml", "/news-sitemap.xml"],
  ...["/feed", "/rss.xml", "/feed.json", "/tags/harbour/atom.xml", "/archive/1/rss.xml"],
  ...[PICTURE.src, `/media/w480/${PICTURE.sha256}.webp`],
  ...["/partners/paper/", "/partners/paper/rss.xml", "/partners/paper", "/partners/nobody/rss.xml"],
  ...["/hub", "/api/articles", "/api/openapi.json", "/api/nothing"],
];

/** With a name for each that fits on a line. */
const named = (paths: readonly string[]) => paths.map((path) => [path.slice(0, 60), path] as const);

let worker: RunningWorker;
let routes: readonly Route[];
beforeAll(async () => {
  worker = await startWorker({ bundle: "faulty" });
  await worker.api(`/media/${PICTURE.sha256}`, { method: "PUT", body: new Uint8Array(PICTURE.bytes) });
  await worker.put("story", article({ tags: ["Harbour"], images: [{ src: PICTURE.src }] }));
  await worker.put("gone", article());
  await worker.del("gone", "reason=Wrong");
  await partner(worker, "paper", { access: "public" });
  await worker.settled();
  routes = (await (await worker.fetch("/__routes")).json()) as readonly Route[];
});
afterAll(() => worker?.close());

/** What a request cost D1, and its status. */
async function cost(path: string): Promise<{ readonly status: number; readonly statements: number }> {
  await worker.fetch("/__counts");
  const { status } = await worker.raw(path);
  const counts = (await (await worker.fetch("/__counts")).json()) as readonly Counts[];
  const own = counts.filter(({ invocation }) => invocation.startsWith("GET /"));
  return { status, statements: own.reduce((sum, { statements }) => sum + statements, 0) };
}

// Reading a list is one call of three statements.
const PAGED = /\?page=/;

describe("an address of nothing", () => {
  it("is tested here for every route", () => {
    const open = routes.filter(
      ({ method, path }) =>
        (method === "GET" || method === "ALL") &&
        /[:*]/.test(path) &&
        !/^\/(?:api|hub|partners)\//.test(path) &&
        !isDesk(path),
    );
    expect([...new Set(open.map(({ path }) => path))].sort()).toEqual(Object.keys(NOWHERE).sort());
  });

  it("costs nothing at the desk for somebody without a session", async () => {
    const pages = routes.filter(({ method, path }) => method === "GET" && isDesk(path));
    expect(pages.length).toBeGreaterThan(20);
    for (const { path } of pages) {
      const filled = path.replace(/:\w+(\{[^/]*\})?/g, (_, pattern?: string) => (pattern ? "1" : "x"));
      const { status, statements } = await cost(filled);
      const isForAll = /\.\w+$|\/(?:sign-in|passkey)\b/.test(filled);
      // A page that signs in may look its link up.
      expect([filled, statements]).toEqual([filled, isForAll ? expect.toSatisfy((count) => count <= 1) : 0]);
      if (!isForAll) expect([filled, status]).toEqual([filled, 401]);
    }
  });

  it.each(named([...Object.values(NOWHERE).flat(), ...documentsOf(Object.values(FEEDS)).map(documentPath)]))(
    "costs one query, and then none: %s",
    async (_name, path) => {
      // The page for what is not here is made of the latest articles, which are read once in half a minute.
      await worker.raw("/nothing-else");
      const first = await cost(path);
      expect(first.status).toBe(404);
      expect(first.statements).toBeLessThanOrEqual(PAGED.test(path) ? 3 : 1);
      expect(await cost(path)).toEqual({ status: 404, statements: 0 });
    },
  );

  it("under /partners/ is looked up each time, since an answer from memory would reveal who is a partner", async () => {
    const costs = [await cost("/partners/nobody/rss.xml"), await cost("/partners/nobody/rss.xml")];
    expect(costs).toEqual(Array(2).fill({ status: 401, statements: 2 }));
  });

  it("is a picture's as soon as its bytes were sent here", async () => {
    const late = png(50, 40);
    expect((await worker.raw(late.src)).status).toBe(404);
    await worker.api(`/media/${late.sha256}`, { method: "PUT", body: new Uint8Array(late.bytes) });
    expect((await worker.raw(late.src)).status).toBe(200);
  });
});

describe("HEAD", () => {
  it.each(named([...THERE, ...Object.values(NOWHERE).flat()]))(
    "has GET's headers: %s",
    async (_name, path) => {
      const [head, full] = [await worker.raw(path, "HEAD"), await worker.raw(path)];
      const headersOf = ({ headers: { date: _, connection: __, ...others } }: typeof full) => others;
      expect([head.status, headersOf(head)]).toEqual([full.status, headersOf(full)]);
      expect(head.body).toHaveLength(0);
      if (full.body.length > 0) expect(head.headers["content-length"]).toBe(String(full.body.length));
    },
  );

  it("is tried on every route for GET that leaves nothing open", () => {
    const fixed = routes.filter(({ method, path }) => method === "GET" && !/[:*]/.test(path));
    const missing = fixed
      .map(({ path }) => path)
      .filter((path) => !path.startsWith("/api/") && !isDesk(path) && !THERE.includes(path));
    expect(missing).toEqual([]);
  });
});
