// Looks for walks that break a promise, also with a desk that is broken on purpose.

import fc from "fast-check";
import { prepare } from "../simulate.ts";
import { DESK_BREAKS } from "./breaks.ts";
import { walk, walks } from "./walk.ts";

const LENGTH = 60;

/** Runs `count` walks, and prints the shortest form of the first that breaks a promise. Returns whether one did. */
export async function searchDesk(count: number, seed: number): Promise<boolean> {
  const prepared = await prepare();
  const found = await check(prepared, count, seed, true);
  console.log(found ?? `${count} walks break no promise`);
  return found !== undefined;
}

/** Runs walks against each desk of `DESK_BREAKS`. Returns whether one of the faults was not noticed. */
export async function searchDeskBreaks(count: number, seed: number): Promise<boolean> {
  let missed = false;
  for (const [name, edit] of Object.entries(DESK_BREAKS)) {
    const found = await check(await prepare([edit]), count, seed, false);
    if (found === undefined) missed = true;
    console.log(`${name}\n  ${found?.split("\n")[0] ?? `not noticed in ${count} walks`}`);
  }
  return missed;
}

async function check(
  prepared: Awaited<ReturnType<typeof prepare>>,
  numRuns: number,
  seed: number,
  isShortened: boolean,
): Promise<string | undefined> {
  const property = fc.asyncProperty(walks(LENGTH), async (one) => {
    await walk(prepared, one);
  });
  const run = await fc.check(property, { numRuns, seed, endOnFailure: !isShortened });
  if (!run.failed) return undefined;
  const { message = "" } = (run.errorInstance ?? {}) as Partial<Error>;
  return `walk ${run.numRuns}: ${message}\n${JSON.stringify(run.counterexample, null, 1)}`;
}
