// Messages on their way into a queue. One that can't be sent is only logged: what it is about stands in D1, and cron finds
// it there.

import type { Queue } from "@cloudflare/workers-types";
import { log, reasonOf } from "../log.ts";

// One sendBatch takes 100 messages.
const SEND_LIMIT = 100;

/** Sends messages, however many. */
export async function sendAll<T>(queue: Queue<T>, messages: readonly T[]): Promise<void> {
  try {
    for (let start = 0; start < messages.length; start += SEND_LIMIT) {
      await queue.sendBatch(messages.slice(start, start + SEND_LIMIT).map((body) => ({ body })));
    }
  } catch (error) {
    log("queue-failed", { messages: messages.length, reason: reasonOf(error) });
  }
}
