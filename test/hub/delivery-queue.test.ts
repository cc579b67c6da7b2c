import { describe, expect, it } from "vitest";
import { deliveryMessages, portionOf } from "../../src/hub/delivery-queue.ts";

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
    expect(sizes(plan, portionOf(plan === undefined ? {} : { PLAN: plan }))).toEqual(Array(100).fill(15));
  });

  it("has no more than that on the Paid plan either, where so few wait that consumers stand idle", () => {
    expect(sizes("paid", 40)).toEqual([15, 15, 10]);
    expect(sizes("paid", 1500)).toEqual(Array(100).fill(15));
  });

  it("grows to 90 there with what waits, so that a portion stays one call of the queue", () => {
    expect(sizes("paid", 3000)).toEqual(Array(100).fill(30));
    expect(sizes("paid", portionOf({ PLAN: "paid" }))).toEqual(Array(100).fill(90));
  });

  it("is of one document", () => {
    const messages = deliveryMessages({}, "site", [...attempts(2), ...attempts(3, "atom")]);
    expect(messages).toMatchObject([
      { format: "rss", deliveries: { length: 2 } },
      { format: "atom", deliveries: { length: 3 } },
    ]);
  });
});
