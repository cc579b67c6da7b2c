// The journal's acts: whatever is noted has its words.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ACTS, labelOf, sentenceOf, wordsOfAct } from "../../src/desk/journal/acts.ts";

const SRC = join(import.meta.dirname, "../../src");
const SQL = globSync("**/sql*.ts", { cwd: SRC }).map((file) => readFileSync(join(SRC, file), "utf8"));

it("every act that a statement or a type names has words", () => {
  const statements = SQL.flatMap((source) =>
    Array.from(
      source.matchAll(/INSERT INTO journal \([^)]*\)\s*SELECT [^`"]*?'([a-z-]+)'/g),
      ([, act = ""]) => act,
    ),
  );
  const types = SQL.flatMap((source) =>
    Array.from(source.matchAll(/type \w*Act =([^;]+);/g), ([, acts = ""]) => acts).flatMap((acts) =>
      Array.from(acts.matchAll(/"([a-z-]+)"/g), ([, act = ""]) => act),
    ),
  );
  expect(statements).toEqual(expect.arrayContaining(["signed-in", "taken-over"]));
  expect(types).toEqual(expect.arrayContaining(["policy", "token-made"]));
  expect([...statements, ...types].filter((act) => !(act in ACTS))).toEqual([]);
});

it("whom it was about stands in its place; an act of another version as it is", () => {
  expect(wordsOfAct("person-removed", "Mara")).toBe("removed Mara from the desk");
  expect(wordsOfAct("person-removed", null)).toBe("removed from the desk");
  expect(wordsOfAct("invented", null)).toBe("invented");
});

it("the desk says an act in a whole sentence, and one of another version with its name", () => {
  const named = { name: "Ada", story: "Harbour, revision 3", about: "Mara" };
  expect(sentenceOf("correct", named).join("")).toBe(
    "Ada chose to publish Harbour, revision 3 with a correction",
  );
  expect(sentenceOf("person-removed", named).join("")).toBe("Ada removed Mara from the desk");
  expect(sentenceOf("invented", named).join("")).toBe("Ada: invented");
  expect(labelOf("withdrawn")).toBe("… withdrew …");
});
