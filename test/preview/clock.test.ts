// A moved clock: now is another, every other date is what it was.

import { expect, it } from "vitest";
import { movedDate, unmovedLifetime } from "../../src/preview/clock.ts";

const HOUR_MS = 3_600_000;
const Moved = movedDate(Date, HOUR_MS);

/** What `ask` gives lies an hour ahead, to the milliseconds that asking takes. */
function expectAnHourAhead(ask: () => number): void {
  const before = Date.now();
  const asked = ask() - HOUR_MS;
  expect(asked).toBeGreaterThanOrEqual(before);
  expect(asked).toBeLessThanOrEqual(Date.now());
}

it("moves what asks for now", () => {
  expectAnHourAhead(() => Moved.now());
  expectAnHourAhead(() => new Moved().getTime());
  // Whole seconds.
  expect(Math.abs(Date.parse(Moved()) - Date.now() - HOUR_MS)).toBeLessThan(2000);
  expect(movedDate(Date, -HOUR_MS).now()).toBeLessThan(Date.now());
});

it.each([
  [[0]],
  [["2026-03-02T18:00:00+09:00"]],
  [[2026, 2, 2]],
  [[new Date(5)]],
  [[undefined]],
  [["no date"]],
] as [[number, number, number]][])("leaves a date from %j as it is", (args) => {
  expect(new Moved(...args).getTime()).toBe(new Date(...args).getTime());
});

it("leaves the rest of Date as it is", () => {
  expect(Moved.parse("2026-03-02T18:00:00Z")).toBe(Date.parse("2026-03-02T18:00:00Z"));
  expect(Moved.UTC(2026, 2)).toBe(Date.UTC(2026, 2));
  expect(new Moved()).toBeInstanceOf(Date);
  expect(new Date(0)).toBeInstanceOf(Moved);
  class Day extends Moved {}
  expect(new Day(7)).toBeInstanceOf(Day);
  expect(new Intl.DateTimeFormat("en", { timeZone: "UTC" }).format(new Moved(0))).toBe("1/1/1970");
});

it("tells KV ends by its own clock", () => {
  expect(unmovedLifetime({ expiration: 5000, metadata: { a: 1 } }, 3600)).toEqual({
    expiration: 1400,
    metadata: { a: 1 },
  });
  expect(unmovedLifetime({ expirationTtl: 60 }, 3600)).toEqual({ expirationTtl: 60 });
});
