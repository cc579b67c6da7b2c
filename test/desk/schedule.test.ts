// A date and time as an editor types it, by the clocks of the site: what it means, and why it is refused.

import { describe, expect, it } from "vitest";
import { atSiteClock, wallClock } from "../../src/desk/publish/schedule.ts";
import type { Instant } from "../../src/lib/time.ts";

const NOW = "2026-03-01T09:00:30Z" as Instant;
const read = (local: string, timezone: string, now = NOW) => {
  const result = atSiteClock(local, { timezone }, now);
  return result.ok ? result.value : result.problems.map(({ path, message }) => `${path} ${message}`).join();
};

it.each([
  ["2026-12-01T08:30", "Asia/Seoul", "2026-11-30T23:30:00Z"],
  [" 2026-12-01T08:30:00 ", "Europe/Berlin", "2026-12-01T07:30:00Z"],
  ["2026-07-01T08:30", "Europe/Berlin", "2026-07-01T06:30:00Z"],
  // Clocks are put back, and this hour comes twice: the first is meant.
  ["2026-10-25T02:30", "Europe/Berlin", "2026-10-25T00:30:00Z"],
  ["2026-03-01T10:01", "Europe/Berlin", "2026-03-01T09:01:00Z"],
])("%s in %s is %s", (local, zone, at) => {
  expect(read(local, zone)).toBe(at);
});

it.each(["2026-12-01", "8:30", "", "2026-02-30T08:30", "2026-12-01T25:00", "2026-12-01T08:30Z", "tomorrow"])(
  "%j is no date and time",
  (local) => {
    expect(read(local, "Asia/Seoul")).toBe("local Type a date and time, like 2026-12-01T08:30.");
  },
);

it("a time that summer time skips is refused, and the next one is named", () => {
  expect(read("2026-03-29T02:30", "Europe/Berlin")).toBe(
    "local There is no such time: clocks in Europe/Berlin skip it that day. The next one is 29 March 2026, 03:30 CEST.",
  );
  expect(read("2026-03-29T02:30", "Asia/Seoul")).toBe("2026-03-28T17:30:00Z");
});

it.each([
  // The first 02:45 is past, the second in ten minutes.
  ["2026-10-25T02:45", "2026-10-25T01:35:00Z", "2026-10-25T01:45:00Z"],
  ["2026-10-25T02:45", "2026-10-25T00:45:00Z", "2026-10-25T01:45:00Z"],
  ["2026-10-25T02:45", "2026-10-25T00:44:59Z", "2026-10-25T00:45:00Z"],
  ["2026-10-25T02:45", "2026-10-25T01:45:00Z", undefined],
])("a time that comes twice, %s, is at %s the one that is still to come", (local, now, at) => {
  const said = "local This time is in the past: by the site's clock it is 25 October 2026, 02:45 CET.";
  expect(read(local, "Europe/Berlin", now as Instant)).toBe(at ?? said);
});

it("a time that is past is refused, with the time that it is at the site", () => {
  const said = "local This time is in the past: by the site's clock it is 1 March 2026, 10:00 CET.";
  expect(read("2026-03-01T10:00", "Europe/Berlin")).toBe(said);
  expect(read("2025-12-01T10:00", "Europe/Berlin")).toBe(said);
});

describe("an instant by the clocks of a zone", () => {
  it.each([
    ["2026-11-30T23:30:00Z", "Asia/Seoul", "2026-12-01T08:30"],
    ["2026-10-25T01:30:00Z", "Europe/Berlin", "2026-10-25T02:30"],
    ["2026-12-31T23:59:00Z", "UTC", "2026-12-31T23:59"],
  ])("%s in %s is %s", (at, zone, wall) => {
    expect(wallClock(at as Instant, zone)).toBe(wall);
  });
});
