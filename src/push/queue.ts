// Messages of DELIVERIES on their way in. One that can't be sent is only logged: its row stands in D1, and cron finds it.

import { log, reasonOf } from "../log.ts";
import type { Env } from "../model/env.ts";
import type { DocumentKey } from "../model/feed.ts";
import type { DeliveryMessage, Turn } from "../model/messages.ts";

/** For so long what is queued or being sent is nobody else's; cron takes it up again after that. */
export const CLAIM_SECONDS = 120;
// One sendBatch takes 100 messages.
const SEND_LIMIT = 100;
// With the D1 queries round them well below the 50 subrequests of an invocation.
const TURNS_A_MESSAGE = 15;

/** Sends messages. */
export async function queueMessages(
  { DELIVERIES }: Pick<Env, "DELIVERIES">,
  messages: readonly DeliveryMessage[],
): Promise<void> {
  try {
    for (let start = 0; start < messages.length; start += SEND_LIMIT) {
      await DELIVERIES.sendBatch(messages.slice(start, start + SEND_LIMIT).map((body) => ({ body })));
    }
  } catch (error) {
    log("queue-failed", { messages: messages.length, reason: reasonOf(error) });
  }
}

/** Deliveries of one document as messages. */
export function deliveryMessages(
  { feed, format }: DocumentKey,
  turns: readonly Turn[],
): readonly DeliveryMessage[] {
  return Array.from({ length: Math.ceil(turns.length / TURNS_A_MESSAGE) }, (_, index) => ({
    kind: "delivery",
    ...{ feed, format },
    turns: turns
      .slice(index * TURNS_A_MESSAGE, (index + 1) * TURNS_A_MESSAGE)
      .map(({ id, attempts }) => ({ id, attempts })),
  }));
}
