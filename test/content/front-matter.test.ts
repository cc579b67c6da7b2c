// An article's file: every problem with its line, and the edges of front matter.

import { describe, expect, it } from "vitest";
import { type ArticleFile, isLocalFile, readArticleFile } from "../../src/content/front-matter.ts";

const problemsOf = (file: ArticleFile): readonly string[] =>
  "problems" in file
    ? file.problems.map(({ line, path, message }) => `${line} ${path} ${message}`).sort(byLine)
    : [];

const byLine = (a: string, b: string): number => Number.parseInt(a, 10) - Number.parseInt(b, 10);

const SOUND = "headline: Plain\npublished: 2024-10-24T20:30:00+09:00\n";

function article(file: string) {
  const read = readArticleFile(file);
  if (read.kind !== "article") throw new Error(`${read.kind}: ${problemsOf(read).join("; ")}`);
  return read;
}

describe("readArticleFile", () => {
  it("says everything that is wrong at once, with the file's lines", () => {
    const file = readArticleFile(`---
headline: ""
published: 2024-10-24
updated: 2020-01-01T00:00:00Z
section: Not A Slug
tags: 3
bylines:
  - ada
  - name: Bo
    url: nowhere
    rôle: writer
images:
  - src: a.png
    width: 100
    type: image/png
  - alt: nothing to see
colour: red
slug: other
body: text
---
Text
`);
    expect(problemsOf(file)).toEqual([
      "2 headline must not be empty",
      "3 published must be a date and time with zone, like 2024-10-24T20:30:00+09:00",
      '5 section must be kebab-case: a-z, 0-9 and single hyphens, like "not-a-slug"',
      "6 tags must be a list, not 3",
      "10 bylines[1].url must be a full web address, like https://example.com/page",
      '11 bylines[1].rôle is not a known field; did you mean "role"?',
      "14 images[0].width is measured from the file: leave it out",
      "15 images[0].type is measured from the file: leave it out",
      "16 images[1].src is missing",
      "17 colour is not a known field",
      "18 slug is not a known field",
      "19 body is not a known field",
    ]);
  });

  it("compares the dates even where something else is wrong", () => {
    const file = readArticleFile(
      "---\npublished: 2024-10-24T00:00:00Z\nupdated: 2024-10-23T00:00:00Z\nexpires: 2024-10-24T00:00:00Z\n---\n",
    );
    expect(problemsOf(file)).toEqual([
      "2 headline is missing",
      "3 updated must not be before published",
      "4 expires must be after published",
    ]);
  });

  it("keeps what is sound of front matter that isn't, so that the rest can be looked at", () => {
    const file = readArticleFile(
      "---\nsection: world\nbylines: [ada, 7]\nimages:\n  - {src: a.png, width: 3}\n  - 4\n---\nText\n",
    );
    expect(file).toMatchObject({
      kind: "invalid",
      fields: { section: "world", bylines: ["ada", undefined], images: [{ src: "a.png" }, undefined] },
      body: "Text\n",
      bodyLine: 8,
    });
  });

  it("reads the same through a byte order mark and Windows line ends", () => {
    const plain = article(`---\n${SOUND}---\nText\n`);
    const windows = article(`\uFEFF---\r\n${SOUND.replaceAll("\n", "\r\n")}---\r\nText\r\n`);
    expect(windows.fields).toEqual(plain.fields);
    expect([windows.body, windows.bodyLine]).toEqual(["Text\r\n", plain.bodyLine]);
  });

  it("gives the body as it stands, rules like --- in it included", () => {
    expect(article(`---\n${SOUND}---\n\nA\n\n---\n\nB`).body).toBe("\nA\n\n---\n\nB");
    expect(article(`---\n${SOUND}---`).body).toBe("");
  });

  it.each([
    ["no front matter", "Just text\n"],
    ["an empty file", ""],
    ["a rule that comes too late", `\n---\n${SOUND}---\n`],
    ["four hyphens", `----\n${SOUND}----\n`],
  ])("refuses %s", (_, file) => {
    expect(problemsOf(readArticleFile(file))).toEqual([
      "1  has no front matter: the first line must be ---, then come the fields, then another line ---",
    ]);
  });

  it("refuses front matter without an end", () => {
    expect(problemsOf(readArticleFile(`---\n${SOUND}Text\n`))).toEqual([
      "1  has front matter without an end: a second line --- is missing",
    ]);
  });

  it("names a key that stands twice, and its line", () => {
    expect(problemsOf(readArticleFile(`---\n${SOUND}headline: Again\n---\n`))).toEqual([
      "4  is not valid YAML: Map keys must be unique",
    ]);
  });

  it("refuses tabs as indentation", () => {
    const problems = problemsOf(readArticleFile(`---\n${SOUND}rights:\n\tterms: x\n---\n`));
    expect(problems.join()).toMatch(/^5 {2}is not valid YAML: .*[Tt]abs/);
  });

  it("refuses a document that grows out of aliases", () => {
    const levels = Array.from({ length: 9 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n},`.repeat(9)}]`);
    const bomb = `---\nl0: &l0 [x,x,x,x,x,x,x,x,x]\n${levels.join("\n")}\n---\n`;
    const file = readArticleFile(bomb);
    expect(file.kind).toBe("unreadable");
    expect(problemsOf(file).join()).toMatch(/is not valid YAML: .*alias/i);
  });

  it("checks a draft leniently, and calls it one whatever else is wrong", () => {
    expect(readArticleFile("---\ndraft: true\n---\n")).toMatchObject({
      kind: "draft",
      problems: [
        { path: "headline", message: "is missing" },
        { path: "published", message: "is missing" },
      ],
    });
    expect(readArticleFile(`---\n${SOUND}draft: false\n---\n`).kind).toBe("article");
    expect(readArticleFile(`---\n${SOUND}draft: "yes"\n---\n`).kind).toBe("invalid");
  });

  it("finds the line of a path, of its nearest ancestor, and of the body", () => {
    const { lineOf } = article(`---\n${SOUND}bylines:\n  - name: Ada\n    bio: x\n---\nText\n`);
    const lines = ["headline", "bylines[0].bio", "bylines[0].url", "body.html", "dek"].map(lineOf);
    expect(lines).toEqual([2, 6, 5, 8, 2]);
  });

  it("takes the measures of a picture elsewhere on the web", () => {
    const images = "images:\n  - {src: https://example.com/a.png, width: 3, height: 2}\n";
    expect(article(`---\n${SOUND}${images}---\n`).fields.images[0]).toMatchObject({ width: 3, height: 2 });
  });
});

it("tells a file beside the article from an address", () => {
  const local = ["a.png", "./a.png", "../a.png", "pics/a b.png", "a:b.png"].map(isLocalFile);
  expect(local).toEqual([true, true, true, true, false]);
  expect(["https://x.org/a", "/media/a", "data:x", "C:\\a", "#a", "\\a"].some(isLocalFile)).toBe(false);
});
