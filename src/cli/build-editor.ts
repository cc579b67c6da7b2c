// Builds the desk's editor for browsers.

import { build } from "esbuild";
import { PROJECT_DIR } from "./target.ts";

/** Bundles the editor into one module. `outfile` is a path from the project's folder. */
export async function buildEditor(outfile: string): Promise<void> {
  await build({
    absWorkingDir: PROJECT_DIR,
    entryPoints: ["src/desk/editor/main.ts"],
    outfile,
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
  });
}
