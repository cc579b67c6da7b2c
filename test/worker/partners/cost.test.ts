// What a partner's feed costs, within the Free plan's 50 D1 queries an invocation and 1,000 KV writes a day.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addSeconds, toInstant } from "../../../src/lib/time.ts";
import { article, png } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";
import { until } from "../harness.ts";
import { partner } from "./partners.ts";

let worker: FaultyWorker;
beforeAll(async () => {
  worker = await startFaultyWorker();
});
afterAll(() => worker.close());
beforeEach(() => worker.fail({}));

const START = toInstant(new Date());
const feed = (id: string) => worker.fetch(`/partners/${id}/feed.json`);
const OPEN = { profile: "json", access: "public" };

/** Many articles, straight into D1: an hour apart, the newest an hour old. */
async function fill(count: number): Promise<void> {
  const { DB } = await worker.env();
  const at = `strftime('%Y-%m-%dT%H:%M:%SZ', '${START}', '-' || i || ' hours')`;
  const model = `json_set('{"headline":"x","tags":["one"],"syndicate":true,"sponsored":false,"corrections":[],"bylines":[],"images":[],"body":"<p>x</p>","excerpt":"x","language":"en"}',
    '$.id', 'tag:old,2024:' || i, '$.slug', 'old-' || i, '$.published', ${at})`;
  await DB.batch(
    [
      `INSERT INTO articles (id, slug, version, published, model, digest, fingerprint)
       WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
       SELECT 'tag:old,2024:' || i, 'old-' || i, 1, ${at}, ${model}, '', '' FROM n`,
      "INSERT INTO versions SELECT id, 1, published FROM articles WHERE slug LIKE 'old-%'",
    ].map((sql) => DB.prepare(sql)),
  );
}

/** What one build of a feed asks of D1. */
async function statements(id: string): Promise<number> {
  const { PARTNERS } = await worker.env();
  await worker.counts();
  await PARTNERS.getByName(`partner/${id}`).rebuild(`partner/${id}`);
  const counts = await worker.counts();
  return counts.find(({ invocation }) => invocation === `object rebuild partner/${id}`)?.statements ?? 0;
}

describe("a build", () => {
  it("stays within the Free plan's limits, however many pictures must be converted", async () => {
    for (let index = 0; index < 24; index++) {
      const { sha256, bytes, src } = png(40 + index, 30);
      await worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
      const slug = `pictured-${index}`;
      const sent = article({
        headline: slug,
        published: addSeconds(START, -60),
        images: [{ src, alt: "x" }],
      });
      expect((await worker.put(slug, sent)).ok).toBe(true);
    }
    await worker.settled();
    await worker.fail({ queue: "lose", d1After: 50 });
    await partner(worker, "jpegs", { ...OPEN, images: { types: ["image/jpeg"] } });
    const body = await until("the feed is built", async () => {
      const response = await feed("jpegs");
      expect([200, 503]).toContain(response.status);
      return response.ok && response.text();
    });
    expect(JSON.parse(body).items).toHaveLength(24);
    expect(body.match(/"image":"[^"]+\.jpg"/g)).toHaveLength(24);
  });

  it("isn't caused by a poll of a feed in KV: that is one read of KV, and one call of the object", async () => {
    await partner(worker, "polled", { ...OPEN, select: { tags: ["none has it"] } });
    await worker.settled();
    await until("KV has it", async () => {
      const { CACHE } = await worker.env();
      return (await CACHE.get("feed:partner/polled:partner")) !== null;
    });
    await worker.counts();
    expect((await feed("polled")).status).toBe(200);
    const counts = await worker.counts();
    const polls = counts.filter(({ invocation }) => /^GET|^object poll/.test(invocation));
    expect(polls.map(({ statements, kvGets }) => [statements, kvGets])).toEqual([
      [0, 1],
      [0, 0],
    ]);
  });

  it("reads only the needed rows of a long archive", async () => {
    await fill(3000);
    await worker.fail({ queue: "lose" });
    await partner(worker, "nothing", { ...OPEN, select: { tags: ["none has it"] } });
    await partner(worker, "fresh", { ...OPEN, select: { maxAge: "1h", tags: ["none has it"] } });
    await worker.settled();
    expect(await statements("nothing")).toBeLessThanOrEqual(11);
    expect(await statements("fresh")).toBe((await statements("nothing")) - 2);
  });
});

describe("twenty partners", () => {
  const IDS = Array.from({ length: 20 }, (_, index) => `partner-${index}`);
  beforeAll(async () => {
    // The partners of the tests before lost their messages, and would get the article too.
    await worker.fail({});
    for (const id of ["jpegs", "nothing", "fresh"]) await worker.api(`/partners/${id}`, { method: "DELETE" });
    await worker.api("/rebuild", { method: "POST" });
    for (const id of IDS) await partner(worker, id, { ...OPEN, push: { url: `https://${id}.example/hook` } });
    await worker.settled();
  });

  it("cost a publication one write to KV each, and no build more than 20 queries", async () => {
    await worker.counts();
    expect((await worker.put("twenty", article({ headline: "For all", published: START }))).ok).toBe(true);
    await worker.settled();
    const counts = await worker.counts();
    const of = (start: string) => counts.filter(({ invocation }) => invocation.startsWith(start));
    const [put] = of("PUT");
    expect(put?.statements).toBeLessThanOrEqual(25);
    for (const { invocation, statements } of of("object"))
      expect(statements, invocation).toBeLessThanOrEqual(20);
    const puts = counts.reduce((sum, { kvPuts }) => sum + kvPuts, 0);
    // RSS, Atom and JSON of the site, and each partner's feed.
    expect(puts).toBe(3 + IDS.length);
  });

  it("cost an idle minute and an idle hour no write to KV", async () => {
    await worker.counts();
    await worker.scheduled();
    await worker.scheduled("0 * * * *");
    await worker.settled();
    const counts = await worker.counts();
    expect(counts.map(({ kvPuts }) => kvPuts).filter(Boolean)).toEqual([]);
  });
});
