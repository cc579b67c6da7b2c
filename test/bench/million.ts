// `npm run bench -- million`: compares builds with 10,000 kept feeds and 1,000,000 articles to builds with 100 feeds and
// 10,000 articles. Only the first article and the measured ones go through the API. The others are copies of the first one's
// rows, most of them without the text, which nothing here reads. It takes 5 GB of disk, so a run of all parts skips it.
// `MILLION=100000 npm run bench -- million` runs it with fewer articles.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DatabaseSync } from "node:sqlite";
import { startWithMany } from "./bulk.ts";
import { compare, publish, type Stored, WHOLE_TAGS } from "./publish.ts";
import type { Row } from "./table.ts";
import { timed } from "./table.ts";
import type { Workers } from "./workers.ts";

const MOST = Number(process.env.MILLION ?? 1_000_000);
/** Both have the same number of articles a feed, so that equal feeds are built. */
const SIZES = [
  { articles: 10_000, feeds: 100 },
  { articles: MOST, feeds: MOST / 100 },
];
const FORMATS = ["rss", "atom", "json"];
/** Tags from this number on, up to those whose articles have no text, have feeds that were never requested. */
const UNKEPT = 50;

/** Two rows: publishing to kept feeds, and building a feed at its first request. */
export async function benchMillion(folder: string): Promise<readonly Row[]> {
  const started: Workers[] = [];
  const stores: string[] = [];
  try {
    const stored: Stored[] = [];
    for (const { articles, feeds } of SIZES) {
      const store = mkdtempSync(join(tmpdir(), "wireroom-million-"));
      stores.push(store);
      const one = await startWithMany(folder, store, articles, feeds, (database) => keep(database, feeds));
      started.push(one.workers);
      stored.push(one.stored);
    }
    const kinds = SIZES.map(({ feeds }) => feeds.toLocaleString("en")).join(" / ");
    return [
      await compare(
        `publishing to four of ${kinds} feeds that are kept, most articles copied by SQL`,
        stored,
        (one, round) =>
          // Newer than all stored articles.
          publish(one, (SIZES.at(-1)?.articles ?? 0) + round, [`Tag ${round}`]),
      ),
      await compare(
        "a feed that nobody had asked for, built on a request, most articles copied by SQL",
        stored,
        (one, round) => timed(() => read(one, `/tags/tag-${UNKEPT + round}/rss.xml`)),
      ),
    ];
  } finally {
    for (const workers of started) await workers.stop();
    for (const store of stores) rmSync(store, { recursive: true, force: true });
  }
}

/** Marks the tags' feeds as kept, as if each had been requested, except the tags from `UNKEPT` to `WHOLE_TAGS`. */
function keep(database: DatabaseSync, feeds: number): void {
  const sql = `INSERT INTO feeds (feed, format, version, cached_version, kept_until, fingerprint)
    SELECT 'tag/tag-' || n.value, f.value, 1, 1, '9999-12-31', (SELECT fingerprint FROM feeds WHERE feed = 'site' LIMIT 1)
    FROM json_each(?1) n, json_each(?2) f WHERE true
    ON CONFLICT (feed, format) DO UPDATE SET kept_until = excluded.kept_until`;
  const numbers = Array.from({ length: feeds }, (_, n) => n).filter((n) => n < UNKEPT || n >= WHOLE_TAGS);
  database.prepare(sql).run(JSON.stringify(numbers), JSON.stringify(FORMATS));
}

async function read({ base }: Stored, path: string): Promise<void> {
  const response = await fetch(base + path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  await response.arrayBuffer();
}
