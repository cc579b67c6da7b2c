// Two lanes: pure parts in Node, in milliseconds; the Worker in Miniflare with real bindings, one file at a time.

import { defineConfig } from "vitest/config";

const WORKER_TESTS = ["cli/start", "worker", "readers", "browser"].map((part) => `test/${part}/**/*.test.ts`);

export default defineConfig({
  test: {
    projects: [
      { test: { name: "pure", include: ["test/**/*.test.ts"], exclude: WORKER_TESTS, testTimeout: 30_000 } },
      {
        test: {
          name: "worker",
          include: WORKER_TESTS,
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
