// The build's own step: what the Worker gets of site.yaml, and that nothing is deployed with a broken one.

import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { parseSite } from "../../src/content/folder.ts";
import { write } from "./folder.ts";

const ROOT = join(import.meta.dirname, "../..");
const SITE_YAML = readFileSync(join(ROOT, "content/site.yaml"), "utf8");

/** The project with another site.yaml, deployed without sending; what was built is in `out`. */
function deploy(siteYaml: string): { readonly folder: string; readonly run: SpawnSyncReturns<string> } {
  const folder = mkdtempSync(join(tmpdir(), "project-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of [
    "bin",
    "public",
    "src",
    "node_modules",
    "package.json",
    "tsconfig.json",
    "wrangler.toml",
  ]) {
    symlinkSync(join(ROOT, name), join(folder, name));
  }
  write(folder, { "content/site.yaml": siteYaml });
  const run = spawnSync("node_modules/.bin/wrangler", ["deploy", "--dry-run", "--outdir", "out"], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, WRANGLER_SEND_METRICS: "false", NO_COLOR: "1" },
  });
  return { folder, run };
}

it("is the checked settings, and the Worker has them without a YAML parser", () => {
  const { folder, run } = deploy(SITE_YAML.replace("title: Wireroom Daily", "title: Morning Wire"));
  expect(run.status, run.stderr).toBe(0);
  const site = JSON.parse(readFileSync(join(folder, ".wrangler/site.json"), "utf8"));
  expect(parseSite(SITE_YAML)).toEqual({ ok: true, value: { ...site, title: "Wireroom Daily" } });
  const script = readFileSync(join(folder, "out/index.js"), "utf8");
  expect(script).toContain("Morning Wire");
  expect(script).not.toContain("block collection");
});

it("fails the deploy with every problem, its file and line", () => {
  const { run } = deploy(`colour: red\n${SITE_YAML.replace("language: en", "language: 7")}`);
  expect(run.status).toBe(1);
  expect(run.stderr + run.stdout).toContain("content/site.yaml:1  colour  is not a known field\n");
  expect(run.stderr + run.stdout).toMatch(/content\/site\.yaml:\d+ {2}language {2}/);
});
