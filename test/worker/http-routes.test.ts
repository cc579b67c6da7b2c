// The routes other than feeds: cache lifetimes, redirects of old addresses, pages, /healthz.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { article, png } from "./articles.ts";
import { type RunningWorker, SITE_URL, startWorker, TOKEN } from "./harness.ts";
import { partner } from "./partners/partners.ts";

const PICTURE = png(64, 48);
const HASH = "0".repeat(64);
/** For a year, for this host alone: the publisher's other hosts are theirs. */
const EVERYWHERE = {
  "x-content-type-options": "nosniff",
  "strict-transport-security": "max-age=31536000",
};
const AUTHORIZED = { Authorization: `Bearer ${TOKEN}` };

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
  await worker.api(`/media/${PICTURE.sha256}`, { method: "PUT", body: new Uint8Array(PICTURE.bytes) });
  await worker.put("story", article({ headline: "A story", images: [{ src: PICTURE.src }] }));
  await worker.put("old", article({ id: "tag:example.com,2024:moved" }));
  await worker.put("new?from=old", article());
  await worker.put("gone", article());
  await worker.del("gone", "reason=Wrong%20%3Cb%3E");
  await partner(worker, "paper", { access: "public" });
  await worker.settled();
});
afterAll(() => worker?.close());

const OTHER_SYSTEMS = {
  "/rss.xml": ["/feed", "/feed/", "/feed.xml", "/index.xml", "/rss", "/rss/", "/feed/rss2/", "/?feed=rss2"],
  "/atom.xml": ["/atom", "/feed/atom/"],
  "/feed.json": ["/feed/json"],
};

describe("addresses that other systems used", () => {
  it.each(Object.entries(OTHER_SYSTEMS).flatMap(([to, all]) => all.map((from) => [from, to] as const)))(
    "%s leads to %s for good",
    async (from, to) => {
      for (const method of ["GET", "HEAD"]) {
        const { status, headers } = await worker.raw(from, method);
        expect([status, headers.location]).toEqual([301, to]);
        expect(headers["cache-control"]).toBeDefined();
      }
    },
  );

  it("redirects of site.yaml work with and without a query", async () => {
    const locations = ["/category/asia/feed/", "/?cat=7", "/feed?utm_source=x"].map(async (path) => {
      const { status, headers } = await worker.raw(path);
      return [status, headers.location];
    });
    expect(await Promise.all(locations)).toEqual([
      [301, "/rss.xml"],
      [301, "/"],
      [301, "/rss.xml"],
    ]);
  });

  it("never redirect to another site, for any request", async () => {
    for (const path of [
      "//evil.test/feed",
      "/\\evil.test",
      "/articles/old/",
      "/articles//evil.test/",
      "/articles/%2F%2Fevil.test/",
    ]) {
      const { status, headers } = await worker.raw(path, "GET", { Host: "evil.test" });
      expect([path, status >= 200 && status < 500]).toEqual([path, true]);
      if (headers.location !== undefined) expect(headers.location).toMatch(/^\/(?![/\\])/);
    }
  });

  it("of a page with a slash at its end redirect to the page", async () => {
    const plain = await worker.raw("/articles/harbour/");
    expect([plain.status, plain.headers.location]).toEqual([301, "/articles/harbour"]);
    expect((await worker.raw("/articles/a%0d%0aX-Evil:%20b/")).status).toBe(404);
  });

  it("of a moved article redirect to its present address", async () => {
    const { status, headers } = await worker.raw("/articles/old");
    expect([status, headers.location]).toEqual([301, "/articles/new"]);
    expect((await worker.raw("/articles/new")).status).toBe(200);
  });
});

