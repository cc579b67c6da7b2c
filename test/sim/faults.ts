// Injected faults: calls of bindings that fail, once or for some time.

import { clock } from "./world.ts";

/** The kinds of bindings, and `outside` for outgoing requests. */
export const BINDINGS = ["d1", "kv", "queue", "r2", "object", "outside"] as const;

/** One of `BINDINGS`. */
export type Binding = (typeof BINDINGS)[number];

/**
 * How a call fails. `refused`: the work isn't done, and the caller gets an error. `answer-lost`: the work is done, but the
 * caller gets an error. `lost`: on a queue, the work isn't done, but the caller gets no error; elsewhere like `refused`.
 * `late`: the work is done two seconds later.
 */
export const WAYS = ["refused", "answer-lost", "lost", "late"] as const;

/** One of `WAYS`. */
export type Way = (typeof WAYS)[number];

/** A planned failure. */
export interface Fault {
  readonly binding: Binding;
  readonly way: Way;
  /** Number of calls that succeed before it. */
  readonly skip: number;
  /** How long all calls fail from then on; 0: only one call. */
  readonly seconds: number;
}

/** The planned failures of one simulation. */
export class Faults {
  #waiting: { readonly fault: Fault; skip: number; until?: number }[] = [];
  /** When a call last failed; milliseconds since 1970. */
  lastAt = Number.NEGATIVE_INFINITY;

  add(fault: Fault): void {
    this.#waiting.push({ fault, skip: fault.skip });
  }

  /** Removes all faults. */
  mend(): void {
    this.#waiting = [];
  }

  /** How the next call of a binding fails; undefined if it succeeds. */
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
