// One thread of a fuzz run: the inputs of one target, batch by batch. It counts each input before running it, so that the
// main thread can tell which one hangs.

import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, workerData } from "node:worker_threads";
import type { Find } from "./target.ts";
import { TARGETS } from "./targets/index.ts";

/** The data that a thread gets. */
export interface Task {
  readonly name: string;
  readonly seed: number;
  readonly inputs: number;
  /** Counts inputs; if it stops, an input hangs. */
  readonly pulse: SharedArrayBuffer;
}

/** The message of a thread after each batch. */
export interface Told {
  readonly inputs: number;
  readonly refused: number;
  readonly slowestMilliseconds: number;
  readonly heapBytes: number;
  readonly find?: Find;
  readonly done: boolean;
}

const BATCH = 250;

setFlagsFromString("--expose-gc");
const collect: unknown = runInNewContext("gc");

const { name, seed, inputs, pulse } = workerData as Task;
const beats = new Int32Array(pulse);
const target = TARGETS.find((one) => one.name === name);
if (!target) throw new Error(`there is no target ${name}`);
for (let made = 0; made < inputs; made += BATCH) {
  const count = Math.min(BATCH, inputs - made);
  Atomics.store(beats, 1, seed + made);
  const batch = await target.run(seed + made, count, {
    starts: () => Atomics.add(beats, 0, 1),
    bounded: true,
  });
  if (typeof collect === "function") collect();
  const told: Told = { ...batch, heapBytes: process.memoryUsage().heapUsed, done: made + count >= inputs };
  parentPort?.postMessage(told);
}
await target.close?.();
