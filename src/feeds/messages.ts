// Messages of DELIVERIES, and for how long what they are about is theirs.

import type { FeedKey, Format } from "../model/feed.ts";
import type { DeliveryMessage, Turn } from "../model/messages.ts";

/** For so long what is queued or being sent is nobody else's; it is taken up again after that. */
export const CLAIM_SECONDS = 120;
// With the calls round them well below the 50 subrequests of an invocation.
const TURNS_A_MESSAGE = 15;

/** Deliveries of a feed's documents as messages. */
export const deliveryMessages = (
  feed: FeedKey,
  turns: readonly (Turn & { readonly format: Format })[],
): readonly DeliveryMessage[] =>
  Array.from(
    Map.groupBy(turns, ({ format }) => format),
    ([format, some]) => parts(some).map((part) => ({ kind: "delivery" as const, feed, format, turns: part })),
  ).flat();

/** Webhooks as messages, each for one partner: no other one's waits for a slow server. */
export const webhookMessages = (
  turns: readonly (Turn & { readonly partner: string })[],
): readonly DeliveryMessage[] =>
  [...Map.groupBy(turns, ({ partner }) => partner).values()]
    .flatMap(parts)
    .map((part) => ({ kind: "webhook", turns: part }));

const parts = (turns: readonly Turn[]): readonly (readonly Turn[])[] =>
  Array.from({ length: Math.ceil(turns.length / TURNS_A_MESSAGE) }, (_, index) =>
    turns
      .slice(index * TURNS_A_MESSAGE, (index + 1) * TURNS_A_MESSAGE)
      .map(({ id, attempts }) => ({ id, attempts })),
  );
