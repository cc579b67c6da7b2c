// The archive of the site's feed (RFC 5005): a walk through it gives every article once, and a full page never changes.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMAT_FILES, FORMATS, type Format } from "../../../src/formats/format.ts";
import { attributesAt, elementsOf, textsAt } from "../../formats/strict.ts";
import { article } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";
import { SITE_URL } from "../harness.ts";

const ARTICLES = 530;
const CLOSED_PAGES = 5;
const CLIENTS = 8;
/** Hundreds of messages are in the queue before a new one, most of them for documents that are already built. */
const SETTLED_MS = 60_000;

let worker: FaultyWorker;
beforeAll(async () => {
  worker = await startFaultyWorker();
  let next = 0;
  const client = async () => {
    while (next < ARTICLES) await put(next++);
  };
  await Promise.all(Array.from({ length: CLIENTS }, client));
  await worker.settled(SETTLED_MS);
});
afterAll(() => worker?.close());

/** Every third article has an old date but was stored late, so the archive's order isn't that of the dates. */
const dateOf = (index: number) =>
  new Date(Date.UTC(index % 3 === 0 ? 2001 : 2024, 0, 1, index)).toISOString();
async function put(index: number, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const sent = article({ headline: `Story ${index}`, published: dateOf(index), ...changes });
  const response = await worker.put(`story-${index}`, sent);
  expect(response.status, await response.clone().text()).toBeLessThan(300);
}
const idOf = (index: number) => `tag:news.example.com,2024-01-01:story-${index}`;

interface Page {
  readonly path: string;
  readonly text: string;
  readonly ids: readonly string[];
  readonly links: Readonly<Record<string, string | undefined>>;
  readonly isArchive: boolean;
  readonly etag: string;
}

/** A document of the chain, and its links. */
async function read(format: Format, path: string): Promise<Page> {
  const { status, body, headers } = await worker.raw(path);
  expect([path, status]).toEqual([path, 200]);
  const text = body.toString();
  const common = { path, text, etag: headers.etag ?? "" };
  if (format === "json") {
    const feed = JSON.parse(text);
    const ids = feed.items.map(({ id }: { id: string }) => id);
    return { ...common, ids, links: { "prev-archive": feed.next_url }, isArchive: false };
  }
  const elements = elementsOf(text);
  const [root, link] = format === "rss" ? ["rss/channel", "atom:link"] : ["feed", "link"];
  const links = attributesAt(elements, `${root}/${link}`).map(({ rel, href }) => [rel, href]);
  return {
    ...common,
    ids: textsAt(elements, format === "rss" ? `${root}/item/guid` : `${root}/entry/id`),
    links: Object.fromEntries(links),
    isArchive: textsAt(elements, `${root}/fh:archive`).length === 1,
  };
}

/** All documents from the current feed back to the first page. */
async function walk(format: Format): Promise<readonly Page[]> {
  const pages = [await read(format, `/${FORMAT_FILES[format]}`)];
  for (;;) {
    const previous = pages.at(-1)?.links["prev-archive"];
    if (previous === undefined) return pages;
    expect(previous).toMatch(
      new RegExp(`^${SITE_URL}/archive/\\d+/${FORMAT_FILES[format].replace(".", "\\.")}$`),
    );
    pages.push(await read(format, previous.slice(SITE_URL.length)));
    expect(pages.length).toBeLessThanOrEqual(ARTICLES);
  }
}

describe.each(FORMATS)("as %s", (format) => {
  it("a walk by prev-archive, or next_url, gives every published article, merged by id", async () => {
    const [current, ...pages] = await walk(format);
    expect(pages).toHaveLength(CLOSED_PAGES);
    const all = new Set([...(current?.ids ?? []), ...pages.flatMap(({ ids }) => ids)]);
    expect([...all].toSorted()).toEqual(
      Array.from({ length: ARTICLES }, (_, index) => idOf(index)).toSorted(),
    );
    // Each article is on one page only, or else in the current feed.
    const inPages = pages.flatMap(({ ids }) => ids);
    expect(new Set(inPages).size).toBe(inPages.length);
    for (const { ids } of pages) expect(ids).toHaveLength(100);
  });
});

describe.each(["rss", "atom"] as const)("as %s", (format) => {
  const file = FORMAT_FILES[format];
  it("each page is marked as an archive and links both ways; the current feed only links back", async () => {
    const [current, ...pages] = await walk(format);
    expect(current?.isArchive).toBe(false);
    expect(current?.links).toMatchObject({ self: `${SITE_URL}/${file}`, hub: `${SITE_URL}/hub` });
    expect(current?.links["next-archive"]).toBeUndefined();
    for (const [index, page] of pages.entries()) {
      const number = CLOSED_PAGES - index;
      const own = (n: number) => `${SITE_URL}/archive/${n}/${file}`;
      expect(page.isArchive).toBe(true);
      expect(page.links.self).toBe(own(number));
      expect(page.links.current).toBe(`${SITE_URL}/${file}`);
      expect(page.links["next-archive"]).toBe(own(number + 1));
      expect(page.links["prev-archive"]).toBe(number === 1 ? undefined : own(number - 1));
      expect(page.links.hub).toBeUndefined();
      if (format === "atom")
        expect(page.text).toContain("<id>tag:news.example.com,2024-01-01:feeds/site</id>");
    }
  });

  it("the address of the first page that isn't full redirects to the current feed; the next is 404", async () => {
    const open = await worker.raw(`/archive/${CLOSED_PAGES + 1}/${file}`);
    expect([open.status, open.headers.location]).toEqual([307, `/${file}`]);
    expect((await worker.raw(`/archive/${CLOSED_PAGES + 2}/${file}`)).status).toBe(404);
  });
});

