// How time grows with input, told without a clock's verdict on this machine.

const FEWEST_ROUNDS = 3;
const MOST_ROUNDS = 20;
const PARTS = 16;
/** All at once takes as long as in sixteen parts; what is quadratic takes sixteen times as long. */
const RATIO_LIMIT = 5;
/** What takes no longer is fast enough, in whatever proportion. */
const NOISE_MILLISECONDS = 20;

/**
 * Runs `run` once with `count` and sixteen times with a sixteenth of it: the same work, and the same garbage. Compares the
 * time that each takes at best: whatever else the machine does makes it longer, never shorter. @throws Error, when it grows
 * by more than in proportion.
 */
export function expectProportional(run: (count: number) => unknown, count: number): void {
  const part = Math.ceil(count / PARTS);
  const best = { parts: Number.POSITIVE_INFINITY, whole: Number.POSITIVE_INFINITY };
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    best.parts = Math.min(
      best.parts,
      milliseconds(() => Array.from({ length: PARTS }, () => run(part))),
    );
    best.whole = Math.min(
      best.whole,
      milliseconds(() => run(PARTS * part)),
    );
    if (round >= FEWEST_ROUNDS && best.whole <= RATIO_LIMIT * best.parts + NOISE_MILLISECONDS) return;
  }
  throw new Error(
    `all at once takes ${(best.whole / best.parts).toFixed(1)} times as long as in ${PARTS} parts`,
  );
}

function milliseconds(run: () => unknown): number {
  const before = performance.now();
  run();
  return performance.now() - before;
}
