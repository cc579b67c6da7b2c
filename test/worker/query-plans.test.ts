// How SQLite answers the queries of the hot paths, with some thousand rows: by index, whatever the size of the archive.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FORMATS } from "../../src/formats/format.ts";
import { type RunningWorker, startWorker } from "./harness.ts";
import { recordedSql, SQL_FILES } from "./recorded-sql.ts";

const SRC = join(import.meta.dirname, "../../src");
const ARTICLES = 5000;
/**
 * Read in full each minute or hour: as few as there are documents, and indexes of what is not released or searchable yet. Of requests
 * to the hub there are at most 200, and hosts of subscriptions have a limit too. In
 * `subscriptions` and `deliveries` stands what feeds' objects haven't taken over yet, and `k` is a part of that. Of partners and people there are a few. `articles_by_time` is read in its order, from the newest, as many rows as are asked
 * for. `made` is what was made of one picture, `listed` what a list of feeds looks at,
 * `out` the published revisions of one story, `o` the old revisions of stories that changed lately, `p` the partners, `u` what
 * they have not fetched of the last thousand versions of their feeds.
 */
const SMALL =
  /\(subquery|^SCAN [kpsu]$|_un(?:released|searchable)\b|\b(?:feeds|audience|verifications|subscriptions|deliveries|subscriber_hosts|subscription_counts|failing_hosts|partners|people|articles_by_time|sequence|json_each|presence)\b|^SCAN (?:made|listed|o|out)$|VIRTUAL TABLE|CONSTANT ROW|\b[fd]\b/;

const STATEMENTS = (await recordedSql()).map(({ file, sql }) => ({
  file,
  sql: sql.trim(),
  name: sql.replace(/\s+/g, " ").trim().slice(0, 90),
}));

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
  const { DB } = await worker.env();
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${ARTICLES})`;
  const at = "strftime('%Y-%m-%dT%H:%M:%SZ', 1500000000 + i * 3600, 'unixepoch')";
  await DB.batch(
    [
      `INSERT INTO articles (id, slug, version, published, model, digest, fingerprint)
       ${numbers} SELECT 'id' || i, 's' || i, 1, ${at}, '{}', '', 'now' FROM n`,
      `INSERT INTO slugs ${numbers} SELECT 's' || i, 'id' || i FROM n`,
      `INSERT INTO entries (article_id, format, seq, dated, hash, body)
       ${numbers} SELECT 'id' || i, f.value, i, ${at}, '', 'body' FROM n, json_each('["rss","atom","json"]') f`,
      `INSERT INTO article_terms (term, published, article_id, visible_from)
       ${numbers} SELECT t.value, ${at}, 'id' || i, ${at} FROM n, json_each('["site","tag/a","section/b"]') t`,
      `INSERT INTO tombstones ${numbers} SELECT 'site', ${at}, 'gone' || i, ${at}, i, ${at} FROM n WHERE i < 500`,
      `INSERT INTO media ${numbers} SELECT 'm' || i, 'image/png', 1, 1, 1, NULL, 1 FROM n`,
      `INSERT INTO article_media ${numbers} SELECT 'm' || i, 'id' || i FROM n`,
    ].map((sql) => DB.prepare(sql)),
  );
});
afterAll(() => worker?.close());

async function planOf(sql: string): Promise<readonly string[]> {
  const { DB } = await worker.env();
  const parameters = Math.max(
    sql.match(/\?(?!\d)/g)?.length ?? 0,
    ...Array.from(sql.matchAll(/\?(\d+)/g), ([, number]) => Number(number)),
  );
  const bound = Array.from({ length: parameters }, () => "[]");
  const { results } = await DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...bound)
    .all<{ detail: string }>();
  return results.map(({ detail }) => detail);
}

describe("no statement reads a table that grows from end to end", () => {
  it.each(SQL_FILES)("all of %s were found", (file) => {
    const places = readFileSync(join(SRC, file), "utf8").match(/\bprepare\(/g)?.length ?? 0;
    expect(STATEMENTS.filter((one) => one.file === file).length).toBeGreaterThanOrEqual(places);
  });

  it.each(STATEMENTS)("$file: $name", async ({ sql }) => {
    const plan = await planOf(sql);
    const scans = plan.filter((line) => /^SCAN /.test(line) && !SMALL.test(line));
    expect(scans, plan.join("\n")).toEqual([]);
  });
});

describe("the newest of a feed", () => {
  const NEWEST = STATEMENTS.filter(({ sql }) =>
    /ORDER BY (?:\w\.)?published DESC, (?:\w\.)?article_id\s+LIMIT/.test(sql),
  );

  it("are asked for by several", () => expect(NEWEST.length).toBeGreaterThanOrEqual(4));

  it.each(NEWEST)("come from the key, in its order: $name", async ({ sql }) => {
    // A plan that starts at all that was ever released reads the archive; without statistics SQLite likes it.
    const plan = (await planOf(sql)).join("\n");
    expect(plan).not.toMatch(/_by_release \(term=\? AND/);
    expect(plan).toMatch(/SEARCH \w+ USING PRIMARY KEY \(term=\?/);
  });

  it.each(["SELECT format, body", "WITH shown"])(
    "cost as many rows as are shown, whatever the archive holds: %s",
    async (start) => {
      const { DB } = await worker.env();
      const sql = STATEMENTS.find((one) => one.sql.startsWith(start))?.sql ?? "";
      const { results, meta } = await DB.prepare(sql).bind("site", "2030-01-01T00:00:00Z", 50).all();
      expect(results).toHaveLength(50 * FORMATS.length);
      expect(meta.rows_read).toBeLessThanOrEqual(start === "SELECT format, body" ? 400 : 700);
    },
  );

  it("cost no more when hundreds of newer ones are scheduled or over", async () => {
    const { DB } = await worker.env();
    const next = STATEMENTS.find(({ sql }) => sql.includes("SELECT min(at) AS at FROM"));
    const { meta } = await DB.prepare(next?.sql ?? "")
      .bind("site", "2030-01-01T00:00:00Z")
      .all();
    expect(meta.rows_read).toBeLessThanOrEqual(10);
  });
});

it("a list of feeds looks at the newest of 10,000 tags, not at all of them", async () => {
  const { DB } = await worker.env();
  await DB.batch([
    DB.prepare(
      `INSERT INTO article_terms (term, published, article_id, visible_from, label)
       SELECT 'tag/' || kind.value || article_id, published, article_id, visible_from, 'A tag'
       FROM article_terms, json_each('["odd-","even-"]') kind WHERE term = 'site'`,
    ),
    DB.prepare(
      `INSERT OR IGNORE INTO feeds (feed, format) SELECT DISTINCT term, format.value
       FROM article_terms, json_each('["rss","atom","json"]') format`,
    ),
  ]);
  const sql = STATEMENTS.find((one) => one.sql.startsWith("WITH candidates"))?.sql ?? "";
  const { results, meta } = await DB.prepare(sql)
    .bind("2030-01-01T00:00:00Z", 1000)
    .all<{ feed: string; label: string | null }>();
  // A section, a tag that all articles have, and two of each of the newest 499.
  const newest = Array.from({ length: 499 }, (_, index) => `id${ARTICLES - index}`);
  const tags = newest.flatMap((id) => [`tag/even-${id}`, `tag/odd-${id}`]);
  expect(results.map(({ feed }) => feed).toSorted()).toEqual(["section/b", "tag/a", ...tags].toSorted());
  expect(results.filter(({ label }) => label === null)).toHaveLength(2);
  expect(meta.rows_read).toBeLessThanOrEqual(25_000);
});