describe("a full page", () => {
  const tags = async () => (await walk("atom")).slice(1).map(({ etag }) => etag);

  it("doesn't change with new articles, nor when the next page fills up", async () => {
    const before = await tags();
    for (let index = ARTICLES; index < 600; index++) await put(index);
    await worker.settled(SETTLED_MS);
    const after = await tags();
    expect(after).toHaveLength(CLOSED_PAGES + 1);
    expect(after.slice(1)).toEqual(before);
  });

  it("changes with an article in it, and no other page does", async () => {
    const before = await tags();
    const pages = (await walk("atom")).slice(1);
    const at = pages.findIndex(({ ids }) => ids.includes(idOf(7)));
    await put(7, { headline: "Story 7, edited" });
    await worker.settled(SETTLED_MS);
    const after = await tags();
    expect(after.map((tag, index) => (tag === before[index] ? "same" : index))).toEqual(
      before.map((_, index) => (index === at ? index : "same")),
    );
  });

  it("keeps a withdrawn article's place: a notice, then a tombstone", async () => {
    const where = (await walk("atom")).slice(1).find(({ ids }) => ids.includes(idOf(8)))?.path ?? "";
    await worker.del("story-8", "reason=Wrong");
    expect((await read("atom", where)).text).toContain("Wrong");
    await worker.del("story-8", "silent=true");
    const { text, ids } = await read("atom", where);
    expect([ids.length, ids.includes(idOf(8))]).toEqual([99, false]);
    expect(text).toContain("deleted-entry");
  });
});

describe("a full page that was requested", () => {
  const where = async (index: number) =>
    (await walk("atom")).slice(1).find(({ ids }) => ids.includes(idOf(index)))?.path ?? "";
  /** What a new isolate answers, and what of its bindings it asks for that. */
  const anew = async (path: string) => {
    await worker.settled(SETTLED_MS);
    await worker.reload();
    await worker.counts();
    const { text } = await read("atom", path);
    const counts = await worker.counts();
    return {
      text,
      costs: counts.map(({ statements, kvPuts, r2Reads }) => ({ statements, kvPuts, r2Reads })),
    };
  };

  it("is one read of R2, and no call of KV or D1", async () => {
    const path = await where(9);
    expect((await anew(path)).costs).toEqual([{ statements: 0, kvPuts: 0, r2Reads: 1 }]);
    const { CACHE, MEDIA } = await worker.env();
    expect((await CACHE.list({ prefix: "feed:archive/" })).keys).toEqual([]);
    const pages = (await MEDIA.list({ prefix: "feed:archive/" })).objects.map(({ key }) => key);
    expect(pages).toContain(`feed:archive/${path.split("/")[2]}:atom`);
  });

  it("is rewritten when an article in it changes, and doesn't contain withdrawn articles", async () => {
    const path = await where(9);
    await put(9, { headline: "Story 9, mended" });
    const mended = await anew(path);
    expect(mended.text).toContain("Story 9, mended");
    expect(mended.costs).toEqual([{ statements: 0, kvPuts: 0, r2Reads: 1 }]);
    await worker.del("story-9", "silent=true");
    const { text, costs } = await anew(path);
    expect(text).not.toContain("Story 9, mended");
    expect(costs).toEqual([{ statements: 0, kvPuts: 0, r2Reads: 1 }]);
  });

  it("comes from its object if R2 has none or a broken one, and is stored again", async () => {
    const path = await where(10);
    const { MEDIA } = await worker.env();
    const name = `feed:archive/${path.split("/")[2]}:atom`;
    const before = (await read("atom", path)).text;
    const whole = await MEDIA.get(name);
    await MEDIA.put(name, "half of", { customMetadata: whole?.customMetadata ?? {} });
    expect((await anew(path)).text).toBe(before);
    await (await worker.env()).MEDIA.delete(name);
    expect((await anew(path)).text).toBe(before);
  });

  it("is rebuilt after D1 was restored to a time before its first request", async () => {
    const path = await where(11);
    await worker.settled(SETTLED_MS);
    const { DB } = await worker.env();
    await DB.prepare("DELETE FROM feeds WHERE feed LIKE 'archive/%'").run();
    await worker.api("/rebuild", { method: "POST" });
    await put(11, { headline: "Story 11, mended" });
    expect((await anew(path)).text).toContain("Story 11, mended");
  });
});

it("a scheduled article has no place in the archive before its date", async () => {
  const published = new Date(Date.now() + 3_600_000).toISOString();
  expect((await worker.put("later", article({ headline: "Later", published }))).status).toBe(201);
  const { DB } = await worker.env();
  const place = () =>
    DB.prepare("SELECT position FROM archive WHERE article_id LIKE '%:later'").first<number>("position");
  expect(await place()).toBeNull();
  const out = "2025-01-01T00:00:00Z";
  await DB.prepare("UPDATE article_terms SET visible_from = ? WHERE article_id LIKE '%:later'")
    .bind(out)
    .run();
  await DB.prepare(`UPDATE feeds SET next_change = '${out}' WHERE next_change IS NOT NULL`).run();
  await worker.scheduled();
  await worker.settled(SETTLED_MS);
  expect(await place()).toBe(601);
  await worker.reload();
  expect((await read("atom", "/atom.xml")).ids).toContain("tag:news.example.com,2024-01-01:later");
});
