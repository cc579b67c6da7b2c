// Messages of the queue DELIVERIES, and how long a message's claim on its deliveries lasts.

import type { DeliveryAttempt, DeliveryMessage } from "../env.ts";
import type { FeedKey } from "../feeds/feed.ts";
import type { Format } from "../formats/format.ts";
import { slices } from "../lib/slices.ts";

/** What a message has claimed isn't claimed again for this long; after that the message counts as lost. */
export const CLAIM_SECONDS = 120;
// With the invocation's other calls, well below its 50 subrequests.
const DELIVERIES_A_MESSAGE = 15;

/** Deliveries of a feed's documents as messages. */
export const deliveryMessages = (
  feed: FeedKey,
  deliveries: readonly (DeliveryAttempt & { readonly format: Format })[],
): readonly DeliveryMessage[] =>
  Array.from(
    Map.groupBy(deliveries, ({ format }) => format),
    ([format, some]) =>
      parts(some).map((part) => ({ kind: "delivery" as const, feed, format, deliveries: part })),
  ).flat();

/** Webhooks as messages, one partner each, so that a slow server delays no other partner. */
export const webhookMessages = (
  deliveries: readonly (DeliveryAttempt & { readonly partner: string })[],
): readonly DeliveryMessage[] =>
  [...Map.groupBy(deliveries, ({ partner }) => partner).values()]
    .flatMap(parts)
    .map((part) => ({ kind: "webhook", deliveries: part }));

const parts = (deliveries: readonly DeliveryAttempt[]): readonly (readonly DeliveryAttempt[])[] =>
  slices(
    deliveries.map(({ id, attempts }) => ({ id, attempts })),
    DELIVERIES_A_MESSAGE,
  );
