// Counts the calls of bindings in an invocation: at most 50 D1 statements and 100 bound parameters; a feed hit reads KV once
// in 10 seconds.

import { afterAll, beforeAll, expect, it } from "vitest";
import { article, png } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";
import type { Counts } from "../faulty.ts";

const STATEMENT_LIMIT = 50;
const PARAMETER_LIMIT = 100;
const IMAGES = Array.from({ length: 30 }, (_, index) => png(20 + index, 20));

let worker: FaultyWorker;
beforeAll(async () => {
  worker = await startFaultyWorker();
  for (const { sha256, bytes } of IMAGES) {
    await worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
  }
});
afterAll(() => worker?.close());

/** A long article with many images, people and tags. */
const long = (slug: string, changes: Readonly<Record<string, unknown>> = {}) =>
  article({
    headline: `Long ${slug}`,
    section: "about",
    tags: Array.from({ length: 50 }, (_, index) => `Tag ${index}`),
    bylines: [
      "david-choi",
      "wireroom-desk",
      ...Array.from({ length: 48 }, (_, index) => ({ name: `Name ${index}` })),
    ],
    images: IMAGES.map(({ src }) => ({ src, alt: "A square" })),
    ...changes,
  });

async function cost(matches: (invocation: string) => boolean): Promise<readonly Counts[]> {
  const counts = (await worker.counts()).filter(({ invocation }) => matches(invocation));
  expect(counts.length).toBeGreaterThan(0);
  for (const count of counts) {
    expect(count.statements, JSON.stringify(count)).toBeLessThanOrEqual(STATEMENT_LIMIT);
    expect(count.mostParameters, JSON.stringify(count)).toBeLessThanOrEqual(PARAMETER_LIMIT);
  }
  return counts;
}
/** A PUT that must succeed. */
async function put(slug: string, body: unknown) {
  const response = await worker.put(slug, body);
  expect(response.status, await response.text()).toBeLessThan(300);
}
const quiet = async () => {
  await worker.settled();
  await worker.counts();
};

it("publishing, editing, moving and withdrawing a long article", async () => {
  await worker.counts();
  const id = "tag:news.example.com,2024-01-01:long";
  await put("long", long("long"));
  await put("long", long("long", { headline: "Edited" }));
  await put("longer?from=long", long("long", { id }));
  await worker.del("longer");
  await put("longer", long("long", { id, restore: true }));
  const counts = await cost((invocation) => /^(PUT|DELETE) /.test(invocation));
  expect(counts).toHaveLength(5);
  // The cost of one article, pinned so that a change that doubles it is noticed.
  expect(Math.max(...counts.map(({ statements }) => statements))).toBeLessThanOrEqual(23);
});

it("rebuilding a full feed", async () => {
  for (let n = 0; n < 60; n++) await put(`filler-${n}`, article({ headline: `Filler ${n}` }));
  await quiet();
  await worker.api("/rebuild", { method: "POST" });
  await worker.settled();
  await cost((invocation) => invocation.startsWith("queue"));
});

it("cron, with no work and with much", async () => {
  await quiet();
  await worker.scheduled();
  await worker.scheduled("0 * * * *");
  const { DB } = await worker.env();
  await DB.prepare("UPDATE articles SET fingerprint = ''").run();
  await DB.prepare("UPDATE feeds SET fingerprint = 'older'").run();
  await worker.scheduled();
  await cost((invocation) => invocation.includes("*"));
});

it("rerendering all articles of one message", async () => {
  await quiet();
  const { DB } = await worker.env();
  for (let n = 0; n < 6; n++) await put(`long-${n}`, long(`long-${n}`));
  await quiet();
  await DB.prepare("UPDATE articles SET fingerprint = ''").run();
  await worker.scheduled();
  const left = () =>
    DB.prepare("SELECT count(*) AS n FROM articles WHERE fingerprint = ''").first<number>("n");
  await expect.poll(left).toBe(0);
  await worker.settled();
  await cost((invocation) => invocation.startsWith("queue"));
});

it("a picture: one read of R2, for any range", async () => {
  const [, { src, sha256, bytes } = png(1, 1)] = IMAGES;
  await worker.counts();
  const reads = async (status: number, headers: Readonly<Record<string, string>> = {}, method = "GET") => {
    const answer = await worker.raw(src, method, headers);
    expect(answer.status).toBe(status);
    const counts = await cost((invocation) => invocation.startsWith(`${method} /media/`));
    return counts.map(({ r2Reads }) => r2Reads);
  };
  const etag = `"${sha256}"`;
  expect(await reads(200)).toEqual([1]);
  expect(await reads(200, {}, "HEAD")).toEqual([1]);
  expect(await reads(304, { "If-None-Match": etag })).toEqual([1]);
  expect(await reads(206, { Range: "bytes=2-9" })).toEqual([1]);
  expect(await reads(206, { Range: "bytes=-9", "If-Range": etag })).toEqual([1]);
  expect(await reads(200, { Range: "bytes=5-4" })).toEqual([1]);
  // An If-Range that doesn't match gets the whole file; a range outside of the file gets its length.
  expect(await reads(200, { Range: "bytes=2-9", "If-Range": '"other"' })).toEqual([2]);
  expect(await reads(416, { Range: `bytes=${bytes.length}-` })).toEqual([2]);
});

it("removing a picture that many articles show", async () => {
  await quiet();
  const [image] = IMAGES;
  await worker.api(`/media/${image?.sha256}`, { method: "DELETE" });
  const { DB } = await worker.env();
  const left = () =>
    DB.prepare("SELECT count(*) AS n FROM article_media WHERE sha256 = ?")
      .bind(image?.sha256)
      .first<number>("n");
  await expect.poll(left).toBe(0);
  await worker.settled();
  await cost(() => true);
});

it("reading feeds: one KV read in 10 seconds for all readers of an isolate, and no call of D1", async () => {
  await worker.settled();
  await worker.reload();
  for (let n = 0; n < 40; n++) {
    await worker.fetch(`/rss.xml?utm_source=${n}`, { method: n % 2 === 0 ? "GET" : "HEAD" });
  }
  const counts = await cost((invocation) => invocation.endsWith("/rss.xml"));
  expect(counts).toHaveLength(40);
  const total = (of: "kvGets" | "statements" | "kvPuts") => counts.reduce((sum, count) => sum + count[of], 0);
  expect([total("kvGets"), total("statements"), total("kvPuts")]).toEqual([1, 0, 0]);
});

it("40 simultaneous reads of feeds in a new isolate: each makes its calls only once", async () => {
  await worker.reload();
  await Promise.all(Array.from({ length: 40 }, () => worker.fetch("/rss.xml")));
  const counts = await cost((invocation) => invocation.endsWith("/rss.xml"));
  expect(Math.max(...counts.map(({ kvGets }) => kvGets))).toBe(1);
  expect(Math.max(...counts.map(({ statements }) => statements))).toBe(0);
});
