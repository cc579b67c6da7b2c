// `wireroom` as a few big files: to find and load 600 small ones, most of them packages', takes Node longer than a command works.
// `npm install` makes them, by `node bin/bundle.cjs`; bin/run.cjs runs them as long as nothing that they were made of was changed.

"use strict";

const { existsSync, readFileSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { readFile } = require("node:fs/promises");
const { dirname, join } = require("node:path");

const PROJECT_DIR = join(__dirname, "..");
const BUNDLE_DIR = join(PROJECT_DIR, "node_modules/.cache/wireroom/bundle");
const MADE_OF = join(BUNDLE_DIR, "made-of.json");

/**
 * The file of the bundle that is run. Undefined where there is no bundle, where a file that it was made of was written or
 * removed since, and where it was made for another folder than this.
 */
function freshBundle() {
  if (!existsSync(MADE_OF)) return undefined;
  const { dir, files } = JSON.parse(readFileSync(MADE_OF, "utf8"));
  const fresh =
    dir === PROJECT_DIR && Object.entries(files).every(([file, state]) => stateOf(file) === state);
  return fresh ? join(BUNDLE_DIR, "main.mjs") : undefined;
}

/** What changes when a file is written: its size and its time. `file` is a path from the project's folder. */
function stateOf(file) {
  const found = statSync(`${PROJECT_DIR}/${file}`, { throwIfNoEntry: false });
  return found && `${found.size} ${found.mtimeMs}`;
}

/** Makes the bundle. Throws if the source can't be bundled, or if it was written to meanwhile. */
async function makeBundle() {
  const started = Date.now();
  rmSync(BUNDLE_DIR, { recursive: true, force: true });
  if (!existsSync(join(PROJECT_DIR, "node_modules/esbuild"))) {
    process.stdout.write(
      "Without esbuild, which npm install brings, wireroom starts more slowly: from its source.\n",
    );
    return;
  }
  const { metafile } = await require("esbuild").build({
    absWorkingDir: PROJECT_DIR,
    entryPoints: ["src/cli/main.ts"],
    outdir: BUNDLE_DIR,
    outExtension: { ".js": ".mjs" },
    platform: "node",
    format: "esm",
    bundle: true,
    splitting: true,
    metafile: true,
    logLevel: "warning",
    // Packages that are no ES modules call `require`.
    banner: {
      js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
    },
    plugins: [foldersOfSource],
  });
  const files = {};
  for (const file of ["bin/bundle.cjs", ...Object.keys(metafile.inputs)]) {
    if (statSync(join(PROJECT_DIR, file)).mtimeMs > started) throw new Error(`${file} was written meanwhile`);
    files[file] = stateOf(file);
  }
  writeFileSync(MADE_OF, JSON.stringify({ dir: PROJECT_DIR, files }));
}

/** A module of ours that looks for other files from where it lies finds them from the bundle too. */
const foldersOfSource = {
  name: "folders-of-source",
  setup(build) {
    build.onLoad({ filter: /[/\\]src[/\\]cli[/\\].*\.ts$/ }, async ({ path }) => {
      const source = await readFile(path, "utf8");
      const folder = JSON.stringify(dirname(path));
      return { contents: source.replaceAll("import.meta.dirname", folder), loader: "ts" };
    });
  },
};

module.exports = { freshBundle };

if (require.main === module) makeBundle();
