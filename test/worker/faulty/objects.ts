// Objects of feeds whose touches come twice, late, or the last one first, or never.

import type { Env } from "../../../src/model/env.ts";
import { hold } from "./queue.ts";

const LATE_MILLISECONDS = 1000;

/** What becomes of a touch. */
export interface TouchFaults {
  readonly queue?: "fail" | "lose";
  readonly messages?: "twice" | "late" | "hold" | undefined;
}

/** The binding with its faults; every call but a touch goes through. */
export const faultyFeeds = (real: Env["FEEDS"], now: () => TouchFaults): Env["FEEDS"] => ({
  getByName(name) {
    const stub = real.getByName(name);
    return {
      touch: faultyTouch((feed) => real.getByName(name).touch(feed), now),
      rebuild: (feed, lost) => stub.rebuild(feed, lost),
      current: (feed, format, why) => stub.current(feed, format, why),
      keep: (feed, format) => stub.keep(feed, format),
    };
  },
});

/** The same of partners' objects. */
export const faultyPartners = (real: Env["PARTNERS"], now: () => TouchFaults): Env["PARTNERS"] => ({
  getByName(name) {
    const stub = real.getByName(name);
    return {
      touch: faultyTouch((feed) => real.getByName(name).touch(feed), now),
      rebuild: (feed, lost) => stub.rebuild(feed, lost),
      current: (feed, asked) => stub.current(feed, asked),
      change: (policy, digest, home) => stub.change(policy, digest, home),
      remove: (feed) => stub.remove(feed),
    };
  },
});

function faultyTouch<Feed>(touch: (feed: Feed) => Promise<void>, now: () => TouchFaults) {
  return async (feed: Feed): Promise<void> => {
    const { queue, messages } = now();
    if (queue === "fail") throw new Error("a touch was made to fail by a test");
    if (queue === "lose") return;
    if (messages === "hold") return hold(() => touch(feed));
    if (messages === "late") await new Promise((resolve) => setTimeout(resolve, LATE_MILLISECONDS));
    if (messages === "twice") await touch(feed);
    return touch(feed);
  };
}
