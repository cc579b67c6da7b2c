// `npm start` with the real wrangler: up, published, and gone without a trace whatever ends it.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { portProblem } from "../../../src/cli/start/port.ts";
import { write } from "../folder.ts";
import { freePort, listening, patiently, projectWith, type Running, run } from "./running.ts";

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
  expect(said()).toBe(
    `Starting Wireroom on http://localhost:${port} …\nPort ${port} is in use; npm start -- --port ${port + 1} takes another.\n`,
  );
});

it("answers 503 with what is wrong with site.yaml until it is mended, remarks on what is saved, and shares its databases with nobody", {
  timeout: 3 * LIMIT_MS,
}, async () => {
  const folder = projectWith({
    "content/articles/ferry/index.md": "---\nheadline: Ferry\npublished: 2020-01-01T00:00:00Z\n---\nText.\n",
  });
  const sound = readFileSync(join(folder, "content/site.yaml"), "utf8");
  const port = await freePort();
  const url = `http://localhost:${port}/`;
  const startHere = (onPort: number) =>
    run(join(folder, "src/cli/start.ts"), ["--port", String(onPort)], { cwd: folder });
  const broken = async () => {
    await patiently(async () => (await statusOf(url)) === 503, said);
    const text = await (await fetch(url)).text();
    expect(text).toContain("content/site.yaml:1  title  is missing\n");
    expect(text).toContain("It starts again when the file is corrected.");
  };
  write(folder, { "content/site.yaml": sound.replace(/^title:.*\n/m, "") });
  const { said } = startHere(port);
  await broken();

  const other = startHere(await freePort());
  expect(await other.ended).toBe(1);
  expect(other.said()).toMatch(/\.wireroom is in use already \(process \d+\)/);

  write(folder, { "content/site.yaml": sound });
  await patiently(() => said().includes("Ctrl-C ends it."), said);
  expect(await (await fetch(url)).text()).toContain("Ferry");

  // What `check` would remark on an article that was just saved.
  write(folder, { "content/articles/ferry/notes.txt": "" });
  const remark = 'content/articles/ferry/index.md:1  warning:  has "notes.txt" beside it';
  await patiently(() => said().includes(remark), said);

  write(folder, { "content/site.yaml": sound.replace(/^title:.*\n/m, "") });
  await broken();
});

/** The status of an answer within two seconds; undefined for none. */
async function statusOf(url: string): Promise<number | undefined> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).status;
  } catch {
    // Nobody listens, or nobody answers, which is what the test asks.
    return undefined;
  }
}
