// A call of a binding: a delay, the work, a delay. The delays come from the seed, so calls overtake each other. The caller
// may be gone before the answer arrives.

import type { Binding, Faults } from "./faults.ts";
import type { Random } from "./random.ts";
import { running, type World } from "./world.ts";

/** Calls a binding. `work` runs at one moment between the two delays, unless it is asynchronous. */
export type Call = <T>(binding: Binding, work: () => T | Promise<T>) => Promise<T>;

/** Milliseconds of each of the two delays: from `least` to `most`, in one of twenty cases up to `worst`. */
const DELAYS: Readonly<
  Record<Binding, { readonly least: number; readonly most: number; readonly worst: number }>
> = {
  d1: { least: 2, most: 20, worst: 800 },
  kv: { least: 2, most: 30, worst: 1500 },
  queue: { least: 2, most: 20, worst: 300 },
  r2: { least: 5, most: 40, worst: 500 },
  object: { least: 1, most: 20, worst: 600 },
  outside: { least: 20, most: 200, worst: 3000 },
};

const LATE_MILLISECONDS = 2_000;

const ERRORS: Readonly<Record<Binding, string>> = {
  d1: "D1_ERROR: Network connection lost.",
  kv: "KV request failed: 500 Internal Server Error",
  queue: "Queue sendBatch failed: Internal Server Error",
  r2: "get: We encountered an internal error. Please try again. (10001)",
  object: "Network connection lost.",
  outside: "Network connection lost.",
};

/** Makes the function through which one isolate, or one object in it, calls the bindings. */
export function caller(world: World, faults: Faults, random: Random, isAlive: () => boolean): Call {
  const delay = (binding: Binding): number => {
    const { least, most, worst } = DELAYS[binding];
    return random.whole(least, random.chance(0.05) ? worst : most);
  };
  return <T>(binding: Binding, work: () => T | Promise<T>): Promise<T> => {
    const invocation = running.getStore();
    if (invocation) invocation.calls[binding] = (invocation.calls[binding] ?? 0) + 1;
    return new Promise<T>((resolve, reject) => {
      const back = (end: () => void) =>
        world.after(delay(binding), () => {
          if (isAlive() && !invocation?.isOver) end();
        });
      const arrive = (isLate = false) => {
        const fault = isLate ? undefined : faults.next(binding);
        if (fault === "late") return world.after(LATE_MILLISECONDS, () => arrive(true));
        if (fault) world.note(`     ${binding} ${fault}: ${invocation?.name ?? ""}`);
        if (fault === "refused" || (fault === "lost" && binding !== "queue"))
          return back(() => reject(new Error(ERRORS[binding])));
        if (fault === "lost") return back(() => resolve(undefined as T));
        const done = (result: T) =>
          back(() => (fault ? reject(new Error(ERRORS[binding])) : resolve(result)));
        const failed = (error: unknown) => back(() => reject(error));
        try {
          const result = work();
          if (result instanceof Promise) result.then(done, failed);
          else done(result);
        } catch (error) {
          failed(error);
        }
      };
      const gate = invocation?.outputGate?.();
      const leave = () => world.after(delay(binding), () => arrive());
      if (gate) gate.then(leave);
      else leave();
    });
  };
}
