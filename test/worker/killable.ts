// The built Worker in a process group of its own, which ends by kill -9 and nothing else: node and workerd alike.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Command } from "./direct.ts";
import { until } from "./harness.ts";

const START_MILLISECONDS = 20_000;

/** A Worker that can be killed. */
export interface KillableWorker {
  /** Another one with each start. */
  readonly url: string;
  /** Runs SQL and gives its rows. @throws Error, when the Worker is killed meanwhile. */
  readonly query: (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;
  /** A minute later: no stale mark is young any more, and cron comes. @throws Error, when the Worker is killed meanwhile. */
  readonly nextMinute: () => Promise<void>;
  /** Gives it no chance to tidy up. */
  readonly kill: () => Promise<void>;
}

/** Starts a built Worker on the state in a folder; resolves once it answers. */
export async function startKillable(build: string, state: string): Promise<KillableWorker> {
  const script = join(import.meta.dirname, "./direct.ts");
  const child = spawn("node", [script, build, state], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  const ended = once(child, "exit");
  let printed = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    printed += chunk.toString();
  });
  const kill = async () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    process.kill(-child.pid, "SIGKILL");
    await ended;
  };
  let url: string;
  try {
    const address = () => /^http\S+$/m.exec(printed)?.[0];
    url = await until("the Worker prints its address", address, START_MILLISECONDS);
  } catch (error) {
    await kill();
    throw error;
  }
  // No more than the address is of use, and hours of logs would fill the memory.
  child.stdout?.removeAllListeners("data").resume();

  const asked = new Map<number, PromiseWithResolvers<unknown>>();
  child.on("message", ({ id, result, error }: { id: number; result?: unknown; error?: string }) => {
    if (error === undefined) asked.get(id)?.resolve(result);
    else asked.get(id)?.reject(new Error(error));
    asked.delete(id);
  });
  child.on("exit", () => {
    for (const { reject } of asked.values()) reject(new Error("the Worker was killed"));
  });
  let last = 0;
  const ask = (command: Command): Promise<unknown> => {
    const answer = Promise.withResolvers<unknown>();
    const id = ++last;
    asked.set(id, answer);
    child.send({ id, command }, (error) => error && answer.reject(error));
    return answer.promise;
  };
  const query = async (sql: string) => (await ask({ sql })) as readonly Readonly<Record<string, unknown>>[];
  const nextMinute = async () => {
    await query("UPDATE feeds SET stale_since = '2024-10-24T00:00:00Z' WHERE stale_since IS NOT NULL");
    await ask({ cron: "* * * * *" });
  };
  return { url, query, nextMinute, kill };
}
