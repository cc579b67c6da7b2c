// Runs a program and everything that it starts as one process group, which can be ended as a whole and never
// outlives us.

import { spawn } from "node:child_process";
import type { Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";

const GRACE_MS = 4_000;
const TAIL_LINES = 40;

// The guard is in the same group. It reads a pipe that only we hold open, so it ends the group even if we are
// killed by SIGKILL.
const GUARD = `(trap '' TERM INT HUP; read _ <&3; kill -TERM 0; sleep ${GRACE_MS / 1000}; kill -KILL 0) & exec 3<&-; exec "$@"`;

/** How a program ended. */
interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A running program with its descendants. */
export interface ProcessGroup {
  /** Settles when the program has ended and nothing of its group is left. */
  readonly ended: Promise<Ending>;
  /** The last lines of output. */
  readonly tail: () => string;
  /** Sends SIGTERM, waits a few seconds, then kills what is left. */
  readonly stop: () => Promise<void>;
  /** Kills all of it at once, for when our own process exits. */
  readonly kill: () => void;
}

/**
 * Starts a program in a process group of its own. `onLine` gets each line of output. Throws if it can't be
 * started.
 */
export function startGroup(
  command: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: NodeJS.ProcessEnv;
    readonly onLine?: (line: string) => void;
  },
): ProcessGroup {
  const { cwd, env, onLine } = options;
  const child = spawn("sh", ["-c", GUARD, "sh", ...command], {
    cwd,
    env,
    detached: true,
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`Can't start ${command.join(" ")}`);

  const lines: string[] = [];
  const keep = (line: string) => {
    lines.push(line);
    if (lines.length > TAIL_LINES) lines.shift();
    onLine?.(line);
  };
  for (const stream of [child.stdout, child.stderr]) if (stream) readLines(stream, keep);

  let over = false;
  // When the group has ended, its id may be reused.
  const signal = (name: NodeJS.Signals) => {
    if (!over) signalGroup(pid, name);
  };
  const kill = () => signal("SIGKILL");
  const ended = new Promise<Ending>((resolve) => {
    child.once("exit", (code, endedBy) => {
      kill();
      over = true;
      resolve({ code, signal: endedBy });
    });
  });
  const guardPipe = child.stdio[3] as Writable;
  // The guard may be gone already.
  guardPipe.on("error", () => undefined);
  return {
    ended,
    tail: () => lines.join("\n"),
    kill,
    async stop() {
      signal("SIGTERM");
      guardPipe.end();
      await Promise.race([ended, wait(GRACE_MS, undefined, { ref: false })]);
      kill();
      await ended;
    },
  };
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // ESRCH: the whole group has ended.
    if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
  }
}

function readLines(stream: NodeJS.ReadableStream, onLine: (line: string) => void): void {
  let rest = "";
  stream.setEncoding("utf8");
  stream.on("data", (chunk: string) => {
    const parts = (rest + chunk).split(/\r?\n/);
    rest = parts.pop() ?? "";
    for (const line of parts) if (line.trim() !== "") onLine(line);
  });
}
