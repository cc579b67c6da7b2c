// Bindings that fail or lose data: readers get the last good document, and 503 only if no source has it.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FORMAT_FILES, FORMATS } from "../../src/formats/format.ts";
import { article } from "./articles.ts";
import { type FaultyWorker, startFaultyWorker } from "./faults.ts";

let worker: FaultyWorker;
let edition = 0;

beforeAll(async () => {
  worker = await startFaultyWorker();
});
afterAll(() => worker?.close());

/** Publishes a unique headline, waits until it is built, and starts new isolates. */
beforeEach(async () => {
  await worker.fail({});
  await worker.put("story", article({ headline: `Edition ${++edition}` }));
  await worker.settled();
  await worker.reload();
});

const wipe = async () => {
  const { CACHE } = await worker.env();
  for (const { name } of (await CACHE.list()).keys) await CACHE.delete(name);
};
const all = () => Promise.all(FORMATS.map((format) => worker.raw(`/${FORMAT_FILES[format]}`)));
const expectEdition = async (number: number) => {
  for (const { status, body } of await all()) {
    expect(status).toBe(200);
    expect(body.toString()).toContain(`Edition ${number}`);
  }
};

/** Runs the hourly cron. Returns the result of its one message. */
async function audit() {
  const found = () => worker.logs().filter(({ event }) => event === "audited");
  const before = found().length;
  await worker.scheduled("0 * * * *");
  await expect.poll(() => found().length).toBe(before + 1);
  return found().at(-1);
}

describe("KV, wiped or complete", () => {
  it("wiped: documents have the same bytes, ETags and dates", async () => {
    const before = await all();
    await wipe();
    await worker.reload();
    const after = await all();
    const shown = (responses: typeof before) =>
      responses.map(({ status, headers: { date: _, ...headers }, body }) => ({
        status,
        headers,
        body: body.toString(),
      }));
    expect(shown(after)).toEqual(shown(before));
  });

  it("wiped: the hourly audit restores the same bytes", async () => {
    const before = await Promise.all(FORMATS.map((format) => worker.document(format)));
    await wipe();
    expect(await audit()).toMatchObject({ lost: 3, of: 3 });
    expect(await Promise.all(FORMATS.map((format) => worker.document(format)))).toEqual(before);
  });

  it("complete: the audit marks and writes nothing", async () => {
    await worker.counts();
    expect(await audit()).toMatchObject({ lost: 0, of: 3 });
    expect((await worker.counts()).reduce((sum, { kvPuts }) => sum + kvPuts, 0)).toBe(0);
  });
});

describe("KV failing", () => {
  it("on get: documents come from D1", async () => {
    await worker.fail({ kvGet: true });
    await expectEdition(edition);
    expect(JSON.stringify(worker.logs())).toContain("KV could not be read");
  });

  it("on put: the feed stays dirty, the cause is logged, and the document is written once KV works again", async () => {
    await worker.fail({ kvPut: true });
    await worker.put("story", article({ headline: `Edition ${++edition}` }));
    await expectEdition(edition);
    const { CACHE } = await worker.env();
    expect(
      (await CACHE.getWithMetadata<{ version: number }>("feed:site:rss")).metadata?.version,
    ).toBeDefined();
    const feeds = async (): Promise<{ staleSince: string | null; lastError: string | null }[]> =>
      (await worker.api("/feeds")).json();
    await expect
      .poll(async () => (await feeds()).map(({ lastError }) => lastError?.slice(0, 6)))
      .toEqual(["KV put", "KV put", "KV put"]);
    expect((await feeds()).every(({ staleSince }) => staleSince !== null)).toBe(true);
    await worker.fail({});
    await worker.api("/rebuild", { method: "POST" });
    for (const format of FORMATS) expect(await worker.document(format)).toContain(`Edition ${edition}`);
    expect((await feeds()).map(({ lastError }) => lastError)).toEqual([null, null, null]);
  });

  it("on every call: publishing and reading go on", async () => {
    await worker.fail({ kvGet: true, kvPut: true });
    expect((await worker.put("story", article({ headline: `Edition ${++edition}` }))).status).toBe(200);
    await expectEdition(edition);
    await worker.fail({});
    await worker.api("/rebuild", { method: "POST" });
    await worker.settled();
  });
});

describe("D1 failing", () => {
  it("with KV working: the last good documents are served", async () => {
    await worker.fail({ d1: true });
    await expectEdition(edition);
    const tag = (await worker.raw("/rss.xml")).headers.etag ?? "";
    expect((await worker.raw("/rss.xml", "GET", { "If-None-Match": tag })).status).toBe(304);
  });

  it("with a change that is due: the last good document is served all the same", async () => {
    const published = `${new Date(Date.now() + 1500).toISOString().slice(0, 19)}Z`;
    await worker.put("due", article({ headline: "Due", published }));
    await worker.settled();
    await worker.fail({ d1: true });
    await expect.poll(() => Date.now() > Date.parse(published) + 1000).toBe(true);
    await expectEdition(edition);
    await worker.fail({});
    await worker.del("due", "silent=true");
    await worker.settled();
  });

  it("publishing stores nothing and answers 503 with Retry-After, never 4xx", async () => {
    await worker.fail({ d1: true });
    const changed = article({ headline: "Never" });
    for (const response of [
      await worker.put("story", changed),
      await worker.del("story"),
      await worker.api("/articles"),
      await worker.api("/feeds"),
      await worker.api("/rebuild", { method: "POST" }),
      await worker.fetch("/articles/story"),
      await worker.fetch("/"),
      await worker.fetch("/healthz"),
    ]) {
      expect([response.url, response.status]).toEqual([response.url, 503]);
      expect(response.headers.get("Retry-After")).toMatch(/^\d+$/);
      expect(response.headers.get("Cache-Control")).toBe("no-store");
    }
    await worker.fail({});
    await expectEdition(edition);
  });

  it("with KV failing too: 503, Retry-After, no-store", async () => {
    await worker.fail({ d1: true, kvGet: true });
    for (const { status, headers } of await all()) {
      expect(status).toBe(503);
      expect(headers["retry-after"]).toMatch(/^[1-9]\d*$/);
      expect(headers["cache-control"]).toBe("no-store");
      expect(headers.etag).toBeUndefined();
    }
    await worker.fail({});
    await expectEdition(edition);
  });

  it("with KV failing too, after the isolate has served the document: it comes from memory", async () => {
    await expectEdition(edition);
    await worker.fail({ d1: true, kvGet: true });
    await expectEdition(edition);
  });
});

describe("the queue failing", () => {
  it.each(["fail", "lose"] as const)(
    "(%s): the article is stored, and cron finds the mark",
    async (queue) => {
      await worker.fail({ queue });
      const response = await worker.put("story", article({ headline: `Edition ${++edition}` }));
      expect(response.status).toBe(200);
      await worker.fail({});
      // The message for a mark younger than a minute may still be under way.
      await worker.scheduled();
      const { DB } = await worker.env();
      const stale = () => DB.prepare("SELECT count(stale_since) AS n FROM feeds").first<number>("n");
      expect(await stale()).toBe(3);
      await DB.prepare("UPDATE feeds SET stale_since = '2024-10-24T00:00:00Z'").run();
      await worker.scheduled();
      for (const format of FORMATS) expect(await worker.document(format)).toContain(`Edition ${edition}`);
    },
  );
});
