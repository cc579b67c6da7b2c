// What tests of programs that serve share.

import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { contentFolder } from "../folder.ts";

const ROOT = join(import.meta.dirname, "../../..");

const LIMIT_MS = 90_000;

/** A program of ours, all that it said so far, and the code that it ends with. */
export interface Running {
  readonly child: ChildProcess;
  readonly said: () => string;
  readonly ended: Promise<number | null>;
}

/** Runs one of our programs, asked to end with the test. */
export function run(
  program: string,
  flags: readonly string[],
  options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {},
): Running {
  const child = spawn(process.execPath, [program, ...flags], options);
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      said += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  return { child, said: () => said, ended };
}

/** Somebody who listens, and on which port. */
export async function listening(
  wanted = 0,
): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve, reject) =>
    server.once("error", reject).listen(wanted, "127.0.0.1", resolve),
  );
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port: address.port, close };
}

// Systems give out ports from 32768: one from there may go to another test between the question and its use.
const PORTS = { from: 12_000, count: 16_000 } as const;

/** A port on which nobody listens, and that the system gives to nobody who asks for any. */
export async function freePort(): Promise<number> {
  for (;;) {
    try {
      const { port, close } = await listening(PORTS.from + Math.floor(Math.random() * PORTS.count));
      await close();
      return port;
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
    }
  }
}

/** Asks until `condition` holds. Fails after a minute and a half, with `what`. */
export async function patiently(
  condition: () => boolean | Promise<boolean>,
  what: () => string,
): Promise<void> {
  for (const begun = Date.now(); !(await condition()); ) {
    if (Date.now() - begun > LIMIT_MS) throw new Error(`It didn't happen in time:\n${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** A project of its own: this code, with other articles, whose paths begin with `content/`. */
export function projectWith(files: Readonly<Record<string, string>>): string {
  const folder = contentFolder(files);
  for (const name of ["bin", "public", "src", "package.json", "tsconfig.json", "wrangler.toml"]) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  cpSync(join(folder, "site.yaml"), join(folder, "content/site.yaml"));
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  for (const name of ["tmp", ".wireroom"]) mkdirSync(join(folder, name));
  return folder;
}
