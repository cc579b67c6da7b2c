// npm run sim -- [--seeds 1000] [--seed 1] [--jobs 2] [--all] [--notes] [--breaks] [--calls] [--desk]
//
// Runs `--seeds` random histories, starting with `--seed`, in `--jobs` processes. For each promise that is broken it prints the
// shortest history that it finds, to be pasted as a case.
//
// --notes   also prints the events of that history
// --all     also reports the promises of `cases/known-faults.ts`
// --calls   plays one history again and again; each time another call of a binding fails, once or for 30 s (`every-call.ts`)
// --breaks  runs histories against each broken Worker of `breaks.ts`, and prints which history notices the fault
// --desk    runs random walks at the desk instead of histories (`desk/walk.ts`); with `--breaks` against each broken desk

import { fork } from "node:child_process";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { BREAKS } from "./breaks.ts";
import { KNOWN_FAULTS } from "./cases/known-faults.ts";
import { searchDesk, searchDeskBreaks } from "./desk/search.ts";
import { failEveryCall } from "./every-call.ts";
import { historyOf, printed } from "./history.ts";
import { firstBroken, shortest } from "./search.ts";
import { prepare } from "./simulate.ts";
import { PROMISES } from "./witness.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    jobs: { type: "string", default: String(availableParallelism()) },
    all: { type: "boolean", default: false },
    notes: { type: "boolean", default: false },
    breaks: { type: "boolean", default: false },
    calls: { type: "boolean", default: false },
    desk: { type: "boolean", default: false },
  },
});
/** Prints the progress to standard error every 250 histories. */
const PROGRESS_INTERVAL = 250;
const first = Number(values.seed);
const count = Number(values.seeds);
const jobs = Math.min(Number(values.jobs), count);

if (values.desk) {
  const search = values.breaks ? searchDeskBreaks : searchDesk;
  if (await search(count, first)) process.exitCode = 1;
} else if (values.breaks) await searchBroken();
else if (values.calls) await searchCalls();
else if (jobs > 1) inProcesses();
else await search();

/** Runs this program once for each job, each with a part of the seeds. */
function inProcesses(): void {
  const share = Math.ceil(count / jobs);
  const flags = (["all", "notes"] as const).flatMap((name) => (values[name] ? [`--${name}`] : []));
  for (let start = first; start < first + count; start += share) {
    const seeds = Math.min(share, first + count - start);
    const range = ["--seed", String(start), "--seeds", String(seeds), "--jobs", "1"];
    fork(import.meta.filename, [...range, ...flags]).on("exit", (code) => {
      if (code !== 0) process.exitCode = 1;
    });
  }
}

async function search(): Promise<void> {
  const prepared = await prepare();
  const known = new Set(values.all ? [] : KNOWN_FAULTS);
  const begun = performance.now();
  const broken = new Map<string, number[]>();
  for (let seed = first; seed < first + count; seed++) {
    if (seed % PROGRESS_INTERVAL === 0) console.error(`at history ${seed}`);
    const found = await firstBroken(prepared, historyOf(seed), known);
    if (!found) continue;
    process.exitCode = 1;
    const { promise, what } = found.violation;
    const before = broken.get(promise) ?? [];
    broken.set(promise, [...before, seed]);
    console.log(`seed ${seed}: ${promise}: ${what}`);
    if (before.length > 0) continue;
    const { history, violation, report } = await shortest(prepared, found);
    console.log(`\nPromised: ${PROMISES[promise]}.\nBroken: ${violation.what}\n${printed(history)}\n`);
    if (values.notes) console.log(report.notes.join("\n"));
  }
  const seconds = ((performance.now() - begun) / 1000).toFixed(0);
  const last = first + count - 1;
  console.log(`histories ${first} to ${last} in ${seconds} s; broken:`, Object.fromEntries(broken));
}

async function searchCalls(): Promise<void> {
  const { runs, found } = await failEveryCall(await prepare());
  for (const { history, violation } of found)
    console.log(`${violation.promise}: ${violation.what}\n${printed(history)}`);
  console.log(`${runs} histories; ${found.length} break a promise`);
  if (found.length > 0) process.exitCode = 1;
}

async function searchBroken(): Promise<void> {
  const known = new Set(KNOWN_FAULTS);
  for (const [name, edit] of Object.entries(BREAKS)) {
    const prepared = await prepare([edit]);
    let noticed: string | undefined;
    for (let seed = first; seed < first + count && !noticed; seed++) {
      const violation = (await firstBroken(prepared, historyOf(seed), known))?.violation;
      if (violation) noticed = `seed ${seed}: ${violation.promise}: ${violation.what}`;
    }
    if (!noticed) process.exitCode = 1;
    console.log(`${name}\n  ${noticed ?? `not noticed in ${count} histories`}`);
  }
}
