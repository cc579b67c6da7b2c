// How a command starts: with nothing that it doesn't need, and with a sentence where this Node or this folder can't run it.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { contentFolder, write } from "./folder.ts";

const ROOT = join(import.meta.dirname, "../..");
const HOOK = pathToFileURL(join(import.meta.dirname, "loaded.mjs")).href;
const OLD_NODE = "--no-experimental-strip-types";

/** Packages that `wireroom` loads for some words, and our own files. */
function loadedBy(...words: readonly string[]) {
  const args = ["--import", HOOK, join(ROOT, "bin/wireroom.cjs"), ...words];
  const run = spawnSync(process.execPath, args, { encoding: "utf8", cwd: ROOT });
  expect(run.status, run.stderr).toBe(0);
  const files = run.stderr.split("\n").filter((line) => line.startsWith("file:"));
  const paths = files.map((url) => relative(ROOT, new URL(url).pathname));
  const packages = paths.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  return {
    packages: [...new Set(packages)].sort(),
    own: paths.filter((path) => path.startsWith("src/")).sort(),
  };
}

describe("what a command loads", () => {
  it("is the reader of flags alone for --help", () => {
    expect(loadedBy("--help")).toEqual({
      packages: ["commander"],
      own: [
        "src/cli/main.ts",
        "src/cli/terminal.ts",
        "src/content/finding.ts",
        "src/lib/legal-text.ts",
        "src/lib/omit-undefined.ts",
      ],
    });
  });

  it("is none of what an import takes, for a check", () => {
    const { packages, own } = loadedBy("check");
    for (const heavy of ["chrono-node", "feedsmith", "linkedom", "@mozilla/readability", "feed", "hono"])
      expect(packages).not.toContain(heavy);
    const others = own.filter((path) => /^src\/(?:import|partners|formats)\/(?!policy)/.test(path));
    expect(others).toEqual([]);
  });
});

describe("the words", () => {
  const wireroom = (...words: readonly string[]) =>
    spawnSync(process.execPath, [join(ROOT, "bin/wireroom.cjs"), ...words], { encoding: "utf8", cwd: ROOT });

  it("--version are the version of package.json", () => {
    expect(wireroom("--version").stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  it.each([
    [["import", "--help"], "--fetch-images"],
    [["help", "import"], "--fetch-images"],
    [["partner", "new", "--help"], "--profile <profile>"],
    [["help", "preview"], "--at <time>"],
  ] as const)("%j bring the flags of a command that is loaded late", (words, flag) => {
    expect(wireroom(...words).stdout).toContain(flag);
  });
});

describe("the entry", () => {
  /** A checkout with a command of its own, installed or not. */
  function checkout(packages: readonly string[] = []) {
    const folder = contentFolder({});
    cpSync(join(ROOT, "bin"), join(folder, "bin"), { recursive: true });
    write(folder, {
      "src/cli/main.ts":
        "const words: string[] = process.argv.slice(2); console.log(words.join()); process.exitCode = 3;",
    });
    for (const name of packages) mkdirSync(join(folder, "node_modules", name), { recursive: true });
    const run = (...args: readonly string[]) => {
      const nodeFlags = args.filter((arg) => arg === OLD_NODE);
      const words = args.filter((arg) => arg !== OLD_NODE);
      return spawnSync(process.execPath, [...nodeFlags, join(folder, "bin/wireroom.cjs"), ...words], {
        encoding: "utf8",
      });
    };
    return { folder, run };
  }

  it("runs the command, with its flags and its exit code", () => {
    const { run } = checkout(["commander"]);
    expect(run("check", "--format=json")).toMatchObject({ stdout: "check,--format=json\n", status: 3 });
  });

  it("says that the packages aren't installed", () => {
    const { folder, run } = checkout();
    const stderr = `Wireroom's packages aren't installed: run npm install in ${folder} first.\n`;
    expect(run("check")).toMatchObject({ stderr, status: 1 });
    expect(run("check", OLD_NODE)).toMatchObject({ stderr, status: 1 });
  });

  it("says that this Node is too old, if npm install brought no other", () => {
    const { stderr, status } = checkout(["commander"]).run("check", OLD_NODE);
    expect(stderr).toMatch(/^Wireroom needs Node 22\.18 or newer, but this is [\d.]+\. .*\n$/);
    expect(status).toBe(1);
  });

  it("takes the Node that npm install brought, where this one is too old", () => {
    const { folder, run } = checkout(["commander", "node/bin"]);
    symlinkSync(process.execPath, join(folder, "node_modules/node/bin/node"));
    expect(run("check", "--at", "x", OLD_NODE)).toMatchObject({ stdout: "check,--at,x\n", status: 3 });
  });

  it("says that it doesn't run from inside node_modules", () => {
    const { folder } = checkout();
    const inside = join(folder, "node_modules/wireroom");
    cpSync(join(ROOT, "bin"), join(inside, "bin"), { recursive: true });
    const { stderr } = spawnSync(process.execPath, [join(inside, "bin/wireroom.cjs")], { encoding: "utf8" });
    expect(stderr).toMatch(/^Wireroom runs from its own checkout, .*\n$/);
  });
});
