// Feeds of sections, tags and authors, in three formats. A feed exists once an article in it was published. A requested
// document is kept built; the request itself causes no KV write.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMAT_FILES, FORMATS } from "../../../src/formats/format.ts";
import { elementsOf, textsAt } from "../../formats/strict.ts";
import { article } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";
import { SITE_URL, until } from "../harness.ts";

let worker: FaultyWorker;
beforeAll(async () => {
  worker = await startFaultyWorker();
  await put("ferry", {
    headline: "Ferry",
    section: "about",
    tags: ["Night Ferries", "Zürich"],
    bylines: ["david-choi"],
  });
  await put("other", { headline: "Other" });
});
afterAll(() => worker?.close());

async function put(slug: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  const response = await worker.put(slug, article(changes));
  expect(response.status, await response.clone().text()).toBeLessThan(300);
  await worker.settled();
}
/** The headlines of a feed as RSS. */
async function headlines(folder: string): Promise<readonly string[]> {
  const response = await worker.fetch(`${folder}/rss.xml`);
  expect(response.status, folder).toBe(200);
  return textsAt(elementsOf(await response.text()), "rss/channel/item/title");
}
const statusOf = async (path: string) => (await worker.raw(path)).status;
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const sql = async (statement: string) => (await worker.env()).DB.prepare(statement).run();
const rowOf = async (feed: string) =>
  (await worker.env()).DB.prepare("SELECT * FROM feeds WHERE feed = ? AND format = 'rss'").bind(feed).first<{
    version: number;
    kept_until: string | null;
    stale_since: string | null;
    cached_version: number;
  }>();
const inCache = async (feed: string) => {
  const { keys } = await (await worker.env()).CACHE.list({ prefix: `feed:${feed}:rss` });
  return keys[0];
};

describe("a feed", () => {
  const FEEDS = [
    ["/sections/about", "About this wire", "section/about"],
    ["/tags/night-ferries", "Night Ferries", "tag/night-ferries"],
    ["/tags/zurich", "Zürich", "tag/zurich"],
    ["/authors/david-choi", "David Choi", "author/david-choi"],
  ] as const;

  it.each(FEEDS)("%s has its own title, id and address, and only its articles", async (folder, name, key) => {
    for (const format of FORMATS) {
      const path = `${folder}/${FORMAT_FILES[format]}`;
      const { status, headers, body } = await worker.raw(path);
      expect([path, status, headers["access-control-allow-origin"]]).toEqual([path, 200, "*"]);
      expect(headers.link).toContain(`<${SITE_URL}${path}>; rel="self"`);
      const document = body.toString();
      expect(document).toContain(`${name} — Wireroom Daily`);
      expect(document).toContain(`${SITE_URL}${path}`);
      expect(document).toContain("Ferry");
      expect(document).not.toContain("Other");
      if (format === "atom")
        expect(document).toContain(`<id>tag:news.example.com,2024-01-01:feeds/${key}</id>`);
      if (format === "json") expect(JSON.parse(document).home_page_url).toBe(SITE_URL + folder);
    }
  });

  it("of a tag in another script has an address that is ASCII, and answers it", async () => {
    await put("greek", { headline: "Greek", tags: ["Ελλάδα"] });
    const path = `/tags/${encodeURIComponent("ελλαδα")}`;
    expect(await headlines(path)).toEqual(["Greek"]);
    const { body } = await worker.raw(`${path}/atom.xml`);
    expect(body.toString()).toContain(`href="${SITE_URL}${path}/atom.xml"`);
    expect(body.toString()).toContain("Ελλάδα — Wireroom Daily");
  });

  it("of a section without articles exists, and is empty", async () => {
    expect(await headlines("/sections/asia-pacific")).toEqual([]);
  });

  it("that never existed is 404, with CORS and no-store, for any name", async () => {
    for (const path of [
      "/sections/none",
      "/tags/none",
      "/authors/none",
      "/archive/1",
      "/archive/2",
      "/archive/0",
      "/archive/01",
      "/archive/x",
      "/tags/Night-Ferries",
      "/tags/%zz",
      "/tags/",
      "/people/david-choi",
    ]) {
      // The first page of the archive isn't full: its articles are in the current feed.
      expect([path, await statusOf(`${path}/rss.xml`)]).toEqual([path, path === "/archive/1" ? 307 : 404]);
    }
    const { headers, body } = await worker.raw("/tags/none/rss.xml");
    expect(headers).toMatchObject({ "cache-control": "no-store", "access-control-allow-origin": "*" });
    expect(body.toString()).toBe("There is no such feed.\n");
  });

  it("answers conditional requests like the site's", async () => {
    const { headers } = await worker.raw("/tags/zurich/atom.xml");
    expect(headers.etag).toMatch(/^W\/"\d+-[0-9a-f]{20}"$/);
    const again = await worker.raw("/tags/zurich/atom.xml", "GET", { "If-None-Match": headers.etag ?? "" });
    expect(again.status).toBe(304);
  });
});

