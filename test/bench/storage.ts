// How much of D1's 10 GB an article takes: article, entries, its rows for feeds, and all indexes.

import { benchArticle } from "./prose.ts";
import type { Row } from "./table.ts";
import { put, startWorkers, type Workers } from "./workers.ts";

const ARTICLES = 400;
/** Number of concurrent PUTs. */
const CLIENTS = 8;
const WORDS = 300;
const GOAL_BYTES = 10_000;

/** One row: bytes of D1 for an article of 300 words. */
export async function benchStorage(folder: string): Promise<readonly Row[]> {
  const workers = await startWorkers(folder);
  try {
    const base = await workers.url("wireroom");
    const before = await sizeOf(workers);
    let next = 0;
    const publish = async () => {
      for (let index = next++; index < ARTICLES; index = next++)
        await put(base, `articles/council-and-ferry-report-${index}`, benchArticle(index, WORDS));
    };
    await Promise.all(Array.from({ length: CLIENTS }, publish));
    const bytes = Math.round(((await sizeOf(workers)) - before) / ARTICLES);
    return [
      {
        what: `bytes of D1 that an article of ${WORDS} words takes, in three feeds of tags and the site's`,
        figure: String(bytes),
        goal: `≤ ${GOAL_BYTES}`,
        met: bytes <= GOAL_BYTES,
      },
    ];
  } finally {
    await workers.stop();
  }
}

/** The size of the database in bytes. */
async function sizeOf({ db }: Workers): Promise<number> {
  return (await db.prepare("UPDATE sequence SET seq = seq").run()).meta.size_after;
}
