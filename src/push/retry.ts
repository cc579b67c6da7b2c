// When a delivery that failed is tried again.

import { addSeconds, type Instant } from "../model/time.ts";

const HOUR_SECONDS = 3600;
const GAP_SECONDS = [
  60,
  300,
  900,
  HOUR_SECONDS,
  3 * HOUR_SECONDS,
  6 * HOUR_SECONDS,
  12 * HOUR_SECONDS,
] as const;
const GIVE_UP_SECONDS = 24 * HOUR_SECONDS;

/**
 * The time of the next attempt, after `attempts` of them have failed by `now`. Undefined when that would be more than a
 * day after `since`, from when on nothing has arrived.
 */
export function nextAttempt(since: Instant, attempts: number, now: Instant): Instant | undefined {
  const gap = GAP_SECONDS[attempts - 1] ?? 12 * HOUR_SECONDS;
  const next = addSeconds(now, gap);
  return next > addSeconds(since, GIVE_UP_SECONDS) ? undefined : next;
}
