// Generators of valid and invalid Markdown: nested blocks and spans, undefined references, HTML between.

import fc from "fast-check";
import { CASES } from "../fixtures/cases.ts";
import { anyText, bit, edited, hostile, runOf } from "./bits.ts";
import { anyHtml } from "./html.ts";
import { BOUNDS } from "./target.ts";

const OPENERS = [
  "*",
  "_",
  "**",
  "__",
  "~~",
  "`",
  "``",
  "[",
  "![",
  "<",
  "(",
  "[^",
  "*a_",
  "_a*",
  "a*",
  "[a](",
  "![a][",
  "~",
];
const { span, block } = fc.letrec<{ readonly span: string; readonly block: string }>((tie) => ({
  span: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 5, arbitrary: hostile },
    ...["*", "_", "**", "__", "~~", "`", "``"].map((mark) => tie("span").map((inner) => mark + inner + mark)),
    fc.tuple(tie("span"), hostile).map(([inner, to]) => `[${inner}](${to})`),
    fc.tuple(tie("span"), hostile).map(([inner, to]) => `![${inner}](<${to}> "t")`),
    fc.constantFrom(
      "[a]",
      "[a][b]",
      "[^1]",
      "![a]",
      "<https://example.org/>",
      "www.example.org",
      "a@b.example",
      "\\*",
    ),
    fc.tuple(tie("span"), tie("span")).map((parts) => parts.join(" ")),
  ),
  block: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    { weight: 5, arbitrary: tie("span") },
    tie("span").map((text) => `# ${text}`),
    tie("span").map((text) => `${text}\n===`),
    tie("block").map((text) => text.replace(/^/gm, "> ")),
    tie("block").map((text) => `- ${text.replaceAll("\n", "\n  ")}`),
    tie("block").map((text) => `1. ${text.replaceAll("\n", "\n   ")}`),
    hostile.map((text) => `\`\`\`js ${text}\n${text}\n\`\`\``),
    hostile.map((text) => `    ${text}`),
    fc.tuple(tie("span"), tie("span")).map(([a, b]) => `| ${a} | ${b} |\n| :-- | --: |\n| ${b} | ${a} |`),
    tie("span").map((text) => `[^1]: ${text}`),
    hostile.map((text) => `[a]: ${text} "t"`),
    tie("span").map((text) => `- [x] ${text}`),
    fc.constantFrom("---", "***", "<!-- a", "<div>", "</div>", "<details>\n\n<summary>"),
    anyHtml,
    fc.tuple(tie("block"), tie("block")).map((parts) => parts.join("\n\n")),
  ),
}));

const nestedQuotes = fc
  .tuple(fc.constantFrom("> ", "- ", "1. ", "* "), fc.integer({ min: 1, max: 80 }))
  .map(([mark, depth]) => `${mark.repeat(depth)}x`);

/** Any Markdown. */
export const anyMarkdown: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 20, arbitrary: fc.array(block, { maxLength: 4 }).map((parts) => parts.join("\n\n")) },
    {
      weight: 6,
      arbitrary: edited(
        [...CASES, "# A\n\n- b\n- c\n\n> d\n\n| e | f |\n| - | - |\n| 1 | 2 |\n"],
        fc.oneof(bit, span),
      ),
    },
    { weight: 3, arbitrary: anyText },
    { weight: 1, arbitrary: nestedQuotes },
    { weight: 1, arbitrary: runOf(fc.constantFrom(...OPENERS), BOUNDS.delimiters) },
  )
  .map(withinDelimiters);

/** Cuts the text off where it has more delimiters than the parser reads within the time limit. */
function withinDelimiters(source: string): string {
  const next = Array.from(source.matchAll(/[*_~]/g))[BOUNDS.delimiters];
  return next ? source.slice(0, next.index) : source;
}
