// Three projects. `pure` runs in Node alone, in milliseconds a test. `worker` runs the Worker in Miniflare, with real feed
// readers and browsers. `long` takes minutes and is run by `npm run test:long` and CI: load, crashes, failing bindings,
// networks that hang, races, fuzzing, budgets, the desk and script in a browser.

import { availableParallelism } from "node:os";
import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Each test file and each command that it runs is a new process, so let Node share compiled code between them.
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
/** No test depends on speed; this limit ends tests that hang. */
const HANGS_MILLISECONDS = 150_000;

const miniflare = {
  globalSetup: "test/worker/bundles.ts",
  setupFiles: "test/seed.ts",
  testTimeout: HANGS_MILLISECONDS,
  hookTimeout: HANGS_MILLISECONDS,
};

export default defineConfig({
  test: {
    // Tests of the Worker mostly wait, so run one file more than there are cores.
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
