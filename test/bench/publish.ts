// Publishing one article, from the API call to fresh documents in KV, and building the site's feed, with few and with many
// articles stored.

import type { D1Database } from "@cloudflare/workers-types";
import { benchArticle } from "./prose.ts";
import { median, type Row, timed } from "./table.ts";
import { put, startWorkers, TOKEN, type Workers } from "./workers.ts";

/** The last is compared with the first. */
const SIZES = [100, 1_000, 10_000, 100_000];
/** Older articles are copied without most of their text: nothing here reads it, and it would be gigabytes. */
const WHOLE = 400;
/** Those of the first tags have all of it. */
export const WHOLE_TAGS = 90;
/** Articles that are copied in one transaction. */
const ROWS_AT_ONCE = 20_000;
const ROUNDS = 15;
const ARTICLE_WORDS = 700;
const POLL_MILLISECONDS = 5;
const LIMIT_MILLISECONDS = 20_000;
const GOAL = 1.3;

/** A Worker that has articles, and what is measured of it. */
export interface Stored {
  readonly size: number;
  readonly db: D1Database;
  readonly base: string;
}

/**
 * Three rows, many articles against few, rounds interleaved: publishing to the public feeds alone, the same with a
 * partner's feed of 50 articles, and building the site's feed.
 */
export async function benchPublish(folder: string): Promise<readonly Row[]> {
  const started: Workers[] = [];
  try {
    const stored: Stored[] = [];
    for (const size of SIZES) {
      const workers = await startWorkers(folder);
      started.push(workers);
      const one = { size, db: workers.db, base: await workers.url("wireroom") };
      await fill(one);
      stored.push(one);
    }
    let index = Math.max(...SIZES);
    const publishing = await compare(
      "publishing, from the call to fresh documents in KV",
      stored,
      (one, round) => publish(one, index + round),
    );
    const building = await compare("the site's feed, built on a request", stored, build);
    for (const { base } of stored)
      await put(base, "partners/portal", { id: "portal", name: "Portal", profile: "rss" });
    index += 100;
    const partner = await compare("publishing, to a partner too", stored, (one, round) =>
      publish(one, index + round),
    );
    return [publishing, building, partner];
  } finally {
    for (const workers of started) await workers.stop();
  }
}

/** Measures all in turns, as many rounds as there are for each: how many times what it takes with the fewest articles it takes with more. */
export async function compare(
  what: string,
  stored: readonly Stored[],
  measure: (one: Stored, round: number) => Promise<number>,
): Promise<Row> {
  const times = stored.map((): number[] => []);
  for (let round = -2; round < ROUNDS; round++) {
    for (const [which, one] of stored.entries()) {
      const taken = await measure(one, round + 10);
      // The first rounds warm everything up.
      if (round >= 0) times[which]?.push(taken);
    }
  }
  const ratios = times.map((all) => median(all.map((time, round) => time / (times[0]?.[round] ?? 0))));
  const last = ratios.at(-1) ?? Number.NaN;
  const sizes = stored.map(({ size }) => size.toLocaleString("en")).join(" / ");
  return {
    what: `${what}, with ${sizes} articles stored (${median(times[0] ?? []).toFixed(0)} ms with the fewest)`,
    figure: ratios.map((ratio) => ratio.toFixed(2)).join(" / "),
    goal: `last ≤ ${GOAL}`,
    met: last <= GOAL,
  };
}

/** Milliseconds of a request for the site's feed that has to build it: the isolate that marks a document reads it from D1 next. */
async function build({ db, base }: Stored): Promise<number> {
  const marked = await fetch(`${base}/api/rebuild`, {
    method: "POST",
    headers: { Authorization: `Bearer ${TOKEN}` },
  });
  if (!marked.ok) throw new Error(`POST answered ${marked.status}`);
  await settled(db);
  return timed(async () => {
    const response = await fetch(`${base}/rss.xml`);
    if (!response.ok) throw new Error(`the feed answered ${response.status}`);
    await response.arrayBuffer();
  });
}

