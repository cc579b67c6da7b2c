// What people are told about wrong input: the path to each problem, and a sentence that says how to mend it.

import { describe, expect, it } from "vitest";
import { articleInputSchema } from "../../src/article/article.ts";
import { siteSchema } from "../../src/article/site.ts";
import { check, formatPath, plainReason } from "../../src/lib/problem.ts";

const ARTICLE = { headline: "H", published: "2024-10-24T11:30:00Z", body: { html: "" } };
const SITE = {
  title: "T",
  description: "D",
  url: "https://news.example.com",
  tag: { authority: "news.example.com", date: "2024-01-01" },
  language: "en",
  timezone: "UTC",
};
const ROLES = "author, reporter, writer, contributor, editor, photographer, illustrator, translator";

/** Each problem as `path message`. */
function told(schema: typeof articleInputSchema | typeof siteSchema, input: unknown): readonly string[] {
  const result = check(schema, input);
  return result.ok ? [] : result.problems.map(({ path, message }) => `${path} ${message}`);
}

describe("an article", () => {
  it.each<[string, unknown, readonly string[]]>([
    ["missing fields", { headline: undefined, body: {} }, ["headline is missing", "body.html is missing"]],
    ["other types", { headline: 5 }, ["headline must be text, not 5"]],
    ["an object for a list", { tags: { a: 1 } }, ["tags must be a list, not a set of fields"]],
    ["a list for an object", { body: [] }, ["body must be a set of fields, not a list"]],
    ["null", { dek: null }, ["dek must be text, not empty"]],
    ["text for a truth", { sponsored: "yes" }, ["sponsored must be true or false, not text"]],
    ["empty text", { headline: " \u0001 " }, ["headline must not be empty"]],
    ["long text", { headline: "x".repeat(301) }, ["headline must be at most 300 characters long"]],
    ["a long list", { tags: Array(51).fill("x") }, ["tags must have at most 50 entries"]],
    [
      "unknown fields",
      { draft: true, colour: 1 },
      ["draft is not a known field", "colour is not a known field"],
    ],
    [
      "a section that is no slug",
      { section: "A b" },
      ['section must be kebab-case: a-z, 0-9 and single hyphens, like "a-b"'],
    ],
    ["a language that is none", { language: "e_n" }, ["language must be a language tag, like en or pt-BR"]],
    [
      "an id of two lines",
      { id: "a\nstory" },
      ["id must be text on one line, without control characters or doubled spaces"],
    ],
    [
      "a date without zone",
      { published: "2024-10-24T11:30:00" },
      ["published must be a date and time with zone, like 2024-10-24T20:30:00+09:00"],
    ],
    [
      "dates in the wrong order, beside another problem",
      { headline: "", updated: "2024-10-24T11:29:59Z", expires: "2024-10-24T11:30:00Z" },
      [
        "headline must not be empty",
        "updated must not be before published",
        "expires must be after published",
      ],
    ],
  ])("%s", (_name, change, problems) => {
    expect(told(articleInputSchema, { ...ARTICLE, ...(change as object) })).toEqual(problems);
  });

  it.each<[string, unknown, readonly string[]]>([
    [
      "a typo beside a name",
      { name: "A", rol: "editor" },
      ['bylines[0].rol is not a known field; did you mean "role"?'],
    ],
    [
      "a typo beside a person",
      { person: "a", rol: "editor" },
      ['bylines[0].rol is not a known field; did you mean "role"?'],
    ],
    [
      "two wrong values",
      { name: "A", role: "boss", url: "x" },
      [
        "bylines[0].url must be a full web address, like https://example.com/page",
        `bylines[0].role must be one of ${ROLES}`,
      ],
    ],
    [
      "a typo in a role",
      { name: "A", role: "editr" },
      [`bylines[0].role must be one of ${ROLES}; did you mean "editor"?`],
    ],
    ["nothing", {}, ["bylines[0].name is missing"]],
    ["a number", 3, ["bylines[0] must be text or a set of fields, not 3"]],
    ["null", null, ["bylines[0] must be text or a set of fields, not empty"]],
    ["an address that is none", { name: "A", email: "a" }, ["bylines[0].email must be an e-mail address"]],
  ])("with a byline that is wrong in one of its forms: %s", (_name, byline, problems) => {
    expect(told(articleInputSchema, { ...ARTICLE, bylines: [byline] })).toEqual(problems);
  });

  it.each<[string, object, readonly string[]]>([
    ["an address", { src: "chart.png" }, ["src must be a full web address, or a path that starts with /"]],
    ["a text or fields", { src: "/a.png", credit: 3 }, ["credit must be text or a set of fields, not 3"]],
    [
      "a credit's fields",
      { src: "/a.png", credit: { nam: "A" } },
      ["credit.name is missing", 'credit.nam is not a known field; did you mean "name"?'],
    ],
    ["alternative text", { src: "/a.png", alt: 5 }, ["alt must be text, not 5"]],
    [
      "long alternative text",
      { src: "/a.png", alt: "x".repeat(2001) },
      ["alt must be at most 2,000 characters long"],
    ],
    [
      "numbers",
      { src: "/a.png", width: 1.5, length: 0 },
      ["width must be a whole number, not 1.5", "length must be at least 1"],
    ],
  ])("with an image that is wrong in %s", (_name, image, problems) => {
    const paths = problems.map((problem) => `images[0].${problem}`);
    expect(told(articleInputSchema, { ...ARTICLE, images: [image] })).toEqual(paths);
  });

  it("that is no set of fields at all", () => {
    expect(told(articleInputSchema, "x")).toEqual([" must be a set of fields, not text"]);
    expect(told(articleInputSchema, undefined)).toEqual([" is missing"]);
  });
});

