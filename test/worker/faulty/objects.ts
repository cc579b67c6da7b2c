// Objects of feeds whose touches come twice, late, or the last one first, or never.

import type { Env } from "../../../src/model/env.ts";
import type { FeedKey } from "../../../src/model/feed.ts";
import { hold } from "./queue.ts";

const LATE_MILLISECONDS = 1000;

/** What becomes of a touch. */
export interface TouchFaults {
  readonly queue?: "fail" | "lose";
  readonly messages?: "twice" | "late" | "hold" | undefined;
}

/** The binding with its faults; every call but a touch goes through. */
export function faultyObjects(real: Env["FEEDS"], now: () => TouchFaults): Env["FEEDS"] {
  return {
    getByName(name: FeedKey) {
      const stub = real.getByName(name);
      const touch = async (feed: FeedKey): Promise<void> => {
        const { queue, messages } = now();
        if (queue === "fail") throw new Error("a touch was made to fail by a test");
        if (queue === "lose") return;
        if (messages === "hold") return hold(() => real.getByName(name).touch(feed));
        if (messages === "late") await new Promise((resolve) => setTimeout(resolve, LATE_MILLISECONDS));
        if (messages === "twice") await stub.touch(feed);
        return stub.touch(feed);
      };
      return {
        touch,
        rebuild: (feed, lost) => stub.rebuild(feed, lost),
        current: (feed, format, why) => stub.current(feed, format, why),
        keep: (feed, format) => stub.keep(feed, format),
      };
    },
  };
}
