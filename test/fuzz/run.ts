// `npm run fuzz` sends hundreds of thousands of inputs through all code that reads foreign data. It prints each failure with
// its input, and with the command that repeats it:
//
//   npm run fuzz -- --seed 1 --target "HTML clean-up" --inputs 5000

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import type { AnyTarget, Find } from "./target.ts";
import { TARGETS } from "./targets/index.ts";
import type { Task, Told } from "./thread.ts";

/** The result of a target's inputs. */
interface Line {
  readonly name: string;
  inputs: number;
  refused: number;
  slowestMilliseconds: number;
  firstHeapBytes: number;
  peakHeapBytes: number;
  readonly finds: Find[];
}

const HANG_MILLISECONDS = 30_000;
const HEAP_GROWTH_BYTES = 64_000_000;
const HEAP_MEGABYTES = 1000;
const { values } = parseArgs({
  options: { seed: { type: "string" }, target: { type: "string" }, inputs: { type: "string" } },
});
const seed = values.seed === undefined ? Date.now() % 1_000_000_000 : Number(values.seed);
const wanted = TARGETS.filter(({ name }) => values.target === undefined || name === values.target);
if (wanted.length === 0 || !Number.isInteger(seed)) {
  throw new Error(`--seed takes a number, --target one of: ${TARGETS.map(({ name }) => name).join(", ")}`);
}
console.log(`seed ${seed}`);

const lines: Line[] = [];
const waiting = [...wanted];
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));
print();
if (lines.some(({ finds }) => finds.length > 0)) process.exitCode = 1;

async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) lines.push(await fuzz(next));
}

/** Runs a target in a new thread, and ends the thread if it hangs. */
function fuzz({ name, inputs }: AnyTarget): Promise<Line> {
  const line: Line = {
    ...{ name, inputs: 0, refused: 0, slowestMilliseconds: 0, firstHeapBytes: 0, peakHeapBytes: 0 },
    finds: [],
  };
  const pulse = new SharedArrayBuffer(8);
  const beats = new Int32Array(pulse);
  const task: Task = { name, seed, inputs: Number(values.inputs ?? inputs), pulse };
  const thread = new Worker(join(import.meta.dirname, "thread.ts"), {
    workerData: task,
    // The Worker's log, line by line.
    stdout: true,
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MEGABYTES },
  });
  thread.stdout.resume();
  const failed = (what: string) =>
    line.finds.push({ what, input: `number ${beats[0]} of this run`, seed: beats[1] ?? seed });
  let seen = -1;
  const watch = setInterval(() => {
    if (beats[0] === seen) {
      failed(`hangs for ${HANG_MILLISECONDS / 1000} s`);
      void thread.terminate();
    }
    seen = beats[0] ?? 0;
  }, HANG_MILLISECONDS);
  return new Promise((resolve) => {
    thread.on("message", (told: Told) => add(line, told));
    thread.on("error", (error) => failed(String(error)));
    thread.on("exit", () => {
      clearInterval(watch);
      if (line.peakHeapBytes - line.firstHeapBytes > HEAP_GROWTH_BYTES) failed("the heap grows");
      resolve(line);
    });
  });
}

function add(line: Line, { inputs, refused, slowestMilliseconds, heapBytes, find }: Told): void {
  line.inputs += inputs;
  line.refused += refused;
  line.slowestMilliseconds = Math.max(line.slowestMilliseconds, slowestMilliseconds);
  line.firstHeapBytes ||= heapBytes;
  line.peakHeapBytes = Math.max(line.peakHeapBytes, heapBytes);
  if (find) line.finds.push(find);
}

function print(): void {
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  for (const { name, finds } of lines) {
    for (const { what, input, seed: at } of finds)
      console.log(
        `\n${name}: ${what}\n  input: ${input}\n  again: --target "${name}" --seed ${at} --inputs 250`,
      );
  }
  console.log(
    "\n| target | inputs | refused | slowest | heap | failed |\n| --- | --- | --- | --- | --- | --- |",
  );
  for (const line of lines) {
    const { name, inputs, refused, slowestMilliseconds, firstHeapBytes, peakHeapBytes, finds } = line;
    const heap = `${megabytes(firstHeapBytes)} → ${megabytes(peakHeapBytes)}`;
    const slowest = `${Math.round(slowestMilliseconds)} ms`;
    console.log(`| ${[name, inputs, refused, slowest, heap, finds.length].join(" | ")} |`);
  }
  console.log(`${lines.reduce((sum, { inputs }) => sum + inputs, 0)} inputs`);
}
