// Writers of one article start one after the other, and none waits for more than three seconds.

import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { IsolateCache } from "../../src/isolate.ts";
import { waitToWrite } from "../../src/publish/commit.ts";

let nextWrites: IsolateCache["nextWrites"];
beforeEach(() => {
  nextWrites = new IsolateCache().nextWrites;
  vi.useFakeTimers({ now: new Date("2026-03-02T18:00:00Z") });
});
afterEach(() => void vi.useRealTimers());

it("lets writers of one article start 100 ms apart, those of others at once", async () => {
  const started: string[] = [];
  const write = (slug: string, name: string) => waitToWrite(nextWrites, slug).then(() => started.push(name));
  const all = [write("a", "first"), write("a", "second"), write("a", "third"), write("b", "other")];
  await vi.advanceTimersByTimeAsync(0);
  expect(started).toEqual(["first", "other"]);
  await vi.advanceTimersByTimeAsync(100);
  expect(started).toEqual(["first", "other", "second"]);
  await vi.advanceTimersByTimeAsync(100);
  await Promise.all(all);
  expect(started.at(-1)).toBe("third");
});

it("refuses a writer that would wait for more than three seconds, until the others are through", async () => {
  const writers = Array.from({ length: 40 }, () => waitToWrite(nextWrites, "busy"));
  await vi.advanceTimersByTimeAsync(3_000);
  const admitted = await Promise.all(writers);
  expect(admitted.filter(Boolean)).toHaveLength(31);
  expect(admitted.slice(31)).not.toContain(true);
  await vi.advanceTimersByTimeAsync(100);
  expect(await waitToWrite(nextWrites, "busy")).toBe(true);
});

it("holds up no writer that comes after the time of the others, even if they failed", async () => {
  expect(await waitToWrite(nextWrites, "quiet")).toBe(true);
  await vi.advanceTimersByTimeAsync(100);
  const start = vi.fn();
  void waitToWrite(nextWrites, "quiet").then(start);
  await vi.advanceTimersByTimeAsync(0);
  expect(start).toHaveBeenCalledWith(true);
});
