// Messages of the queue DELIVERIES, and how long a message's claim on its deliveries lasts.

import type { DeliveryMessage, Turn } from "../env.ts";
import type { FeedKey } from "../feeds/feed.ts";
import type { Format } from "../formats/format.ts";
import { slices } from "../lib/slices.ts";

/** What a message has claimed isn't claimed again for this long; after that the message counts as lost. */
export const CLAIM_SECONDS = 120;
// With the invocation's other calls, well below its 50 subrequests.
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

/** Webhooks as messages, one partner each, so that a slow server delays no other partner. */
export const webhookMessages = (
  turns: readonly (Turn & { readonly partner: string })[],
): readonly DeliveryMessage[] =>
  [...Map.groupBy(turns, ({ partner }) => partner).values()]
    .flatMap(parts)
    .map((part) => ({ kind: "webhook", turns: part }));

const parts = (turns: readonly Turn[]): readonly (readonly Turn[])[] =>
  slices(
    turns.map(({ id, attempts }) => ({ id, attempts })),
    TURNS_A_MESSAGE,
  );
