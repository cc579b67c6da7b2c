// A D1 that is slow, fails only for reads or only for writes, or executes a statement but loses the answer.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import { delayed, type Now } from "./faults.ts";

interface Prepared {
  readonly sql: string;
  readonly real: D1PreparedStatement;
}
const prepared = new WeakMap<object, Prepared>();
const WRITES = /\b(?:INSERT|UPDATE|DELETE)\b/;

/** The binding with faults; calls `lost` when an answer was lost. */
export function faultyD1(real: D1Database, now: Now, lost: () => void): D1Database {
  const run = async <T>(statements: readonly Prepared[], work: () => Promise<T>): Promise<T> => {
    const faults = now();
    await delayed(faults.delayMilliseconds?.d1);
    const writes = statements.some(({ sql }) => WRITES.test(sql));
    if (writes ? faults.d1Writes : faults.d1Reads)
      throw new Error(`D1_ERROR: ${writes ? "writing" : "reading"} made to fail by a test`);
    const done = await work();
    const { d1Lost } = faults;
    if (d1Lost === undefined || !statements.some(({ sql }) => sql.includes(d1Lost))) return done;
    lost();
    throw new Error("D1_ERROR: Network connection lost, says a test");
  };
  const statement = (inner: Prepared): D1PreparedStatement => {
    const proxy = new Proxy(inner.real, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name);
        if (typeof value !== "function") return value;
        return (...values: unknown[]) =>
          name === "bind"
            ? statement({ ...inner, real: target.bind(...values) })
            : run([inner], async () => Reflect.apply(value, target, values) as unknown);
      },
    });
    prepared.set(proxy, inner);
    return proxy;
  };
  return new Proxy(real, {
    get(target, name) {
      if (name === "prepare") return (sql: string) => statement({ sql, real: target.prepare(sql) });
      return (statements: readonly D1PreparedStatement[]) => {
        const inner = statements.map((one) => prepared.get(one)).filter((one) => one !== undefined);
        return run(inner, () => target.batch(inner.map((one) => one.real)));
      };
    },
  });
}
