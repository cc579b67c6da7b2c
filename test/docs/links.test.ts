// Every link between our documents leads somewhere, and every file that they name in backticks is there.

import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const DOCUMENTS = ["*.md", "docs/**/*.md", "src/**/*.md", "test/**/*.md"]
  .flatMap((pattern) => globSync(pattern, { cwd: ROOT }))
  .filter((file) => !file.startsWith("test/fixtures/"))
  .sort();
const read = (file: string) => readFileSync(join(ROOT, file), "utf8");
const withoutCode = (text: string) => text.replace(/^```[\s\S]*?^```$/gm, "").replace(/`[^`\n]*`/g, "");

it("there are documents", () => expect(DOCUMENTS).toContain("README.md"));

describe.each(DOCUMENTS)("%s", (file) => {
  it("links to what is there", () => {
    const dead = linksIn(withoutCode(read(file))).filter((target) => !leadsSomewhere(file, target));
    expect(dead).toEqual([]);
  });

  it("names files that are there", () => {
    const named = Array.from(read(file).matchAll(/`((?:src|test|docs|bin|content)\/[^`\s*{<…]+\.\w+)`/g));
    expect(
      named
        .map(([, path = ""]) => path)
        .filter((path) => !existsSync(join(ROOT, path)) && !existsSync(join(ROOT, "src", path))),
    ).toEqual([]);
  });
});

it("docs/architecture.md names files that are there: by their path, or its end", () => {
  const sources = ["src", "test"].flatMap((folder) =>
    globSync("**/*.*", { cwd: join(ROOT, folder) }).map((file) => `/${file}`),
  );
  const named = Array.from(
    read("docs/architecture.md").matchAll(/`([\w./-]+\.(?:tsx?|css|json|sql|ya?ml|md))`/g),
    ([, path = ""]) => path,
  );
  expect(named.length).toBeGreaterThan(80);
  const isThere = (path: string) =>
    existsSync(join(ROOT, path)) ||
    existsSync(join(ROOT, "content", path)) ||
    sources.some((file) => file.endsWith(`/${path}`));
  expect(named.filter((path) => !isThere(path))).toEqual([]);
});

it("wrangler.toml names files and folders that are there", () => {
  const named = Array.from(
    read("wrangler.toml").matchAll(/"(?:\.\/)?(src\/[^"]+)"/g),
    ([, path = ""]) => path,
  );
  expect(named.length).toBeGreaterThan(4);
  expect(named.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
});

it("SECURITY.md names tests that are there, once, under test/worker/ or by a path from test/", () => {
  const tests = Array.from(read("SECURITY.md").matchAll(/`([^`\s]+\.test\.ts)`/g), ([, name = ""]) => name);
  expect(tests.length).toBeGreaterThan(40);
  const pathOf = (name: string) => (name.startsWith("test/") ? name : `test/worker/**/${name}`);
  expect(tests.filter((name) => globSync(pathOf(name), { cwd: ROOT }).length !== 1)).toEqual([]);
});

it("the index of decisions has each of them, by its title", () => {
  const records = globSync("[0-9]*.md", { cwd: join(ROOT, "docs/decisions") }).sort();
  expect(records.length).toBeGreaterThan(10);
  const index = read("docs/decisions/README.md");
  for (const record of records) {
    const title = /^# (.*)$/m.exec(read(`docs/decisions/${record}`))?.[1];
    expect(index).toContain(`[${title}](${record})`);
  }
});

/** Where Markdown and HTML link to, and which pictures they show. */
const linksIn = (text: string): readonly string[] =>
  Array.from(
    text.matchAll(/\]\(([^)\s]+)[^)]*\)|\b(?:src|href)="([^"]+)"/g),
    ([, a, b]) => a ?? b ?? "",
  ).filter((target) => !/^[a-z]+:/.test(target));

function leadsSomewhere(from: string, target: string): boolean {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? from : join(dirname(from), path);
  if (!existsSync(join(ROOT, file))) return false;
  return anchor === undefined || !file.endsWith(".md") || anchorsOf(read(file)).includes(anchor);
}

/** The anchors that GitHub gives headings. */
const anchorsOf = (text: string): readonly string[] =>
  Array.from(text.replace(/^```[\s\S]*?^```$/gm, "").matchAll(/^#+ (.*)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
