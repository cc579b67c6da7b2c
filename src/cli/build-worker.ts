// `npm run build`: the Worker as it is deployed, in .wrangler/worker. wrangler bundles it and makes it small with
// esbuild; terser takes another 10 kB off, gzipped, and wrangler has no place for it.

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type MinifyOptions, minify_sync as minify } from "terser";
import { PROJECT_DIR } from "./target.ts";

/** The folder that `wrangler deploy --no-bundle` takes the Worker from: a path from the project's folder. */
export const BUILD_DIR = ".wrangler/worker";

/** How terser makes a bundle of modules smaller. It gzips best with other characters than ASCII escaped. */
export const TERSER = {
  module: true,
  ecma: 2020,
  compress: { passes: 2 },
  format: { ascii_only: true },
} satisfies MinifyOptions;

/**
 * Builds the Worker into a folder: `index.js`, and `index.js.map`, by which Cloudflare names our lines in errors.
 * Throws Error with what wrangler says if it can't be built.
 */
export function buildWorker(folder: string): void {
  const wrangler = join(PROJECT_DIR, "node_modules/.bin/wrangler");
  const { status, stdout, stderr, error } = spawnSync(wrangler, ["deploy", "--dry-run", "--outdir", folder], {
    cwd: PROJECT_DIR,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`The Worker can't be built:\n${error?.message ?? stdout + stderr}`);
  const [script, map] = [join(folder, "index.js"), join(folder, "index.js.map")];
  const built = minify(readFileSync(script, "utf8"), {
    ...TERSER,
    sourceMap: { content: readFileSync(map, "utf8"), filename: "index.js", url: "index.js.map" },
  });
  writeFileSync(script, built.code ?? "");
  // Errors name our files as git does, and nothing of this machine.
  writeFileSync(map, String(built.map).replaceAll(`${PROJECT_DIR}/`, ""));
}

// Only if it is run, not if a test imports it.
if (process.argv[1] === import.meta.filename) buildWorker(join(PROJECT_DIR, BUILD_DIR));
