// A Worker whose clock a test sets (moved.ts), and what it counted.

import type { Counts } from "./faulty.ts";
import { startWorker, type WorkerOptions } from "./harness.ts";

/** A running Worker with a clock of its own. */
export type MovedWorker = Awaited<ReturnType<typeof startMovedWorker>>;

/** Starts one; its clock is right until it is moved, and again after a reload. */
export async function startMovedWorker(options: WorkerOptions = {}) {
  const worker = await startWorker({ ...options, bundle: "moved" });
  const moveBy = async (milliseconds: number): Promise<void> => {
    await worker.fetch("/__clock", { method: "PUT", body: String(milliseconds) });
  };
  return Object.assign(worker, {
    /** Sets the clock so many milliseconds ahead of the real one. */
    moveBy,
    /** Sets the clock; it runs on from there. */
    moveTo: (instant: string): Promise<void> => moveBy(Date.parse(instant) - Date.now()),
    /** What each invocation cost since the last call. */
    counts: async (): Promise<readonly Counts[]> => (await worker.fetch("/__counts")).json(),
  });
}
