// A fixed set of random histories. `npm run sim` runs more, and shortens a history that breaks a promise.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { BREAKS } from "./breaks.ts";
import { KNOWN_FAULTS } from "./cases/known-faults.ts";
import { failEveryCall } from "./every-call.ts";
import { BINDINGS } from "./faults.ts";
import { historyOf, printed } from "./history.ts";
import { firstBroken } from "./search.ts";
import { type Prepared, prepare, simulate } from "./simulate.ts";

const HISTORIES = 30;
/** Tests the failure of every 59th call of each binding; `npm run sim -- --calls` tests all of them. */
const CALL_INTERVAL = 59;

let prepared: Prepared;
beforeAll(async () => {
  prepared = await prepare();
});

describe("the Worker in many isolates", () => {
  it(`keeps every promise in ${HISTORIES} histories`, async () => {
    const known = new Set(KNOWN_FAULTS);
    for (let seed = 1; seed <= HISTORIES; seed++) {
      const found = await firstBroken(prepared, historyOf(seed), known);
      expect(found?.violation, found && printed(found.history)).toBeUndefined();
    }
  });
});

it("keeps every promise when calls of a binding fail, once or for 30 s", async () => {
  const { runs, found } = await failEveryCall(prepared, CALL_INTERVAL);
  expect(runs).toBeGreaterThan(2 * BINDINGS.length);
  expect(found.map(({ violation, history }) => [violation, printed(history)])).toEqual([]);
});

it.each(Object.entries(BREAKS))("can be broken: %s", (_, { file, find }) => {
  expect(readFileSync(join(import.meta.dirname, "../..", file), "utf8")).toContain(find);
});

describe("the simulation", () => {
  it("gives the same run for the same seed", async () => {
    const [first, second] = [await simulate(prepared, historyOf(7)), await simulate(prepared, historyOf(7))];
    expect(second).toEqual(first);
    expect(first.notes.length).toBeGreaterThan(5);
  });

  it("gives another run for another seed", async () => {
    const { steps } = historyOf(7);
    const [first, second] = [
      await simulate(prepared, { seed: 1, steps }),
      await simulate(prepared, { seed: 2, steps }),
    ];
    expect(second.notes).not.toEqual(first.notes);
  });
});
