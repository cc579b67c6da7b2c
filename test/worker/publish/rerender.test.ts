// Articles rendered again by a Worker of other settings: what was missing of them comes back as it would have
// been.

import { afterAll, expect, it } from "vitest";
import { numberReleases, queryFeed } from "../../../src/feeds/sql-entries.ts";
import { addSeconds, type Instant, toInstant } from "../../../src/lib/time.ts";
import { rerender } from "../../../src/publish/rerender.ts";
import { article } from "../articles.ts";
import { runtimeOf, startWorker } from "../harness.ts";

const worker = await startWorker();
afterAll(() => worker.close());
const env = await worker.env();
const runtime = runtimeOf(env);
const again = async (id: string) => {
  await env.DB.prepare("UPDATE articles SET fingerprint = ''").run();
  await rerender(runtime, [id], now);
};
const now = toInstant(new Date());

it("gives tags the names that rows of before the second migration have not", async () => {
  const stored = await worker.put("ferries", article({ tags: ["Reuters & Söhne"] }));
  const { id } = (await stored.json()) as { id: string };
  await env.DB.prepare("UPDATE article_terms SET label = NULL").run();
  await again(id);
  const { results } = await env.DB.prepare("SELECT term, label FROM article_terms ORDER BY term").all();
  expect(results).toEqual([
    { term: "archive/1", label: null },
    { term: "site", label: null },
    { term: "tag/reuters-sohne", label: "Reuters & Söhne" },
  ]);
});

it("brings a scheduled article that could not be rendered into the archive once it is out", async () => {
  const stored = await worker.put("later", article({ published: addSeconds(now, 3600) }));
  const { id } = (await stored.json()) as { id: string };
  // As an image that was removed leaves one of which the section is gone, too.
  await env.DB.prepare("DELETE FROM entries WHERE article_id = ?").bind(id).run();
  await again(id);
  const read = async (at: Instant) => {
    const { documents, hasUnnumbered } = await queryFeed(env.DB, "site", at, 20);
    return { hasUnnumbered, entries: documents.get("rss")?.entries.length };
  };
  expect(await read(now)).toEqual({ hasUnnumbered: false, entries: 1 });

  const then = addSeconds(now, 3600);
  expect(await read(then)).toEqual({ hasUnnumbered: true, entries: 2 });
  await numberReleases(env.DB, then);
  expect(await read(then)).toEqual({ hasUnnumbered: false, entries: 2 });
  const placed = env.DB.prepare(
    "SELECT 1 AS yes FROM article_terms WHERE term = 'archive/1' AND article_id = ?",
  );
  expect(await placed.bind(id).first("yes")).toBe(1);
});
