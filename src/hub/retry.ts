// When a delivery that failed is tried again.

import type { Runtime } from "../env.ts";
import { sendAll } from "../lib/batches.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { CLAIM_SECONDS } from "./delivery-queue.ts";
import { claimVerifications, dropUnverified, feedsToPush } from "./sql.ts";

const HOUR_SECONDS = 3600;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Gaps between attempts, of which the last one is repeated, and after how long there is no other attempt. */
interface Schedule {
  readonly gapSeconds: readonly number[];
  readonly giveUpSeconds: number;
}

const GAP_SECONDS = [60, 300, 900, ...[1, 3, 6, 12].map((hours) => hours * HOUR_SECONDS)];

/** The hub's: a subscriber reads the feed again anyway. */
export const ONE_DAY: Schedule = { gapSeconds: GAP_SECONDS, giveUpSeconds: DAY_SECONDS };
/** For partners' webhooks: somebody may have to come back from a weekend first. */
export const THREE_DAYS: Schedule = {
  gapSeconds: [...GAP_SECONDS, DAY_SECONDS],
  giveUpSeconds: 3 * DAY_SECONDS,
};

/** How much of a gap may be left out: what failed together, because one server was down, isn't sent together again. */
const SPREAD = 0.25;

/**
 * The time of the next attempt, after `attempts` of them have failed by `now`: a gap later, or up to a quarter of it sooner,
 * by `random` (from 0 to 1). Undefined when that would be too long after `since`, from when on nothing has arrived.
 */
export function nextAttempt(
  since: Instant,
  attempts: number,
  now: Instant,
  { gapSeconds, giveUpSeconds }: Schedule,
  random: number,
): Instant | undefined {
  const gap = gapSeconds[attempts - 1] ?? gapSeconds.at(-1) ?? giveUpSeconds;
  const next = addSeconds(now, Math.round(gap * (1 - SPREAD * random)));
  return next > addSeconds(since, giveUpSeconds) ? undefined : next;
}

// What cron queues again: feeds' objects that should have done something by now, and requests whose verification was lost.

/** Objects that are asked a minute. */
const FEEDS_LIMIT = 100;
/** An object that is late by less has its alarm under way. */
const GRACE_SECONDS = 60;
/** A request that could not be verified for so long is forgotten. */
const VERIFICATION_SECONDS = 3600;

/** Every minute; gives how many feeds and verifications were queued. @throws Error, when D1 fails. */
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
