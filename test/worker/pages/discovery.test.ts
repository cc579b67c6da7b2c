// OPML, robots.txt and sitemaps of the running Worker: what they list, what they never do, and how they are asked again.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SITEMAP_LIMIT } from "../../../src/pages/discovery.ts";
import { elementsOf, textsAt } from "../../formats/strict.ts";
import { article } from "../articles.ts";
import { type RunningWorker, SITE_URL, startWorker } from "../harness.ts";

const LISTS = ["/feeds.opml", "/.well-known/feeds", "/robots.txt", "/sitemap.xml", "/sitemaps/1.xml"];

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
  await worker.put(
    "plain",
    article({ headline: "Plain", section: "about", tags: ["Fähren & <Häfen>", "한국"] }),
  );
  await worker.put("revised", article({ bylines: ["david-choi"], updated: "2024-10-26T08:30:00Z" }));
  await worker.put("elsewhere", article({ url: "https://other.test/story", tags: ["Away"] }));
  await worker.put("gone", article({ tags: ["Withdrawn"] }));
  await worker.del("gone");
  await worker.put("over", article({ tags: ["Expired"], expires: "2024-11-01T00:00:00Z" }));
  await worker.put(
    "secret",
    article({ published: "2999-01-01T00:00:00Z", section: "asia-pacific", tags: ["Secret"] }),
  );
  await worker.settled();
  await archive();
});
afterAll(() => worker?.close());

/** Everything that is out has its place in the archive. */
async function archive(): Promise<void> {
  const { DB } = await worker.env();
  await DB.prepare(
    "INSERT INTO archive (article_id) SELECT id FROM articles WHERE published < '2999' ORDER BY id ON CONFLICT DO NOTHING",
  ).run();
}

const elements = async (path: string) => elementsOf((await worker.raw(path)).body.toString());
const addresses = async () => {
  const all = await elements("/feeds.opml");
  return all.flatMap(({ attributes: { xmlUrl } }) =>
    xmlUrl === undefined ? [] : [xmlUrl.slice(SITE_URL.length)],
  );
};
const locations = async (path: string) => textsAt(await elements(path), "urlset/url/loc");

describe("/feeds.opml", () => {
  it("lists the feeds that have an article: none of what is scheduled, withdrawn or over", async () => {
    expect(await addresses()).toEqual([
      "/rss.xml",
      "/sections/about/rss.xml",
      "/tags/away/rss.xml",
      "/tags/fahren-hafen/rss.xml",
      "/tags/%ED%95%9C%EA%B5%AD/rss.xml",
      "/authors/david-choi/rss.xml",
    ]);
  });

  it("calls a tag as its newest article does", async () => {
    const { DB } = await worker.env();
    await DB.prepare("UPDATE article_terms SET label = 'AWAY' WHERE term = 'tag/away'").run();
    // An isolate holds the list for a while.
    await worker.reload();
    const texts = (await elements("/feeds.opml")).map(({ attributes }) => attributes.text);
    expect(texts).toContain("AWAY — Wireroom Daily");
  });

  it("has the same bytes at /.well-known/feeds", async () => {
    const [list, known] = [await worker.raw("/feeds.opml"), await worker.raw("/.well-known/feeds")];
    expect(known.body.equals(list.body)).toBe(true);
    expect(known.headers["content-type"]).toBe("text/x-opml; charset=utf-8");
  });
});

describe("sitemaps", () => {
  it("name the front page and every article that is to be found here, with the date of its last change", async () => {
    const all = await elements("/sitemap.xml");
    const [front, ...others] = textsAt(all, "urlset/url/loc");
    expect(front).toBe(`${SITE_URL}/`);
    expect(others.toSorted()).toEqual([`${SITE_URL}/articles/plain`, `${SITE_URL}/articles/revised`]);
    expect(textsAt(all, "urlset/url/lastmod").toSorted()).toEqual([
      "2024-10-24T11:30:00Z",
      "2024-10-26T08:30:00Z",
    ]);
    expect(await locations("/sitemaps/1.xml")).toEqual([front, ...others]);
  });

  it("are several, under an index, when there are more articles than one takes", async () => {
    const { DB } = await worker.env();
    await DB.prepare("UPDATE archive SET position = position + ?").bind(SITEMAP_LIMIT).run();
    try {
      expect(textsAt(await elements("/sitemap.xml"), "sitemapindex/sitemap/loc")).toEqual([
        `${SITE_URL}/sitemaps/1.xml`,
        `${SITE_URL}/sitemaps/2.xml`,
      ]);
      expect(await locations("/sitemaps/1.xml")).toEqual([`${SITE_URL}/`]);
      expect(await locations("/sitemaps/2.xml")).toHaveLength(2);
      expect((await worker.raw("/sitemaps/3.xml")).status).toBe(404);
    } finally {
      await DB.prepare("UPDATE archive SET position = position - ?").bind(SITEMAP_LIMIT).run();
    }
  });

  it.each(["0", "01", "2", "1.0", "9999999", "x", "%31%00"])("have none of the number %s", async (number) => {
    expect((await worker.raw(`/sitemaps/${number}.xml`)).status).toBe(404);
  });

  it("are named by robots.txt, which forbids nothing", async () => {
    const text = (await worker.raw("/robots.txt")).body.toString();
    expect(text).toBe(
      `User-agent: *\nAllow: /\n\nSitemap: ${SITE_URL}/sitemap.xml\nSitemap: ${SITE_URL}/news-sitemap.xml\n`,
    );
  });
});

describe.each(LISTS)("%s", (path) => {
  it("answers HEAD like GET, a condition with 304, and any page of another site", async () => {
    const [full, head] = [await worker.raw(path), await worker.raw(path, "HEAD")];
    expect(full.headers).toMatchObject({
      "cache-control": "public, max-age=300",
      "access-control-allow-origin": "*",
      "x-content-type-options": "nosniff",
      "content-type": expect.stringMatching(/; charset=utf-8$/),
    });
    expect(head.body.length).toBe(0);
    expect([head.status, head.headers.etag]).toEqual([200, full.headers.etag]);
    const known = await worker.raw(path, "GET", { "If-None-Match": full.headers.etag ?? "" });
    expect([known.status, known.body.length]).toEqual([304, 0]);
    expect(known.headers).toMatchObject({ etag: full.headers.etag, "cache-control": "public, max-age=300" });
  });

  it("shows the public address, never the Host that was asked", async () => {
    const evil = await worker.raw(path, "GET", { Host: "evil.test" });
    expect(evil.body.toString()).toContain(SITE_URL);
    expect(evil.body.toString()).not.toContain("evil.test");
  });
});

it("an article that is scheduled changes no byte of any list", async () => {
  const all = async () => Promise.all(LISTS.map(async (path) => (await worker.raw(path)).body.toString()));
  const before = await all();
  await worker.put(
    "later",
    article({ published: "2999-02-01T00:00:00Z", bylines: ["wireroom-desk"], tags: ["Later"] }),
  );
  await worker.settled();
  expect(await all()).toEqual(before);
});
