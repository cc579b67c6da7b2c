// The seed of all random tests. A run tries the same inputs each time, so that a failure is due to the change
// at hand. `SEED=random npm test` tries new inputs; each failure says which seed repeats it.

import { randomInt } from "node:crypto";
import fc from "fast-check";

const SEEDS = 1_000_000;
const { SEED = "1" } = process.env;

export const seed = SEED === "random" ? randomInt(SEEDS) : Number(SEED);
if (!Number.isInteger(seed)) throw new Error(`SEED must be an integer or "random", not ${SEED}`);
fc.configureGlobal({ seed });
