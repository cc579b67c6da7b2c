// What was acknowledged outlives everything: the process is killed with no chance to tidy up, right after the 2xx, and
// the next one has the article and brings it into the feed.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, inject, it } from "vitest";
import { article } from "./articles.ts";
import { TOKEN } from "./direct.ts";
import { until } from "./harness.ts";
import { type KillableWorker, startKillable } from "./killable.ts";

let state = "";
let running: KillableWorker | undefined;

beforeAll(() => {
  state = mkdtempSync(join(tmpdir(), "wireroom-state-"));
});
afterEach(() => kill());
afterAll(() => {
  rmSync(state, { recursive: true, force: true });
});

async function start(): Promise<string> {
  running = await startKillable(inject("bundles"), state);
  return running.url;
}
const kill = () => running?.kill();

const put = (url: string, slug: string, headline: string) =>
  fetch(`${url}/api/articles/${slug}`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" },
    body: JSON.stringify(article({ headline })),
  });
const feed = async (url: string, path = "/rss.xml") => (await fetch(url + path)).text();

it("has every acknowledged article after kill -9, in every feed", async () => {
  const url = await start();
  const acknowledged: string[] = [];
  // Writers that are cut off in the middle of their work. They may fail before `kill` is through, so their failures are
  // waited for from the start: one that nobody waits for fails the run.
  const writers = Promise.allSettled(
    Array.from({ length: 40 }, async (_, index) => {
      const headline = `Headline ${index}.`;
      const response = await put(url, `story-${index}`, headline);
      if (response.status === 201) acknowledged.push(headline);
    }),
  );
  await until("some are acknowledged", () => acknowledged.length >= 5);
  await kill();
  await writers;

  const again = await start();
  for (const path of ["/rss.xml", "/atom.xml", "/feed.json"]) {
    // The first answer may be KV's, of before the kill; behind it D1 is asked.
    await until(`${path} has all that was acknowledged`, async () => {
      const document = await feed(again, path);
      return acknowledged.every((headline) => document.includes(headline));
    });
  }
  const listed = await fetch(`${again}/api/articles`, { headers: { Authorization: `Bearer ${TOKEN}` } });
  const { articles } = (await listed.json()) as { articles: { version: number; status: string }[] };
  expect(articles.length).toBeGreaterThanOrEqual(acknowledged.length);
  expect(articles.every(({ version, status }) => version === 1 && status === "published")).toBe(true);
});

it("goes on with the same bytes, tags and dates, and takes the next edit", async () => {
  const url = await start();
  const headers = { Authorization: `Bearer ${TOKEN}` };
  await fetch(`${url}/api/rebuild`, { method: "POST", headers });
  await until("the marks that the kill left are cleared", async () => {
    const rows = (await (await fetch(`${url}/api/feeds`, { headers })).json()) as {
      staleSince: string | null;
    }[];
    return rows.length === 3 && rows.every(({ staleSince }) => staleSince === null);
  });
  const response = await fetch(`${url}/rss.xml`);
  const before = [await response.text(), response.headers.get("ETag"), response.headers.get("Last-Modified")];
  await kill();
  const again = await start();
  const next = await fetch(`${again}/rss.xml`);
  expect([await next.text(), next.headers.get("ETag"), next.headers.get("Last-Modified")]).toEqual(before);
  expect((await put(again, "story-0", "Edited after the crash.")).status).toBeLessThan(300);
  expect(await feed(again)).toContain("Edited after the crash.");
});