describe("Cache-Control, and the headers of every answer", () => {
  const kept = "public, max-age=300";
  it.each<[string, string, Record<string, string>, number, string | RegExp]>([
    ["GET", "/", {}, 200, kept],
    ["GET", "/articles/story", {}, 200, kept],
    ["GET", "/style.css", {}, 200, kept],
    ["GET", "/feed.css", {}, 200, kept],
    ["GET", "/copy.js", {}, 200, kept],
    ["GET", "/sections/about", {}, 200, kept],
    ["GET", "/authors/david-choi", {}, 200, kept],
    ["GET", "/tags/nowhere", {}, 404, "no-store"],
    ["GET", "/sections/about/", {}, 301, /./],
    ["GET", "/about/json-feed", {}, 200, kept],
    ["GET", "/feeds.opml", {}, 200, kept],
    ["GET", "/.well-known/feeds", {}, 200, kept],
    ["GET", "/robots.txt", {}, 200, kept],
    ["GET", "/sitemap.xml", {}, 200, kept],
    ["GET", "/news-sitemap.xml", {}, 200, kept],
    ["GET", "/sitemaps/1.xml", {}, 200, kept],
    ["GET", "/sitemaps/9.xml", {}, 404, "no-store"],
    ["GET", "/articles/gone", {}, 410, "no-store"],
    ["GET", "/articles/nowhere", {}, 404, "no-store"],
    ["GET", "/articles/old", {}, 301, /./],
    ["GET", "/articles/story/", {}, 301, /./],
    ["GET", "/feed", {}, 301, /./],
    ["GET", "/nowhere", {}, 404, "no-store"],
    ["GET", "/rss.xml/", {}, 404, "no-store"],
    ["POST", "/", {}, 404, "no-store"],
    ["GET", "/healthz", {}, 200, "no-store"],
    ["GET", PICTURE.src, {}, 200, "public, max-age=86400"],
    ["GET", PICTURE.src, { Range: "bytes=0-1" }, 206, "public, max-age=86400"],
    ["GET", PICTURE.src, { Range: "bytes=9999999-" }, 416, "no-store"],
    ["GET", PICTURE.src, { "If-None-Match": "*" }, 304, "public, max-age=86400"],
    ["GET", `/media/${HASH}.png`, {}, 404, "no-store"],
    ["GET", "/media/", {}, 404, "no-store"],
    ["POST", "/rss.xml", {}, 405, "no-store"],
    ["GET", "/sections/about/rss.xml", {}, 200, /^public, max-age=300, stale-/],
    ["GET", "/tags/nowhere/rss.xml", {}, 404, "no-store"],
    ["GET", "/archive/1/rss.xml", {}, 307, kept],
    ["GET", "/archive/2/rss.xml", {}, 404, "no-store"],
    ["GET", "/hub", {}, 405, "no-store"],
    ["POST", "/hub", {}, 415, "no-store"],
    ["OPTIONS", "/rss.xml", {}, 204, "no-store"],
    ["GET", "/partners/nobody/rss.xml", {}, 401, "no-store"],
    ["OPTIONS", "/partners/", {}, 401, "no-store"],
    ["GET", "/partners/paper/", {}, 200, "private, no-cache"],
    ["GET", "/partners/paper/rss.xml", {}, 200, kept],
    ["GET", "/partners/paper/nothing", {}, 404, "no-store"],
    ["GET", "/favicon.ico", {}, 204, kept],
    ["GET", "/rss.xml", { "If-None-Match": "*" }, 304, /^public, max-age=300, stale-/],
    ["GET", "/feed.json", {}, 200, /^public, max-age=300, stale-/],
    ["GET", "/atom.xml", { "Sec-Fetch-Dest": "document" }, 200, /^public, max-age=300, stale-/],
    ["GET", "/api/openapi.json", {}, 200, kept],
    ["GET", "/api/articles", {}, 401, "no-store"],
    ["GET", "/api/articles", AUTHORIZED, 200, "no-store"],
    ["GET", "/api/articles/story", AUTHORIZED, 200, "no-store"],
    ["GET", "/api/articles/nowhere", AUTHORIZED, 404, "no-store"],
    ["GET", "/api/feeds", AUTHORIZED, 200, "no-store"],
    ["GET", "/api/audience", AUTHORIZED, 200, "no-store"],
    ["GET", "/api/partners", AUTHORIZED, 200, "no-store"],
    ["GET", "/api/partners/nobody", AUTHORIZED, 404, "no-store"],
    ["GET", `/api/media/${PICTURE.sha256}`, AUTHORIZED, 200, "no-store"],
    ["PUT", "/api/articles/story", AUTHORIZED, 415, "no-store"],
    ["PUT", `/api/media/${HASH}`, AUTHORIZED, 422, "no-store"],
    ["POST", "/api/rebuild", AUTHORIZED, 202, "no-store"],
  ])("%s %s %j: %i, %s", async (method, path, headers, status, cacheControl) => {
    const response = await worker.raw(path, method, headers);
    expect(response.status).toBe(status);
    expect(response.headers["cache-control"]).toMatch(cacheControl);
    if (typeof cacheControl === "string") expect(response.headers["cache-control"]).toBe(cacheControl);
    expect(response.headers).toMatchObject(EVERYWHERE);
  });
});

