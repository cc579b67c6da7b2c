// Wall clocks in zones: ordinary days, and the hours that a zone skipped or had twice.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inZone } from "../../src/lib/wall-clock.ts";

describe("inZone", () => {
  it.each([
    ["winter", "2026-01-12T18:04:00", "Europe/Berlin", "2026-01-12T18:04:00+01:00"],
    ["summer", "2026-07-12T18:04:00", "Europe/Berlin", "2026-07-12T18:04:00+02:00"],
    ["the last second before summer", "2026-03-29T01:59:59", "Europe/Berlin", "2026-03-29T01:59:59+01:00"],
    ["a gap: on by the hour", "2026-03-29T02:30:00", "Europe/Berlin", "2026-03-29T03:30:00+02:00"],
    ["summer's first second", "2026-03-29T03:00:00", "Europe/Berlin", "2026-03-29T03:00:00+02:00"],
    ["an overlap: the earlier", "2026-10-25T02:30:00", "Europe/Berlin", "2026-10-25T02:30:00+02:00"],
    ["after an overlap", "2026-10-25T03:00:00", "Europe/Berlin", "2026-10-25T03:00:00+01:00"],
    ["west of Greenwich", "2025-03-03T16:52:00", "America/New_York", "2025-03-03T16:52:00-05:00"],
    ["a gap in the west", "2025-03-09T02:15:00", "America/New_York", "2025-03-09T03:15:00-04:00"],
    ["an overlap in the west", "2025-11-02T01:15:00", "America/New_York", "2025-11-02T01:15:00-04:00"],
    ["half an hour", "2025-03-03T16:52:00", "Asia/Kolkata", "2025-03-03T16:52:00+05:30"],
    ["a summer of half an hour", "2025-01-01T12:00:00", "Australia/Lord_Howe", "2025-01-01T12:00:00+11:00"],
    ["a gap of half an hour", "2025-10-05T02:10:00", "Australia/Lord_Howe", "2025-10-05T02:40:00+11:00"],
    ["an overlap of half an hour", "2025-04-06T01:45:00", "Australia/Lord_Howe", "2025-04-06T01:45:00+11:00"],
    ["before a day that wasn't", "2011-12-29T23:59:59", "Pacific/Apia", "2011-12-29T23:59:59-10:00"],
    ["a day that wasn't", "2011-12-30T12:00:00", "Pacific/Apia", "2011-12-31T12:00:00+14:00"],
    ["after a day that wasn't", "2011-12-31T00:00:00", "Pacific/Apia", "2011-12-31T00:00:00+14:00"],
    ["an offset with seconds", "1960-01-01T12:00:00", "Africa/Monrovia", "1960-01-01T12:00:00-00:45"],
    ["UTC", "2024-10-24T11:30:00", "UTC", "2024-10-24T11:30:00Z"],
    ["Greenwich in winter", "2024-12-24T11:30:00", "Europe/London", "2024-12-24T11:30:00Z"],
  ])("reads %s", (_name, local, zone, expected) => {
    expect(inZone(local, zone)).toBe(expected);
  });

  it("gives the clock that the zone shows then, for every clock outside a gap", () => {
    const minute = fc.integer({ min: Date.UTC(1970, 0) / 60_000, max: Date.UTC(2037, 0) / 60_000 });
    const zone = fc.constantFrom("Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Africa/Casablanca");
    fc.assert(
      fc.property(minute, zone, (minute, timeZone) => {
        const shown = new Intl.DateTimeFormat("sv", { timeZone, dateStyle: "short", timeStyle: "medium" });
        const local = shown.format(minute * 60_000).replace(" ", "T");
        const instant = Date.parse(inZone(local, timeZone));
        expect(shown.format(instant).replace(" ", "T")).toBe(local);
        // In an overlap it is the earlier of the two.
        expect(instant).toBeLessThanOrEqual(minute * 60_000);
      }),
    );
  });

  it.each([
    ["2026-01-12T18:04:00", "Mars/Olympus"],
    ["six o'clock", "UTC"],
  ])("refuses %s in %s", (local, zone) => {
    expect(() => inZone(local, zone)).toThrow(RangeError);
  });
});
