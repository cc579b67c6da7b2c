// Times that people type, and how they are understood.

import { expect, it } from "vitest";
import { readAtTime } from "../../src/cli/preview.ts";
import { toInstant } from "../../src/lib/time.ts";

const NOW = toInstant(new Date("2026-02-28T12:00:00Z"));
const read = (value: string) => readAtTime(value, NOW, "Asia/Seoul");

it.each([
  ["2026-03-02T18:00:00+09:00", "2026-03-02T09:00:00Z"],
  ["2026-03-02T18:00:00.5-05:00", "2026-03-02T23:00:00Z"],
  ["2026-03-02 18:00Z", "2026-03-02T18:00:00Z"],
  ["+2h", "2026-02-28T14:00:00Z"],
  ["-3d", "2026-02-25T12:00:00Z"],
  ["+90m", "2026-02-28T13:30:00Z"],
  ["+1w", "2026-03-07T12:00:00Z"],
])("%s says itself when that is", (value, instant) => {
  expect(read(value)).toEqual({ instant, zoneless: false });
});

it.each([
  ["2026-03-02T18:00:30", "2026-03-02T09:00:30Z"],
  ["2026-03-02 18:00", "2026-03-02T09:00:00Z"],
  ["2026-03-02", "2026-03-01T15:00:00Z"],
])("%s is by the publication's clocks", (value, instant) => {
  expect(read(value)).toEqual({ instant, zoneless: true });
});

it("goes by the offset of the season", () => {
  const inBerlin = (value: string) => readAtTime(value, NOW, "Europe/Berlin")?.instant;
  expect(inBerlin("2026-01-12 18:00")).toBe("2026-01-12T17:00:00Z");
  expect(inBerlin("2026-07-12 18:00")).toBe("2026-07-12T16:00:00Z");
});

it.each([
  "",
  "tomorrow",
  "2026-02-30",
  "2026-02-30 10:00Z",
  "2026-03-02 25:00",
  "18:00",
  "2h",
  "+2",
  "+2y",
  "+99999w",
])("%j is no time", (value) => {
  expect(read(value)).toBeUndefined();
});
