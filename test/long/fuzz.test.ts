// A small part of `npm run fuzz`: the same inputs each time, and without time limits.

import fc from "fast-check";
import { expect, it } from "vitest";
import { target } from "../fuzz/target.ts";
import { PURE_TARGETS } from "../fuzz/targets/index.ts";

const SEED = 6;
const INPUTS = 300;
const BUSY_MICROSECONDS = 1_100_000;
const heed = { starts: () => {}, bounded: false };

it.each(PURE_TARGETS)("$name: every input is accepted or refused", async ({ run, close }) => {
  const { find, inputs } = await run(SEED, INPUTS, heed);
  await close?.();
  expect(find).toBeUndefined();
  expect(inputs).toBe(INPUTS);
});

it("a failure is reported with the smallest input that causes it", async () => {
  const broken = target({
    name: "broken",
    inputs: INPUTS,
    arbitrary: fc.integer({ min: 0, max: 1000 }),
    check(input) {
      if (input >= 10) throw new Error("ten or more");
      return "taken";
    },
  });
  expect((await broken.run(SEED, INPUTS, heed)).find).toEqual({
    what: expect.stringContaining("ten or more"),
    input: "10",
    seed: SEED,
  });
});

it("an input that exceeds the time limit is reported", async () => {
  const slow = target({
    name: "slow",
    inputs: 1,
    arbitrary: fc.constant("slow"),
    check() {
      const before = process.threadCpuUsage();
      const spent = () => {
        const { user, system } = process.threadCpuUsage(before);
        return user + system;
      };
      while (spent() < BUSY_MICROSECONDS);
      return "taken";
    },
  });
  expect((await slow.run(SEED, 1, { ...heed, bounded: true })).find?.what).toMatch(/took \d+ ms/);
});
