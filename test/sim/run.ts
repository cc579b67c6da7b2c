// npm run sim -- [--seeds 1000] [--seed 1] [--notes]
//
// Runs so many histories from a seed on. Of each kind of promise that is broken it prints the shortest history that it finds, to be
// pasted as a case; `--notes` with all that happened in it. `--all` looks for faults that are known, too.

import { parseArgs } from "node:util";
import { KNOWN_FAULTS } from "./cases/known-faults.ts";
import { historyOf, printed } from "./history.ts";
import { firstBroken, shortest } from "./search.ts";
import { prepare } from "./simulate.ts";
import { PROMISES } from "./witness.ts";

const { values } = parseArgs({
  options: {
    seeds: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    notes: { type: "boolean", default: false },
    all: { type: "boolean", default: false },
  },
});

const prepared = await prepare();
const known = new Set(values.all ? [] : KNOWN_FAULTS);
const first = Number(values.seed);
const count = Number(values.seeds);
const begun = performance.now();
const seeds = new Map<string, number[]>();
for (let seed = first; seed < first + count; seed++) {
  const found = await firstBroken(prepared, historyOf(seed), known);
  if (!found) continue;
  process.exitCode = 1;
  const { promise, what } = found.violation;
  const before = seeds.get(promise) ?? [];
  seeds.set(promise, [...before, seed]);
  console.log(`seed ${seed}: ${promise}: ${what}`);
  if (before.length > 0) continue;
  const { history, violation, report } = await shortest(prepared, found);
  console.log(`\nPromised: ${PROMISES[promise]}.\nBroken: ${violation.what}\n${printed(history)}\n`);
  if (values.notes) console.log(report.notes.join("\n"));
}
const seconds = (performance.now() - begun) / 1000;
console.log(`${count} histories in ${seconds.toFixed(0)} s. Broken:`, Object.fromEntries(seeds));
