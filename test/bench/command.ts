// How much longer a command takes than Node alone, from the call in the shell to the exit.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { median, type Row, timed } from "./table.ts";

const ROOT = join(import.meta.dirname, "../..");
const WIREROOM = join(ROOT, "bin/wireroom.cjs");
const ROUNDS = 15;
// The first call compiles the code that later calls read from a cache.
const WARM_UP_ROUNDS = 2;

const CALLS = {
  node: ["-e", "0"],
  help: [WIREROOM, "--help"],
  check: [WIREROOM, "check"],
} as const;

/** Two rows: `wireroom --help`, and `wireroom check` of the two articles in content/, each against `node -e 0`. */
export async function benchCommand(): Promise<readonly Row[]> {
  // As npm install does.
  execFileSync(process.execPath, [join(ROOT, "bin/bundle.cjs")]);
  const times: Record<keyof typeof CALLS, number>[] = [];
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
    // In turns, so that a slow phase of the machine affects all.
    const one = { node: await call("node"), help: await call("help"), check: await call("check") };
    if (round >= 0) times.push(one);
  }
  const node = median(times.map((one) => one.node));
  const row = (name: "help" | "check", what: string, limit: number): Row => {
    const ms = median(times.map((one) => one[name]));
    const ratio = ms / node;
    return {
      what: `${what} (${ms.toFixed(0)} ms) against \`node -e 0\` (${node.toFixed(0)} ms)`,
      figure: `${ratio.toFixed(1)} ×`,
      goal: `≤ ${limit} ×`,
      met: ratio <= limit,
    };
  };
  return [row("help", "`wireroom --help`", 4), row("check", "`wireroom check` of two articles", 10)];
}

const call = (name: keyof typeof CALLS): Promise<number> =>
  timed(() => execFileSync(process.execPath, CALLS[name], { cwd: ROOT, stdio: "ignore" }));
