// The Worker on this machine: migrates its database, runs wrangler dev, and triggers its crons, which
// wrangler dev doesn't. Their output is shown only when something fails.

import { spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Writable } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { CliError, errorText } from "../../content/finding.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { PROJECT_DIR } from "../target.ts";
import type { Output } from "../terminal.ts";

const START_LIMIT_MS = 60_000;
const POLL_MS = 150;
const RELOAD_LIMIT_MS = 10_000;
const WRANGLER = join(
  dirname(createRequire(import.meta.url).resolve("wrangler/package.json")),
  "bin/wrangler.js",
);
/** Node's compile cache, as for our own commands (bin/run.cjs). */
const COMPILE_CACHE = join(PROJECT_DIR, "node_modules/.cache/wireroom");

/** Where and how the Worker runs. */
export interface WorkerOptions {
  readonly port: number;
  /** The folder of the local databases. */
  readonly state: string;
  /** Another entry than that of wrangler.toml, and the Worker's name. */
  readonly other?: { readonly entry: string; readonly name: string };
  /** Variables for the Worker, besides its address. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Gets each line of output as it comes. */
  readonly onOutput?: (line: string) => void;
  /** Gets every process group that is started, so that it can be ended whatever happens. */
  readonly onGroup: (group: ProcessGroup) => void;
}

/** A running Worker. */
export interface LocalWorker {
  readonly url: string;
  readonly group: ProcessGroup;
  /** Settles when wrangler has reloaded the code or site.yaml, when it is stopped, or after ten seconds. */
  readonly reloaded: () => Promise<void>;
}

/** The address of a Worker on a port of this machine. */
export const localUrl = (port: number): string => `http://localhost:${port}`;

/** Brings the local database up to date. Throws `CliError` with the output if that fails. */
export async function migrate(options: WorkerOptions): Promise<void> {
  if (isMigrated(options.state)) return;
  const group = node(options, [join(import.meta.dirname, "migrate.ts"), options.state]);
  const { code } = await group.ended;
  if (code !== 0) throw new CliError(`The local database can't be brought up to date:\n${group.tail()}`);
  noteMigrated(options.state);
}

/**
 * Starts the Worker and waits until it answers. It is stopped when `signal` is aborted. Throws `CliError`
 * with wrangler's output if it doesn't answer.
 */
export async function startWorker(options: WorkerOptions, signal: AbortSignal): Promise<LocalWorker> {
  const url = localUrl(options.port);
  const reloads = new Set<() => void>();
  const onLine = (line: string) => {
    options.onOutput?.(line);
    if (/updated and ready/i.test(line)) for (const resolve of reloads) resolve();
  };
  const { other, vars = {} } = options;
  const group = node({ ...options, onOutput: onLine }, [
    WRANGLER,
    "dev",
    ...(other ? [other.entry, "--name", other.name] : []),
    ...["--port", String(options.port), "--persist-to", options.state],
    ...Object.entries({ SITE_URL: url, ...vars }).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    "--show-interactive-dev-session=false",
    // The system picks the debugger's port: two Workers that start at once could both choose the same one.
    ...["--inspector-port", "0"],
  ]);
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  void aborted.then(() => group.stop());
  await untilAnswering(url, group);
  return {
    url,
    group,
    async reloaded() {
      const { promise, resolve } = Promise.withResolvers<void>();
      reloads.add(resolve);
      await Promise.race([promise, aborted, wait(RELOAD_LIMIT_MS, undefined, { ref: false })]);
      reloads.delete(resolve);
    },
  };
}

async function untilAnswering(url: string, group: ProcessGroup): Promise<void> {
  let over = false;
  const ended = group.ended.then(() => {
    over = true;
  });
  for (const start = Date.now(); Date.now() - start < START_LIMIT_MS && !over; ) {
    if (await isUp(`${url}/healthz`)) return;
    await Promise.race([wait(POLL_MS), ended]);
  }
  await group.stop();
  const what = over
    ? "wrangler dev ended"
    : `The Worker didn't answer within ${START_LIMIT_MS / 1000} seconds`;
  throw new CliError(`${what}. Its output:\n${group.tail()}`);
}

async function isUp(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    // A Worker with feeds that are overdue answers 503, but it does answer.
    return response.status === 200 || response.status === 503;
  } catch (error) {
    // fetch throws while nobody listens.
    if (error instanceof Error) return false;
    throw error;
  }
}

function node({ onOutput, onGroup }: WorkerOptions, args: readonly string[]): ProcessGroup {
  const group = startGroup([process.execPath, ...args], {
    cwd: PROJECT_DIR,
    env: {
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...process.env,
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_HIDE_BANNER: "true",
      NO_COLOR: "1",
    },
    ...omitUndefined({ onLine: onOutput }),
  });
  onGroup(group);
  return group;
}

/** The folder of migrations, one file each, applied in the order of their names. */
export const MIGRATIONS_DIR = join(PROJECT_DIR, "src/migrations");

/** Lists the migrations that were applied, so that a start needn't open the database. */
const noteIn = (state: string): string => join(state, "migrated.txt");

/** True if the database in the folder `state` has every migration. */
function isMigrated(state: string): boolean {
  if (!existsSync(join(state, "v3/d1")) || !existsSync(noteIn(state))) return false;
  const noted = new Set(readFileSync(noteIn(state), "utf8").split("\n"));
  return readdirSync(MIGRATIONS_DIR).every((name) => noted.has(name));
}

function noteMigrated(state: string): void {
  writeFileSync(noteIn(state), `${readdirSync(MIGRATIONS_DIR).sort().join("\n")}\n`);
}

const MINUTE_MS = 60_000;
const CRON_LIMIT_MS = 50_000;

/** The crons in wrangler.toml. */
const CRONS = { minute: "* * * * *", hour: "0 * * * *" } as const;

/** Triggers a cron once. A failure is only a warning: the next minute's cron does what this one left. */
export async function triggerCron(url: string, cron: keyof typeof CRONS, out: Output): Promise<void> {
  const query = new URLSearchParams({ cron: CRONS[cron] });
  try {
    const response = await fetch(`${url}/cdn-cgi/handler/scheduled?${query}`, {
      signal: AbortSignal.timeout(CRON_LIMIT_MS),
    });
    await response.body?.cancel();
    if (!response.ok) out.warn(`The Worker's cron of every ${cron} failed (${response.status}).`);
  } catch (error) {
    out.warn(`The Worker's cron of every ${cron} could not be started (${errorText(error)}).`);
  }
}

/**
 * Triggers the crons every minute and every hour, except while `url` returns undefined. Returns a function
 * that ends it.
 */
export function startCron(url: () => string | undefined, out: Output): () => void {
  let minutes = 0;
  const timer = setInterval(async () => {
    minutes++;
    const crons = minutes % 60 === 0 ? (["minute", "hour"] as const) : (["minute"] as const);
    for (const cron of crons) {
      const target = url();
      if (target !== undefined) await triggerCron(target, cron, out);
    }
  }, MINUTE_MS);
  return () => clearInterval(timer);
}

// Runs a program and everything that it starts as one process group, which can be ended as a whole and never
// outlives us.

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
