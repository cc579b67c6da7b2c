// A feed's Durable Object, the only builder of its documents: how it gathers changes, survives losses, and saves D1 queries.

import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { FORMATS } from "../../../src/formats/format.ts";
import { article } from "../articles.ts";
import { startFaultyWorker } from "../faults.ts";
import type { Counts } from "../faulty.ts";
import { until } from "../harness.ts";

const worker = await startFaultyWorker();
afterAll(() => worker.close());
let edition = 0;
const publish = async (changes: Readonly<Record<string, unknown>> = {}) => {
  edition++;
  const response = await worker.put(
    "story",
    article({ headline: `Edition ${edition}`, tags: ["ferries"], ...changes }),
  );
  expect(response.ok, await response.clone().text()).toBe(true);
};
const object = async (feed: string) => {
  const { FEEDS } = await worker.env();
  return FEEDS.getByName(feed as "site") as ReturnType<typeof FEEDS.getByName> & {
    forget: () => Promise<void>;
  };
};
/** Clears the objects' storage and memory, and KV. */
async function forgetAll(feeds: readonly string[]): Promise<void> {
  const { CACHE } = await worker.env();
  for (const { name } of (await CACHE.list()).keys) await CACHE.delete(name);
  for (const feed of feeds) await (await object(feed)).forget().catch(() => undefined);
}
const versions = async () => {
  const sql = "SELECT format, version, etag FROM feeds WHERE feed = 'site' ORDER BY format";
  return (await (await worker.env()).DB.prepare(sql).all<{ version: number; etag: string }>()).results;
};
const statements = (counts: readonly Counts[], of: RegExp) =>
  counts.filter(({ invocation }) => of.test(invocation)).reduce((sum, count) => sum + count.statements, 0);

beforeEach(async () => {
  await worker.fail({});
  await publish();
  await worker.settled();
});

describe("an object", () => {
  it("that lost everything, with KV empty too, makes the same versions from D1", async () => {
    const before = await versions();
    const documents = await Promise.all(FORMATS.map((format) => worker.document(format)));
    await forgetAll(["site"]);
    await worker.reload();
    for (const [index, path] of ["/rss.xml", "/atom.xml", "/feed.json"].entries()) {
      const response = await worker.fetch(path);
      expect(await response.text()).toBe(documents[index]);
    }
    await until("KV has them again", async () => (await (await worker.env()).CACHE.list()).keys.length === 3);
    await worker.settled();
    expect(await versions()).toEqual(before);
  });

  it("continues from its own version when D1 was restored to an earlier time: no version is used twice", async () => {
    const before = await versions();
    const { DB } = await worker.env();
    await DB.prepare(
      "UPDATE feeds SET version = 1, built_hash = 'old', changed_at = '2020-01-01T00:00:00Z', mark = 5, stale_since = '2020-01-01T00:00:00Z'",
    ).run();
    await worker.scheduled();
    await worker.settled();
    expect(await versions()).toEqual(before);
  });

  it("whose alarms never fire builds when cron asks it", async () => {
    await worker.fail({ alarms: "never" });
    await publish();
    const { DB, CACHE } = await worker.env();
    await DB.prepare(
      "UPDATE feeds SET stale_since = '2020-01-01T00:00:00Z' WHERE stale_since IS NOT NULL",
    ).run();
    await worker.scheduled();
    for (const format of FORMATS) expect(await worker.document(format)).toContain(`Edition ${edition}`);
    expect((await CACHE.list()).keys).toHaveLength(3);
  });

  it("retries by itself when D1 or KV fails, and no change is lost", async () => {
    for (const faults of [{ d1After: 0 }, { kvPut: true }]) {
      await worker.fail({ queue: "lose" });
      await publish();
      await worker.fail(faults);
      await worker.api("/feeds");
      const { FEEDS } = await worker.env();
      await FEEDS.getByName("site").rebuild("site");
      await worker.fail({});
      for (const format of FORMATS) expect(await worker.document(format)).toContain(`Edition ${edition}`);
    }
  });

  it("that wrote a copy to KV, and ended before it told D1, keeps that copy up to date", async () => {
    await publish({ tags: ["lost note"] });
    for (const _ of ["once", "twice"]) {
      await worker.settled();
      await worker.reload();
      await worker.fetch("/tags/lost-note/rss.xml");
    }
    const { DB, CACHE, FEEDS } = await worker.env();
    await until("KV has it", async () => (await CACHE.get("feed:tag/lost-note:rss")) !== null);
    await worker.settled();
    await DB.prepare("UPDATE feeds SET cached_version = 0 WHERE feed = 'tag/lost-note'").run();
    await publish({ tags: ["lost note"] });
    await FEEDS.getByName("tag/lost-note").rebuild("tag/lost-note");
    expect(await worker.document("rss", "tag/lost-note")).toContain(`Edition ${edition}`);
  });

  it("builds once for sixty concurrent first requests of a feed", async () => {
    await publish({ tags: ["ferries", "never asked for"] });
    await worker.settled();
    await worker.reload();
    await worker.counts();
    const path = "/tags/never-asked-for/rss.xml";
    const answers = await Promise.all(Array.from({ length: 60 }, () => worker.fetch(path)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const counts = await worker.counts();
    // One read of six statements.
    expect(statements(counts, /^object current/)).toBe(6);
  });

  it("answers a poll without a call of D1", async () => {
    for (const _ of ["once", "twice"]) {
      await worker.reload();
      await worker.fetch("/tags/ferries/rss.xml");
    }
    await until("KV has the tag's", async () => (await (await worker.env()).CACHE.list()).keys.length > 3);
    await worker.reload();
    await worker.counts();
    for (const path of ["/rss.xml", "/atom.xml", "/tags/ferries/rss.xml"])
      expect((await worker.fetch(path)).status).toBe(200);
    const counts = await worker.counts();
    expect(counts.map(({ invocation, statements: asked }) => [invocation, asked])).toEqual([
      ["GET /rss.xml", 0],
      ["GET /atom.xml", 0],
      ["GET /tags/ferries/rss.xml", 0],
    ]);
  });
});
