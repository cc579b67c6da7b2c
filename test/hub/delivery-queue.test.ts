// How deliveries are put into messages, and the gaps between attempts.

import { describe, expect, it } from "vitest";
import { AT_ONCE } from "../../src/hub/circuit-breaker.ts";
import {
  CLAIM_SECONDS,
  deliveryMessages,
  HUB_BACKOFF,
  nextAttempt,
  portionSize,
  WEBHOOK_BACKOFF,
} from "../../src/hub/delivery-queue.ts";
import { HUB } from "../../src/hub/outgoing-call.ts";
import { addSeconds, type Instant, toInstant } from "../../src/lib/time.ts";

const attempts = (count: number, format: "rss" | "atom" = "rss") =>
  Array.from({ length: count }, (_, id) => ({ id, attempts: 0, format }));
/** How many deliveries each message of a portion has. */
const sizes = (PLAN: string | undefined, count: number) =>
  deliveryMessages(PLAN === undefined ? {} : { PLAN }, "site", attempts(count)).map((message) =>
    message.kind === "delivery" ? message.deliveries.length : 0,
  );

describe("a message", () => {
  it.each(["free", undefined, "another"])("has at most 15 deliveries with the plan %s", (plan) => {
    expect(sizes(plan, 40)).toEqual([15, 15, 10]);
    expect(sizes(plan, portionSize(plan === undefined ? {} : { PLAN: plan }))).toEqual(Array(100).fill(15));
  });

  it("has no more than that on the Paid plan either, where so few wait that consumers stand idle", () => {
    expect(sizes("paid", 40)).toEqual([15, 15, 10]);
    expect(sizes("paid", 1500)).toEqual(Array(100).fill(15));
  });

  it("grows to 90 there with what waits, so that a portion stays one call of the queue", () => {
    expect(sizes("paid", 3000)).toEqual(Array(100).fill(30));
    expect(sizes("paid", portionSize({ PLAN: "paid" }))).toEqual(Array(100).fill(90));
  });

  it("is over before its claim, even if nobody answers: else a second sender could overtake the first", () => {
    const [most = 0] = sizes("paid", portionSize({ PLAN: "paid" }));
    const slowest = (Math.ceil(most / AT_ONCE) * HUB.timeoutMilliseconds) / 1000;
    expect(slowest).toBeLessThanOrEqual(CLAIM_SECONDS - 30);
  });

  it("is of one document", () => {
    const messages = deliveryMessages({}, "site", [...attempts(2), ...attempts(3, "atom")]);
    expect(messages).toMatchObject([
      { format: "rss", deliveries: { length: 2 } },
      { format: "atom", deliveries: { length: 3 } },
    ]);
  });
});

const SINCE = toInstant(new Date("2024-10-24T00:00:00Z"));
const secondsBetween = (from: Instant, to: Instant) => (Date.parse(to) - Date.parse(from)) / 1000;

it.each([
  ["half a day", HUB_BACKOFF, [60, 300, 900, 3600, 10_800, 21_600, 43_200], 86_400],
  ["a day", WEBHOOK_BACKOFF, [60, 300, 900, 3600, 10_800, 21_600, 43_200, 86_400, 86_400], 3 * 86_400],
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
  expect(nextAttempt(SINCE, 1, late, HUB_BACKOFF, 0)).toBe(addSeconds(late, 60));
  expect(nextAttempt(SINCE, 2, addSeconds(late, 60), HUB_BACKOFF, 0)).toBeUndefined();
});

it("the last gap is repeated while there is time", () => {
  expect(nextAttempt(SINCE, 99, SINCE, WEBHOOK_BACKOFF, 0)).toBe(addSeconds(SINCE, 86_400));
  expect(nextAttempt(SINCE, 9, addSeconds(SINCE, 2 * 86_400), WEBHOOK_BACKOFF, 0)).toBe(
    addSeconds(SINCE, 3 * 86_400),
  );
  expect(nextAttempt(SINCE, 9, addSeconds(SINCE, 2 * 86_400 + 1), WEBHOOK_BACKOFF, 0)).toBeUndefined();
});

it("attempts that failed at one time are spread over the last quarter of the gap", () => {
  const gaps = [0, 0.25, 0.5, 1].map((random) =>
    [1, 4].map((attempts) => {
      const next = nextAttempt(SINCE, attempts, SINCE, HUB_BACKOFF, random);
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
