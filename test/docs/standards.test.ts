// docs/standards.yaml says which specifications the code follows, where, and which test shows it. This checks each line of it
// against the code, and that docs/standards.md is what it makes: `npm run standards` writes that.

import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import * as z from "zod/mini";

const specSchema = z.strictObject({
  name: z.string(),
  url: z.url(),
  /** Sections, how far, and what is left out. Markdown. */
  does: z.string(),
  /** Files under src/, the main one first. */
  code: z.array(z.string()).check(z.minLength(1)),
  /** How that one names the specification; without it, by `name`. */
  cited: z.optional(z.string()),
  /** Files under test/, each with a part of a test's name, or all of the file. */
  tests: z.record(z.string(), z.nullable(z.string())),
});
const groupsSchema = z.array(z.strictObject({ group: z.string(), specs: z.array(specSchema) }));
type Spec = z.infer<typeof specSchema>;

const ROOT = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const SOURCE = read("docs/standards.yaml");
const GROUPS = groupsSchema.parse(parse(SOURCE));
const SPECS = GROUPS.flatMap(({ specs }) => specs.map((spec) => [spec.name, spec] as const));

describe.each(SPECS)("%s", (name, { code, cited = name, tests }) => {
  it.each(code)("src/%s is there", (file) => expect(existsSync(join(ROOT, "src", file))).toBe(true));

  it(`is named by src/${code[0]}`, () => {
    // Comments are wrapped.
    const text = read(`src/${code[0]}`).replace(/\n\s*(?:\/\/|\*) ?/g, " ");
    expect(text.includes(cited), cited).toBe(true);
  });

  it("has tests, which are there", () => {
    expect(Object.keys(tests)).not.toEqual([]);
    for (const [file, title] of Object.entries(tests)) {
      expect(file).toMatch(/\.test\.ts$/);
      expect(read(`test/${file}`).includes(title ?? ""), `${file}: ${title}`).toBe(true);
    }
  });
});

it("every RFC that the code names is in it", () => {
  const named = globSync("**/*.{ts,tsx,sql}", { cwd: join(ROOT, "src") }).flatMap((file) =>
    // "RFC 6761, 6762" names two.
    Array.from(
      read(`src/${file}`).matchAll(/\bRFC ?\d+(?:, \d{4})*/g),
      ([match]) => match.match(/\d+/g) ?? [],
    ),
  );
  const rfcs = new Set(named.flat());
  expect(rfcs.size).toBeGreaterThan(20);
  expect([...rfcs].filter((number) => !new RegExp(`\\b${number}\\b`).test(SOURCE))).toEqual([]);
});

it("docs/standards.md is made of it", async () => {
  await expect(markdown()).toMatchFileSnapshot("../../docs/standards.md");
});

function markdown(): string {
  const tables = GROUPS.map(({ group, specs }) =>
    [
      `## ${group}`,
      "",
      "| specification | what of it | code | test |",
      "| --- | --- | --- | --- |",
      ...specs.map(row),
    ].join("\n"),
  );
  return `${[HEAD, ...tables].join("\n\n")}\n`;
}

const HEAD = `# What we speak

Every specification that Wireroom follows: which sections, how far, what it leaves out, where the code is, and which test shows
it. This page is made of [standards.yaml](standards.yaml) by \`npm run standards\`. A test checks that the files and tests are
there, that the code names the specification, and that no RFC which the code names is missing here.`;

function row({ name, url, does, code, tests }: Spec): string {
  const files = code.map((file) => `[${file}](../src/${file})`);
  const proofs = Object.entries(tests).map(
    ([file, title]) => `[${file.replace(/\.test\.ts$/, "")}](../test/${file})${title ? `: ${title}` : ""}`,
  );
  const cells = [`[${name}](${url})`, does, files.join("<br>"), proofs.join("<br>")];
  return `| ${cells.map((cell) => cell.trim().replaceAll("|", "\\|")).join(" | ")} |`;
}
