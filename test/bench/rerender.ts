// Rerendering after a change of settings: articles a minute, and how long an edit takes meanwhile. Wrapped bindings add a
// network's latency.

import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { article } from "../worker/articles.ts";
import { makeBundles } from "../worker/bundles.ts";
import { type FaultyWorker, startFaultyWorker } from "../worker/faults.ts";
import { until } from "../worker/harness.ts";
import { median, type Row, timed } from "./table.ts";

const LATENCY = { d1: 25, kv: 40 };
const GATHER_MILLISECONDS = 1000;
const ARTICLES = 600;
const EDITS = 3;
const CLIENTS = 8;
const MINUTE_MILLISECONDS = 60_000;
const GOALS = { aMinute: 1000, untilInKv: 1600 };
const SITE_YAML = readFileSync(join(import.meta.dirname, "../../content/site.yaml"), "utf8");

/** Two rows: articles rerendered a minute, and milliseconds of an edit meanwhile. */
export async function benchRerender(): Promise<readonly Row[]> {
  const folder = await makeBundles();
  const worker = await startFaultyWorker({ folder, gatherMilliseconds: GATHER_MILLISECONDS });
  try {
    let next = 0;
    const publish = async () => {
      for (let index = next++; index < ARTICLES; index = next++) await put(worker, index, 0);
    };
    await Promise.all(Array.from({ length: CLIENTS }, publish));
    await worker.settled();
    const before = await fingerprints(worker);
    await worker.reload({ siteYaml: SITE_YAML.replace("title: Wireroom Daily", "title: Evening Wire") });
    await worker.fail({ delayMilliseconds: LATENCY });
    await worker.scheduled();
    const edits: number[] = [];
    const [all] = await Promise.all([
      timed(() =>
        until("every article is rendered again", async () => {
          const now = await fingerprints(worker);
          return now.every((one) => !before.includes(one));
        }),
      ),
      (async () => {
        for (let index = 0; index < EDITS; index++) edits.push(await edit(worker, index));
      })(),
    ]);
    const aMinute = Math.round((ARTICLES / all) * MINUTE_MILLISECONDS);
    const untilInKv = Math.round(median(edits));
    const what = `D1 at ${LATENCY.d1} ms, KV at ${LATENCY.kv} ms`;
    return [
      {
        what: `articles rendered again a minute after a change of settings, ${what}`,
        figure: String(aMinute),
        goal: `≥ ${GOALS.aMinute}`,
        met: aMinute >= GOALS.aMinute,
      },
      {
        what: `ms from an edit's call until it is in KV meanwhile, ${what}`,
        figure: String(untilInKv),
        goal: `≤ ${GOALS.untilInKv}`,
        met: untilInKv <= GOALS.untilInKv,
      },
    ];
  } finally {
    await worker.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fingerprints(worker: FaultyWorker): Promise<readonly string[]> {
  const { DB } = await worker.env();
  const { results } = await DB.prepare("SELECT DISTINCT fingerprint FROM articles").all<{
    fingerprint: string;
  }>();
  return results.map(({ fingerprint }) => fingerprint);
}

/** Milliseconds from an edit's call until its site's feed is in KV. */
const edit = (worker: FaultyWorker, index: number): Promise<number> =>
  timed(async () => {
    await put(worker, ARTICLES - 1 - index, 1);
    const headline = headlineOf(ARTICLES - 1 - index, 1);
    const { CACHE } = await worker.env();
    await until("the edit is in KV", async () => {
      const name = "feed:site:json";
      const { value, metadata } = await CACHE.getWithMetadata<{ gzipLength: number }>(name, "arrayBuffer");
      const gzip = Buffer.from(value ?? new ArrayBuffer(), 0, metadata?.gzipLength ?? 0);
      return gzip.length > 0 && gunzipSync(gzip).includes(headline);
    });
  });

const headlineOf = (index: number, edition: number) => `Report ${index}, edition ${edition}`;

async function put(worker: FaultyWorker, index: number, edition: number): Promise<void> {
  const response = await worker.put(
    `report-${index}`,
    article({
      headline: headlineOf(index, edition),
      published: new Date(Date.UTC(2024, 0, 1) + index * MINUTE_MILLISECONDS).toISOString(),
      section: index % 2 === 0 ? "about" : "asia-pacific",
      tags: [`Tag ${index % 40}`],
      bylines: [index % 2 === 0 ? "david-choi" : "wireroom-desk"],
    }),
  );
  if (!response.ok) throw new Error(`PUT answered ${response.status}: ${await response.text()}`);
}
