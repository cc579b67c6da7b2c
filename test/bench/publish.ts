// Publishing one article, from the API call to fresh documents in KV, with few and with many articles stored.

import type { D1Database } from "@cloudflare/workers-types";
import { benchArticle } from "./prose.ts";
import { median, type Row } from "./table.ts";
import { put, startWorkers } from "./workers.ts";

const FEW = 100;
const MANY = 10_000;
const ROUNDS = 15;
const ARTICLE_WORDS = 700;
const POLL_MILLISECONDS = 5;
const LIMIT_MILLISECONDS = 20_000;

/** Two rows, many against few, rounds interleaved: the public feeds alone, and with a partner's feed of 50 articles. */
export async function benchPublish(folder: string): Promise<readonly Row[]> {
  const few = await startWorkers(folder);
  const many = await startWorkers(folder);
  try {
    const [small, large] = [await few.url("wireroom"), await many.url("wireroom")];
    await fill(few.db, small, FEW);
    await fill(many.db, large, MANY);
    const what = `publishing with ${MANY} stored, against ${FEW}`;
    const alone = await rounds(what, 0);
    for (const base of [small, large])
      await put(base, "partners/portal", { id: "portal", name: "Portal", profile: "rss" });
    return [alone, await rounds(`${what}, to a partner too`, 100)];

    async function rounds(what: string, first: number): Promise<Row> {
      const ratios: number[] = [];
      for (let round = -2; round < ROUNDS; round++) {
        const index = MANY + first + round + 10;
        const a = await publish(few.db, small, index);
        const b = await publish(many.db, large, index);
        if (round >= 0) ratios.push(b / a);
      }
      const ratio = median(ratios);
      return { what, figure: ratio.toFixed(2), goal: "≤ 1.3", met: ratio <= 1.3 };
    }
  } finally {
    await few.stop();
    await many.stop();
  }
}

/** Milliseconds from the API call until every document is rebuilt and in KV. */
async function publish(db: D1Database, base: string, index: number): Promise<number> {
  const start = performance.now();
  await put(base, `articles/new-${index}`, benchArticle(index, ARTICLE_WORDS));
  for (;;) {
    const row = await db
      .prepare("SELECT count(*) AS stale FROM feeds WHERE stale_since IS NOT NULL")
      .first<{ stale: number }>();
    const elapsed = performance.now() - start;
    if (row?.stale === 0) return elapsed;
    if (elapsed > LIMIT_MILLISECONDS) throw new Error("the feeds stay stale");
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

/** One article through the API, the others as copies of its rows: the same data, in seconds. */
async function fill(db: D1Database, base: string, count: number): Promise<void> {
  await put(base, "articles/report-0", benchArticle(0, ARTICLE_WORDS));
  const numbers = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)";
  const day = "strftime('%Y-%m-%dT%H:%M:%SZ', '2024-01-01', '+' || (i * 10) || ' minutes')";
  const id = "(SELECT id FROM articles WHERE slug = 'report-0') || '-' || i";
  await db.batch(
    [
      `${numbers} INSERT INTO articles SELECT ${id}, 'report-' || i, 1, ${day}, expires, model, digest, fingerprint, problem, withdrawn_at, withdrawn_why FROM n, articles WHERE slug = 'report-0'`,
      `${numbers} INSERT INTO slugs SELECT 'report-' || i, ${id} FROM n`,
      `${numbers} INSERT INTO versions SELECT ${id}, 1, ${day} FROM n`,
      `${numbers} INSERT INTO entries SELECT ${id}, format, i, dated, expires, hash, body, headline FROM n, entries`,
      `${numbers} INSERT INTO archive (article_id) SELECT ${id} FROM n`,
      `${numbers} INSERT INTO article_terms SELECT iif(term LIKE 'archive/%', 'archive/' || ((i + 100) / 100), term),
        ${day}, ${id}, ${day}, expires_at, label FROM n, article_terms`,
    ].map((sql) => db.prepare(sql).bind(count)),
  );
}
