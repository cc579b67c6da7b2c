import { rmSync } from "node:fs";
import { expect, it } from "vitest";
import { BUNDLE_LIMIT_BYTES, buildWorker } from "./workers.ts";

it("the Worker that wrangler builds is within its size limit", () => {
  const { folder, gzipBytes } = buildWorker();
  rmSync(folder, { recursive: true });
  expect(gzipBytes).toBeLessThanOrEqual(BUNDLE_LIMIT_BYTES);
});
