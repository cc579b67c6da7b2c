// The memory caches of several isolates that share the bindings of one Worker.

import { gunzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { cachedDocument, currentDocument, invalidateLocal } from "../../src/feeds/cache.ts";
import { writeCopy } from "../../src/feeds/copies.ts";
import type { DocumentKey } from "../../src/feeds/feed.ts";
import { toInstant } from "../../src/lib/time.ts";
import { article } from "./articles.ts";
import { runtimeOf } from "./harness.ts";
import { startMovedWorker } from "./moved-clock.ts";

const HOUR_MILLISECONDS = 3_600_000;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;
const worker = await startMovedWorker();
afterAll(() => worker.close());
const { env } = runtimeOf(await worker.env());

/** An isolate that has just started: asks it for a document at a moment, and waits for what it does behind the answer. */
function isolate(): (key: DocumentKey, at: number) => Promise<string> {
  const runtime = runtimeOf(env);
  return async (key, at) => {
    const behind: Promise<unknown>[] = [];
    const found = await currentDocument(runtime, key, at, (work) => behind.push(work));
    await Promise.all(behind);
    return typeof found === "string" ? found : gunzipSync(Buffer.from(found.gzip)).toString();
  };
}

test("an isolate's copy from weeks ago isn't served if KV has none, now or at a release", async () => {
  const now = Date.now();
  const key: DocumentKey = { feed: "tag/ferries", format: "rss" };
  await worker.put("first", article({ headline: "First ferry", tags: ["ferries"] }));
  const old = isolate();
  expect(await old(key, now - 20 * DAY_MILLISECONDS)).toContain("First ferry");

  // The document isn't requested any more, so changes don't rebuild it; then another isolate is asked.
  await worker.put("second", article({ headline: "Second ferry", tags: ["ferries"] }));
  const published = new Date(now + HOUR_MILLISECONDS).toISOString();
  await worker.put("third", article({ headline: "Third ferry", tags: ["ferries"], published }));
  const other = isolate();
  expect(await other(key, now)).toContain("Second ferry");
  expect(await old(key, now)).toContain("Second ferry");
  await worker.moveBy(HOUR_MILLISECONDS + 1000);
  expect(await old(key, now + HOUR_MILLISECONDS + 1000)).toContain("Third ferry");
});

test("an isolate that served a thousand documents keeps the last of them, 24 MB at most", async () => {
  const now = Date.now();
  const keys = Array.from(
    { length: 1000 },
    (_, n): DocumentKey => ({ feed: `tag/many-${n}`, format: "rss" }),
  );
  await env.DB.prepare(
    `INSERT INTO feeds (feed, format, version, cached_version, kept_until)
     SELECT value->>'feed', value->>'format', 1, 1, '9999-12-31' FROM json_each(?)`,
  )
    .bind(JSON.stringify(keys))
    .run();
  const runtime = runtimeOf(env);
  const behind: Promise<unknown>[] = [];
  for (const key of keys) {
    const facts = { version: 1, seq: 1, etag: 'W/"1"', changedAt: toInstant(new Date(now)), expiring: false };
    const document = { ...key, ...facts, length: 90_000, gzip: new ArrayBuffer(10_000), entryOffsets: [] };
    await writeCopy(env, document, "9999-12-31", now);
    await currentDocument(runtime, key, now, (work) => behind.push(work));
  }
  await Promise.all(behind);

  const cached = keys.map((key) => cachedDocument(runtime.isolate, key, now));
  const bytes = cached.reduce(
    (sum, document) => sum + (document ? document.gzip.byteLength + document.length : 0),
    0,
  );
  expect(bytes).toBeLessThanOrEqual(24_000_000);
  expect(bytes).toBeGreaterThan(23_000_000);
  expect(cached.at(-1)).toBeDefined();
  expect(cached[0]).toBeUndefined();
});

test("an isolate serves its own change to all requests, also while the first one waits for the build", async () => {
  const key: DocumentKey = { feed: "site", format: "rss" };
  const { CACHE } = env;
  await worker.put("changed", article({ headline: "Before the change" }));
  await worker.settled();
  const { value, metadata } = await CACHE.getWithMetadata("feed:site:rss", "arrayBuffer");
  await worker.put("changed", article({ headline: "After the change" }));
  await worker.settled();
  // As at an edge location that hasn't heard of it.
  await CACHE.put("feed:site:rss", value ?? "", { metadata });
  const runtime = runtimeOf(env);
  invalidateLocal(runtime.isolate, [key]);
  const ask = () => currentDocument(runtime, key, Date.now(), () => undefined);
  for (const found of await Promise.all([ask(), ask()])) {
    if (typeof found === "string") throw new Error(found);
    expect(gunzipSync(Buffer.from(found.gzip)).toString()).toContain("After the change");
  }
});
