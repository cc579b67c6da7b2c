// YAML that people write (partners' policies, front matter): accepted, or refused with a line of the file.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { stringify } from "yaml";
import { readArticleFile } from "../../../src/content/front-matter.ts";
import type { Problem } from "../../../src/lib/problem.ts";
import { checkYaml } from "../../../src/lib/yaml.ts";
import { policyProblems, policySchema } from "../../../src/partners/policy.ts";
import { CASES, startOf } from "../../fixtures/cases.ts";
import { SITE } from "../../pipeline.ts";
import { anyText, bit, edited, hostile, runOf } from "../bits.ts";
import { editedJson } from "../json.ts";
import { must, type Outcome, target } from "../target.ts";

const YAML = [
  ...[
    "&a",
    "*a",
    "<<: *a",
    "!!binary",
    "!!js/function",
    "!!timestamp 2001-01-01",
    "!x",
    "|",
    ">",
    "|2-",
    "? ",
    ": ",
  ],
  ...[
    "- ",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    "%YAML 1.1",
    "---",
    "...",
    "\t",
    "\n  ",
    "~",
    "yes",
    "0o7",
    ".inf",
    ".nan",
  ],
  ...[
    '"\\u0000"',
    '"\\x',
    "'",
    '"',
    "a: &a [*a]",
    "a: [*b, *b]",
    "1: 2",
    "null: null",
    "? [a]\n: b",
    "name: a: b",
  ],
];
const piece = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...YAML) }, { weight: 1, arbitrary: bit });
const noise = fc.oneof(
  { weight: 4, arbitrary: fc.array(piece, { maxLength: 30 }).map((parts) => parts.join("")) },
  {
    weight: 4,
    arbitrary: fc
      .array(
        fc.tuple(hostile, piece, hostile).map((parts) => parts.join("")),
        { maxLength: 12 },
      )
      .map((lines) => lines.join("\n")),
  },
  { weight: 1, arbitrary: runOf(piece, 200) },
  { weight: 1, arbitrary: anyText },
);

const EXAMPLE = readFileSync(join(import.meta.dirname, "../../../docs/partner.yaml"), "utf8");
const POLICY: unknown = {
  id: "portal",
  name: "Portal",
  profile: "msn",
  select: { sections: ["asia-pacific"], tags: ["A"], maxAge: "30d" },
  content: { paragraphs: 3 },
  push: { url: "https://portal.example/hook", events: ["article.published"] },
  link: { parameters: { utm_source: "portal" } },
};
const policyText = fc.oneof(
  { weight: 4, arbitrary: edited([EXAMPLE, stringify(POLICY)], piece) },
  { weight: 4, arbitrary: editedJson([POLICY]).map((value) => stringify(value ?? null)) },
  { weight: 2, arbitrary: noise },
);

/** Files of content/partners. */
export const policies = target({
  name: "Partner YAML",
  inputs: 20_000,
  arbitrary: policyText,
  check: checkPolicyText,
});

function checkPolicyText(source: string): Outcome {
  const read = checkYaml(policySchema, source);
  if (!read.ok) return refused(read.problems, source);
  const problems = policyProblems(read.value.value, SITE);
  for (const { path, message } of problems) {
    const line = read.value.lineOf(path);
    must(
      path !== "" && message !== "" && isLineOf(line, source),
      () => `${path} on line ${line}: ${message}`,
    );
  }
  return problems.length === 0 ? "taken" : "refused";
}

const FRONT_MATTER = CASES.map((name) => startOf(name).article).map((article) =>
  Object.fromEntries(Object.entries(article ?? {}).filter(([name]) => name !== "body")),
);
const fileText = fc.oneof(
  {
    weight: 4,
    arbitrary: edited(
      FRONT_MATTER.map((fields) => `---\n${stringify(fields)}---\nText.\n`),
      piece,
    ),
  },
  {
    weight: 4,
    arbitrary: editedJson(FRONT_MATTER).map((value) => `---\n${stringify(value ?? null)}---\nText.\n`),
  },
  { weight: 2, arbitrary: noise.map((yaml) => `---\n${yaml}\n---\nText.\n`) },
  { weight: 1, arbitrary: noise },
);

/** Files of content/articles. */
export const frontMatter = target({
  name: "Front matter",
  inputs: 14_000,
  arbitrary: fileText,
  check: checkFile,
});

function checkFile(source: string): Outcome {
  const file = readArticleFile(source);
  if (file.kind === "article") {
    must(isLineOf(file.bodyLine - 1, source), () => `the body on line ${file.bodyLine}`);
    return "taken";
  }
  return file.problems.length === 0 && file.kind === "draft" ? "taken" : refused(file.problems, source);
}

function refused(problems: readonly Problem[], source: string): Outcome {
  must(problems.length > 0, () => "refused without a problem");
  for (const { path, message, line } of problems)
    must(
      message !== "" && message !== "Invalid input" && isLineOf(line, source),
      () => `${path} on line ${line}: ${message}`,
    );
  return "refused";
}

const isLineOf = (line: number | undefined, source: string): boolean =>
  line !== undefined && line >= 1 && line <= source.split("\n").length;