describe("feeds are changed by the articles that are or were in them", () => {
  it("and by no other", async () => {
    await headlines("/tags/night-ferries");
    const before = (await worker.raw("/tags/night-ferries/rss.xml")).headers.etag;
    await put("other", { headline: "Other, edited" });
    expect((await worker.raw("/tags/night-ferries/rss.xml")).headers.etag).toBe(before);
    await put("ferry", {
      headline: "Ferry, edited",
      section: "about",
      tags: ["Night Ferries"],
      bylines: ["david-choi"],
    });
    for (const folder of ["/sections/about", "/tags/night-ferries", "/authors/david-choi"]) {
      expect(await headlines(folder)).toEqual(["Ferry, edited"]);
    }
  });

  it("and one that becomes empty is 200", async () => {
    expect(await headlines("/tags/zurich")).toEqual([]);
    await put("never-asked", { tags: ["Never asked for"] });
    await put("never-asked", { tags: [] });
    expect(await headlines("/tags/never-asked-for")).toEqual([]);
  });

  it("a withdrawn article's notice is in all of them", async () => {
    await put("gone", { headline: "Said too much", tags: ["Gone"], section: "about" });
    await worker.del("gone", "reason=Wrong");
    for (const folder of ["/tags/gone", "/sections/about"]) {
      expect((await headlines(folder)).filter((title) => title === "Said too much")).toEqual([]);
      expect(await (await worker.fetch(`${folder}/rss.xml`)).text()).toContain("Wrong");
    }
    await worker.del("gone", "silent=true");
    expect(await headlines("/tags/gone")).toEqual([]);
    expect(await (await worker.fetch("/tags/gone/atom.xml")).text()).toContain("deleted-entry");
  });
});

describe("a tag that only a scheduled article has", () => {
  it("has no feed before the article's date, and has one after it", async () => {
    const published = new Date(Date.now() + 3_600_000).toISOString().replace(/\.\d+/, "");
    await put("later", { headline: "Later", tags: ["Soon"], published });
    expect(await statusOf("/tags/soon/rss.xml")).toBe(404);
    expect(
      await (await worker.env()).DB.prepare("SELECT 1 FROM feeds WHERE feed = 'tag/soon'").first(),
    ).toBeNull();
    const out = "2025-01-01T00:00:00Z";
    await sql(`UPDATE article_terms SET visible_from = '${out}' WHERE visible_from = '${published}'`);
    await sql(`UPDATE feeds SET next_change = '${out}' WHERE next_change IS NOT NULL`);
    await worker.scheduled();
    await worker.settled();
    await worker.reload();
    expect(await headlines("/tags/soon")).toEqual(["Later"]);
    // The feed exists although nobody requested it before the release was processed.
    expect(await rowOf("tag/soon")).not.toBeNull();
  });
});

