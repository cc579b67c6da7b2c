// The import rules of docs/architecture.md: a file that imports against the table fails here, and so
// does SQL, a status, a clock or a long file where it doesn't belong. Each rule is also tried on code that breaks it.

import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";

/** What each part may import besides itself; `content` are the publisher's files. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  words: [],
  model: ["words"],
  log: [],
  site: ["model"],
  ingest: ["model"],
  import: ["words", "model", "ingest"],
  formats: ["words", "model"],
  store: ["model"],
  partners: ["model", "formats", "store", "log"],
  // Of a package that the alias names, the part that stays.
  instead: ["node_modules"],
  feeds: ["model", "store", "formats", "partners", "log"],
  publish: ["model", "ingest", "store", "formats", "feeds", "partners", "log"],
  push: ["model", "store", "feeds", "partners", "log"],
  http: [
    "words",
    "model",
    "site",
    "ingest",
    "store",
    "formats",
    "feeds",
    "partners",
    "publish",
    "push",
    "log",
  ],
  runtime: ["model", "formats", "content"],
  schedule: [
    "model",
    "site",
    "ingest",
    "store",
    "formats",
    "feeds",
    "partners",
    "publish",
    "push",
    "http",
    "log",
  ],
  index: [
    "model",
    "site",
    "ingest",
    "store",
    "formats",
    "feeds",
    "partners",
    "publish",
    "push",
    "http",
    "log",
    "runtime",
    "schedule",
    "content",
  ],
  cli: ["words", "model", "ingest", "import", "site", "partners"],
  preview: ["index"],
};

const PURE = /^(?:model|ingest|import|formats|partners)\/|^feeds\/(?:assemble|catalogue|opml)\.ts$/;
const IMPURE = [
  /\bDate\.now\(/,
  /\bnew Date\(\)/,
  /\bMath\.random\b/,
  /\bcrypto\.(?:randomUUID|getRandomValues)\b/,
  /\bfetch\(/,
  /\bperformance\.now\b/,
  /\bprocess\./,
];
const SQL =
  /\b(?:SELECT [\w*(]|INSERT (?:OR \w+ )?INTO |UPDATE \w+ SET |DELETE FROM |CREATE (?:TABLE|INDEX) )/;
const STATUS = /\bstatus:\s*[1-5]\d\d\b|\bstatus\([1-5]\d\d\)|\bnew HTTPException\(/;
const NODE_MODULE = /^(?:node:|(?:fs|path|os|child_process|crypto|stream|util)(?:\/|$))/;

// A secret, on either side, with anything but nothing; or looked for in a list.
const SECRET = String.raw`[\w.]*(?:token|secret|password|PUBLISH_TOKEN\w*|tokenHash)\b`;
const NOTHING = String.raw`(?:undefined|null|""|0)(?![\w.])`;
const SECRET_COMPARED = new RegExp(
  [
    String.raw`\b${SECRET}\)?\s*[!=]==?(?!=|\s*${NOTHING})`,
    String.raw`(?<!\b(?:undefined|null|typeof \w+)\s*)[!=]==?\s*${SECRET}`,
    String.raw`\.(?:includes|indexOf|startsWith|endsWith|has|localeCompare)\(${SECRET}`,
  ].join("|"),
  "i",
);

const LONGEST_LINES = 500;

/** Source files by their path under src/. */
type Sources = ReadonlyMap<string, string>;

/** Everything that breaks a rule, as `file: what`. */
type Rule = (sources: Sources) => readonly string[];

