// Rebuilds: only changed documents are written, duplicate requests cause one build, and dirty marks survive every failure.

import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cleanCold, invalidateDue, keepWarm, warmUntil } from "../../../src/feeds/sql.ts";
import { FORMATS } from "../../../src/formats/format.ts";
import { toInstant } from "../../../src/lib/time.ts";
import { article } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";

let worker: FaultyWorker;
beforeAll(async () => {
  worker = await startFaultyWorker();
  await worker.put("one", article({ headline: "One" }));
  await worker.put("two", article({ headline: "Two", tags: ["harbour"], section: "about" }));
  await worker.settled();
});
afterAll(() => worker?.close());

const documents = () => Promise.all(FORMATS.map((format) => worker.document(format)));
const kvPuts = async () => (await worker.counts()).reduce((sum, count) => sum + count.kvPuts, 0);
const shownState = async () => {
  const sql = "SELECT format, version, built_hash, etag, changed_at FROM feeds ORDER BY format";
  return (await (await worker.env()).DB.prepare(sql).all()).results;
};

it("by POST changes no byte, ETag or date, and writes nothing to KV", async () => {
  const [before, state] = [await documents(), await shownState()];
  await worker.counts();
  const response = await worker.api("/rebuild", { method: "POST" });
  expect([response.status, await response.json()]).toEqual([202, { marked: 6 }]);
  expect(await documents()).toEqual(before);
  expect(await shownState()).toEqual(state);
  const counts = await worker.counts();
  expect(counts.filter(({ invocation }) => invocation.startsWith("queue")).length).toBeGreaterThan(0);
  expect(counts.reduce((sum, count) => sum + count.kvPuts, 0)).toBe(0);
});

it("by two messages for one document writes nothing, if nothing changed", async () => {
  await worker.api("/rebuild", { method: "POST" });
  await worker.settled();
  await worker.counts();
  const message = { kind: "document", feed: "site", format: "rss" } as const;
  const built = () =>
    worker.logs().filter(({ event, put }) => event === "rebuilt" && isDeepStrictEqual(put, []));
  const before = built().length;
  await (await worker.env()).REBUILDS.sendBatch([{ body: message }, { body: message }]);
  await expect.poll(() => built().length).toBeGreaterThanOrEqual(before + 1);
  expect(await kvPuts()).toBe(0);
});

it("of an edit writes each document once", async () => {
  await worker.counts();
  await worker.put("one", article({ headline: "One, edited" }));
  await worker.settled();
  expect(await kvPuts()).toBe(3);
});

it("of an edit that no feed shows writes nothing", async () => {
  const before = await documents();
  await worker.counts();
  const response = await worker.put("one", article({ headline: "One, edited", syndicate: false }));
  expect(await response.json()).toMatchObject({ change: "updated" });
  expect(await documents()).toEqual(before);
  expect(await kvPuts()).toBe(0);
});

it("follows from what is stored alone: emptied documents come back byte for byte", async () => {
  const before = await documents();
  const { DB, CACHE } = await worker.env();
  for (const format of FORMATS) await CACHE.delete(`feed:site:${format}`);
  await DB.prepare("DELETE FROM feeds").run();
  // The rows are restored by the next change; a request builds without them.
  await worker.reload();
  const read = async () => (await worker.fetch("/rss.xml")).text();
  expect(await read()).toBe(before[0]);
  await worker.put("one", article({ headline: "One" }));
  // Two edits of one second are one build: the second one would leave the bytes as they were, and KV without them.
  await worker.settled();
  await worker.put("one", article({ headline: "One, edited", syndicate: false }));
  expect(await documents()).toEqual(before);
});

it("goes on past a message that nobody understands", async () => {
  const { REBUILDS, RENDERS, DB } = await worker.env();
  await RENDERS.send({ kind: "articles", ids: ["tag:nobody"] });
  await REBUILDS.send({ kind: "document", feed: "site", format: "telegram" } as never);
  await worker.put("one", article({ headline: "One, edited again" }));
  expect((await documents())[0]).toContain("One, edited again");
  expect(await DB.prepare("SELECT count(*) AS n FROM feeds").first<number>("n")).toBe(3);
});

it("takes in at once what is marked while it builds, though nobody tells of it", async () => {
  await worker.settled();
  const { DB } = await worker.env();
  // A change that comes after the entries were read, and before the mark is cleared.
  const sql = `UPDATE feeds SET mark = 7, stale_since = '2024-10-24T00:00:00Z' WHERE format = 'rss'`;
  await worker.fail({ interlude: { before: "INSERT INTO feeds (feed, format, version, cached", sql } });
  await worker.counts();
  await (await worker.env()).FEEDS.getByName("site").rebuild("site");
  await worker.settled();
  const reads = (await worker.counts()).filter(
    ({ invocation, statements }) => statements > 0 && invocation.startsWith("object"),
  );
  expect(reads.length).toBeGreaterThanOrEqual(2);
  expect(
    await DB.prepare("SELECT mark FROM feeds WHERE feed = 'site' AND format = 'rss'").first("mark"),
  ).toBe(7);
});

it("of documents with other settings is requested once, not each minute until it is done", async () => {
  const { DB } = await worker.env();
  const now = toInstant(new Date());
  expect(await invalidateDue(DB, "other settings", now)).toHaveLength(3);
  expect(await invalidateDue(DB, "other settings", now)).toEqual([]);
  await worker.api("/rebuild", { method: "POST" });
  await worker.settled();
});

it("isn't given up for a document that was requested meanwhile", async () => {
  const { DB } = await worker.env();
  const now = toInstant(new Date());
  const key = { feed: "tag/harbour", format: "atom" } as const;
  await keepWarm(DB, key, warmUntil(key.feed, now), now);
  const mark = DB.prepare("UPDATE feeds SET stale_since = ? WHERE feed = 'tag/harbour'");
  await mark.bind(now).run();
  await cleanCold(DB, key.feed, now).run();
  const row = DB.prepare("SELECT stale_since FROM feeds WHERE feed = 'tag/harbour'");
  expect(await row.first("stale_since")).toBe(now);
});
