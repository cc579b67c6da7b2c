// `npm start` with the real wrangler: up, published, and gone without a trace whatever ends it.

import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { portProblem } from "../../../src/cli/start/port.ts";

const START = join(import.meta.dirname, "../../../src/cli/start.ts");
const LIMIT_MS = 90_000;

async function listening(): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port: address.port, close };
}

function start(port: number): { child: ChildProcess; said: () => string; ended: Promise<number | null> } {
  const state = mkdtempSync(join(tmpdir(), "state-"));
  const child = spawn(process.execPath, [START, "--port", String(port), "--state", state]);
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
    rmSync(state, { recursive: true, force: true, maxRetries: 5 });
  });
  return { child, said: () => said, ended };
}

async function patiently(condition: () => boolean | Promise<boolean>, what: () => string): Promise<void> {
  for (const begun = Date.now(); !(await condition()); ) {
    if (Date.now() - begun > LIMIT_MS) throw new Error(`It didn't happen in time:\n${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it.each(["SIGTERM", "SIGKILL"] as const)(
  "serves the content folder, and leaves nothing behind after %s",
  { timeout: 2 * LIMIT_MS },
  async (signal) => {
    const { port, close } = await listening();
    await close();
    const { child, said, ended } = start(port);
    await patiently(() => said().includes("Ctrl-C ends it."), said);
    expect(said()).toContain(`RSS         http://localhost:${port}/rss.xml`);
    expect(said()).not.toContain("PUBLISH_TOKEN=");
    const feed = await fetch(`http://localhost:${port}/rss.xml`);
    expect(await feed.text()).toContain("How to read this wire");
    child.kill(signal);
    expect(await ended).toBe(signal === "SIGTERM" ? 0 : null);
    await patiently(
      async () => (await portProblem(port)) === undefined,
      () => "The port is still in use",
    );
  },
);

it("says in one line that the port is in use, and ends", { timeout: LIMIT_MS }, async () => {
  const { port, close } = await listening();
  onTestFinished(close);
  const { said, ended } = start(port);
  expect(await ended).toBe(1);
  expect(said()).toBe(`Port ${port} is in use; npm start -- --port ${port + 1} takes another.\n`);
});