const RULES: Readonly<Record<string, Rule>> = {
  "imports run one way": (sources) =>
    everyImport(sources, (file, target) => {
      if (!target.startsWith(".")) return false;
      const part = partOf(file);
      const imported = partOf(posix.join(posix.dirname(file), target));
      return part !== imported && !ALLOWED[part]?.includes(imported);
    }),
  "every part stands in the table": (sources) =>
    [...sources.keys()].filter((file) => !(partOf(file) in ALLOWED)).map((file) => `${file}: no such part`),
  "only the CLI uses Node's modules": (sources) =>
    everyImport(sources, (file, target) => NODE_MODULE.test(target) && partOf(file) !== "cli"),
  "SQL stands in store/": (sources) => everyLine(sources, (file) => partOf(file) !== "store", [SQL]),
  "statuses are picked in http/": (sources) =>
    everyLine(sources, (file) => partOf(file) !== "http", [STATUS]),
  "pure parts have no clock, randomness or network": (sources) =>
    everyLine(sources, (file) => PURE.test(file), IMPURE),
  "secrets are compared by `equal` alone": (sources) => [
    ...everyLine(sources, (file) => partOf(file) !== "cli", [SECRET_COMPARED]),
    ...everyLine(sources, (file) => file !== "http/auth.ts", [/\btimingSafeEqual\b/]),
  ],
  [`no file has more than ${LONGEST_LINES} lines`]: (sources) =>
    Array.from(sources, ([file, source]) => ({ file, lines: linesOf(source) }))
      .filter(({ lines }) => lines > LONGEST_LINES)
      .map(({ file, lines }) => `${file}: ${lines} lines`),
};

const SRC = join(import.meta.dirname, "../src");
const OURS: Sources = new Map(
  globSync("**/*.{ts,tsx}", { cwd: SRC })
    .filter((file) => !file.endsWith(".d.ts"))
    .map((file) => [file.replaceAll("\\", "/"), readFileSync(join(SRC, file), "utf8")]),
);

