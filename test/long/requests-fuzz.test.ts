// A small part of the requests of `npm run fuzz` to a Worker, the same ones each time.

import { afterAll, expect, it } from "vitest";
import { worker } from "../fuzz/targets/worker.ts";

const SEED = 6;
const INPUTS = 400;

afterAll(() => worker.close?.());

it("a Worker answers every request, and never with a 5xx", async () => {
  const { find, inputs } = await worker.run(SEED, INPUTS, { starts: () => {}, bounded: false });
  expect(find).toBeUndefined();
  expect(inputs).toBe(INPUTS);
});
