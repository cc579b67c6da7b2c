// Bundles the Worker once for a whole test run, since bundling for each test file took longer than most tests. For tests of
// the deployed build, `direct.ts` builds as a deploy does.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import type { TestProject } from "vitest/node";
import { experimental_readRawConfig, unstable_getMiniflareWorkerOptions } from "wrangler";
import { writeStaticFiles } from "../../src/cli/build-files.ts";
import {
  type BundleName,
  modulesOf,
  OPTIONS_FILE,
  packagesInstead,
  readSite,
  SETTINGS_MODULE,
  TRANSLATIONS_MODULE,
  WORDS_MODULE,
} from "./bundle-files.ts";
import { SERVED_FILES } from "./static-files.ts";

const ROOT = join(import.meta.dirname, "../..");
const ENTRIES: Readonly<Record<BundleName, string>> = {
  index: "src/index.ts",
  faulty: "test/worker/faulty.ts",
  moved: "test/worker/moved.ts",
};

declare module "vitest" {
  interface ProvidedContext {
    /** Folder of the bundles: `NAME.js` for each name, and `OPTIONS_FILE`. */
    bundles: string;
  }
}

/** Vitest's global set-up: makes the bundles, and removes them at the end. */
export default async function setUp(project: TestProject): Promise<() => void> {
  const folder = await makeBundles();
  project.provide("bundles", folder);
  return () => rmSync(folder, { recursive: true, force: true });
}

/** Makes the bundles. Returns their folder. */
export async function makeBundles(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "wireroom-bundles-"));
  await writeStaticFiles(SERVED_FILES);
  const config = join(ROOT, "wrangler.toml");
  await build({
    absWorkingDir: ROOT,
    entryPoints: { ...ENTRIES },
    outdir: folder,
    bundle: true,
    format: "esm",
    target: "es2024",
    conditions: ["workerd", "worker", "browser"],
    mainFields: ["browser", "module", "main"],
    external: ["cloudflare:*", "node:*"],
    jsx: "automatic",
    logLevel: "error",
    plugins: [
      packagesInstead(experimental_readRawConfig({ config }).rawConfig.alias),
      {
        name: "modules that each Worker brings",
        setup: ({ onResolve }) => {
          onResolve({ filter: /\/content\/site\.yaml$/ }, () => ({
            path: `./${SETTINGS_MODULE}`,
            external: true,
          }));
          onResolve({ filter: /^\.\/all\.ts$/ }, () => ({ path: `./${WORDS_MODULE}`, external: true }));
          onResolve({ filter: /^\.\/translations\.ts$/ }, () => ({
            path: `./${TRANSLATIONS_MODULE}`,
            external: true,
          }));
        },
      },
    ],
  });
  // Without Miniflare's asset service, which would stand in front of the Worker and change the answers to HEAD.
  const { assets: _, ...options } = unstable_getMiniflareWorkerOptions(config).workerOptions;
  writeFileSync(join(folder, OPTIONS_FILE), JSON.stringify(options));
  for (const [name, text] of modulesOf(readSite())) writeFileSync(join(folder, name), text);
  return folder;
}
