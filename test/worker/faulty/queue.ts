// A queue whose messages come twice, late, or in reverse order.

import type { Queue } from "@cloudflare/workers-types";
import type { Now } from "./faults.ts";

const LATE_SECONDS = 1;
const held: (() => Promise<unknown>)[] = [];

/** The queue with its faults. */
export function faultyQueue<T>(real: Queue<T>, now: Now): Queue<T> {
  return new Proxy(real, {
    get(target) {
      return async (messages: Parameters<typeof target.sendBatch>[0]) => {
        const list = [...messages];
        switch (now().messages) {
          case "twice":
            return target.sendBatch([...list, ...list]);
          case "late":
            return target.sendBatch(list, { delaySeconds: LATE_SECONDS });
          case "hold":
            for (const one of list) hold(() => target.sendBatch([one]));
            return;
          default:
            return target.sendBatch(list);
        }
      };
    },
  });
}

/** Holds something back until `releaseHeld`. */
export const hold = (send: () => Promise<unknown>): void => void held.push(send);

/** Sends the held messages, the last one first. Returns how many. */
export async function releaseHeld(): Promise<number> {
  const sends = held.splice(0).reverse();
  for (const send of sends) await send();
  return sends.length;
}
