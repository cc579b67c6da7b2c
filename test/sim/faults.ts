// What is made to fail: calls of bindings, once or for a while.

import { clock } from "./world.ts";

/** What a Worker calls. */
export const BINDINGS = ["d1", "kv", "queue", "r2", "object", "outside"] as const;

/** One of `BINDINGS`. */
export type Binding = (typeof BINDINGS)[number];

/**
 * How a call fails: `refused` does nothing; `answer-lost` does it, and the caller hears of a failure; `lost`, of a queue,
 * does nothing, and the caller hears that it went well; `late` does it two seconds later.
 */
export const WAYS = ["refused", "answer-lost", "lost", "late"] as const;

/** One of `WAYS`. */
export type Way = (typeof WAYS)[number];

/** A failure to come. */
export interface Fault {
  readonly binding: Binding;
  readonly way: Way;
  /** So many calls go well before. */
  readonly skip: number;
  /** How long every call fails from then on; 0: just one. */
  readonly seconds: number;
}

/** The failures of one simulation. */
export class Faults {
  #waiting: { readonly fault: Fault; skip: number; until?: number }[] = [];
  /** When a fault last did something; milliseconds since 1970. */
  lastAt = Number.NEGATIVE_INFINITY;

  add(fault: Fault): void {
    this.#waiting.push({ fault, skip: fault.skip });
  }

  /** Ends all of them. */
  mend(): void {
    this.#waiting = [];
  }

  /** How this call of a binding fails; undefined for one that goes well. */
  next(binding: Binding): Way | undefined {
    if (this.#waiting.length === 0) return undefined;
    this.#waiting = this.#waiting.filter(({ until }) => until === undefined || until > clock.now);
    const found = this.#waiting.find((one) => one.fault.binding === binding && one.skip-- <= 0);
    if (!found) return undefined;
    found.until ??= clock.now + found.fault.seconds * 1000;
    this.lastAt = clock.now;
    return found.fault.way;
  }
}
