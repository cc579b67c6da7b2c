// Writers of one article start one after the other, and none waits for ever.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { IsolateCache } from "../../src/isolate.ts";
import { waitForTurn } from "../../src/publish/turns.ts";

let turns: IsolateCache["publishTurns"];
beforeEach(() => {
  turns = new IsolateCache().publishTurns;
  vi.useFakeTimers({ now: new Date("2026-03-02T18:00:00Z") });
});
afterEach(() => void vi.useRealTimers());

it("lets writers of one article start 100 ms apart, those of others at once", async () => {
  const started: string[] = [];
  const write = (slug: string, name: string) => waitForTurn(turns, slug).then(() => started.push(name));
  const all = [write("a", "first"), write("a", "second"), write("a", "third"), write("b", "other")];
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toEqual(["first", "other"]);
  await vi.advanceTimersByTimeAsync(100);
  expect(started).toEqual(["first", "other", "second"]);
  await vi.advanceTimersByTimeAsync(100);
  await Promise.all(all);
  expect(started.at(-1)).toBe("third");
});

it("turns away who would wait for more than three seconds, until the others are through", async () => {
  const writers = Array.from({ length: 40 }, () => waitForTurn(turns, "busy"));
  await vi.advanceTimersByTimeAsync(3_000);
  const admitted = await Promise.all(writers);
  expect(admitted.filter(Boolean)).toHaveLength(31);
  expect(admitted.slice(31)).not.toContain(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(await waitForTurn(turns, "busy")).toBe(true);
});

it("holds nobody up who comes when the time of those before has passed, whatever became of them", async () => {
  expect(await waitForTurn(turns, "quiet")).toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  const turn = vi.fn();
  void waitForTurn(turns, "quiet").then(turn);
  await vi.advanceTimersByTimeAsync(0);
  expect(turn).toHaveBeenCalledWith(true);
});
