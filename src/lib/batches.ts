// Long lists in batches that D1 and the queues take.

import type { Queue } from "@cloudflare/workers-types";
import { log, reasonOf } from "./log.ts";

// What one sendBatch takes (https://developers.cloudflare.com/queues/platform/limits/).
const BATCH_MESSAGES = 100;
const BATCH_BYTES = 256_000;
/** Counted with each message, for what Cloudflare keeps about it. */
const ABOUT_BYTES = 100;

/**
 * Sends any number of messages to a queue. A failure is only logged: what the messages are about is in D1,
 * where cron finds it.
 */
export async function sendAll<T>(queue: Queue<T>, messages: readonly T[]): Promise<void> {
  try {
    for (const batch of batchesOf(messages)) await queue.sendBatch(batch.map((body) => ({ body })));
  } catch (error) {
    log("queue-failed", { messages: messages.length, reason: reasonOf(error) });
  }
}

/**
 * Messages in their order, in batches of at most 100 messages and 256 kB of JSON; one that is larger stands
 * alone.
 */
function batchesOf<T>(messages: readonly T[]): readonly (readonly T[])[] {
  const batches: T[][] = [];
  let batch: T[] = [];
  let bytes = 0;
  for (const message of messages) {
    const size = new TextEncoder().encode(JSON.stringify(message)).byteLength + ABOUT_BYTES;
    if (batch.length === 0 || batch.length === BATCH_MESSAGES || bytes + size > BATCH_BYTES) {
      batch = [];
      batches.push(batch);
      bytes = 0;
    }
    batch.push(message);
    bytes += size;
  }
  return batches;
}

/** A list in parts of at most `size` items, in its order; none of an empty one. */
export const slices = <T>(list: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
