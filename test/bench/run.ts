// `npm run bench` measures all parts in one run, prints a table, and writes it to RESULTS.md. `npm run bench -- publish day`
// runs only those parts and writes nothing. `million`, `subscribers` and `import FOLDER` run only when they are named.
// Needs wrk (Debian: apt-get install wrk).

import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchBuild } from "./build.ts";
import { benchCheck } from "./check.ts";
import { benchCommand } from "./command.ts";
import { benchCpu } from "./cpu.ts";
import { benchDay } from "./day.ts";
import { benchDesk } from "./desk.ts";
import { benchEdits } from "./edits.ts";
import { benchHttp } from "./http.ts";
import { benchImport } from "./import.ts";
import { benchMemory } from "./memory.ts";
import { benchMillion } from "./million.ts";
import { benchPublish } from "./publish.ts";
import { benchRerender } from "./rerender.ts";
import { benchStampede } from "./stampede.ts";
import { benchStart } from "./start.ts";
import { benchStorage } from "./storage.ts";
import { benchSubscribers } from "./subscribers.ts";
import { type Row, resultsText, tableRow } from "./table.ts";
import { BUNDLE_LIMIT_BYTES, buildWorker } from "./workers.ts";

const named = process.argv.slice(2);
// `import` is followed by the folder with its pages.
const [pages] = named.includes("import") ? named.splice(named.indexOf("import") + 1, 1) : [];

const { folder, gzipBytes } = buildWorker();
const PARTS: Readonly<Record<string, () => Promise<readonly Row[]> | readonly Row[]>> = {
  http: () => benchHttp(folder),
  build: () => benchBuild(),
  publish: () => benchPublish(folder),
  edits: () => benchEdits(),
  stampede: () => benchStampede(),
  million: () => benchMillion(folder),
  rerender: () => benchRerender(),
  storage: () => benchStorage(folder),
  subscribers: () => benchSubscribers(),
  day: () => benchDay(folder),
  cpu: () => benchCpu(folder),
  memory: () => benchMemory(folder),
  start: () => benchStart(folder),
  desk: () => benchDesk(folder),
  size: () => [sizeRow()],
  check: () => benchCheck(),
  command: () => benchCommand(),
  import: () => benchImport(pages),
};

/** Parts that run only when they are named. */
const LONG = new Set(["million", "subscribers", "import"]);

try {
  await run(named);
} finally {
  rmSync(folder, { recursive: true });
}

async function run(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.filter((name) => !Object.hasOwn(PARTS, name));
  if (unknown.length > 0) {
    throw new Error(`no such part: ${unknown.join(", ")}; the parts are ${Object.keys(PARTS).join(", ")}`);
  }
  const rows: Row[] = [];
  for (const [name, bench] of Object.entries(PARTS)) {
    if (wanted.length > 0 ? !wanted.includes(name) : LONG.has(name)) continue;
    const start = performance.now();
    const made = await bench();
    rows.push(...made);
    // A later part that fails must not lose what was measured.
    for (const row of made) console.log(tableRow(row));
    console.error(`${name}: ${Math.round((performance.now() - start) / 1000)} s`);
  }
  if (wanted.length === 0) writeFileSync(join(import.meta.dirname, "RESULTS.md"), resultsText(rows));
  if (rows.some((row) => row.met === false)) process.exitCode = 1;
}

function sizeRow(): Row {
  return {
    what: "Worker, gzipped",
    figure: `${Math.round(gzipBytes / 1000)} kB`,
    goal: `≤ ${BUNDLE_LIMIT_BYTES / 1000} kB`,
    met: gzipBytes <= BUNDLE_LIMIT_BYTES,
  };
}
