// Publishing one article (from the API call to fresh documents in KV) and building the site's feed, with few and with many
// stored articles.

import type { D1Database } from "@cloudflare/workers-types";
import { benchArticle } from "./prose.ts";
import { median, type Row, timed } from "./table.ts";
import { put, startWorkers, TOKEN, type Workers } from "./workers.ts";

/** The last is compared with the first. */
const SIZES = [100, 1_000, 10_000, 100_000];
/** Older copies have little text: nothing here reads it, and it would take gigabytes. Number of articles with all of it. */
const WHOLE = 400;
/** Articles of the first tags have all their text; the number of these tags. */
export const WHOLE_TAGS = 90;
/** Articles copied in one transaction. */
const ROWS_AT_ONCE = 20_000;
const ROUNDS = 15;
const ARTICLE_WORDS = 700;
const POLL_MILLISECONDS = 5;
const LIMIT_MILLISECONDS = 20_000;
const GOAL = 1.3;

/** A Worker with stored articles. */
export interface Stored {
  readonly size: number;
  readonly db: D1Database;
  readonly base: string;
}

/**
 * Three rows, each comparing many articles to few, with interleaved rounds: publishing to the public feeds, publishing also
 * to a partner's feed of 50 articles, and building the site's feed.
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

/** Measures all in turns. The row has the ratio of each median time to that with the fewest articles. */
export async function compare(
  what: string,
  stored: readonly Stored[],
  measure: (one: Stored, round: number) => Promise<number>,
): Promise<Row> {
  const times = stored.map((): number[] => []);
  for (let round = -2; round < ROUNDS; round++) {
    for (const [which, one] of stored.entries()) {
      const taken = await measure(one, round + 10);
      // Rounds below 0 are the warm-up.
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

/** Milliseconds of a request that has to build the site's feed: this isolate marked it dirty, so it won't serve a copy. */
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
    if (performance.now() > end) throw new Error("the feeds were not rebuilt in time");
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

/** Stores the article that is then copied; with its own tag, if the copies get other tags. */
export function storeFirst(base: string, hasTags = false): Promise<void> {
  const first = benchArticle(0, ARTICLE_WORDS);
  return put(base, "articles/report-0", hasTags ? { ...first, tags: ["Tag 0"] } : first);
}

/** Stores one article through the API, and copies its rows in SQL: the same data, in seconds. */
async function fill({ db, base, size: count }: Stored): Promise<void> {
  await storeFirst(base);
  // Otherwise the feeds would be built during the copying, from copies without text.
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
 * Statements that copy the first article. The parameters of each are `count` (the number of copies in all), and the numbers
 * of the first and the last copy to make. With `tags` the copies get the tags `tag-0` and so on, in turns.
 */
export function copyStatements(count: number, tags?: number): readonly string[] {
  // D1 binds every number as a floating-point one.
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
