// Objects of feeds whose touches come twice, late, or the last one first, or never; whose other calls fail.

import type { Env } from "../../../src/env.ts";
import type { BindingFaults } from "./faults.ts";
import { hold } from "./queue.ts";

const LATE_MILLISECONDS = 1000;

/** What becomes of a call. */
interface ObjectFaults extends Pick<BindingFaults, "messages" | "begin" | "endLost" | "poll"> {
  readonly queue?: "fail" | "lose";
}

/** The binding with its faults. */
export const faultyFeeds = (real: Env["FEEDS"], now: () => ObjectFaults): Env["FEEDS"] => ({
  getByName(name) {
    const stub = real.getByName(name);
    return {
      touch: faultyTouch((feed) => real.getByName(name).touch(feed), now),
      rebuild: (feed, lost) => stub.rebuild(feed, lost),
      current: (feed, format, why) => stub.current(feed, format, why),
      keep: (feed, format) => stub.keep(feed, format),
      subscribe: (feed, subscription, isFull) => stub.subscribe(feed, subscription, isFull),
      unsubscribe: (feed, format, callback) => stub.unsubscribe(feed, format, callback),
      async begin(feed, format, deliveries, sender) {
        if (now().begin === "fail") throw new Error("an object was made to fail by a test");
        return stub.begin(feed, format, deliveries, sender);
      },
      async end(feed, outcomes) {
        await stub.end(feed, outcomes);
        if (now().endLost) throw new Error("the answer was made to be lost by a test");
      },
    };
  },
});

/** The same of partners' objects. */
export const faultyPartners = (real: Env["PARTNERS"], now: () => ObjectFaults): Env["PARTNERS"] => ({
  getByName(name) {
    const stub = real.getByName(name);
    return {
      touch: faultyTouch((feed) => real.getByName(name).touch(feed), now),
      rebuild: (feed, lost) => stub.rebuild(feed, lost),
      async poll(feed, asked) {
        if (now().poll === "fail") throw new Error("an object was made to fail by a test");
        return stub.poll(feed, asked);
      },
      noteFetches: (feed, minutes) => stub.noteFetches(feed, minutes),
      writeFetches: (feed) => stub.writeFetches(feed),
      change: (policy, digest, sender) => stub.change(policy, digest, sender),
      remove: (feed, by) => stub.remove(feed, by),
      addToken: (feed, hash, doer) => stub.addToken(feed, hash, doer),
      dropToken: (feed, name, doer) => stub.dropToken(feed, name, doer),
    };
  },
});

function faultyTouch<Feed>(touch: (feed: Feed) => Promise<void>, now: () => ObjectFaults) {
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
