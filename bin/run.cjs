// `node bin/run.cjs PROGRAM [flags]` runs src/cli/PROGRAM.ts with a Node that can run TypeScript. If there is none, it prints
// what to do. This file is plain JavaScript, so that any Node can read it.

"use strict";

const { spawn } = require("node:child_process");
const { existsSync } = require("node:fs");
const module_ = require("node:module");
const { join, sep } = require("node:path");
const { pathToFileURL } = require("node:url");

const OLDEST_NODE = "22.18";
const PROJECT_DIR = join(__dirname, "..");
/** The Node that `npm install` installs. */
const OWN_NODE = join(PROJECT_DIR, "node_modules/node/bin/node");

const [program = "main", ...flags] = process.argv.slice(2);
const file = join(PROJECT_DIR, "src/cli", `${program}.ts`);
const problem = problemHere();

if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
} else if (process.features.typescript) {
  // Keeps compiled code for the next run; does nothing if the folder can't be written to.
  module_.enableCompileCache?.(join(PROJECT_DIR, "node_modules/.cache/wireroom"));
  process.argv.splice(1, 2, file);
  import(pathToFileURL(bundled() ?? file).href);
} else {
  runElsewhere();
}

/** The bundle of `wireroom`, if it is up to date. With flags for Node (a debugger, for instance) the source runs. */
function bundled() {
  const flagged = process.execArgv.length > 0 || process.env.NODE_OPTIONS;
  return program === "main" && !flagged ? require("./bundle.cjs").freshBundle() : undefined;
}

/** Why `wireroom` can't run here, and what to do about it; undefined if it can. */
function problemHere() {
  if (PROJECT_DIR.includes(`${sep}node_modules${sep}`)) {
    return `Wireroom runs from its own checkout, not from inside node_modules: clone it, and call it there. (It is in ${PROJECT_DIR}.)`;
  }
  if (!existsSync(join(PROJECT_DIR, "node_modules/commander"))) {
    return `Wireroom's packages aren't installed: run npm install in ${PROJECT_DIR} first.`;
  }
  if (process.features.typescript || existsSync(OWN_NODE)) return undefined;
  return `Wireroom needs Node ${OLDEST_NODE} or newer, but this is ${process.versions.node}. npm install brings the right one, though not with --ignore-scripts. Run npm install in ${PROJECT_DIR}, or use a newer Node.`;
}

/** Repeats the call with the Node of this project. Passes signals on, and exits with its code. */
function runElsewhere() {
  const child = spawn(OWN_NODE, [__filename, program, ...flags], { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`${OWN_NODE} can't be run (${error.message}): run npm install again.\n`);
    process.exitCode = 1;
  });
  child.on("exit", (code) => process.exit(code ?? 1));
}
