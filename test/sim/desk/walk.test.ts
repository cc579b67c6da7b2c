// Some walks, always the same ones. `npm run sim -- --desk` walks more of them, and makes what breaks a promise short.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { type Prepared, prepare } from "../simulate.ts";
import { DESK_BREAKS } from "./breaks.ts";
import { walk, walks } from "./walk.ts";

const WALKS = 25;
const LENGTH = 40;

let prepared: Prepared;
beforeAll(async () => {
  prepared = await prepare();
});

it(`${WALKS} walks lose no acknowledged text, and put out only what was named`, async () => {
  const property = fc.asyncProperty(walks(LENGTH), async (one) => {
    await walk(prepared, one);
  });
  await fc.assert(property, { numRuns: WALKS, seed: 1, endOnFailure: true });
});

it("a walk is the same for the same seed", async () => {
  const [one] = fc.sample(walks(LENGTH), { numRuns: 1, seed: 7 });
  if (!one) throw new Error("no walk");
  expect(await walk(prepared, one)).toEqual(await walk(prepared, one));
});

it.each(Object.entries(DESK_BREAKS))("the desk can be broken: %s", (_, { file, find }) => {
  expect(readFileSync(join(import.meta.dirname, "../../..", file), "utf8")).toContain(find);
});
