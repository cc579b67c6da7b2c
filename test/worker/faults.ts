// A Worker whose bindings fail on demand, and which counts its calls (faulty.ts).

import type { Counts, Faults } from "./faulty.ts";
import { type RunningWorker, startWorker, type WorkerOptions } from "./harness.ts";

/** A running Worker with a switch for every fault. */
export type FaultyWorker = Awaited<ReturnType<typeof startFaultyWorker>>;

/** Starts a Worker in which nothing fails yet. */
export async function startFaultyWorker(options: WorkerOptions = {}) {
  const worker = await startWorker({ ...options, bundle: "faulty" });
  return Object.assign(worker, { fail: failer(worker), counts: counter(worker) });
}

/** Makes bindings fail from now on; `{}` ends all faults. */
export const failer = (worker: RunningWorker) => async (faults: Faults) => {
  await worker.fetch("/__faults", { method: "PUT", body: JSON.stringify(faults) });
};

/** The costs of the invocations since the last call. */
export const counter = (worker: RunningWorker) => async (): Promise<readonly Counts[]> =>
  (await worker.fetch("/__counts")).json();
