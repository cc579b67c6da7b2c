// What is made of an article once, for all formats.

import { beforeEach, expect, it, vi } from "vitest";
import { readerBody } from "../../src/formats/body.ts";
import { CASES, startOf } from "../fixtures/cases.ts";
import { walk } from "../street.ts";

// Test files share their modules: what another file has loaded isn't the one that is watched here.
vi.hoisted(() => vi.resetModules());
vi.mock(import("../../src/formats/body.ts"), { spy: true });
beforeEach(() => vi.clearAllMocks());

it.each(CASES)("the body of %s is written once", async (name) => {
  await walk(startOf(name));
  expect(readerBody).toHaveBeenCalledTimes(1);
});
