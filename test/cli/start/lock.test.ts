// One server a folder of databases: refused while its holder lives, and only then.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readlinkSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, it, onTestFinished } from "vitest";
import { acquireLock } from "../../../src/cli/start/serve.ts";
import { contentFolder } from "../folder.ts";

const take = (state: string) => acquireLock(state, "npm start --");
const locks = (state: string) => readdirSync(state).filter((name) => name.startsWith("lock"));

/** Another process that holds the lock of a folder until it is killed. */
async function holder(state: string) {
  const lock = pathToFileURL(join(import.meta.dirname, "../../../src/cli/start/serve.ts")).href;
  const program = `import { acquireLock } from ${JSON.stringify(lock)};
    acquireLock(${JSON.stringify(state)}, "");
    process.stdout.write("held");
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", program], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const killed = once(child, "exit");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await killed;
  });
  await once(child.stdout, "data");
  return {
    pid: child.pid,
    kill: async () => {
      child.kill("SIGKILL");
      await killed;
    },
  };
}

it("is taken once, given up, and taken again", () => {
  const state = join(contentFolder({}), "new/state");
  const { release } = take(state);
  expect(() => take(state)).toThrow(
    `${state} is in use already (process ${process.pid}): two servers would corrupt each other's databases. End that one, or use another folder with npm start -- --state.`,
  );
  release();
  release();
  expect(locks(state)).toEqual([]);
  take(state).release();
});

it("binds while another process holds it, and no longer once that was killed", async () => {
  const state = contentFolder({});
  const { pid, kill } = await holder(state);
  expect(() => take(state)).toThrow(`in use already (process ${pid})`);
  await kill();
  expect(locks(state)).toEqual(["lock-1"]);
  const { release } = take(state);
  expect(locks(state)).toEqual(["lock-2"]);
  expect(() => take(state)).toThrow(`process ${process.pid}`);
  release();
});

it("doesn't mistake a process for a dead one that had its number", () => {
  const state = contentFolder({});
  const { release } = take(state);
  const own = JSON.parse(readlinkSync(join(state, "lock-1")));
  release();
  symlinkSync(JSON.stringify({ ...own, began: "1" }), join(state, "lock-1"));
  take(state).release();
});

it("asks after nobody on another machine, and names the file to delete", () => {
  const state = contentFolder({});
  symlinkSync(JSON.stringify({ host: "elsewhere", pid: 1, began: "1" }), join(state, "lock-7"));
  expect(() => take(state)).toThrow(
    new RegExp(`in use on elsewhere \\(process 1\\).*delete ${state}/lock-7;`),
  );
});

it.each(["{}", "no JSON"])("takes a lock that names nobody (%s) for none", (target) => {
  const state = contentFolder({});
  symlinkSync(target, join(state, "lock-1"));
  writeFileSync(join(state, "lock-2"), "no link");
  take(state).release();
});
