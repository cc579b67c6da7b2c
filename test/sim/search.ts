// Runs a history, and shortens one that breaks a promise.

import type { History } from "./history.ts";
import { type Prepared, type Report, simulate } from "./simulate.ts";
import type { Promised, Violation } from "./witness.ts";

/** A history that breaks a promise. */
export interface Found {
  readonly history: History;
  readonly violation: Violation;
  readonly report: Report;
}

/** Runs a history. Returns the first violation of a promise that isn't in `known`. */
export async function firstBroken(
  prepared: Prepared,
  history: History,
  known: ReadonlySet<Promised>,
): Promise<Found | undefined> {
  const report = await simulate(prepared, history);
  const violation = report.violations.find(({ promise }) => !known.has(promise));
  return violation && { history, violation, report };
}

/** Number of other seeds tried with a shorter history: leaving out a step changes the order of concurrent calls. */
const OTHER_SEEDS = 10;

/** Shortens a history while it still breaks the same promise, with its own seed or another. Stops after `runLimit` runs. */
export async function shortest(prepared: Prepared, found: Found, runLimit = 600): Promise<Found> {
  const { promise } = found.violation;
  let best = found;
  let runs = 0;
  const breaks = async (steps: History["steps"]): Promise<boolean> => {
    for (let other = 0; other <= OTHER_SEEDS && runs < runLimit; other++) {
      runs++;
      const history = { ...best.history, seed: other === 0 ? best.history.seed : other, steps };
      const report = await simulate(prepared, history);
      const violation = report.violations.find((one) => one.promise === promise);
      if (violation) best = { history, violation, report };
      if (violation) return true;
    }
    return false;
  };
  // Leave out halves, then quarters, and so on down to single steps.
  for (let size = Math.ceil(best.history.steps.length / 2); size >= 1; size = Math.floor(size / 2)) {
    for (let start = best.history.steps.length - size; start >= 0; start -= size) {
      const { steps } = best.history;
      // Add the time of the removed steps to the next step.
      const wait = steps.slice(start, start + size).reduce((sum, { after = 0 }) => sum + after, 0);
      const [next, ...more] = steps.slice(start + size);
      const joined = next ? [{ ...next, after: round((next.after ?? 0) + wait) }, ...more] : [];
      await breaks([...steps.slice(0, start), ...joined]);
    }
  }
  // Reduce the repetitions of each step.
  for (const [index, step] of best.history.steps.entries()) {
    for (const times of [1, 2, 4]) {
      if (step.do !== "read" || (step.times ?? 1) <= times) break;
      if (await breaks(best.history.steps.with(index, { ...step, times }))) break;
    }
  }
  return best;
}

const round = (seconds: number): number => Math.round(seconds * 1000) / 1000;
