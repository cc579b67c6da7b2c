// The order of a deploy. The commands themselves need an account, and are not run.

import { describe, expect, it } from "vitest";
import { deploySteps } from "../../src/cli/deploy.ts";

const names = (first: boolean, hasToken = true) =>
  deploySteps(first, "https://news.example.com", hasToken).map((step) => step.command.slice(0, 3).join(" "));

describe("deploySteps", () => {
  it("migrates before the code that needs it", () => {
    expect(names(false)).toEqual([
      "npm run check",
      "wireroom check",
      "wrangler d1 migrations",
      "wrangler deploy",
      "wireroom publish --to",
    ]);
  });

  it("migrates after the first deploy, which makes the database", () => {
    expect(names(true)).toEqual([
      "npm run check",
      "wireroom check",
      "wrangler queues create",
      "wrangler queues create",
      "wrangler deploy",
      "wrangler d1 migrations",
      "wireroom publish --to",
    ]);
  });

  it("publishes only with a token", () => {
    expect(names(false, false)).not.toContain("wireroom publish --to");
  });
});
