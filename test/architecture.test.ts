// The import rules of docs/architecture.md: a file that imports against the table fails here, and so
// does SQL, a status, a clock or a long file where it doesn't belong. Each rule is also tried on code that breaks it.

import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";

/** What each part may import besides itself. Everybody may import `env`, which holds types alone; `site` is the publisher's settings. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  words: ["lib"],
  article: ["lib", "words"],
  html: ["lib", "article"],
  http: ["lib", "article"],
  pictures: ["lib", "article", "http"],
  formats: ["lib", "words", "article"],
  feeds: ["lib", "article", "http", "formats"],
  hub: ["lib", "article", "http", "formats", "feeds"],
  pages: ["lib", "words", "article", "http", "formats", "feeds"],
  partners: ["lib", "article", "http", "pictures", "formats", "feeds", "hub", "pages"],
  publish: ["lib", "article", "html", "http", "pictures", "formats", "feeds", "partners"],
  desk: [
    "lib",
    "words",
    "article",
    "html",
    "http",
    "pictures",
    "formats",
    "feeds",
    "pages",
    "partners",
    "publish",
  ],
  api: ["lib", "article", "http", "pictures", "formats", "feeds", "partners", "publish", "desk"],
  isolate: ["lib", "http", "feeds", "pages", "partners"],
  runtime: ["lib", "formats", "isolate", "site"],
  background: ["lib", "feeds", "hub", "partners", "publish", "desk"],
  app: ["lib", "http", "pictures", "feeds", "hub", "pages", "partners", "publish", "desk", "api"],
  index: ["lib", "feeds", "hub", "pages", "partners", "runtime", "background", "app"],
  preview: ["index"],
  content: ["lib", "article", "html", "partners"],
  import: ["lib", "words", "article", "html"],
  cli: [
    "lib",
    "words",
    "article",
    "html",
    "formats",
    "feeds",
    "partners",
    "desk",
    "api",
    "content",
    "import",
  ],
};

/** The files of a part that others may import; of a part that isn't here, all. */
const FACES: Readonly<Record<string, readonly string[]>> = {
  pictures: ["renditions", "routes", "sql", "sql-library"],
  feeds: [
    ...["audience", "build", "building-object", "cache", "catalogue", "copies", "feed", "feed-object"],
    ...["rebuild", "routes", "sql", "sql-entries"],
  ],
  hub: [
    ...["circuit-breaker", "content-distribution", "delivery-queue", "outgoing-call"],
    ...["routes", "sql", "subscribers", "subscription-request"],
  ],
  pages: ["article", "discovery", "layout", "page-cache", "redirects", "routes", "view"],
  partners: [
    ...["acts", "answers", "api", "fetches", "outlook", "partner-object", "partner-words", "policy"],
    ...["profile", "profiles/index", "report", "routes", "selection", "trial"],
    ...["sql", "sql-items", "sql-ledger", "sql-webhooks", "webhooks"],
  ],
  publish: ["commit", "prepare", "put", "rerender", "sql", "strip-stored", "withdraw"],
  desk: [
    ...["answers", "inputs", "pages", "requests", "routes"],
    ...[
      "partners/api",
      "people/people",
      "people/sql-people",
      "pictures/sql-pictures",
      "preview/shared-preview",
    ],
    ...["stories/list", "stories/sql", "stories/sql-presence", "stories/stories"],
  ],
  api: ["answers", "routes"],
};

/** Where HTTP statuses are picked. */
const DOORS =
  /^(?:http|api|pages)\/|(?:^|\/)(?:routes|api)\.tsx?$|^desk\/(?:requests\.ts|.*\.tsx)$|^app\.ts$/;
const SQL_FILE = /(?:^|\/)sql(?:-[a-z]+)?\.ts$/;
const PURE = new RegExp(
  [
    "^lib/(?!log)",
    "^(?:words|article|html|formats|import)/",
    "^feeds/(?:build|catalogue|feed)\\.ts$",
    "^pages/arrange\\.ts$",
    "^partners/(?:profiles/|(?:access|first-paragraphs|partner-item|policy|profile|restrict-|selection)[a-z-]*\\.ts$)",
  ].join("|"),
);
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

