// Whatever ends a program, and whatever ends us, nothing that it started is left.

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { type ProcessGroup, startGroup } from "../../../src/cli/start/local-worker.ts";
import { until } from "../output.ts";

// A program with a child of its own, whose number it tells.
const PARENT = "sleep 600 & echo $!; wait";
// One that won't listen.
const STUBBORN = "trap '' TERM; sleep 600 & echo $!; while :; do wait; done";

async function start(script: string): Promise<{ group: ProcessGroup; child: number }> {
  const lines: string[] = [];
  const group = startGroup(["sh", "-c", script], {
    cwd: "/",
    env: process.env,
    onLine: (line) => void lines.push(line),
  });
  onTestFinished(() => group.kill());
  await until(() => lines.length > 0);
  return { group, child: Number(lines[0]) };
}

/** False for a zombie too: it runs no more, and waits for a parent that may never ask. */
function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return process.platform !== "linux" || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

it("ends a program with its children when it is asked to", async () => {
  const { group, child } = await start(PARENT);
  expect(alive(child)).toBe(true);
  await group.stop();
  await until(() => !alive(child));
});

it("kills what doesn't listen", async () => {
  const { group, child } = await start(STUBBORN);
  await group.stop();
  expect(await group.ended).toMatchObject({ signal: "SIGKILL" });
  await until(() => !alive(child));
});

it("takes the children along when the program ends by itself, and tells how and with what words", async () => {
  const { group, child } = await start("echo $$; echo last words >&2; sleep 600 & echo $!; exit 3");
  expect(await group.ended).toEqual({ code: 3, signal: null });
  const left = Number(
    group
      .tail()
      .split("\n")
      .findLast((line) => /^\d+$/.test(line)),
  );
  expect(left).not.toBe(child);
  await until(() => !alive(left));
  expect(group.tail()).toContain("last words");
  group.kill();
  await group.stop();
});

it("ends everything even if its starter is killed outright", async () => {
  const file = join(import.meta.dirname, "../../../src/cli/start/local-worker.ts");
  const starter = spawn(process.execPath, [
    "--input-type=module",
    "--eval",
    `import { startGroup } from ${JSON.stringify(file)};
     startGroup(["sh", "-c", ${JSON.stringify(PARENT)}], { cwd: "/", env: process.env, onLine: console.log });`,
  ]);
  onTestFinished(() => void starter.kill("SIGKILL"));
  let said = "";
  starter.stdout.on("data", (chunk: Buffer) => {
    said += chunk;
  });
  await until(() => /^\d+\n/.test(said));
  const child = Number.parseInt(said, 10);
  expect(alive(child)).toBe(true);
  starter.kill("SIGKILL");
  await until(() => !alive(child));
});
