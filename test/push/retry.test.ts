// Gaps between attempts: they grow, and end with the day.

import { expect, it } from "vitest";
import { addSeconds, type Instant, toInstant } from "../../src/model/time.ts";
import { nextAttempt } from "../../src/push/retry.ts";

const SINCE = toInstant(new Date("2024-10-24T00:00:00Z"));
const secondsBetween = (from: Instant, to: Instant) => (Date.parse(to) - Date.parse(from)) / 1000;

it("gaps grow from a minute to half a day, and then it is over", () => {
  const gaps: number[] = [];
  let now = SINCE;
  for (let attempts = 1; ; attempts++) {
    const next = nextAttempt(SINCE, attempts, now);
    if (!next) break;
    gaps.push(secondsBetween(now, next));
    now = next;
  }
  expect(gaps).toEqual([60, 300, 900, 3600, 10_800, 21_600, 43_200]);
  expect(secondsBetween(SINCE, now)).toBeLessThan(86_400);
});

it("news within the day begins with short gaps again, and ends with the same day", () => {
  const late = addSeconds(SINCE, 86_400 - 120);
  expect(nextAttempt(SINCE, 1, late)).toBe(addSeconds(late, 60));
  expect(nextAttempt(SINCE, 2, addSeconds(late, 60))).toBeUndefined();
});