/** Milliseconds from the API call until every document is rebuilt and in KV. */
export function publish({ db, base }: Stored, index: number, tags?: readonly string[]): Promise<number> {
  return timed(async () => {
    const article = benchArticle(index, ARTICLE_WORDS);
    const more = tags ? { tags, published: new Date().toISOString() } : {};
    await put(base, `articles/new-${index}`, { ...article, ...more });
    await settled(db);
  });
}

/** Waits until no document is stale. */
export async function settled(db: D1Database): Promise<void> {
  const end = performance.now() + LIMIT_MILLISECONDS;
  for (;;) {
    const stale = await db
      .prepare("SELECT count(*) AS stale FROM feeds WHERE stale_since IS NOT NULL")
      .first<number>("stale");
    if (stale === 0) return;
    if (performance.now() > end) throw new Error("the feeds stay stale");
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

/** Stores the article that all others are copies of, with a tag of its own if the copies are to have others. */
export function storeFirst(base: string, hasTags = false): Promise<void> {
  const first = benchArticle(0, ARTICLE_WORDS);
  return put(base, "articles/report-0", hasTags ? { ...first, tags: ["Tag 0"] } : first);
}

/** One article through the API, the others as copies of its rows: the same data, in seconds. */
async function fill({ db, base, size: count }: Stored): Promise<void> {
  await storeFirst(base);
  // Else its feeds were built in the midst of it, of copies without their text.
  await settled(db);
  const statements = copyStatements(count);
  for (let from = 1; from <= count; from += ROWS_AT_ONCE) {
    const to = Math.min(count, from + ROWS_AT_ONCE - 1);
    await db.batch(statements.map((sql) => db.prepare(sql).bind(count, from, to)));
  }
  const stored = await db.prepare("SELECT count(*) AS stored FROM articles").first<number>("stored");
  if (stored !== count + 1) throw new Error(`${stored} articles are stored, not ${count + 1}`);
}

/**
 * Statements that copy the first article, `count` times in all, each with `count` and the numbers of its first and last copy
 * as parameters. With `tags` the copies' tags are those by turns, `tag-0` and so on, instead of the first one's.
 */
export function copyStatements(count: number, tags?: number): readonly string[] {
  // D1 takes every number for one with a fraction.
  const numbers =
    "WITH RECURSIVE n(i) AS (SELECT CAST(?2 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ?3)";
  const day = `strftime('%Y-%m-%dT%H:%M:%SZ', '2024-01-01', '+' || (i * ${tags === undefined ? 10 : 1}) || ' minutes')`;
  const whole = `(i > ?1 - ${WHOLE} OR i % ${tags ?? count + 1} < ${WHOLE_TAGS} AND ${tags ?? 0} > 0)`;
  const model = `iif(${whole}, model, json_set(model, '$.body', ''))`;
  const body = `iif(${whole}, body, '')`;
  const id = "(SELECT id FROM articles WHERE slug = 'report-0') || '-' || i";
  return [
    `${numbers} INSERT INTO articles (id, slug, version, published, model, digest, fingerprint)
        SELECT ${id}, 'report-' || i, 1, ${day}, ${model}, digest, fingerprint FROM n, articles WHERE slug = 'report-0'`,
    `${numbers} INSERT INTO slugs SELECT 'report-' || i, ${id} FROM n`,
    `${numbers} INSERT INTO versions SELECT ${id}, 1, ${day} FROM n`,
    `${numbers} INSERT INTO entries (article_id, format, seq, dated, hash, body, headline)
        SELECT ${id}, format, i, dated, hash, ${body}, headline FROM n, entries
        WHERE article_id = (SELECT id FROM articles WHERE slug = 'report-0')`,
    `${numbers} INSERT INTO archive (article_id) SELECT ${id} FROM n`,
    `${numbers} INSERT INTO article_terms (term, published, article_id, visible_from, expires_at, label) SELECT CASE WHEN term LIKE 'archive/%' THEN 'archive/' || ((i + 100) / 100)
          WHEN ${tags ?? 0} > 0 AND term LIKE 'tag/%' THEN 'tag/tag-' || (i % ${tags ?? 1}) ELSE term END,
        ${day}, ${id}, ${day}, expires_at, label FROM n, article_terms WHERE article_id = (SELECT id FROM articles WHERE slug = 'report-0')`,
  ];
}
