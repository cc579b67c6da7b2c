// When a delivery that failed is tried again.

import { addSeconds, type Instant } from "../model/time.ts";

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