describe("site.yaml", () => {
  it.each<[string, object, string]>([
    [
      "a key that is no slug",
      { sections: { "A b": { title: "A" } } },
      'sections.A b must be kebab-case: a-z, 0-9 and single hyphens, like "a-b"',
    ],
    [
      "a redirect that is no path",
      { redirects: { x: "/y" } },
      "redirects.x must be a path that starts with /",
    ],
    [
      "an address that is none",
      { url: "x" },
      "url must be a full web address, like https://example.com/page",
    ],
    [
      "an address with a path",
      { url: "https://a.example/b" },
      "url must be an address without a path, like https://news.example.com",
    ],
    [
      "a time zone that is none",
      { timezone: "Mars" },
      "timezone must be a time zone of the IANA list, like Europe/Berlin",
    ],
    ["a choice that is none", { content: "some" }, "content must be one of full, excerpt"],
    [
      "a year that YAML read as a number",
      { tag: { authority: "a.example", date: 2024 } },
      "tag.date must be text, not 2024",
    ],
  ])("with %s", (_name, change, problem) => {
    expect(told(siteSchema, { ...SITE, ...change })).toEqual([problem]);
  });
});

it("paths read as they are written in code", () => {
  expect(formatPath(["bylines", 1, "url"])).toBe("bylines[1].url");
  expect(formatPath([])).toBe("");
  expect(formatPath([""])).toBe('""');
  expect(formatPath(["body", ""])).toBe('body.""');
});

it.each([
  [
    "Input buffer is broken\n    at Sharp.toBuffer (/home/ada/wireroom/node_modules/sharp/lib/output.js:163:17)",
    "Input buffer is broken",
  ],
  ["ENOENT: no such file, open '/srv/news/state/v3/r2/blob.bin'", "ENOENT: no such file, open '…'"],
  ["can't load file:///home/ada/src/index.ts:12", "can't load …"],
  ["C:\\Users\\ada\\index.ts is gone", "… is gone"],
  ["expected </item> at https://news.example.com/a/b", "expected </item> at https://news.example.com/a/b"],
  ["x".repeat(300), `${"x".repeat(200)}…`],
])("a stranger reads of %j no more than its reason", (message, plain) => {
  expect(plainReason(new Error(message))).toBe(plain);
});
