// The end of what `npm start` runs, while something is still under way.

import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

const SHUTDOWN = join(import.meta.dirname, "../../../src/cli/start/shutdown.ts");

it("what the end cuts off isn't told as an error", () => {
  const program = `
    import { onShutdown, runUntilShutdown } from ${JSON.stringify(SHUTDOWN)};
    const { promise: cutOff, reject } = Promise.withResolvers();
    onShutdown({
      stop: async () => {
        reject(new TypeError("terminated"));
        await new Promise((resolve) => setTimeout(resolve, 50));
      },
      kill() {},
    });
    await runUntilShutdown({ say() {}, warn: console.error, progress() {} }, async () => {
      setInterval(() => {}, 1000);
      process.kill(process.pid, "SIGINT");
      await cutOff;
    });`;
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", program], { encoding: "utf8" });
  expect([run.status, run.stderr]).toEqual([0, ""]);
});
