// What a fuzz target is, and how its inputs are run: each within a bound of time, every find with what repeats it.

import fc from "fast-check";

/** How far generators go. Beyond them inputs are known to be slow. */
export const BOUNDS = {
  depth: 500,
  attributes: 1000,
  delimiters: 500,
  repeats: 2000,
  characters: 100_000,
} as const;

/** An input that was taken, or told what is wrong with it. Anything else that happens is a find, and thrown. */
export type Outcome = "taken" | "refused";

/** Inputs of one kind, and what must hold for each. */
export interface Target<T> {
  readonly name: string;
  /** How many a whole run makes. */
  readonly inputs: number;
  readonly arbitrary: fc.Arbitrary<T>;
  /** @throws Error, when something that must hold doesn't. */
  readonly check: (input: T) => Outcome | Promise<Outcome>;
  /** True for what isn't computed in this thread, so that only the clock on the wall tells how long it takes. */
  readonly isElsewhere?: boolean;
  /** Ends what the target started. */
  readonly close?: () => Promise<void>;
}

/** A target, whatever its inputs are. */
export interface AnyTarget extends Pick<Target<unknown>, "name" | "inputs" | "close"> {
  /** Runs so many inputs; the same seed makes the same ones. Ends at the first find, with the smallest input that shows it. */
  readonly run: (seed: number, count: number, heed: Heed) => Promise<Batch>;
}

/** Told of each input just before it runs; and whether it must end in time. */
interface Heed {
  readonly starts: () => void;
  readonly bounded: boolean;
}

/** What became of some inputs. */
interface Batch {
  readonly inputs: number;
  readonly refused: number;
  readonly slowestMilliseconds: number;
  readonly find?: Find;
}

/** Something that must not happen. */
export interface Find {
  readonly what: string;
  readonly input: string;
  readonly seed: number;
}

const MOST_MILLISECONDS = 1000;
const SHRINK_MILLISECONDS = 20_000;
const SHOWN_CHARACTERS = 2000;

/** Makes a target one of many. */
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
      // Machines are noisy: what seemed slow is measured by the processor's own clock before anybody calls it so.
      if (bounded && took > MOST_MILLISECONDS) took = Math.min(took, await measured(() => check(input)));
      if (outcome === "refused") refused++;
      slowestMilliseconds = Math.max(slowestMilliseconds, took);
      if (bounded && took > MOST_MILLISECONDS) throw new Error(`took ${Math.round(took)} ms`);
    });
    const limits = { interruptAfterTimeLimit: SHRINK_MILLISECONDS, markInterruptAsFailure: false };
    const result = await fc.check(property, { seed, numRuns: count, ...limits });
    // What is run again to make a find smaller is no input more.
    const batch = { inputs: result.numRuns, refused: Math.min(refused, result.numRuns), slowestMilliseconds };
    if (!result.failed) return batch;
    const [input] = result.counterexample ?? [];
    return { ...batch, find: { what: reasonOf(result.errorInstance), input: shown(input), seed } };
  }
  return { name, inputs, run, ...(close ? { close } : {}) };
}

/** An input that can be read in a terminal, and put into a test. */
function shown(input: unknown): string {
  const text = fc.stringify(input);
  return text.length <= SHOWN_CHARACTERS
    ? text
    : `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)`;
}

/** Its message, and where in our code it came from. */
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

/** @throws Error with `what`, unless it holds. */
export function must(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Error(what());
}
