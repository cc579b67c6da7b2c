// A Worker whose bindings fail on demand (faulty.ts), and whose clock a test sets (moved.ts).

import { counter, failer } from "./faults.ts";
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
    fail: failer(worker),
    counts: counter(worker),
  });
}
