// The end of `npm start` or of a preview, whatever brings it: a signal, a closed terminal, a dead parent, wrangler's own
// end, an error.

import { plainMessage } from "../../lib/cli-error.ts";
import type { Output } from "../progress.ts";

const PARENT_CHECK_MS = 1_000;
// A terminal sends Ctrl-C to npm and to us, and npm passes it on: the same wish, told twice.
const SAME_WISH_MS = 1_000;

/** Something to end: asked first, then killed. */
export interface Endable {
  readonly stop?: () => Promise<void>;
  /** Must not wait: it also runs in the last moment of the process. */
  readonly kill: () => void;
}

const endables: Endable[] = [];
let ending: Promise<void> | undefined;
let tell: Output["warn"] = () => undefined;

/** Remembers something that must not outlive this process. */
export function onShutdown(endable: Endable): void {
  endables.push(endable);
}

/** Ends what was started, says why if there is a why, and exits. A second call waits for the first. */
export function shutDown(code: number, why?: string): Promise<void> {
  ending ??= (async () => {
    if (why !== undefined) tell(why);
    await Promise.all(endables.map((endable) => endable.stop?.()));
    process.exit(code);
  })();
  return ending;
}

/** Starts what then lasts until something ends it. `CliError` does, and a file that can't be used, each with its message. */
export async function runUntilShutdown(out: Output, start: () => Promise<void>): Promise<void> {
  endWith(process, out);
  try {
    await start();
  } catch (error) {
    // What is under way fails when those who do it are ended: that isn't why.
    if (ending) return ending;
    const message = plainMessage(error);
    if (message === undefined) throw error;
    await shutDown(1, message);
  }
}

/** Sets up the ways in which this process may end. */
function endWith(process: NodeJS.Process, out: Output): void {
  tell = out.warn;
  let askedAt: number | undefined;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      askedAt ??= Date.now();
      // Asked again: don't wait for anybody.
      if (Date.now() - askedAt > SAME_WISH_MS) process.exit(1);
      void shutDown(0);
    });
  }
  process.on("exit", () => {
    // The last one may stand on those before it.
    for (const endable of endables.toReversed()) endable.kill();
  });
  // A closed terminal or pipe: there is nobody left to serve.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => void shutDown(0));
  if (process.env.npm_lifecycle_event === undefined) return;
  // npm that was killed outright can't pass anything on.
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void shutDown(0);
  }, PARENT_CHECK_MS).unref();
}
