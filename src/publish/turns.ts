// Writers of one article at once: those in one isolate start one after the other, so that few of them lose a race.

/** A PUT takes some 30 ms of D1; on a busy machine more. */
const TURN_MILLISECONDS = 100;
/** Whoever would have to wait longer is told at once to come back. */
const LONGEST_WAIT_MILLISECONDS = 3_000;
const SLUG_LIMIT = 1_000;

/** When the next writer of an article may start, by `performance.now`. Times pass by themselves: nothing stays locked. */
const nextStart = new Map<string, number>();

/** Waits for this writer's turn. False where too many others are waiting. */
export async function waitForTurn(slug: string): Promise<boolean> {
  const now = performance.now();
  const start = Math.max(now, nextStart.get(slug) ?? 0);
  if (start - now > LONGEST_WAIT_MILLISECONDS) return false;
  if (nextStart.size >= SLUG_LIMIT) {
    for (const [each, at] of nextStart) if (at <= now) nextStart.delete(each);
  }
  nextStart.set(slug, start + TURN_MILLISECONDS);
  if (start > now) await new Promise((resolve) => setTimeout(resolve, start - now));
  return true;
}
