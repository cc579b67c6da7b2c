// Some histories of the simulation (test/sim), played on Miniflare's bindings instead of simulated ones.

import { expect, it } from "vitest";
import { historyOf, printed } from "../sim/history.ts";
import { playOnMiniflare } from "../sim/on-miniflare.ts";

/** Between them these histories have many puts, failures of every binding, restarts, and only cron to notice changes. */
const SEEDS = [4, 6, 12, 28, 40, 57];

it.each(SEEDS)("history %i keeps every promise that can be checked on Miniflare", async (seed) => {
  const history = historyOf(seed);
  const { violations, sent } = await playOnMiniflare(history);
  expect(violations, printed(history)).toEqual([]);
  expect(sent.length).toBeGreaterThan(0);
});
