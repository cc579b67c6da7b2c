// Fields before the text of a Markdown file.

import { describe, expect, it } from "vitest";
import { hasFrontMatter, readMarkdownFile } from "../../../src/import/markdown/front-matter.ts";

const FIELDS = { title: "Lamp", date: "2019-05-14T10:00:00", tags: ["a", "b"] };

describe("fields are read", () => {
  it.each([
    ["YAML", "---\ntitle: Lamp\ndate: 2019-05-14T10:00:00\ntags: [a, b]\n---\nWords.\n", 6],
    [
      "YAML with Windows' line ends and a mark",
      "\ufeff---\r\ntitle: Lamp\r\ndate: 2019-05-14T10:00:00\r\ntags: [a, b]\r\n...\r\nWords.\r\n",
      6,
    ],
    ["TOML", '+++\ntitle = "Lamp"\ndate = 2019-05-14T10:00:00\ntags = ["a", "b"]\n+++\nWords.\n', 6],
    ["JSON", '{\n"title": "Lamp",\n"date": "2019-05-14T10:00:00", "tags": ["a", "b"]\n}\nWords.\n', 5],
    [
      "JSON behind a mark",
      '---json\n{"title": "Lamp", "date": "2019-05-14T10:00:00", "tags": ["a", "b"]}\n---\nWords.\n',
      4,
    ],
    ["Hexo's JSON", '"title": "Lamp", "date": "2019-05-14T10:00:00",\n"tags": ["a", "b"]\n', 0],
    [
      "Hexo's YAML without a first line",
      "title: Lamp\ndate: 2019-05-14T10:00:00\ntags:\n- a\n- b\n---\nWords.\n",
      7,
    ],
  ])("in %s", (kind, content, textLine) => {
    const source = kind === "Hexo's JSON" ? `;;;\n${content};;;\nWords.\n` : content;
    const read = readMarkdownFile(source);
    expect(read.ok && read.value).toEqual({
      fields: FIELDS,
      text: expect.stringMatching(/^Words\.\n$/),
      textLine: textLine || 5,
    });
    expect(hasFrontMatter(source)).toBe(true);
  });

  it.each(["", "Words.\n\n---\n\nMore.\n", "# Title\n\nNote: this.\n\n---\n", "---\nno end\n", "[a](b)\n"])(
    "where there are any: %j",
    (content) => {
      const read = readMarkdownFile(content);
      expect(read.ok && read.value).toMatchObject({ fields: {}, text: content });
    },
  );
});

describe("a mistake has its line", () => {
  it.each([
    ['---\ntitle: "x\n---\n', 3, "is not valid YAML"],
    ["+++\na = 1\nb = = 2\n+++\n", 3, "is not valid TOML"],
    ["---\n- a\n---\n", 2, "has no fields in its YAML"],
    ["+++\na = 1\na = 2\n+++\n", 3, "is not valid TOML"],
  ])("%j", (content, line, message) => {
    const read = readMarkdownFile(content);
    expect(read.ok ? [] : read.problems).toMatchObject([{ line, message: expect.stringContaining(message) }]);
  });

  it("or at least its reason", () => {
    const read = readMarkdownFile("---json\n{a}\n---\n");
    expect(read.ok ? [] : read.problems).toMatchObject([
      { message: expect.stringContaining("is not valid JSON") },
    ]);
  });
});

it("dates and numbers of TOML are as they were written", () => {
  const read = readMarkdownFile(
    "+++\na = 2019-05-14\nb = 2019-05-14T10:00:00+02:00\nc = 3\n[d]\ne = [2019-05-14T10:00:00Z]\n+++\n",
  );
  expect(read.ok && read.value.fields).toMatchObject({
    a: "2019-05-14",
    b: expect.stringMatching(/^2019-05-14T10:00:00(?:\.000)?\+02:00$/),
    c: 3,
  });
});
