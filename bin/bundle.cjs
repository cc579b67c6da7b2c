// Bundles `wireroom` into a few large files. Loading its 600 small ones, most of them packages', takes Node longer than a
// command needs for its work. `npm install` runs `node bin/bundle.cjs`; bin/run.cjs runs the bundle as long as none of its
// sources has changed.

"use strict";

const { existsSync, readFileSync, rmSync, statSync, writeFileSync } = require("node:fs");
const { readFile } = require("node:fs/promises");
const { dirname, join } = require("node:path");

const PROJECT_DIR = join(__dirname, "..");
const BUNDLE_DIR = join(PROJECT_DIR, "node_modules/.cache/wireroom/bundle");
const MADE_OF = join(BUNDLE_DIR, "made-of.json");

/**
 * The bundle's main file. Undefined if there is no bundle, if one of its sources was written or removed since, or if the
 * bundle was made in another folder.
 */
function freshBundle() {
  if (!existsSync(MADE_OF)) return undefined;
  const { dir, files } = JSON.parse(readFileSync(MADE_OF, "utf8"));
  const fresh =
    dir === PROJECT_DIR && Object.entries(files).every(([file, state]) => stateOf(file) === state);
  return fresh ? join(BUNDLE_DIR, "main.mjs") : undefined;
}

/** A file's size and modification time, to notice that it was written. `file` is relative to the project's folder. */
function stateOf(file) {
  const found = statSync(`${PROJECT_DIR}/${file}`, { throwIfNoEntry: false });
  return found && `${found.size} ${found.mtimeMs}`;
}

/** Makes the bundle. Throws if the source can't be bundled, or if a source was written meanwhile. */
async function makeBundle() {
  const started = Date.now();
  rmSync(BUNDLE_DIR, { recursive: true, force: true });
  if (!existsSync(join(PROJECT_DIR, "node_modules/esbuild"))) {
    process.stdout.write(
      "esbuild isn't installed, so wireroom runs from its source and starts more slowly. npm install brings esbuild.\n",
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
    // Packages in CommonJS call `require`.
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

/** Keeps `import.meta.dirname` of src/cli as it is in the source, so that these modules find the files next to them. */
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
