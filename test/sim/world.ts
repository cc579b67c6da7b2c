// Simulated time: a list of events, each with its moment. The loop takes the next event, moves the clock, runs the event, and
// waits until all promises that don't need another event are settled. No real time passes, and nothing depends on the
// machine: a seed always gives the same run.

import { AsyncLocalStorage } from "node:async_hooks";
import { randomOf } from "./random.ts";

/** The simulated time, which every `Date` reads: milliseconds since 1970. One simulation runs at a time. */
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

/** One request, cron trigger, batch of messages, or call of an object. Calls of bindings are counted for it. */
export interface Invocation {
  /** `GET /rss.xml`, `cron * * * * *`, `queue wireroom-rebuilds` */
  readonly name: string;
  /** Calls by binding. */
  readonly calls: Record<string, number>;
  /** Once this is true, answers to its pending calls are dropped. */
  isOver: boolean;
  /** Resolves when the object's writes are on disk; its outgoing calls wait for this. */
  readonly outputGate?: () => Promise<void> | undefined;
}

/** The invocation that the running code belongs to. */
export const running = new AsyncLocalStorage<Invocation>();

interface Event {
  readonly at: number;
  readonly run: () => void;
}

/** The events in their order, and the notes about them. */
export class World {
  readonly seed: number;
  /** A line for each thing that happened; `--notes` prints them with a failing history. */
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

  /** Plans an event, in simulated milliseconds from now. Events of one moment run in the order in which they were planned. */
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

  /** Runs events until `done` returns true. @throws Error, if no event is left before that, or after `eventLimit` events */
  async run(done: () => boolean, eventLimit = 2_000_000): Promise<void> {
    await settled();
    for (let count = 0; !done(); count++) {
      const event = this.#events.pop();
      if (!event) throw new Error("no event is left, but the simulation hasn't ended");
      if (count > eventLimit)
        throw new Error(`more than ${eventLimit} events: the simulation seems to loop for ever`);
      clock.now = event.at;
      event.run();
      await settled();
    }
  }
}

/** Resolves once no promise can go on without another event: Node settles all promises before the next `setImmediate`. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Does the work for all elements concurrently. */
export const inParallel = async <T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> =>
  void (await Promise.all(all.map(work)));
