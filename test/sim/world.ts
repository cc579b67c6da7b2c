// Time and what happens in it: a list of events, each with its moment. The loop takes the next one, moves the clock, runs
// it, and waits until all promises that depend on nothing else are settled. No real time passes anywhere, and nothing is
// left to the machine: a seed always gives the same run.

import { AsyncLocalStorage } from "node:async_hooks";
import { randomOf } from "./random.ts";

/** The moment that every `Date` of a simulation reads: milliseconds since 1970. One simulation runs at a time. */
export const clock = { now: 0 };

/** `Date` by the simulation's clock. */
export class SimulatedDate extends Date {
  constructor(...given: readonly unknown[]) {
    super(...((given.length === 0 ? [clock.now] : given) as [number]));
  }
  static override now(): number {
    return clock.now;
  }
}

/** What is running: one request, cron trigger, batch of messages, call of an object. Every call of a binding knows whose it is. */
export interface Invocation {
  /** `GET /rss.xml`, `cron * * * * *`, `queue wireroom-rebuilds` */
  readonly name: string;
  /** Calls by binding. */
  readonly calls: Record<string, number>;
  /** Once it is over, nothing that it still waits for comes. */
  isOver: boolean;
  /** Resolves when what an object has written is on disk; only then anything leaves it. */
  readonly outputGate?: () => Promise<void> | undefined;
}

/** The invocation that the running code belongs to. */
export const running = new AsyncLocalStorage<Invocation>();

interface Event {
  readonly at: number;
  readonly run: () => void;
}

/** Events, their order, and what was noted of them. */
export class World {
  readonly seed: number;
  /** What happened, a line each: printed with a failing history. */
  readonly notes: string[] = [];
  /** Sorted, the last one first. */
  readonly #events: Event[] = [];

  constructor(seed: number, start: number) {
    this.seed = seed;
    clock.now = start;
  }

  random(name: string) {
    return randomOf(this.seed, name);
  }

  note(line: string): void {
    this.notes.push(`${new Date(clock.now).toISOString().slice(5, 23)} ${line}`);
  }

  /** Has something happen after so many milliseconds. Events of one moment happen in the order they were made. */
  after(milliseconds: number, run: () => void): void {
    const at = clock.now + Math.max(0, milliseconds);
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.at ?? 0) > at) low = middle + 1;
      else high = middle;
    }
    this.#events.splice(low, 0, { at, run });
  }

  /** Resolves after so many simulated milliseconds. */
  sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => this.after(milliseconds, resolve));
  }

  /** Runs until `done` says so, or nothing is left to happen. @throws Error, when that is longer than anything may take. */
  async run(done: () => boolean, eventLimit = 2_000_000): Promise<void> {
    await settled();
    for (let count = 0; !done(); count++) {
      const event = this.#events.pop();
      if (!event) throw new Error("nothing is left to happen, and the simulation isn't at its end");
      if (count > eventLimit) throw new Error(`more than ${eventLimit} events: something turns in a circle`);
      clock.now = event.at;
      event.run();
      await settled();
    }
  }
}

/** Resolves once no promise can go on without another event: Node runs all of them before the next `setImmediate`. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Does some work for each of many, all at once. */
export const inParallel = async <T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> =>
  void (await Promise.all(all.map(work)));
