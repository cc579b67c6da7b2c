// Three lanes. `pure`: in Node, in milliseconds. `worker`: the Worker in Miniflare with real bindings, and real readers and
// browsers. `long`: load, crashes, failing bindings, networks that hang, races, fuzzing, budgets, the desk and script in a browser, minutes
// together; `npm run test:long` and CI run them.

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Each test file and each command that it runs is a process of its own: Node reads what another one has compiled.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, "node_modules/.cache/wireroom");

const WORKER_TESTS = ["cli/start", "worker", "readers", "browser"].map((part) => `test/${part}/**/*.test.ts`);
const LONG_TESTS = [
  "test/long/**/*.test.ts",
  "test/cli/start/preview.test.ts",
  "test/worker/faults.test.ts",
  "test/worker/faults/**/*.test.ts",
  "test/import/feed/hostile.test.ts",
  "test/worker/memory.test.ts",
  "test/worker/budgets.test.ts",
  "test/worker/desk/pull.test.ts",
  "test/sim/desk/walk.test.ts",
  "test/worker/hub/network.test.ts",
  "test/worker/partners/push-network.test.ts",
  "test/worker/partners/races.test.ts",
  "test/browser/desk.test.ts",
  "test/browser/desk-writing.test.ts",
  "test/browser/desk-first-story.test.ts",
  "test/browser/desk-word.test.ts",
  "test/browser/desk-language.test.ts",
  "test/browser/desk-pictures.test.ts",
  "test/browser/desk-publishing.test.ts",
  "test/browser/desk-people.test.ts",
  "test/browser/desk-phone.test.ts",
  "test/browser/desk-partners.test.ts",
  "test/browser/desk-hard-days.test.ts",
  "test/browser/xss.test.ts",
];
/** No test is about speed: this is for what would never end. */
const HANGS_MILLISECONDS = 150_000;

const miniflare = {
  globalSetup: "test/worker/bundles.ts",
  setupFiles: "test/seed.ts",
  testTimeout: HANGS_MILLISECONDS,
  hookTimeout: HANGS_MILLISECONDS,
};

export default defineConfig({
  test: {
    // Much of a test of the Worker is waiting: one file more than there are cores.
    maxWorkers: availableParallelism() + 1,
    expect: { poll: { timeout: HANGS_MILLISECONDS, interval: 20 } },
    projects: [
      {
        test: {
          name: "pure",
          include: ["test/**/*.test.ts"],
          exclude: [...WORKER_TESTS, ...LONG_TESTS],
          setupFiles: "test/seed.ts",
          testTimeout: HANGS_MILLISECONDS,
          isolate: false,
        },
      },
      { test: { name: "worker", include: WORKER_TESTS, exclude: LONG_TESTS, isolate: false, ...miniflare } },
      { test: { name: "long", include: LONG_TESTS, fileParallelism: false, ...miniflare } },
    ],
  },
});
