// Durable Objects whose touches come twice, late, in reverse order or never, and whose other calls fail.

import type { Env } from "../../../src/env.ts";
import type { BindingFaults } from "./faults.ts";
import { hold } from "./queue.ts";

const LATE_MILLISECONDS = 1000;

/** What happens to a call. */
interface ObjectFaults extends Pick<BindingFaults, "messages" | "begin" | "endLost" | "poll"> {
  readonly queue?: "fail" | "lose";
}

type Call = (...given: readonly unknown[]) => Promise<unknown>;

/** How calls go wrong, by name; `call` is the call of the real object. */
const CALLS: Readonly<Record<string, (call: Call, faults: ObjectFaults) => Call>> = {
  touch: faultyTouch,
  begin: (call, { begin }) => (begin === "fail" ? fails : call),
  poll: (call, { poll }) => (poll === "fail" ? fails : call),
  end: (call, { endLost }) =>
    endLost
      ? async (...given) => {
          await call(...given);
          throw new Error("the answer was made to be lost by a test");
        }
      : call,
};

const fails: Call = () => Promise.reject(new Error("an object was made to fail by a test"));

/** The objects of a class, with their faults. */
export const faultyObjects = <T extends Env["FEEDS"] | Env["PARTNERS"]>(
  real: T,
  now: () => ObjectFaults,
): T =>
  ({
    // The stub is made for each call, since a held touch may be sent after its stub has expired.
    getByName: (name: never) =>
      new Proxy(Object(real.getByName(name)) as object, {
        get(_, call) {
          const calling: Call = (...given) => {
            const stub = real.getByName(name) as unknown as Readonly<Record<string, Call>>;
            return stub[String(call)]?.(...given) ?? fails();
          };
          return (...given: readonly unknown[]) =>
            (CALLS[String(call)]?.(calling, now()) ?? calling)(...given);
        },
      }),
  }) as unknown as T;

function faultyTouch(touch: Call, { queue, messages }: ObjectFaults): Call {
  return async (...given) => {
    if (queue === "fail") throw new Error("a touch was made to fail by a test");
    if (queue === "lose") return undefined;
    if (messages === "hold") return hold(async () => void (await touch(...given)));
    if (messages === "late") await new Promise((resolve) => setTimeout(resolve, LATE_MILLISECONDS));
    if (messages === "twice") await touch(...given);
    return touch(...given);
  };
}
