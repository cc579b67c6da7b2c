// Only one server may use a folder of local databases. The lock is a symbolic link beside them, because that
// is made in one step. Its target is no file, but names the holder: host, process id, and when the process
// started, since ids are reused. So a lock ends with its holder, however that one ended.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { CliError } from "../../lib/cli-error.ts";

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
