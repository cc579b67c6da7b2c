// How much workerd's memory grows when one isolate serves a thousand different documents, and then a thousand others.

import { readFileSync } from "node:fs";
import type { D1Database } from "@cloudflare/workers-types";
import { benchArticle } from "./prose.ts";
import type { Row } from "./table.ts";
import { put, startWorkers } from "./workers.ts";

const ARTICLES = 50;
const ARTICLE_WORDS = 700;
/** Feeds, each in three formats. */
const FEEDS = 334;
const PATHS = ["rss.xml", "atom.xml", "feed.json"];
const LIMIT_MEGABYTES = 128;

/**
 * One row: the growth by the second thousand. The first thousand stands beside it without a goal: D1 and KV run in the same
 * process, so that growth isn't the isolate's alone.
 */
export async function benchMemory(folder: string): Promise<readonly Row[]> {
  const workers = await startWorkers(folder);
  try {
    const base = await workers.url("wireroom");
    for (let index = 0; index < ARTICLES; index++)
      await put(base, `articles/report-${index}`, benchArticle(index, ARTICLE_WORDS));
    await addTags(workers.db, 2 * FEEDS);
    await fetchAll(base, 0, 1);
    const before = residentMegabytes(workers.pid);
    const bytes = await fetchAll(base, 0, FEEDS);
    const once = residentMegabytes(workers.pid);
    await fetchAll(base, FEEDS, 2 * FEEDS);
    const more = residentMegabytes(workers.pid) - once;
    const documents = FEEDS * PATHS.length;
    return [
      {
        what: `memory that workerd (${before.toFixed(0)} MB; ${once.toFixed(0)} MB after ${documents} documents of ${Math.round(bytes / 1e6)} MB) grows by, serving ${documents} others`,
        figure: `${more.toFixed(0)} MB`,
        goal: `≤ ${LIMIT_MEGABYTES} MB`,
        met: more <= LIMIT_MEGABYTES,
      },
    ];
  } finally {
    await workers.stop();
  }
}

/** Gives every article `count` more tags, above the limit of the API, so that there are many feeds of full length. */
async function addTags(db: D1Database, count: number): Promise<void> {
  const sql = `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?1)
    INSERT INTO article_terms (term, published, article_id, visible_from, expires_at, label)
    SELECT 'tag/many-' || i, published, article_id, visible_from, expires_at, 'Many ' || i
    FROM n, article_terms WHERE term = 'site'`;
  await db.prepare(sql).bind(count).run();
}

/** Fetches some feeds in all formats. Returns their bytes. */
async function fetchAll(base: string, from: number, to: number): Promise<number> {
  let bytes = 0;
  for (let index = from; index < to; index++) {
    for (const path of PATHS) {
      const response = await fetch(`${base}/tags/many-${index}/${path}`);
      if (!response.ok) throw new Error(`a feed answered ${response.status}`);
      bytes += (await response.arrayBuffer()).byteLength;
    }
  }
  return bytes;
}

function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Number(kilobytes) / 1000;
}
