// Ends `npm start` or `wireroom preview` cleanly, for whatever reason: a signal, a closed terminal, a dead
// parent process, an error, or the end of wrangler.

import { plainMessage } from "../../content/finding.ts";
import type { Output } from "../terminal.ts";

const PARENT_CHECK_MS = 1_000;
// A terminal sends Ctrl-C to npm and to us, and npm passes it on, so one Ctrl-C arrives twice.
const SAME_SIGNAL_MS = 1_000;

/** Something to end: it is stopped first, then killed. */
export interface Stoppable {
  readonly stop?: () => Promise<void>;
  /** Must be synchronous: it also runs when the process exits. */
  readonly kill: () => void;
}

const stoppables: Stoppable[] = [];
let ending: Promise<void> | undefined;
let warn: Output["warn"] = () => undefined;

/** Registers something that must not outlive this process. */
export function onShutdown(stoppable: Stoppable): void {
  stoppables.push(stoppable);
}

/**
 * Prints the reason, if there is one, ends everything that was registered, and exits. A second call waits for
 * the first.
 */
export function shutDown(code: number, why?: string): Promise<void> {
  ending ??= (async () => {
    if (why !== undefined) warn(why);
    await Promise.all(stoppables.map((stoppable) => stoppable.stop?.()));
    process.exit(code);
  })();
  return ending;
}

/** Runs `start`, and stays alive until something ends the process. A `CliError` ends it with its message. */
export async function runUntilShutdown(out: Output, start: () => Promise<void>): Promise<void> {
  endWith(process, out);
  try {
    await start();
  } catch (error) {
    // The shutdown itself makes what is running fail; that error isn't the reason.
    if (ending) return ending;
    const message = plainMessage(error);
    if (message === undefined) throw error;
    await shutDown(1, message);
  }
}

/** Handles everything that may end this process. */
function endWith(process: NodeJS.Process, out: Output): void {
  warn = out.warn;
  let askedAt: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      askedAt ??= Date.now();
      // A second signal: exit at once.
      if (Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(1);
      void shutDown(0);
    });
  }
  process.on("exit", () => {
    // Later ones may depend on earlier ones.
    for (const stoppable of stoppables.toReversed()) stoppable.kill();
  });
  // The terminal or pipe was closed.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => void shutDown(0));
  if (process.env.npm_lifecycle_event === undefined) return;
  // If npm is killed by SIGKILL, it passes no signal on.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void shutDown(0);
  }, PARENT_CHECK_MS).unref();
}