describe("a document that isn't always built", () => {
  it("goes to KV at its second request, and stays there while it is requested", async () => {
    await put("kept", { headline: "Kept", tags: ["Kept"] });
    expect(await rowOf("tag/kept")).toMatchObject({ kept_until: null, version: 0 });
    // New isolates, which don't know of the change.
    await worker.reload();
    await worker.counts();
    expect(await headlines("/tags/kept")).toEqual(["Kept"]);
    await worker.settled();
    expect((await worker.counts()).reduce((sum, { kvPuts }) => sum + kvPuts, 0)).toBe(0);
    expect(await rowOf("tag/kept")).toMatchObject({ kept_until: inDays(7), cached_version: 0 });
    await worker.reload();
    expect(await headlines("/tags/kept")).toEqual(["Kept"]);
    await until("it is in KV", async () => ((await rowOf("tag/kept"))?.cached_version ?? 0) > 0);
    await put("kept", { headline: "Kept, edited", tags: ["Kept"] });
    const cached = await inCache("tag/kept");
    expect(cached?.expiration).toBe(Date.parse(inDays(8)) / 1000);
    expect((await inCache("section/about"))?.expiration).toBeUndefined();
    expect(await headlines("/tags/kept")).toEqual(["Kept, edited"]);
  });

  it("isn't marked as dirty once nobody requests it, but is correct at the next request", async () => {
    await sql(`UPDATE feeds SET kept_until = '${inDays(-1)}' WHERE feed = 'tag/kept'`);
    // What KV does by itself at the end of that day.
    await (await worker.env()).CACHE.delete("feed:tag/kept:rss");
    await put("kept", { headline: "Kept, edited unseen", tags: ["Kept"] });
    expect(await rowOf("tag/kept")).toMatchObject({ stale_since: null });
    await worker.reload();
    expect(await headlines("/tags/kept")).toEqual(["Kept, edited unseen"]);
    expect(await rowOf("tag/kept")).toMatchObject({ kept_until: inDays(7) });
  });

  it("is kept longer if it is requested near the end, and then no isolate extends that again", async () => {
    await put("kept", { headline: "Kept on", tags: ["Kept"] });
    await (await worker.env()).FEEDS.getByName("tag/kept").keep("tag/kept", "rss");
    await worker.settled();
    await sql(`UPDATE feeds SET kept_until = '${inDays(4)}' WHERE feed = 'tag/kept'`);
    const { CACHE } = await worker.env();
    const { value, metadata } = await CACHE.getWithMetadata("feed:tag/kept:rss", "arrayBuffer");
    if (!value) throw new Error("KV has no copy");
    await CACHE.put("feed:tag/kept:rss", value, {
      metadata: { ...(metadata as object), keptUntil: inDays(4) },
    });
    await worker.reload();
    expect(await headlines("/tags/kept")).toEqual(["Kept on"]);
    await expect.poll(async () => (await rowOf("tag/kept"))?.kept_until).toBe(inDays(7));
    // The object writes its copy anew a moment after the row.
    const end = Date.parse(inDays(8)) / 1000;
    await expect.poll(async () => (await inCache("tag/kept"))?.expiration).toBe(end);
    await worker.reload();
    await worker.counts();
    for (let n = 0; n < 10; n++) await headlines("/tags/kept");
    expect((await worker.counts()).reduce((sum, { statements }) => sum + statements, 0)).toBe(0);
  });

  it("isn't put into KV by a single request, as of a crawler of all tags", async () => {
    const tags = Array.from({ length: 30 }, (_, n) => `Walked ${n}`);
    await put("walked", { headline: "Walked", tags });
    for (let n = 0; n < 30; n++) expect(await headlines(`/tags/walked-${n}`)).toEqual(["Walked"]);
    await worker.counts();
    await worker.scheduled("0 * * * *");
    await worker.settled();
    expect((await worker.counts()).reduce((sum, { kvPuts }) => sum + kvPuts, 0)).toBe(0);
  });
});

describe("with D1 down", () => {
  it("a document in KV is served, and any other is 503, not 404", async () => {
    await put("kept", { headline: "Kept in KV", tags: ["Kept"] });
    await worker.reload();
    await worker.fail({ d1: true });
    expect(await headlines("/tags/kept")).toEqual(["Kept in KV"]);
    expect(await statusOf("/tags/walked-1/atom.xml")).toBe(503);
    await worker.fail({});
  });
});