// What checks answers would only make the Worker larger.
const ANSWERS = /(?:^|\/)(?:answers|answer-fields)\.ts$/;
const MAY_USE_ANSWERS = /^cli\/|(?:^|\/)(?:answers|openapi(?:-[a-z]+)?)\.ts$/;
const VALUES_IMPORTED = /\bimport\s+(?!type\b)[^;"]*\bfrom\s+"([^"]+)"/g;

const LONGEST_LINES = 500;

/** Source files by their path under src/. */
type Sources = ReadonlyMap<string, string>;

/** Everything that breaks a rule, as `file: what`. */
type Rule = (sources: Sources) => readonly string[];

const RULES: Readonly<Record<string, Rule>> = {
  "imports run one way": (sources) =>
    everyImport(sources, (file, target) => {
      const imported = partImported(file, target);
      return (
        imported !== undefined &&
        imported !== "env" &&
        partOf(file) !== "env" &&
        !ALLOWED[partOf(file)]?.includes(imported)
      );
    }),
  "a part is imported by its face": (sources) =>
    everyImport(sources, (file, target) => {
      const imported = partImported(file, target);
      if (imported === undefined || !(imported in FACES)) return false;
      const path = posix.join(posix.dirname(file), target).replace(/\.tsx?$/, "");
      return /\.tsx?$/.test(target) && !FACES[imported]?.includes(path.slice(imported.length + 1));
    }),
  "no file imports itself through others": (sources) => circlesIn(sources),
  "every part stands in the table": (sources) =>
    [...sources.keys()]
      .filter((file) => !(partOf(file) in ALLOWED) && partOf(file) !== "env")
      .map((file) => `${file}: no such part`),
  "only the CLI and the content folder use Node's modules": (sources) =>
    everyImport(
      sources,
      (file, target) => NODE_MODULE.test(target) && !["cli", "content"].includes(partOf(file)),
    ),
  "only formats/feed-package.ts imports `feed`": (sources) =>
    everyImport(sources, (file, target) => target === "feed" && file !== "formats/feed-package.ts"),
  "the Worker imports types alone from the schemas of answers": (sources) =>
    [...sources]
      .filter(([file]) => !MAY_USE_ANSWERS.test(file))
      .flatMap(([file, source]) =>
        Array.from(withoutComments(source).matchAll(VALUES_IMPORTED), ([, target = ""]) => target)
          .filter((target) => ANSWERS.test(target))
          .map((target) => `${file}: imports ${target}`),
      ),
  "SQL stands in sql.ts": (sources) => everyLine(sources, (file) => !SQL_FILE.test(file), [SQL]),
  "statuses are picked at the doors": (sources) => everyLine(sources, (file) => !DOORS.test(file), [STATUS]),
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
    may: may.startsWith("nothing") ? [] : namesIn(may),
  }));
  expect(rows.flatMap(({ parts }) => parts).toSorted()).toEqual(Object.keys(ALLOWED).toSorted());
  for (const { parts, may } of rows) {
    for (const part of parts) {
      const allowed = ALLOWED[part];
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
    ["imports run one way", "lib/a.ts", 'import { b } from "../article/b.ts";'],
    ["imports run one way", "formats/a.ts", 'import type { B } from "../feeds/feed.ts";'],
    ["imports run one way", "html/a.ts", 'export * from "../formats/b.ts";'],
    ["imports run one way", "feeds/a.ts", 'const b = await import("../publish/put.ts");'],
    ["imports run one way", "feeds/a.ts", 'import "../hub/sql.ts";'],
    ["imports run one way", "partners/a.ts", 'import {\n  b,\n  c,\n} from "../publish/put.ts";'],
    ["imports run one way", "pages/a.tsx", 'import { b } from "../background.ts";'],
    ["imports run one way", "cli/start/a.ts", 'import { b } from "../../publish/put.ts";'],
    ["imports run one way", "content/a.ts", 'import { b } from "../cli/b.ts";'],
    ["imports run one way", "api/a.ts", 'import site from "../../content/site.yaml";'],
    ["a part is imported by its face", "publish/a.ts", 'import { newerThan } from "../feeds/delta.ts";'],
    [
      "a part is imported by its face",
      "cli/show/a.ts",
      'import { b } from "../../partners/partner-item.ts";',
    ],
    ["every part stands in the table", "utils/a.ts", ""],
    ["only the CLI and the content folder use Node's modules", "api/a.ts", 'import { open } from "node:fs";'],
    ["only the CLI and the content folder use Node's modules", "lib/a.ts", 'import path from "path";'],
    ["only formats/feed-package.ts imports `feed`", "formats/a.ts", 'import { Feed } from "feed";'],
    [
      "the Worker imports types alone from the schemas of answers",
      "api/routes.ts",
      'import {\n  type A,\n  b,\n} from "./answers.ts";',
    ],
    ["SQL stands in sql.ts", "api/a.ts", 'db.prepare("SELECT * FROM feeds");'],
    ["SQL stands in sql.ts", "publish/a.ts", "const sql = `INSERT OR IGNORE INTO a VALUES (?)`;"],
    ["statuses are picked at the doors", "publish/a.ts", "return new Response(null, { status: 404 });"],
    ["statuses are picked at the doors", "partners/a.ts", "return new Response(null, { status: 404 });"],
    ["pure parts have no clock, randomness or network", "formats/a.ts", "const now = new Date();"],
    ["pure parts have no clock, randomness or network", "article/a.ts", "const id = crypto.randomUUID();"],
    ["pure parts have no clock, randomness or network", "partners/selection.ts", "const now = new Date();"],
    ["pure parts have no clock, randomness or network", "feeds/build.ts", "const now = Date.now();"],
    ["secrets are compared by `equal` alone", "http/a.ts", "if (token === env.PUBLISH_TOKEN) return next();"],
    ["secrets are compared by `equal` alone", "http/a.ts", "return given == secret;"],
    ["secrets are compared by `equal` alone", "partners/a.ts", "const fits = tokens.includes(token);"],
    ["secrets are compared by `equal` alone", "hub/a.ts", "if (record.token !== given) return;"],
    ["secrets are compared by `equal` alone", "http/a.ts", "return crypto.subtle.timingSafeEqual(a, b);"],
    [`no file has more than ${LONGEST_LINES} lines`, "http/a.ts", "\n".repeat(LONGEST_LINES + 1)],
  ])("%s: %s", (rule, file, source) => {
    expect(RULES[rule]?.(new Map([[file, source]]))).toEqual([expect.stringMatching(`^${file}: `)]);
  });

  it("a circle of imports", () => {
    const sources = new Map([
      ["feeds/a.ts", 'import { b } from "./b.ts";'],
      ["feeds/b.ts", 'import type { A } from "./a.ts";'],
    ]);
    expect(RULES["no file imports itself through others"]?.(sources)).toEqual([
      "feeds/a.ts: feeds/a.ts imports feeds/b.ts imports feeds/a.ts",
    ]);
  });

  it.each([
    ["imports run one way", "api/a.ts", 'import { b } from "../publish/put.ts";'],
    ["imports run one way", "runtime.ts", 'import site from "../content/site.yaml";'],
    ["imports run one way", "article/a.ts", '// import { b } from "../feeds/sql.ts";'],
    ["imports run one way", "article/a.ts", 'import type { Env } from "../env.ts";'],
    [
      "a part is imported by its face",
      "publish/a.ts",
      'import { documentsOf } from "../feeds/catalogue.ts";',
    ],
    ["a part is imported by its face", "feeds/a.ts", 'import { newerThan } from "./delta.ts";'],
    ["only the CLI and the content folder use Node's modules", "cli/a.ts", 'import { open } from "node:fs";'],
    [
      "the Worker imports types alone from the schemas of answers",
      "partners/a.ts",
      'import type { A } from "./answers.ts";\nimport { b } from "./b.ts";',
    ],
    [
      "the Worker imports types alone from the schemas of answers",
      "cli/a.ts",
      'import { b } from "../api/answers.ts";',
    ],
    ["SQL stands in sql.ts", "feeds/sql.ts", 'db.prepare("SELECT * FROM feeds");'],
    ["SQL stands in sql.ts", "feeds/sql-object.ts", 'db.prepare("SELECT * FROM feeds");'],
    [
      "pure parts have no clock, randomness or network",
      "article/a.ts",
      "// Date.now() is not for here.\nnew Date(instant);",
    ],
    ["pure parts have no clock, randomness or network", "feeds/cache.ts", "const now = Date.now();"],
    ["statuses are picked at the doors", "api/answers.ts", "readonly status: number;"],
    ["statuses are picked at the doors", "hub/routes.ts", "return new Response(null, { status: 404 });"],
    ["secrets are compared by `equal` alone", "http/a.ts", "const fits = await equal(token, secret);"],
    [
      "secrets are compared by `equal` alone",
      "hub/a.ts",
      'const none = secret === "" || token === undefined;',
    ],
  ])("nothing that it allows: %s: %s", (rule, file, source) => {
    expect(RULES[rule]?.(new Map([[file, source]]))).toEqual([]);
  });
});

/** `lib` for lib/text.ts, `env` for env.ts, `site` for ../content/site.yaml. */
const partOf = (file: string): string =>
  file.startsWith("../content/") ? "site" : (file.split("/")[0] ?? "").replace(/\.tsx?$/, "");

/** The other part of ours that an import leads to; undefined for a package, or the same part. */
function partImported(file: string, target: string): string | undefined {
  const path = posix.join(posix.dirname(file), target);
  if (!target.startsWith(".") || path.startsWith("../node_modules/")) return undefined;
  const imported = partOf(path);
  return imported === partOf(file) ? undefined : imported;
}

/** Every circle of imports, at the file that closes it; `env` holds types alone. */
function circlesIn(sources: Sources): readonly string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file))
      found.push(`${file}: ${[...way.slice(way.indexOf(file)), file].join(" imports ")}`);
    if (done.has(file) || file === "env.ts") return;
    done.add(file);
    for (const target of importsOf(sources.get(file) ?? ""))
      if (target.startsWith(".")) visit(posix.join(posix.dirname(file), target), [...way, file]);
  };
  for (const file of sources.keys()) visit(file, []);
  return found;
}

/** `app.ts` and `lib/` in backticks, as parts; `node:` is none. */
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
