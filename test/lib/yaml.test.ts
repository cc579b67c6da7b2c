// YAML problems carry the line of the file that they are on; no document, however hostile, makes an exception.

import { describe, expect, it } from "vitest";
import * as z from "zod/mini";
import { checkYaml } from "../../src/lib/yaml.ts";

const schema = z.strictObject({
  title: z.string(),
  people: z.optional(z.array(z.strictObject({ name: z.string(), url: z.optional(z.string()) }))),
});

/** Each problem as `line: path message`. */
function told(source: string, firstLine?: number): readonly string[] {
  const result = checkYaml(schema, source, firstLine);
  return result.ok ? [] : result.problems.map(({ path, message, line }) => `${line}: ${path} ${message}`);
}

describe("lines", () => {
  it("are those of the key that is wrong", () => {
    const source = "# people\ntitle: 5\npeople:\n  - name: A\n  - name: B\n    ur: x\n    url: 3\n";
    expect(told(source)).toEqual([
      "2: title must be text, not 5",
      "7: people[1].url must be text, not 3",
      '6: people[1].ur is not a known field; did you mean "url"?',
    ]);
  });

  it("are those of the nearest thing that exists where a key is missing", () => {
    expect(told("title: T\npeople:\n  - name: A\n  - url: x\n")).toEqual(["4: people[1].name is missing"]);
    expect(told("\n\npeople: []\n")).toEqual(["1: title is missing"]);
  });

  it("count from where the source starts in its file", () => {
    expect(told("title: 5\n", 2)).toEqual(["2: title must be text, not 5"]);
  });

  it("are known of a document that is right", () => {
    const result = checkYaml(schema, "title: T\npeople:\n  - name: A\n", 2);
    expect(result.ok && result.value.value).toEqual({ title: "T", people: [{ name: "A" }] });
    expect(result.ok && result.value.lineOf("people[0].name")).toBe(4);
    expect(result.ok && result.value.lineOf("people[0].url")).toBe(4);
    expect(result.ok && result.value.lineOf("")).toBe(2);
  });
});

describe("documents that are no YAML", () => {
  it.each([
    ["a repeated key", "title: a\ntitle: b\n", "2:  is not valid YAML: Map keys must be unique"],
    ["a tab", "people:\n\t- name: A\n", "2:  is not valid YAML: Tabs are not allowed as indentation"],
    [
      "a second document",
      "title: a\n---\ntitle: b\n",
      "2:  is not valid YAML: Source contains multiple documents",
    ],
    ["an alias of nothing", "title: *nothing\n", "1:  is not valid YAML: Unresolved alias"],
  ])("%s", (_name, source, problem) => {
    expect(told(source)[0]).toContain(problem);
  });

  it("an alias that multiplies", () => {
    const lines = ["a: &a [x,x,x,x,x,x,x,x,x,x]"];
    for (const [name, of] of ["ba", "cb", "dc", "ed", "fe"]) {
      lines.push(`${name}: &${name} [${Array(10).fill(`*${of}`)}]`);
    }
    expect(told(lines.join("\n"))).toEqual([
      "1:  is not valid YAML: Excessive alias count indicates a resource exhaustion attack",
    ]);
  });

  it("brackets without end, by the first ten of many mistakes", () => {
    const problems = told("]\n".repeat(20_000));
    expect(problems).toHaveLength(11);
    expect(problems[10]).toMatch(/is not valid YAML in \d{2,} more places$/);
  });

  it("lists nested deeper than a parser can follow", () => {
    expect(told("[".repeat(30_000))[0]).toContain("is not valid YAML: ");
  });

  it.each([
    ["a list", "? [a]\n: b"],
    ["a map", "title: {{ headline }}"],
    ["maps in maps, whose text would double with each", "? ".repeat(60)],
  ])("a key that is %s", (_name, source) => {
    expect(told(source)[0]).toBe(
      "1:  is not valid YAML: a key must be a word, not a list, a map or an alias",
    );
  });

  it("an alias of itself, and values beyond JSON", () => {
    expect(told("title: T\npeople: &a [*a]\n")).toEqual(["2: people[0] must be a set of fields, not a list"]);
    expect(told("%YAML 1.1\n---\ntitle: 2024-01-01\n")).toEqual(["3: title must be text, not a date"]);
    expect(told("title: !!binary aGk=\n")).toEqual(["1: title must be text, not bytes"]);
  });

  it("an empty one is an empty set of fields", () => {
    expect(told("")).toEqual(["1: title is missing"]);
    expect(told("# nothing\n")).toEqual(["1: title is missing"]);
  });
});
