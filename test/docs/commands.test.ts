// The commands and flags that the documents name are there.

import { spawnSync } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const TEXT = ["*.md", "docs/*.md"]
  .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
  .map((file) => readFileSync(join(ROOT, file), "utf8"))
  .join("\n");
const manifest: { readonly scripts: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync(join(ROOT, "package.json"), "utf8"),
);
const GROUPS = ["partner", "desk"];

const help = (words: readonly string[]): string =>
  spawnSync(process.execPath, [join(ROOT, "bin/wireroom.cjs"), ...words, "--help"], { encoding: "utf8" })
    .stdout;

/** Flags by command (`publish`, `partner token`), as `npx wireroom …` names them. A comment behind a command may add some. */
const COMMANDS = new Map<string, Set<string>>();
for (const [, words = ""] of TEXT.matchAll(/npx wireroom ([a-z][^`\n]*)/g)) {
  const [first = "", second = ""] = words.split(/\s+/);
  const command = GROUPS.includes(first) ? `${first} ${second}` : first;
  const flags = COMMANDS.get(command) ?? new Set();
  for (const [flag] of words.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)) flags.add(flag);
  COMMANDS.set(command, flags);
}

it("names commands", () => expect([...COMMANDS.keys()]).toContain("partner token"));

it.each([...COMMANDS])("wireroom %s", (command, flags) => {
  const words = command.split(" ");
  const text = help(words);
  expect(text).toContain(`Usage: wireroom ${command}`);
  expect([...flags].filter((flag) => !new RegExp(`${flag}\\b`).test(text))).toEqual([]);
});

it("scripts of npm are in package.json", () => {
  const named = Array.from(TEXT.matchAll(/npm run ([a-z][a-z:]*)/g), ([, name = ""]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !(name in manifest.scripts))).toEqual([]);
});
