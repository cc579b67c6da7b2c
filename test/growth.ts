// How time grows with input, told without a clock's verdict on this machine.

const FEWEST_ROUNDS = 3;
const MOST_ROUNDS = 20;
/** Sixteen times the input takes sixteen times the time; what is quadratic takes 256 times as long. */
const FACTOR = 16;
/** As far from the one as from the other: what else the machine does, and the collector of garbage, add to the sixteen. */
const RATIO_LIMIT = 64;
/** What takes no longer is fast enough, in whatever proportion. */
const NOISE_MILLISECONDS = 20;

/**
 * Runs `run` with `count` and with a sixteenth of it, and compares the time that each takes at best: whatever else the
 * machine does makes it longer, never shorter. @throws Error, when it grows by more than in proportion.
 */
export function expectProportional(run: (count: number) => unknown, count: number): void {
  const few = Math.ceil(count / FACTOR);
  const best = { few: Number.POSITIVE_INFINITY, many: Number.POSITIVE_INFINITY };
  run(few);
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    best.few = Math.min(
      best.few,
      milliseconds(() => run(few)),
    );
    best.many = Math.min(
      best.many,
      milliseconds(() => run(FACTOR * few)),
    );
    if (round >= FEWEST_ROUNDS && best.many <= RATIO_LIMIT * best.few + NOISE_MILLISECONDS) return;
  }
  throw new Error(`${FACTOR} times the input takes ${(best.many / best.few).toFixed(1)} times as long`);
}

function milliseconds(run: () => unknown): number {
  const before = performance.now();
  run();
  return performance.now() - before;
}
