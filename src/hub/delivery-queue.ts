// Messages of the queue DELIVERIES, and how long a message's claim on its deliveries lasts.

import type { DeliveryAttempt, DeliveryMessage, Env } from "../env.ts";
import type { FeedKey } from "../feeds/feed.ts";
import type { Format } from "../formats/format.ts";
import { slices } from "../lib/batches.ts";

/** What a message has claimed isn't claimed again for this long; after that the message counts as lost. */
export const CLAIM_SECONDS = 120;
/** Deliveries in a message. With the invocation's other calls, well below the Free plan's 50 subrequests. */
const DELIVERIES_A_MESSAGE = 15;
/**
 * The same on the Paid plan, which allows 10,000 subrequests. Six are sent at a time, and each is given up after five
 * seconds: the slowest message takes 75 seconds, and is over before its claim is.
 */
const DELIVERIES_A_MESSAGE_PAID = 90;
/** Messages that a portion is spread over before they get longer: one call of the queue. */
const MESSAGES_A_PORTION = 100;

const mostDeliveries = ({ PLAN }: Pick<Env, "PLAN">): number =>
  PLAN === "paid" ? DELIVERIES_A_MESSAGE_PAID : DELIVERIES_A_MESSAGE;

/** Deliveries that are claimed and queued at once. */
export const portionOf = (env: Pick<Env, "PLAN">): number => MESSAGES_A_PORTION * mostDeliveries(env);

/** A portion of a feed's deliveries as messages: few deliveries are many short messages, which are sent side by side. */
export function deliveryMessages(
  env: Pick<Env, "PLAN">,
  feed: FeedKey,
  deliveries: readonly (DeliveryAttempt & { readonly format: Format })[],
): readonly DeliveryMessage[] {
  const spread = Math.ceil(deliveries.length / MESSAGES_A_PORTION);
  const size = Math.min(Math.max(spread, DELIVERIES_A_MESSAGE), mostDeliveries(env));
  const messages = (format: Format, some: readonly DeliveryAttempt[]) =>
    parts(some, size).map((part) => ({ kind: "delivery" as const, feed, format, deliveries: part }));
  return Array.from(
    Map.groupBy(deliveries, ({ format }) => format),
    ([format, some]) => messages(format, some),
  ).flat();
}

/** Webhooks as messages, one partner each, so that a slow server delays no other partner. */
export const webhookMessages = (
  deliveries: readonly (DeliveryAttempt & { readonly partner: string })[],
): readonly DeliveryMessage[] =>
  [...Map.groupBy(deliveries, ({ partner }) => partner).values()]
    .flatMap((some) => parts(some, DELIVERIES_A_MESSAGE))
    .map((part) => ({ kind: "webhook", deliveries: part }));

const parts = (
  deliveries: readonly DeliveryAttempt[],
  size: number,
): readonly (readonly DeliveryAttempt[])[] =>
  slices(
    deliveries.map(({ id, attempts }) => ({ id, attempts })),
    size,
  );
