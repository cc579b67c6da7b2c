// The Worker at home: its migrations, then wrangler dev, with their noise kept back until it is needed.

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { CliError } from "../../lib/cli-error.ts";
import { PROJECT_DIR } from "../target.ts";
import { isMigrated, noteMigrated } from "./migrated.ts";
import { type ProcessGroup, startGroup } from "./process-group.ts";

const START_LIMIT_MS = 60_000;
const POLL_MS = 150;
const RELOAD_LIMIT_MS = 10_000;
const WRANGLER = join(
  dirname(createRequire(import.meta.url).resolve("wrangler/package.json")),
  "bin/wrangler.js",
);
/** What Node compiled once is read the next time, as for our own commands (bin/run.cjs). */
const COMPILE_CACHE = join(PROJECT_DIR, "node_modules/.cache/wireroom");

/** Where and how the Worker runs. */
export interface WorkerOptions {
  readonly port: number;
  /** The folder for local databases. */
  readonly state: string;
  /** Another entry than wrangler.toml's, and the name it goes by beside that one. */
  readonly other?: { readonly entry: string; readonly name: string };
  /** Variables for the Worker, besides its address. */
  readonly vars?: Readonly<Record<string, string>>;
  /** Shown as it comes; kept back where missing. */
  readonly onNoise?: (line: string) => void;
  /** Told of every group that was started, so that it can be ended whatever happens. */
  readonly onGroup: (group: ProcessGroup) => void;
}

/** A running Worker. */
export interface LocalWorker {
  readonly url: string;
  readonly group: ProcessGroup;
  /** Settles when wrangler has taken up a change of the code or of site.yaml, or is stopped, or after a few seconds. */
  readonly reloaded: () => Promise<void>;
}

/** The address of a Worker on a port of this machine. */
export const localUrl = (port: number): string => `http://localhost:${port}`;

/** Brings the local database up to date. Throws `CliError` with what was said if that fails. */
export async function migrate(options: WorkerOptions): Promise<void> {
  if (isMigrated(options.state)) return;
  const group = node(options, [join(import.meta.dirname, "migrate.ts"), options.state]);
  const { code } = await group.ended;
  if (code !== 0) throw new CliError(`The local database can't be brought up to date:\n${group.tail()}`);
  noteMigrated(options.state);
}

/**
 * Starts the Worker and waits until it answers; it is stopped when `signal` is aborted. Throws `CliError` with what wrangler said
 * if it doesn't answer.
 */
export async function startWorker(options: WorkerOptions, signal: AbortSignal): Promise<LocalWorker> {
  const url = localUrl(options.port);
  const reloads = new Set<() => void>();
  const onLine = (line: string) => {
    options.onNoise?.(line);
    if (/updated and ready/i.test(line)) for (const tell of reloads) tell();
  };
  const { other, vars = {} } = options;
  const group = node({ ...options, onNoise: onLine }, [
    WRANGLER,
    "dev",
    ...(other ? [other.entry, "--name", other.name] : []),
    ...["--port", String(options.port), "--persist-to", options.state],
    ...Object.entries({ SITE_URL: url, ...vars }).flatMap(([name, value]) => ["--var", `${name}:${value}`]),
    "--show-interactive-dev-session=false",
    // A debugger's port that the system picks: of two that start at once, both would find wrangler's own choice free.
    ...["--inspector-port", "0"],
  ]);
  const aborted = new Promise<void>((resolve) => {
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
  void aborted.then(() => group.stop());
  await answering(url, group);
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

async function answering(url: string, group: ProcessGroup): Promise<void> {
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
  throw new CliError(`${what}. It said:\n${group.tail()}`);
}

async function isUp(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(5_000) });
    await response.body?.cancel();
    // 503 is a Worker with old marks, which is awake all the same.
    return response.status === 200 || response.status === 503;
  } catch (error) {
    // fetch throws while nobody listens, which is what is being asked.
    if (error instanceof Error) return false;
    throw error;
  }
}

function node({ onNoise, onGroup }: WorkerOptions, args: readonly string[]): ProcessGroup {
  const group = startGroup([process.execPath, ...args], {
    cwd: PROJECT_DIR,
    env: {
      NODE_COMPILE_CACHE: COMPILE_CACHE,
      ...process.env,
      WRANGLER_SEND_METRICS: "false",
      WRANGLER_HIDE_BANNER: "true",
      NO_COLOR: "1",
    },
    ...(onNoise ? { onLine: onNoise } : {}),
  });
  onGroup(group);
  return group;
}
