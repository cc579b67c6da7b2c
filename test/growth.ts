// How time grows with input, told without a clock's verdict on this machine.

const FEWEST_ROUNDS = 3;
const MOST_ROUNDS = 20;
/** Four times the input takes four times the time; what is quadratic takes sixteen times as long. */
const FACTOR = 4;
const RATIO_LIMIT = 9;
const NOISE_MILLISECONDS = 1;

/**
 * Runs `run` with `count` and with four times as much, and compares the time that each takes at best: whatever else
 * the machine does makes it longer, never shorter. @throws Error, when it grows by more than in proportion.
 */
export function expectProportional(run: (count: number) => unknown, count: number): void {
  run(count);
  let few = Number.POSITIVE_INFINITY;
  let many = Number.POSITIVE_INFINITY;
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    few = Math.min(
      few,
      milliseconds(() => run(count)),
    );
    many = Math.min(
      many,
      milliseconds(() => run(FACTOR * count)),
    );
    if (round >= FEWEST_ROUNDS && many <= RATIO_LIMIT * few + NOISE_MILLISECONDS) return;
  }
  throw new Error(`${FACTOR} times the input takes ${(many / few).toFixed(1)} times as long`);
}

function milliseconds(run: () => unknown): number {
  const before = performance.now();
  run();
  return performance.now() - before;
}
