// Writers of one article at once: those in one isolate start one after the other, so that few of them lose a race.

import type { Runtime } from "../env.ts";

/** A PUT takes some 30 ms of D1; on a busy machine more. */
const TURN_MILLISECONDS = 100;
/** A writer that would have to wait longer is refused at once. */
const LONGEST_WAIT_MILLISECONDS = 3_000;

/**
 * Waits for this writer's turn; false where too many others are waiting. `turns` says when the next writer of an article may
 * start, by `performance.now`. These times pass by themselves, so nothing stays locked.
 */
export async function waitForTurn(turns: Runtime["isolate"]["publishTurns"], slug: string): Promise<boolean> {
  const now = performance.now();
  const start = Math.max(now, turns.get(slug) ?? 0);
  if (start - now > LONGEST_WAIT_MILLISECONDS) return false;
  turns.set(slug, start + TURN_MILLISECONDS);
  if (start > now) await new Promise((resolve) => setTimeout(resolve, start - now));
  return true;
}
