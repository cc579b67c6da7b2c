// Times at the desk: in lists today's have no date; this year's have no year; the zone has one name all year.

import { expect, it } from "vitest";
import { shortDay, shortTime, zoneName } from "../../src/desk/short-time.ts";
import type { Instant } from "../../src/lib/time.ts";

const NOW = "2026-03-02T22:30:00Z" as Instant;

it.each([
  // In Tokyo it is the third of March already.
  ["2026-03-02T15:05:00Z", "Asia/Tokyo", "3 Mar, 00:05", "00:05"],
  ["2026-03-02T14:55:00Z", "Asia/Tokyo", "2 Mar, 23:55", "2 March"],
  ["2026-03-02T14:55:00Z", "Europe/Berlin", "2 Mar, 15:55", "15:55"],
  ["2025-12-31T14:55:00Z", "Asia/Tokyo", "31 Dec 2025, 23:55", "31 December 2025"],
  ["2025-12-31T15:00:00Z", "Asia/Tokyo", "1 Jan, 00:00", "1 January"],
  ["2027-01-01T12:00:00Z", "Europe/Berlin", "1 Jan 2027, 13:00", "1 January 2027"],
])("%s in %s is %s", (at, zone, time, day) => {
  expect([shortTime(at as Instant, NOW, zone), shortDay(at as Instant, NOW, zone)]).toEqual([time, day]);
});

it.each([
  ["Asia/Tokyo", "Japan Standard Time"],
  ["Europe/Berlin", "Central European Time"],
])("%s is called %s in summer too", (zone, name) => {
  expect([zoneName(NOW, zone), zoneName("2026-07-01T00:00:00Z" as Instant, zone)]).toEqual([name, name]);
});
