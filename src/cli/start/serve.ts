// Starts a local Worker, publishes content/ to it, and then what changes there: what `npm start` and
// `wireroom preview` share.

import { execFileSync } from "node:child_process";
import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { hostname } from "node:os";
import { join, relative, resolve } from "node:path";
import type { Site } from "../../article/site.ts";
import { CliError, errorText, formatFinding } from "../../content/finding.ts";
import { readSite } from "../../content/folder.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Instant } from "../../lib/time.ts";
import { Client } from "../client.ts";
import { DEV_VARS, ensureSecret, PROJECT_DIR } from "../target.ts";
import type { Output } from "../terminal.ts";
import { localUrl, migrate, startCron, startWorker, type WorkerOptions } from "./local-worker.ts";
import { portProblem } from "./port.ts";
import { Session, watchContent } from "./session.ts";
import { onShutdown } from "./shutdown.ts";

const CONTENT_DIR = resolve(PROJECT_DIR, "content");

/** What to run, and how. */
interface Serving extends Omit<WorkerOptions, "onOutput" | "onGroup"> {
  /** The command that the user typed, for messages. */
  readonly command: string;
  readonly watch: boolean;
  readonly verbose?: boolean;
  /** Publish articles as they were at that time. */
  readonly asOf?: Instant;
  /** First lines of the greeting; called when everything is published. */
  readonly about?: (client: Client) => Promise<Readonly<Record<string, string>>>;
}

/** Reads site.yaml. Throws `CliError` if it isn't valid: the Worker is built with it. */
export async function readValidSite(): Promise<Site> {
  const { site, findings } = await readSite(CONTENT_DIR);
  if (!site) throw new CliError(findings.map(formatFinding).join("\n"));
  return site;
}

/**
 * Starts the Worker and publishes everything. Resolves when that is done; with an invalid site.yaml, when the
 * error server runs. Throws `CliError` if it can't.
 */
export async function serve(
  { command, watch, verbose = false, asOf, about, ...worker }: Serving,
  out: Output,
): Promise<void> {
  const problem = await portProblem(worker.port, command);
  if (problem !== undefined) throw new CliError(problem);
  const { release } = acquireLock(worker.state, command);
  onShutdown({ kill: release });
  const token = await ensureSecret("PUBLISH_TOKEN", DEV_VARS);
  await ensureSecret("WEBHOOK_SECRET", DEV_VARS);
  // wrangler and our build write there. If they can't, they only print a stack trace.
  mkdirSync(join(PROJECT_DIR, ".wrangler"), { recursive: true });
  accessSync(join(PROJECT_DIR, ".wrangler"), constants.W_OK);

  const options = {
    ...worker,
    ...omitUndefined({ onOutput: verbose ? out.say : undefined }),
    onGroup: onShutdown,
  };
  out.say("Bringing the local database up to date …");
  await migrate(options);
  const client = new Client({ url: localUrl(worker.port), token });
  const content = { dir: CONTENT_DIR, ...omitUndefined({ asOf }) };
  const start = (signal: AbortSignal) => startWorker(options, signal);
  const session = new Session(content, worker.port, start, client, out, async () =>
    out.say(greeting({ ...(await about?.(client)), ...addresses(client.url) }, watch)),
  );
  const begun = session.begin();
  // Watches from the beginning, to notice what is saved while everything is being published.
  if (watch) {
    const stopWatching = watchContent(
      CONTENT_DIR,
      (changes) => session.take(changes),
      (error) => out.warn(`content/ can't be published: ${errorText(error)}`),
    );
    onShutdown({ kill: stopWatching });
  }
  await begun;
  onShutdown({ kill: startCron(() => session.url, out) });
}

const addresses = (url: string) => ({
  "Front page": `${url}/`,
  RSS: `${url}/rss.xml`,
  Atom: `${url}/atom.xml`,
  "JSON Feed": `${url}/feed.json`,
  Token: `PUBLISH_TOKEN in ${relative(process.cwd(), DEV_VARS) || DEV_VARS}`,
});

