// Many readers at once request a feed for the first time: the D1 statements of its object, compared with one reader.

import { rmSync } from "node:fs";
import { article } from "../worker/articles.ts";
import { makeBundles } from "../worker/bundles.ts";
import { type FaultyWorker, startFaultyWorker } from "../worker/faults.ts";
import type { Row } from "./table.ts";

const READERS = 60;
/** Added latency in milliseconds, so that all requests are under way before the first is answered. */
const LATENCY = { d1: 25, kv: 40 };

/** One row: the number of builds that these readers cause. */
export async function benchStampede(): Promise<readonly Row[]> {
  const folder = await makeBundles();
  const worker = await startFaultyWorker({ folder });
  try {
    for (const tag of ["one", "many"]) await worker.put(tag, article({ headline: `Of ${tag}`, tags: [tag] }));
    await worker.settled();
    await worker.fail({ delayMilliseconds: LATENCY });
    const builds = (await costOf(worker, "many", READERS)) / (await costOf(worker, "one", 1));
    return [
      {
        what: `builds of a feed that ${READERS} readers at once are the first to ask for`,
        figure: String(builds),
        goal: "1",
        met: builds === 1,
      },
    ];
  } finally {
    await worker.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Number of D1 statements that the feed's object makes until all readers are answered. */
async function costOf(worker: FaultyWorker, tag: string, readers: number): Promise<number> {
  await worker.reload();
  await worker.fail({ delayMilliseconds: LATENCY });
  await worker.counts();
  await Promise.all(
    Array.from({ length: readers }, async () => {
      const response = await worker.fetch(`/tags/${tag}/rss.xml`);
      if (!response.ok) throw new Error(`the feed answered ${response.status}`);
      await response.arrayBuffer();
    }),
  );
  const counts = await worker.counts();
  return counts
    .filter(({ invocation }) => invocation === `object current tag/${tag}`)
    .reduce((sum, { statements }) => sum + statements, 0);
}
