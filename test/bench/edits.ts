// Throughput of edits: from the API call until every document is in KV. Wrapped bindings (test/worker/faulty.ts) add the
// network's latency between the Worker, D1 and KV; the Worker itself is unchanged.

import { rmSync } from "node:fs";
import { article } from "../worker/articles.ts";
import { makeBundles } from "../worker/bundles.ts";
import { type FaultyWorker, startFaultyWorker } from "../worker/faults.ts";
import { until } from "../worker/harness.ts";
import { partner } from "../worker/partners/partners.ts";
import { median, type Row, timed } from "./table.ts";

const LATENCY = { d1: 25, kv: 40 };
const GATHER_MILLISECONDS = 1000;
const ARTICLES = 60;
const TAGS = 40;
const CLIENTS = 8;
const SINGLE_EDITS = 5;
const MINUTE_MILLISECONDS = 60_000;
const GOALS = { aMinute: 1200, aMinuteWithPartners: 300, untilInKv: 1600, readsOfD1: 0 };
const PARTNERS = 150;

/** Four rows: edits a minute, milliseconds of one edit, D1 statements of polls, and edits a minute with partners. */
export async function benchEdits(): Promise<readonly Row[]> {
  const folder = await makeBundles();
  const worker = await startFaultyWorker({ folder, gatherMilliseconds: GATHER_MILLISECONDS });
  try {
    await fill(worker);
    await worker.fail({ delayMilliseconds: LATENCY });
    const single: number[] = [];
    for (let edit = 0; edit < SINGLE_EDITS; edit++) {
      single.push(
        await timed(async () => {
          await put(worker, edit, 1);
          await settled(worker);
        }),
      );
    }
    const aMinute = await editsAMinute(worker, 2);
    await worker.reload();
    await worker.counts();
    for (const path of POLLED) await worker.fetch(path);
    // Feeds' objects may work meanwhile; count polls only.
    const polls = (await worker.counts()).filter(({ invocation }) => invocation.startsWith("GET "));
    const read = polls.reduce((sum, { statements }) => sum + statements, 0);
    await worker.fail({});
    await addPartners(worker);
    await worker.fail({ delayMilliseconds: LATENCY });
    const withPartners = await editsAMinute(worker, 3);
    const untilInKv = Math.round(median(single));
    const what = `D1 at ${LATENCY.d1} ms, KV at ${LATENCY.kv} ms`;
    return [
      row(`edits a minute that keep up, ${what}`, aMinute, `≥ ${GOALS.aMinute}`, aMinute >= GOALS.aMinute),
      row(
        `ms from one edit's call until all its documents are in KV, ${what}`,
        untilInKv,
        `≤ ${GOALS.untilInKv}`,
        untilInKv <= GOALS.untilInKv,
      ),
      row(
        `edits a minute that keep up with ${PARTNERS} partners, a third of whom take all, a third a section, a third two tags`,
        withPartners,
        `≥ ${GOALS.aMinuteWithPartners}`,
        withPartners >= GOALS.aMinuteWithPartners,
      ),
      row("D1 statements of a poll by a new isolate, of a feed in KV", read / POLLED.length, "0", read === 0),
    ];
  } finally {
    await worker.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Resolves once no document is stale. Asks by HTTP, since Miniflare's own bindings block this process. It would then not read
 * the Worker's log, and a Worker that logs much waits until somebody does.
 */
const settled = (worker: FaultyWorker): Promise<true> =>
  until("no document is stale", async () => (await (await worker.fetch("/__stale")).json()) === 0);

/** The number of edits a minute whose documents are all in KV as fast as the edits are sent. */
async function editsAMinute(worker: FaultyWorker, edition: number): Promise<number> {
  const all = await timed(async () => {
    let next = 0;
    const publish = async () => {
      for (let edit = next++; edit < ARTICLES; edit = next++) await put(worker, edit, edition);
    };
    await Promise.all(Array.from({ length: CLIENTS }, publish));
    await settled(worker);
  });
  return Math.round((ARTICLES / all) * MINUTE_MILLISECONDS);
}

/** Adds partners, and has their feeds built. */
async function addPartners(worker: FaultyWorker): Promise<void> {
  for (let index = 0; index < PARTNERS; index++) {
    const tags = [`Tag ${index % TAGS}`, `Tag ${(index + 7) % TAGS}`];
    const sections = [index % 2 === 0 ? "about" : "asia-pacific"];
    const select = [{}, { sections }, { tags }][index % 3];
    await partner(worker, `partner-${index}`, { select });
  }
  await settled(worker);
}

const FILES = ["rss.xml", "atom.xml", "feed.json"];
const FOLDERS = [
  "",
  "/sections/about",
  "/authors/david-choi",
  ...Array.from({ length: TAGS }, (_, n) => `/tags/tag-${n}`),
];
const POLLED = FOLDERS.flatMap((folder) => FILES.map((file) => `${folder}/${file}`));

const row = (what: string, figure: number, goal: string, met: boolean): Row => ({
  what,
  figure: String(figure),
  goal,
  met,
});

/** Stores articles in two sections, each with two tags and a writer, and requests all their feeds, so that KV has them. */
async function fill(worker: FaultyWorker): Promise<void> {
  for (let index = 0; index < ARTICLES; index++) await put(worker, index, 0);
  await settled(worker);
  for (const _ of ["once", "twice"]) {
    await worker.reload();
    for (const path of POLLED) await (await worker.fetch(path)).arrayBuffer();
    await settled(worker);
  }
}

async function put(worker: FaultyWorker, index: number, edition: number): Promise<void> {
  const response = await worker.put(
    `report-${index}`,
    article({
      headline: `Report ${index}, edition ${edition}`,
      section: index % 2 === 0 ? "about" : "asia-pacific",
      tags: [`Tag ${(index * 3) % TAGS}`, `Tag ${(index * 3 + 1) % TAGS}`],
      bylines: [index % 2 === 0 ? "david-choi" : "wireroom-desk"],
    }),
  );
  if (!response.ok) throw new Error(`PUT answered ${response.status}: ${await response.text()}`);
}