it("the table of docs/architecture.md says the same", () => {
  const page = readFileSync(join(SRC, "../docs/architecture.md"), "utf8");
  const rows = Array.from(page.matchAll(/^\| (`.*?) \| (.*) \|$/gm), ([, parts = "", may = ""]) => ({
    parts: namesIn(parts),
    may: may.startsWith("nothing") || may.startsWith("the part of a package") ? [] : namesIn(may),
    isAll: may === "all above",
  }));
  expect(rows.flatMap(({ parts }) => parts).toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
  for (const { parts, may, isAll } of rows) {
    for (const part of isAll ? [] : parts) {
      const allowed = ALLOWED[part]?.filter((one) => one !== "content" && one !== "node_modules");
      expect(may.toSorted(), part).toEqual(allowed?.toSorted());
    }
  }
});

describe("the code", () => {
  it("is there", () => {
    expect(OURS.size).toBeGreaterThan(50);
    expect([...OURS.values()].flatMap(importsOf).length).toBeGreaterThan(200);
  });

  it.each(Object.keys(RULES))("%s", (rule) => {
    expect(RULES[rule]?.(OURS)).toEqual([]);
  });
});

describe("a rule is broken by", () => {
  it.each([
    ["imports run one way", "model/a.ts", 'import { b } from "../store/b.ts";'],
    ["imports run one way", "formats/a.ts", 'import type { B } from "../feeds/b.ts";'],
    ["imports run one way", "ingest/a.ts", 'export * from "../formats/b.ts";'],
    ["imports run one way", "store/a.ts", 'const b = await import("../publish/b.ts");'],
    ["imports run one way", "feeds/a.ts", 'import "../http/b.ts";'],
    ["imports run one way", "publish/a.ts", 'import {\n  b,\n  c,\n} from "../push/b.ts";'],
    ["imports run one way", "http/pages/a.tsx", 'import { b } from "../../schedule.ts";'],
    ["imports run one way", "cli/start/a.ts", 'import { b } from "../../store/b.ts";'],
    ["imports run one way", "site.ts", 'import { log } from "./log.ts";'],
    ["imports run one way", "http/a.ts", 'import site from "../../content/site.yaml";'],
    ["every part stands in the table", "utils/a.ts", ""],
    ["only the CLI uses Node's modules", "http/a.ts", 'import { readFileSync } from "node:fs";'],
    ["only the CLI uses Node's modules", "model/a.ts", 'import path from "path";'],
    ["SQL stands in store/", "http/a.ts", 'db.prepare("SELECT * FROM feeds");'],
    ["SQL stands in store/", "publish/a.ts", "const sql = `INSERT OR IGNORE INTO a VALUES (?)`;"],
    ["statuses are picked in http/", "publish/a.ts", "return new Response(null, { status: 404 });"],
    ["pure parts have no clock, randomness or network", "formats/a.ts", "const now = new Date();"],
    ["pure parts have no clock, randomness or network", "model/a.ts", "const id = crypto.randomUUID();"],
    ["pure parts have no clock, randomness or network", "partners/rules.ts", "const now = new Date();"],
    ["pure parts have no clock, randomness or network", "feeds/assemble.ts", "const now = Date.now();"],
    ["secrets are compared by `equal` alone", "http/a.ts", "if (token === env.PUBLISH_TOKEN) return next();"],
    ["secrets are compared by `equal` alone", "http/a.ts", "return given == secret;"],
    ["secrets are compared by `equal` alone", "partners/a.ts", "const fits = tokens.includes(token);"],
    ["secrets are compared by `equal` alone", "push/a.ts", "if (record.token !== given) return;"],
    ["secrets are compared by `equal` alone", "http/a.ts", "return crypto.subtle.timingSafeEqual(a, b);"],
    [`no file has more than ${LONGEST_LINES} lines`, "http/a.ts", "\n".repeat(LONGEST_LINES + 1)],
  ])("%s: %s", (rule, file, source) => {
    expect(RULES[rule]?.(new Map([[file, source]]))).toEqual([expect.stringMatching(`^${file}: `)]);
  });

  it.each([
    ["imports run one way", "http/a.ts", 'import { b } from "../publish/b.ts";'],
    ["imports run one way", "index.ts", 'import site from "../content/site.yaml";'],
    ["imports run one way", "model/a.ts", '// import { b } from "../store/b.ts";'],
    ["only the CLI uses Node's modules", "cli/a.ts", 'import { readFileSync } from "node:fs";'],
    ["SQL stands in store/", "store/a.ts", 'db.prepare("SELECT * FROM feeds");'],
    [
      "pure parts have no clock, randomness or network",
      "model/a.ts",
      "// Date.now() is not for here.\nnew Date(instant);",
    ],
    ["pure parts have no clock, randomness or network", "feeds/build.ts", "const now = Date.now();"],
    ["statuses are picked in http/", "model/api.ts", "readonly status: number;"],
    ["secrets are compared by `equal` alone", "http/a.ts", "const fits = await equal(token, secret);"],
    [
      "secrets are compared by `equal` alone",
      "push/a.ts",
      'const none = secret === "" || token === undefined;',
    ],
  ])("nothing that it allows: %s: %s", (rule, file, source) => {
    expect(RULES[rule]?.(new Map([[file, source]]))).toEqual([]);
  });
});

/** `model` for model/text.ts, `log` for log.ts, `content` for ../content/site.yaml. */
function partOf(file: string): string {
  const inSrc = file.startsWith("../") ? file.slice("../".length) : file;
  return (inSrc.split("/")[0] ?? "").replace(/\.tsx?$/, "");
}

/** `log.ts` and `model/` in backticks, as parts; `node:` is none. */
const namesIn = (cell: string): readonly string[] =>
  Array.from(cell.matchAll(/`([a-z]+)(?:\/|\.ts)?`/g), ([, name = ""]) => name);

function importsOf(source: string): readonly string[] {
  const code = withoutComments(source);
  const found = code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["']([^"']+)["']/g);
  return Array.from(found, ([, target]) => target ?? "");
}

const everyImport = (sources: Sources, wrong: (file: string, target: string) => boolean): readonly string[] =>
  Array.from(sources).flatMap(([file, source]) =>
    importsOf(source)
      .filter((target) => wrong(file, target))
      .map((target) => `${file}: imports ${target}`),
  );

const everyLine = (
  sources: Sources,
  concerned: (file: string) => boolean,
  patterns: readonly RegExp[],
): readonly string[] =>
  Array.from(sources)
    .filter(([file]) => concerned(file))
    .flatMap(([file, source]) =>
      withoutComments(source)
        .split("\n")
        .filter((line) => patterns.some((pattern) => pattern.test(line)))
        .map((line) => `${file}: ${line.trim()}`),
    );

// Comments that stand on lines of their own; those after code are code to this test.
const withoutComments = (source: string): string => source.replace(/^\s*\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");

const linesOf = (source: string): number => source.split("\n").length - 1;
