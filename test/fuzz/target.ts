// Defines fuzz targets and runs their inputs, each within a time limit. A failure is returned with the seed that repeats it.

import fc from "fast-check";

/** Limits of the generators. Larger inputs are known to be slow. */
export const BOUNDS = {
  depth: 500,
  attributes: 1000,
  delimiters: 500,
  repeats: 2000,
  characters: 100_000,
} as const;

/** The input was accepted, or refused with its problems. Every other outcome is a failure, and thrown. */
export type Outcome = "taken" | "refused";

/** A generator of inputs, and the check of each. */
export interface Target<T> {
  readonly name: string;
  /** Number of inputs of a full run. */
  readonly inputs: number;
  readonly arbitrary: fc.Arbitrary<T>;
  /** @throws Error, if the code under test misbehaves */
  readonly check: (input: T) => Outcome | Promise<Outcome>;
  /** True if the work isn't done in this thread, so that only wall-clock time can be measured. */
  readonly isElsewhere?: boolean;
  /** Ends the processes that the target started. */
  readonly close?: () => Promise<void>;
}

/** A target of any input type. */
export interface AnyTarget extends Pick<Target<unknown>, "name" | "inputs" | "close"> {
  /** Runs `count` inputs, determined by the seed. Ends at the first failure, with the smallest input that causes it. */
  readonly run: (seed: number, count: number, heed: Heed) => Promise<Batch>;
}

/** Called before each input; and whether the time limit holds. */
interface Heed {
  readonly starts: () => void;
  readonly bounded: boolean;
}

/** The result of some inputs. */
interface Batch {
  readonly inputs: number;
  readonly refused: number;
  readonly slowestMilliseconds: number;
  readonly find?: Find;
}

/** A failure. */
export interface Find {
  readonly what: string;
  readonly input: string;
  readonly seed: number;
}

const MOST_MILLISECONDS = 1000;
const SHRINK_MILLISECONDS = 20_000;
const SHOWN_CHARACTERS = 2000;

/** Makes a runnable target. */
export function target<T>({ name, inputs, arbitrary, check, isElsewhere, close }: Target<T>): AnyTarget {
  const measured = isElsewhere ? wallMilliseconds : cpuMilliseconds;

  async function run(seed: number, count: number, { starts, bounded }: Heed): Promise<Batch> {
    let refused = 0;
    let slowestMilliseconds = 0;
    const property = fc.asyncProperty(arbitrary, async (input) => {
      starts();
      const start = performance.now();
      const outcome = await check(input);
      let took = performance.now() - start;
      // Wall-clock time is noisy: measure the CPU time of a slow input before reporting it.
      if (bounded && took > MOST_MILLISECONDS) took = Math.min(took, await measured(() => check(input)));
      if (outcome === "refused") refused++;
      slowestMilliseconds = Math.max(slowestMilliseconds, took);
      if (bounded && took > MOST_MILLISECONDS) throw new Error(`took ${Math.round(took)} ms`);
    });
    const limits = { interruptAfterTimeLimit: SHRINK_MILLISECONDS, markInterruptAsFailure: false };
    const result = await fc.check(property, { seed, numRuns: count, ...limits });
    // Runs that shrink a failing input don't count as inputs.
    const batch = { inputs: result.numRuns, refused: Math.min(refused, result.numRuns), slowestMilliseconds };
    if (!result.failed) return batch;
    const [input] = result.counterexample ?? [];
    return { ...batch, find: { what: reasonOf(result.errorInstance), input: shown(input), seed } };
  }
  return { name, inputs, run, ...(close ? { close } : {}) };
}

/** An input as text for the terminal, which can be pasted into a test. */
function shown(input: unknown): string {
  const text = fc.stringify(input);
  return text.length <= SHOWN_CHARACTERS
    ? text
    : `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)`;
}

/** The error's message, and the place in our code that it came from. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const place = error.stack?.split("\n").find((line) => line.includes("/src/")) ?? "";
  return `${error.name}: ${error.message.slice(0, SHOWN_CHARACTERS)}${place}`;
}

async function wallMilliseconds(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function cpuMilliseconds(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** @throws Error with `what`, unless `holds` */
export function must(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Error(what());
}
