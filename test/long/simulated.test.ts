// Some histories of the simulation (test/sim), on Miniflare's bindings instead of stand-ins.

import { expect, it } from "vitest";
import { historyOf, printed } from "../sim/history.ts";
import { playOnMiniflare } from "../sim/on-miniflare.ts";

/** With what is worth having: many puts, every binding failing, restarts, nothing but cron. */
const SEEDS = [4, 6, 12, 28, 40, 57];

it.each(SEEDS)("history %i keeps every promise that can be looked at there", async (seed) => {
  const history = historyOf(seed);
  const { violations, sent } = await playOnMiniflare(history);
  expect(violations, printed(history)).toEqual([]);
  expect(sent.length).toBeGreaterThan(0);
});
