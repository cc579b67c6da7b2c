// /news-sitemap.xml of the running Worker: two days of what people may find on this site, and nothing else.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { elementsOf, textsAt } from "../../formats/strict.ts";
import { article } from "../articles.ts";
import { type RunningWorker, SITE_URL, startWorker } from "../harness.ts";

const PATH = "/news-sitemap.xml";
const HOUR_SECONDS = 3600;
const MINUTE_SECONDS = 60;
const LIMIT = 1000;

const START = Date.now();
/** So long before these tests started. */
const ago = (seconds: number) => `${new Date(START - seconds * 1000).toISOString().slice(0, 19)}Z`;
const TWO_DAYS_SECONDS = 48 * HOUR_SECONDS;

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
  const published = ago(HOUR_SECONDS);
  const put = async (slug: string, changes: Readonly<Record<string, unknown>>) => {
    const response = await worker.put(slug, article({ published, ...changes }));
    expect(response.status, await response.text()).toBe(201);
  };
  await put("new", { headline: "New <b>&", published: ago(MINUTE_SECONDS), language: "zh-Hant" });
  await put("kept-here", { syndicate: false });
  await put("revised", { published: ago(2 * HOUR_SECONDS), updated: published });
  await put("just-in", { published: ago(TWO_DAYS_SECONDS - 10 * MINUTE_SECONDS) });
  await put("just-out", { published: ago(TWO_DAYS_SECONDS + MINUTE_SECONDS) });
  await put("old-revised", { published: "2024-10-24T11:30:00Z", updated: published });
  await put("elsewhere", { url: "https://other.test/story" });
  await put("paid", { sponsored: true });
  await put("over", { expires: ago(MINUTE_SECONDS) });
  await put("gone", {});
  await worker.del("gone");
  await put("secret", { published: "2999-01-01T00:00:00Z" });
  await worker.settled();
});
afterAll(() => worker?.close());

const document = async () => (await worker.raw(PATH)).body.toString();

it("names the last two days' articles that are to be found here, the newest first", async () => {
  const elements = elementsOf(await document());
  const shown = ["new", "kept-here", "revised", "just-in"];
  expect(textsAt(elements, "urlset/url/loc")).toEqual(shown.map((slug) => `${SITE_URL}/articles/${slug}`));
  expect(textsAt(elements, "urlset/url/news:news/news:title")[0]).toBe("New <b>&");
  const languages = textsAt(elements, "urlset/url/news:news/news:publication/news:language");
  expect(languages).toEqual(["zh-tw", "en", "en", "en"]);
  expect(textsAt(elements, "urlset/url/news:news/news:publication_date")[2]).toBe(ago(2 * HOUR_SECONDS));
  expect(textsAt(elements, "urlset/url/lastmod")[2]).toBe(ago(HOUR_SECONDS));
});

it("is tagged, asked with HEAD and from other sites like the other lists", async () => {
  const [full, head] = [await worker.raw(PATH), await worker.raw(PATH, "HEAD", { Host: "evil.test" })];
  expect(full.headers).toMatchObject({
    "cache-control": "public, max-age=300",
    "access-control-allow-origin": "*",
    "content-type": "application/xml; charset=utf-8",
  });
  expect([head.status, head.body.length, head.headers.etag]).toEqual([200, 0, full.headers.etag]);
  const known = await worker.raw(PATH, "GET", { "If-None-Match": full.headers.etag ?? "" });
  expect([known.status, known.body.length]).toEqual([304, 0]);
});

it("is changed by no byte by an article that is scheduled", async () => {
  const before = await document();
  await worker.put("later", article({ published: "2999-02-01T00:00:00Z" }));
  await worker.settled();
  expect(await document()).toBe(before);
});

describe("with more than a thousand", () => {
  beforeAll(async () => {
    const { DB } = await worker.env();
    const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${LIMIT})`;
    const at = `strftime('%Y-%m-%dT%H:%M:%SZ', ${Math.floor(START / 1000)} - 50 * 60 + i, 'unixepoch')`;
    await DB.batch([
      DB.prepare(
        `INSERT INTO articles (id, slug, version, published, model, digest, fingerprint)
         ${numbers} SELECT 'id' || i, 's' || i, 1, ${at}, '{"headline":"H"}', '', 'now' FROM n`,
      ),
      DB.prepare(
        `INSERT INTO article_terms (term, published, article_id, visible_from)
         ${numbers} SELECT 'site', ${at}, 'id' || i, ${at} FROM n`,
      ),
    ]);
  });

  it("has the newest thousand", async () => {
    const slugs = textsAt(elementsOf(await document()), "urlset/url/loc").map((url) => url.split("/").at(-1));
    expect(slugs).toHaveLength(LIMIT);
    expect([slugs[0], slugs[1], slugs.at(-1)]).toEqual(["new", `s${LIMIT}`, "s2"]);
  });
});