const greeting = (lines: Readonly<Record<string, string>>, watching: boolean): string => `
${Object.entries(lines)
  .map(([name, value]) => `  ${name.padEnd(10)}  ${value}`)
  .join("\n")}

${watching ? "Watching content/. " : ""}Ctrl-C ends it.`;

// Only one server may use a folder of local databases. The lock is a symbolic link beside them, because that
// is made in one step. Its target is no file, but names the holder: host, process id, and when the process
// started, since ids are reused. So a lock ends with its holder, however that one ended.

const NAME = /^lock-(\d+)$/;

/** A lock that is held. */
export interface Lock {
  /** Gives it up. May be called twice. */
  readonly release: () => void;
}

interface Holder {
  readonly host: string;
  readonly pid: number;
  /** When the process started, as `startOf` gives it; empty if the system doesn't say. */
  readonly began: string;
}

/**
 * Takes the lock of the folder `state`, and creates the folder if needed. Throws `CliError` if another
 * process holds the lock.
 */
export function acquireLock(state: string, command: string): Lock {
  mkdirSync(state, { recursive: true });
  // A stale lock isn't removed first, but followed by one with a higher number: of two processes, only one
  // can make that.
  for (;;) {
    const locks = locksIn(state);
    for (const { file, holder } of locks) {
      if (holder && isAlive(holder)) throw new CliError(refusal(state, file, holder, command));
    }
    const mine = join(state, `lock-${1 + Math.max(0, ...locks.map(({ number }) => number))}`);
    if (!made(mine)) continue;
    for (const { file } of locks) rmSync(file, { force: true });
    const rival = locksIn(state).find(({ file, holder }) => file !== mine && holder && isAlive(holder));
    if (!rival?.holder) return { release: () => rmSync(mine, { force: true }) };
    rmSync(mine, { force: true });
    throw new CliError(refusal(state, rival.file, rival.holder, command));
  }
}

function made(file: string): boolean {
  const own: Holder = { host: hostname(), pid: process.pid, began: startOf(process.pid) ?? "" };
  try {
    symlinkSync(JSON.stringify(own), file);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

function locksIn(state: string) {
  return readdirSync(state).flatMap((name) => {
    const number = NAME.exec(name)?.[1];
    if (number === undefined) return [];
    const file = join(state, name);
    return [{ file, number: Number(number), holder: holderOf(file) }];
  });
}

/** Who holds a lock; undefined if it was removed meanwhile, or isn't a lock. */
function holderOf(file: string): Holder | undefined {
  try {
    const { host, pid, began }: Partial<Holder> = JSON.parse(readlinkSync(file));
    return host === undefined || pid === undefined || began === undefined ? undefined : { host, pid, began };
  } catch {
    // ENOENT, EINVAL (not a link) or SyntaxError.
    return undefined;
  }
}

// Processes of other machines can't be checked, so they count as alive.
const isAlive = ({ host, pid, began }: Holder): boolean =>
  host !== hostname() || (startOf(pid) ?? "dead") === began;

/**
 * When a process started, as the system writes it; "" if it exists but that isn't known; undefined if it
 * doesn't exist.
 */
function startOf(pid: number): string | undefined {
  if (process.platform === "linux") {
    try {
      // The name in brackets may contain anything. The 20th field after it is the start, in ticks since the
      // machine started.
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // A zombie has ended.
      return state === "Z" ? undefined : fields[18];
    } catch {
      // ENOENT: there is no such process.
      return undefined;
    }
  }
  try {
    process.kill(pid, 0);
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim();
  } catch (error) {
    // EPERM: another user's process, which exists.
    return error instanceof Error && "code" in error && error.code === "EPERM" ? "" : undefined;
  }
}

function refusal(state: string, file: string, { host, pid }: Holder, command: string): string {
  if (host !== hostname()) {
    return `${state} is in use on ${host} (process ${pid}), or was when that machine stopped. If it isn't any more, delete ${file}; else use another folder with ${command} --state.`;
  }
  return `${state} is in use already (process ${pid}): two servers would corrupt each other's databases. End that one, or use another folder with ${command} --state.`;
}
