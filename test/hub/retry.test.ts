// Gaps between attempts: they grow, and end with the day, or with the third one.

import { expect, it } from "vitest";
import { nextAttempt, ONE_DAY, THREE_DAYS } from "../../src/hub/retry.ts";
import { addSeconds, type Instant, toInstant } from "../../src/lib/time.ts";

const SINCE = toInstant(new Date("2024-10-24T00:00:00Z"));
const secondsBetween = (from: Instant, to: Instant) => (Date.parse(to) - Date.parse(from)) / 1000;

it.each([
  ["half a day", ONE_DAY, [60, 300, 900, 3600, 10_800, 21_600, 43_200], 86_400],
  ["a day", THREE_DAYS, [60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400, 86_400], 3 * 86_400],
] as const)("gaps grow from a minute to %s, and then it is over", (_, schedule, expected, end) => {
  const gaps: number[] = [];
  let now = SINCE;
  for (let attempts = 1; ; attempts++) {
    const next = nextAttempt(SINCE, attempts, now, schedule, 0);
    if (!next) break;
    gaps.push(secondsBetween(now, next));
    now = next;
  }
  expect(gaps).toEqual(expected);
  expect(secondsBetween(SINCE, now)).toBeLessThan(end);
});

it("news within the day begins with short gaps again, and ends with the same day", () => {
  const late = addSeconds(SINCE, 86_400 - 120);
  expect(nextAttempt(SINCE, 1, late, ONE_DAY, 0)).toBe(addSeconds(late, 60));
  expect(nextAttempt(SINCE, 2, addSeconds(late, 60), ONE_DAY, 0)).toBeUndefined();
});

it("the last gap is repeated while there is time", () => {
  expect(nextAttempt(SINCE, 99, SINCE, THREE_DAYS, 0)).toBe(addSeconds(SINCE, 86_400));
  expect(nextAttempt(SINCE, 9, addSeconds(SINCE, 2 * 86_400), THREE_DAYS, 0)).toBe(
    addSeconds(SINCE, 3 * 86_400),
  );
  expect(nextAttempt(SINCE, 9, addSeconds(SINCE, 2 * 86_400 + 1), THREE_DAYS, 0)).toBeUndefined();
});

it("attempts that failed at one time are spread over the last quarter of the gap", () => {
  const gaps = [0, 0.25, 0.5, 1].map((random) =>
    [1, 4].map((attempts) => {
      const next = nextAttempt(SINCE, attempts, SINCE, ONE_DAY, random);
      return next && secondsBetween(SINCE, next);
    }),
  );
  expect(gaps).toEqual([
    [60, 3600],
    [56, 3375],
    [53, 3150],
    [45, 2700],
  ]);
});
