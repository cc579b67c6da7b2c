// One server a folder of local databases. The lock is a symbolic link beside them, made in one step, that points at no file but
// names its holder: host, process, and when that process began, since a number is given to another process later. So it
// binds nobody once its holder is dead, however that one ended.

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
  /** As `beginningOf` says it; empty where the system doesn't tell. */
  readonly began: string;
}

/** Takes the lock of the folder `state`, which is made where it is missing. Throws `CliError` where another process holds it. */
export function takeLock(state: string, command: string): Lock {
  mkdirSync(state, { recursive: true });
  // A dead one's lock is left behind by a lock of a higher number, never removed first: of two who find it, one makes that.
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
  const own: Holder = { host: hostname(), pid: process.pid, began: beginningOf(process.pid) ?? "" };
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

/** Who holds a lock; undefined for one that went meanwhile, or that says nothing of the kind. */
function holderOf(file: string): Holder | undefined {
  try {
    const { host, pid, began }: Partial<Holder> = JSON.parse(readlinkSync(file));
    return host === undefined || pid === undefined || began === undefined ? undefined : { host, pid, began };
  } catch {
    // ENOENT, EINVAL (no link) or SyntaxError: nobody can be named.
    return undefined;
  }
}

// A process of another machine can't be asked after.
const isAlive = ({ host, pid, began }: Holder): boolean =>
  host !== hostname() || (beginningOf(pid) ?? "dead") === began;

/** When a process began, in the system's own words; "" where it is there and nothing is told; undefined for none. */
function beginningOf(pid: number): string | undefined {
  if (process.platform === "linux") {
    try {
      // The name in brackets may hold anything; behind it the 20th field is the start, in ticks since the machine's.
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      // A zombie has ended, and only waits for its parent to hear of it.
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
    // EPERM is somebody else's process, which is there all the same.
    return error instanceof Error && "code" in error && error.code === "EPERM" ? "" : undefined;
  }
}

function refusal(state: string, file: string, { host, pid }: Holder, command: string): string {
  if (host !== hostname()) {
    return `${state} is in use on ${host} (process ${pid}), or was when that machine ended. If it isn't any more, delete ${file}; else ${command} --state takes another folder.`;
  }
  return `${state} is in use already (process ${pid}): two servers would spoil each other's databases. End that one, or take another folder with ${command} --state.`;
}
