// `npm run bench -- million`: builds with 10,000 feeds that are kept and 1,000,000 articles, beside 100 of each. It takes some ten
// minutes and 5 GB of disk, so a run of all parts leaves it out.

import { compare, fill, publish, type Stored, WHOLE_TAGS } from "./publish.ts";
import type { Row } from "./table.ts";
import { timed } from "./table.ts";
import { startWorkers, type Workers } from "./workers.ts";

const SIZES = [
  { articles: 100, feeds: 100 },
  { articles: 1_000_000, feeds: 10_000 },
];
const FORMATS = ["rss", "atom", "json"];
/** Tags whose feeds nobody has asked for yet begin here, up to those whose articles have no text. */
const UNKEPT = 50;

/** Two rows: publishing to feeds that are kept, and building one that nobody had asked for. */
export async function benchMillion(folder: string): Promise<readonly Row[]> {
  const started: Workers[] = [];
  try {
    const stored: Stored[] = [];
    for (const { articles, feeds } of SIZES) {
      const workers = await startWorkers(folder);
      started.push(workers);
      const one = { size: articles, db: workers.db, base: await workers.url("wireroom") };
      await fill(one, feeds);
      await keep(one, feeds);
      stored.push(one);
    }
    const kinds = SIZES.map(({ feeds }) => feeds.toLocaleString("en")).join(" / ");
    return [
      await compare(`publishing to four of ${kinds} feeds that are kept`, stored, (one, round) =>
        // Newer than all that is stored.
        publish(one, (SIZES.at(-1)?.articles ?? 0) + round, [`Tag ${round}`]),
      ),
      await compare("a feed that nobody had asked for, built on a request", stored, (one, round) =>
        timed(() => read(one, `/tags/tag-${UNKEPT + round}/rss.xml`)),
      ),
    ];
  } finally {
    for (const workers of started) await workers.stop();
  }
}

/** Has the tags' feeds but some kept built, as if each had been asked for. */
async function keep({ db }: Stored, feeds: number): Promise<void> {
  const sql = `INSERT INTO feeds (feed, format, version, cached_version, kept_until, fingerprint)
    SELECT 'tag/tag-' || n.value, f.value, 1, 1, '9999-12-31', (SELECT fingerprint FROM feeds WHERE feed = 'site' LIMIT 1)
    FROM json_each(?1) n, json_each(?2) f WHERE true
    ON CONFLICT (feed, format) DO UPDATE SET kept_until = excluded.kept_until`;
  const numbers = Array.from({ length: feeds }, (_, n) => n).filter((n) => n < UNKEPT || n >= WHOLE_TAGS);
  await db.prepare(sql).bind(JSON.stringify(numbers), JSON.stringify(FORMATS)).run();
}

async function read({ base }: Stored, path: string): Promise<void> {
  const response = await fetch(base + path);
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  await response.arrayBuffer();
}
