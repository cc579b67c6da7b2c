// A Wireroom of before feeds had objects (test/fixtures/states/before-objects.json: its D1 and its KV), opened by this
// version: nothing is lost, no reader sees a change that isn't one, and versions only rise.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { queryFeed } from "../../src/feeds/sql-entries.ts";
import { sha256 } from "../../src/lib/digest.ts";
import { toInstant } from "../../src/lib/time.ts";
import { article } from "./articles.ts";
import { startWorker, until } from "./harness.ts";

interface State {
  readonly served: Readonly<Record<string, { readonly etag: string; readonly lastModified: string }>>;
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, string | number | null>>[]>>;
  readonly kv: readonly { readonly name: string; readonly metadata: unknown; readonly value: string }[];
}

const before = JSON.parse(
  readFileSync(join(import.meta.dirname, "../fixtures/states/before-objects.json"), "utf8"),
) as State;
const worker = await startWorker();
afterAll(() => worker.close());
const { DB } = await worker.env();
for (const [table, rows] of Object.entries(before.tables)) {
  await DB.prepare(`DELETE FROM ${table}`).run();
  for (const row of rows) {
    const columns = Object.keys(row);
    const sql = `INSERT INTO ${table} (${columns}) VALUES (${columns.map(() => "?")})`;
    await DB.prepare(sql)
      .bind(...Object.values(row))
      .run();
  }
}

const tags = async () => {
  const found: [string, State["served"][string]][] = [];
  for (const path of Object.keys(before.served)) {
    const { headers } = await worker.raw(path);
    found.push([path, { etag: String(headers.etag), lastModified: String(headers["last-modified"]) }]);
  }
  return Object.fromEntries(found);
};

it("serves the same documents as before, out of KV and without it", async () => {
  const { CACHE } = await worker.env();
  for (const { name, metadata, value } of before.kv)
    await CACHE.put(name, Buffer.from(value, "base64"), { metadata });
  expect(await tags()).toEqual(before.served);
  for (const { name } of before.kv) await CACHE.delete(name);
  await worker.reload();
  // What stands round the entries may have been changed since: then the tag's hash is another one, and its number the same.
  const number = (served: Awaited<ReturnType<typeof tags>>) =>
    Object.entries(served).map(([path, { etag }]) => [path, etag?.split("-")[0]]);
  expect(number(await tags())).toEqual(number(before.served));
});

it("stores entries anew as cron comes to them, and reads both kinds meanwhile", async () => {
  const { DB } = await worker.env();
  const raw = () =>
    DB.prepare("SELECT count(*) AS n FROM entries WHERE unicode(body) <> 2").first<number>("n");
  const now = toInstant(new Date());
  const read = async () =>
    Array.from((await queryFeed(DB, "site", now, 50)).documents, ([format, { entries }]) => ({
      format,
      entries: entries.map(({ body, hash, seq, headline }) => ({ body, hash, seq, headline })),
    }));
  expect(await raw()).toBeGreaterThan(0);
  const state = await read();
  await worker.scheduled();
  await until("all entries are stored anew", async () => (await raw()) === 0);
  expect(await read()).toEqual(state);
  for (const { body, hash } of state.flatMap(({ entries }) => entries)) expect(await sha256(body)).toBe(hash);
});

it("takes the next change in, with versions above those of before", async () => {
  const response = await worker.put("one", article({ headline: "A ferry arrives", tags: ["Ferries"] }));
  expect(await response.json()).toMatchObject({ change: "updated" });
  await worker.settled();
  for (const [feed, format] of [
    ["site", "rss"],
    ["tag/ferries", "rss"],
    ["section/about", "atom"],
  ] as const) {
    const row = await (await worker.env()).DB.prepare(
      "SELECT version, changed_at FROM feeds WHERE feed = ? AND format = ?",
    )
      .bind(feed, format)
      .first<{ version: number; changed_at: string }>();
    const old = before.tables.feeds?.find((one) => one.feed === feed && one.format === format);
    expect(row?.version).toBeGreaterThan(Number(old?.version));
    expect(String(row?.changed_at) >= String(old?.changed_at)).toBe(true);
  }
  expect(await worker.document("rss")).toContain("A ferry arrives");
  expect(await worker.document("atom", "section/about")).not.toContain("ferry");
});
