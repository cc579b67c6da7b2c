// The bundle that `npm install` makes of the command: it says what the source says, and isn't run once the source says another thing.

import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, renameSync, rmSync, symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { contentFolder, write } from "./folder.ts";

const ROOT = join(import.meta.dirname, "../..");
const PACKAGES = readdirSync(join(ROOT, "node_modules")).filter((name) => !name.startsWith("."));

/** A checkout whose command is `files`, with the packages in `packages`, and its bundle. */
function checkout(files: Readonly<Record<string, string>>, packages: readonly string[]) {
  const folder = contentFolder(files);
  cpSync(join(ROOT, "bin"), join(folder, "bin"), { recursive: true });
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  for (const name of packages)
    symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
  return { folder, bundle: () => node(folder, ["bin/bundle.cjs"]) };
}

const node = (cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  spawnSync(process.execPath, args, { cwd, encoding: "utf8", env: { ...process.env, ...env } });

describe("a small command's bundle", () => {
  const PACKAGE = "node_modules/greeting/index.js";
  const WORD = "src/cli/word.ts";

  function greeting() {
    const { folder, bundle } = checkout(
      {
        [WORD]: 'export const WORD: string = "hello";',
        [PACKAGE]: 'exports.mark = "!";',
        "src/cli/main.ts":
          'import { mark } from "greeting"; import { WORD } from "./word.ts"; console.log(WORD + mark, import.meta.dirname, import.meta.url);',
      },
      ["commander", "esbuild"],
    );
    expect(bundle()).toMatchObject({ stdout: "", stderr: "", status: 0 });
    /** What it says, where it thinks it lies, and what ran. */
    const says = (at = folder, env: NodeJS.ProcessEnv = {}, flags: readonly string[] = []) => {
      const { stdout, stderr } = node(at, [...flags, "bin/wireroom.cjs"], env);
      const [words, dir, url] = stdout.trim().split(" ");
      expect(dir, stderr).toBe(join(at, "src/cli"));
      return [words, url?.includes("/bundle/") ? "bundle" : "source"];
    };
    return { folder, bundle, says };
  }

  it("is run, and says what the source says", () => {
    expect(greeting().says()).toEqual(["hello!", "bundle"]);
  });

  it.each([
    ["a module", WORD, 'export const WORD: string = "howdy";', "howdy!"],
    ["a package", PACKAGE, 'exports.mark = "?";', "hello?"],
  ])("isn't run once %s was written, until it is made again", (_, file, text, words) => {
    const { folder, bundle, says } = greeting();
    write(folder, { [file]: text });
    expect(says()).toEqual([words, "source"]);
    bundle();
    expect(says()).toEqual([words, "bundle"]);
  });

  it("isn't run once a module is gone, or its time is an older one", () => {
    const { folder, says } = greeting();
    utimesSync(join(folder, WORD), 1, 1);
    expect(says()).toEqual(["hello!", "source"]);
    rmSync(join(folder, WORD));
    expect(node(folder, ["bin/wireroom.cjs"]).stderr).toContain("ERR_MODULE_NOT_FOUND");
  });

  it("isn't run in another folder than it was made for", () => {
    const { folder, says } = greeting();
    const moved = `${folder}-moved`;
    renameSync(folder, moved);
    onTestFinished(() => rmSync(moved, { recursive: true, force: true }));
    expect(says(moved)).toEqual(["hello!", "source"]);
  });

  it("isn't run by who gives Node flags, to debug", () => {
    const { folder, says } = greeting();
    expect(says(folder, { NODE_OPTIONS: "--stack-trace-limit=50" })).toEqual(["hello!", "source"]);
    expect(says(folder, {}, ["--stack-trace-limit=50"])).toEqual(["hello!", "source"]);
  });

  it("isn't made where esbuild isn't installed; npm install goes on", () => {
    const { bundle } = checkout({}, ["commander"]);
    const stdout =
      "esbuild isn't installed, so wireroom runs from its source and starts more slowly. npm install brings esbuild.\n";
    expect(bundle()).toMatchObject({ stdout, stderr: "", status: 0 });
  });
});

it("our command's bundle says what its source says", () => {
  const { folder, bundle } = checkout({}, PACKAGES);
  for (const name of ["src", "content", "package.json", "tsconfig.json"])
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  write(folder, {
    "pages/page.html":
      "<html lang=en><title>A ferry</title><article><h1>A ferry</h1><p>It sails at dusk.</p></article></html>",
  });
  expect(bundle()).toMatchObject({ stdout: "", stderr: "", status: 0 });
  const ran = node(folder, ["-p", 'require("./bin/bundle.cjs").freshBundle()']).stdout.trim();
  expect(ran).toBe(join(folder, "node_modules/.cache/wireroom/bundle/main.mjs"));
  for (const words of [
    ["--help"],
    ["check", "--format", "json"],
    ["import", "pages/page.html", "--dry-run"],
    ["partner", "new", "--help"],
    ["preview", "--at", "soon"],
  ]) {
    const command = ["bin/wireroom.cjs", ...words];
    const [bundled, source] = [node(folder, command), node(folder, ["--stack-trace-limit=9", ...command])];
    const told = ({ stdout, stderr, status }: typeof source) => ({ stdout, stderr, status });
    expect(told(bundled), words.join(" ")).toEqual(told(source));
  }
});
