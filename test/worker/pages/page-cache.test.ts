// The page cache: an isolate keeps a page for 30 seconds, unless it has changed something on it since.

import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { article } from "../articles.ts";
import { type FaultyWorker, startFaultyWorker } from "../faults.ts";

let worker: FaultyWorker;
let edition = 0;
beforeAll(async () => {
  worker = await startFaultyWorker();
});
afterAll(() => worker?.close());

/** An edition that no test had before, and isolates that know nothing. */
beforeEach(async () => {
  await worker.put("story", article({ headline: `Edition ${++edition}`, tags: ["Ferries"] }));
  await worker.settled();
  await worker.reload();
  await worker.counts();
});

/** Statements that D1 was asked by requests since the last call. */
const statements = async () =>
  (await worker.counts())
    .filter(({ invocation }) => /^(GET|HEAD) /.test(invocation))
    .reduce((sum, count) => sum + count.statements, 0);

it.each(["/", "/articles/story", "/tags/ferries", "/about/json-feed"])(
  "%s is asked of D1 once, and stays the same to the letter",
  async (path) => {
    const shown = ({
      status,
      headers: { date: _, ...headers },
      body,
    }: Awaited<ReturnType<typeof worker.raw>>) => ({
      status,
      headers: { ...headers, "content-length": String(body.length) },
      body: body.toString(),
    });
    const first = await worker.raw(path);
    expect(first.status).toBe(200);
    expect(await statements()).toBeGreaterThan(0);
    expect(shown(await worker.raw(path))).toEqual(shown(first));
    const head = await worker.raw(path, "HEAD");
    expect([head.status, head.headers.etag, head.body.length]).toEqual([200, first.headers.etag, 0]);
    const known = await worker.raw(path, "GET", { "If-None-Match": first.headers.etag ?? "" });
    expect([known.status, known.body.length]).toEqual([304, 0]);
    expect(known.headers["content-type"]).toBeUndefined();
    expect(await statements()).toBe(0);
  },
);

it("an edit or withdrawal in this isolate shows at once on every page with the article", async () => {
  const pages = ["/", "/articles/story", "/tags/ferries"];
  const all = () => Promise.all(pages.map(async (path) => (await worker.fetch(path)).text()));
  for (const page of await all()) expect(page).toContain(`Edition ${edition}`);
  await worker.put("story", article({ headline: `Edition ${++edition}`, tags: ["Ferries"] }));
  for (const page of await all()) expect(page).toContain(`Edition ${edition}`);
  await worker.del("story");
  expect((await worker.fetch("/articles/story")).status).toBe(410);
  expect(await (await worker.fetch("/")).text()).not.toContain(`Edition ${edition}`);
  await worker.put("story", article({ headline: "Back", tags: ["Ferries"], restore: true }));
});

it("a query makes another page, or none", async () => {
  const front = await (await worker.fetch("/")).text();
  expect((await worker.fetch("/?feed=rss2", { redirect: "manual" })).status).toBe(301);
  expect((await worker.fetch("/?page=0")).status).toBe(404);
  expect(await (await worker.fetch("/?utm_source=x")).text()).toBe(front);
});

it("partners' pages aren't cached", async () => {
  for (const _ of [1, 2]) {
    await worker.raw("/partners/none/");
    expect(await statements()).toBeGreaterThan(0);
  }
});

it("an unknown address costs one query, and none for a minute after that", async () => {
  // What every such page shows is read for the first.
  await worker.raw("/nowhere");
  await statements();
  for (const path of [
    "/articles/none",
    "/tags/none",
    "/tags/none-2/rss.xml",
    "/authors/none",
    "/archive/99/atom.xml",
  ]) {
    for (const expected of [1, 0]) {
      expect((await worker.raw(path)).status, path).toBe(404);
      expect(await statements(), path).toBe(expected);
    }
  }
  // Another format of the same feed, and its page.
  for (const path of ["/tags/none/feed.json", "/tags/none-2"]) {
    await worker.raw(path);
    expect(await statements(), path).toBe(0);
  }
});