describe("security headers", () => {
  const PAGES = ["/", "/articles/story", "/articles/gone", "/nowhere", "/sections/about", "/about/json-feed"];

  it.each(PAGES)("%s: no script but the site's own, no device, no window that opened it", async (path) => {
    const { headers } = await worker.raw(path);
    const { "content-security-policy": policy = "", "permissions-policy": denied = "" } = headers;
    expect(policy).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self';/);
    expect(policy).toMatch(/; base-uri 'none'; form-action 'none'; frame-ancestors 'self'$/);
    expect(policy).not.toContain("unsafe");
    for (const device of ["camera", "geolocation", "microphone"]) expect(denied).toContain(`${device}=()`);
    expect(denied).not.toMatch(/fullscreen|autoplay|picture-in-picture|clipboard/);
    expect(headers).toMatchObject({
      "referrer-policy": "strict-origin-when-cross-origin",
      "cross-origin-opener-policy": "same-origin",
    });
  });

  it("a picture is shown, never run, wherever it is asked for from", async () => {
    for (const range of [{}, { Range: "bytes=0-1" }, { "If-None-Match": "*" }]) {
      expect((await worker.raw(PICTURE.src, "GET", { ...range })).headers).toMatchObject({
        "content-security-policy": "default-src 'none'; sandbox",
        "content-disposition": `inline; filename="${PICTURE.sha256}.png"`,
        "cross-origin-resource-policy": "cross-origin",
      });
    }
  });

  it("a feed that a browser opens may load its stylesheet and nothing else; a reader's has no policy", async () => {
    const opened = await worker.raw("/rss.xml", "GET", { "Sec-Fetch-Dest": "document" });
    expect(opened.headers["content-security-policy"]).toBe(
      `default-src 'none'; style-src ${SITE_URL}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
    );
    expect((await worker.raw("/rss.xml")).headers).not.toHaveProperty("content-security-policy");
  });

  it("errors of our own have the same headers", async () => {
    const { DB } = await worker.env();
    await DB.exec("ALTER TABLE articles RENAME TO lost");
    try {
      const { status, headers } = await worker.raw("/articles/nobody-asked-for-it-yet");
      expect(status).toBe(503);
      expect(headers).toMatchObject(EVERYWHERE);
    } finally {
      await DB.exec("ALTER TABLE lost RENAME TO articles");
    }
  });

  // Last here: it starts the Worker anew.
  it("nothing promises https where the public address has none", async () => {
    await worker.reload({ siteUrl: "http://127.0.0.1:8787" });
    for (const path of ["/", "/rss.xml", PICTURE.src, "/api/articles", "/nowhere", "/feed"]) {
      const { headers } = await worker.raw(path);
      expect(headers, path).not.toHaveProperty("strict-transport-security");
      expect(headers["x-content-type-options"], path).toBe("nosniff");
    }
    await worker.reload({ siteUrl: SITE_URL });
  });
});

describe("pages", () => {
  it("answer HEAD like GET, and conditions", async () => {
    for (const path of ["/", "/articles/story", "/style.css", "/feed.css"]) {
      const [full, head] = [await worker.raw(path), await worker.raw(path, "HEAD")];
      expect(head.body.length).toBe(0);
      expect([head.status, head.headers.etag]).toEqual([full.status, full.headers.etag]);
      const known = await worker.raw(path, "GET", { "If-None-Match": full.headers.etag ?? "" });
      expect([known.status, known.body.length]).toEqual([304, 0]);
    }
  });

  it("have the public address, never the request's Host", async () => {
    const evil = { Host: "evil.test", "X-Forwarded-Host": "evil.test" };
    for (const path of ["/", "/articles/story", "/articles/gone", "/nowhere"]) {
      const [plain, asked] = [await worker.raw(path), await worker.raw(path, "GET", evil)];
      expect(asked.body.toString()).toBe(plain.body.toString());
      expect(JSON.stringify(asked.headers)).not.toContain("evil.test");
    }
  });

  it("echo nothing of an address", async () => {
    for (const path of [
      "/articles/%3Cscript%3Ealert(1)%3C/script%3E",
      "/%22onload=alert(1)",
      "/%00",
      "/%FF",
      "/%",
    ]) {
      const { status, body } = await worker.raw(path);
      expect([path, status]).toEqual([path, 404]);
      expect(body.toString()).not.toMatch(/alert/);
    }
    expect((await worker.raw("/articles/gone")).body.toString()).toContain("Wrong &lt;b&gt;");
  });
});

describe("/healthz", () => {
  const mark = async (secondsAgo: number) => {
    const at = new Date(Date.now() - secondsAgo * 1000).toISOString().replace(/\.\d+/, "");
    await (await worker.env()).DB.prepare("UPDATE feeds SET stale_since = ? WHERE format = 'atom'")
      .bind(at)
      .run();
  };

  it("is 200 without details when everything is built", async () => {
    await worker.settled();
    const response = await worker.fetch("/healthz");
    expect([response.status, await response.json()]).toEqual([200, { oldestStaleSeconds: 0 }]);
  });

  it("gives the age of the oldest mark, and is 503 above ten minutes", async () => {
    await mark(300);
    expect((await worker.fetch("/healthz")).status).toBe(200);
    await mark(700);
    const response = await worker.fetch("/healthz");
    expect(response.status).toBe(503);
    const { oldestStaleSeconds } = (await response.json()) as { oldestStaleSeconds: number };
    expect(oldestStaleSeconds).toBeGreaterThanOrEqual(700);
    await worker.scheduled();
    await worker.settled();
    expect((await worker.fetch("/healthz")).status).toBe(200);
  });
});
