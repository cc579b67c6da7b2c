// `npm start` with the real wrangler: up, published, and gone without a trace whatever ends it.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { portProblem } from "../../../src/cli/start/port.ts";
import { freePort, listening, patiently, type Running, run } from "./running.ts";

const START = join(import.meta.dirname, "../../../src/cli/start.ts");
const LIMIT_MS = 90_000;

function start(port: number): Running {
  const state = mkdtempSync(join(tmpdir(), "state-"));
  // What is registered first is done last: when nobody writes into it any more.
  onTestFinished(() => rmSync(state, { recursive: true, force: true, maxRetries: 5 }));
  return run(START, ["--port", String(port), "--state", state]);
}

it.each(["SIGTERM", "SIGKILL"] as const)(
  "serves the content folder, and leaves nothing behind after %s",
  { timeout: 2 * LIMIT_MS },
  async (signal) => {
    const port = await freePort();
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
