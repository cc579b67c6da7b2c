// The queue of deliveries: how they are put into messages, when a failed one is tried again, and what cron
// queues again because a message or an alarm was lost.

import type { DeliveryAttempt, DeliveryMessage, Env, Runtime } from "../env.ts";
import type { FeedKey } from "../feeds/feed.ts";
import type { Format } from "../formats/format.ts";
import { sendAll, slices } from "../lib/batches.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { claimVerifications, dropUnverified, feedsToPush } from "./sql.ts";

/** A claimed delivery can be claimed again after this time: its message counts as lost then. */
export const CLAIM_SECONDS = 120;

/** Deliveries in a message. With the invocation's other calls, well below the Free plan's 50 subrequests. */
const DELIVERIES_A_MESSAGE = 15;
/**
 * The same on the Paid plan, which allows 10,000 subrequests. Six are sent at a time, and each is given up
 * after five seconds: the slowest message takes 75 seconds, less than its claim.
 */
const DELIVERIES_A_MESSAGE_PAID = 90;
/** A portion fits into one call of the queue, which takes at most 100 messages. */
const MESSAGES_A_PORTION = 100;

const mostDeliveries = ({ PLAN }: Pick<Env, "PLAN">): number =>
  PLAN === "paid" ? DELIVERIES_A_MESSAGE_PAID : DELIVERIES_A_MESSAGE;

/** How many deliveries are claimed and queued at once. */
export const portionSize = (env: Pick<Env, "PLAN">): number => MESSAGES_A_PORTION * mostDeliveries(env);

/**
 * A portion of a feed's deliveries as messages of one document each. A message has more than 15 deliveries
 * only if the portion would need more than 100 messages otherwise: short messages are sent in parallel.
 */
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

/** Webhooks as messages of one partner each, so that a slow server delays no other partner. */
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

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/**
 * Gaps between attempts, the last of which repeats, and the time after the last success when attempts end.
 */
interface Backoff {
  readonly gapSeconds: readonly number[];
  readonly giveUpSeconds: number;
}

const GAP_SECONDS = [60, 300, 900, ...[1, 3, 6, 12].map((hours) => hours * HOUR_SECONDS)];

/** For subscribers, who can still poll the feed. */
export const HUB_BACKOFF: Backoff = { gapSeconds: GAP_SECONDS, giveUpSeconds: DAY_SECONDS };
/** For partners' webhooks: their engineers may only be back on Monday. */
export const WEBHOOK_BACKOFF: Backoff = {
  gapSeconds: [...GAP_SECONDS, DAY_SECONDS],
  giveUpSeconds: 3 * DAY_SECONDS,
};

/** A gap is shortened by up to this share at random, so that what failed together isn't retried together. */
const JITTER = 0.25;

/**
 * The time of the next attempt, when the attempt with the number `attempts` has failed at `now`. `random` is
 * from 0 to 1. Undefined if that would be too late: nothing has arrived since `since`.
 */
export function nextAttempt(
  since: Instant,
  attempts: number,
  now: Instant,
  { gapSeconds, giveUpSeconds }: Backoff,
  random: number,
): Instant | undefined {
  const gap = gapSeconds[attempts - 1] ?? gapSeconds.at(-1) ?? giveUpSeconds;
  const next = addSeconds(now, Math.round(gap * (1 - JITTER * random)));
  return next > addSeconds(since, giveUpSeconds) ? undefined : next;
}

/** Objects that cron wakes per minute. */
const FEEDS_LIMIT = 100;
/** An object's own alarm may be late by this much before cron wakes the object. */
const GRACE_SECONDS = 60;
/** A request that couldn't be verified for this long is deleted. */
const VERIFICATION_SECONDS = 3600;

/**
 * Cron, every minute: wakes objects whose alarm is overdue, and queues verifications that didn't come to an
 * end. Returns how many of both. @throws Error, when D1 fails.
 */
export async function requeueLost({ env }: Runtime, now: Instant): Promise<number> {
  await dropUnverified(env.DB, addSeconds(now, -VERIFICATION_SECONDS));
  const feeds = await feedsToPush(env.DB, addSeconds(now, -GRACE_SECONDS), FEEDS_LIMIT);
  await sendAll(
    env.REBUILDS,
    feeds.map((feed) => ({ kind: "feed", feed })),
  );
  const verifications = await claimVerifications(env.DB, now, addSeconds(now, CLAIM_SECONDS));
  await sendAll(
    env.DELIVERIES,
    verifications.map((id) => ({ kind: "verification", id })),
  );
  return feeds.length + verifications.length;
}
