// An article's id: what is taken, and the URI that stands for one that is none.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { idField, idOf, idProblems, uriOf } from "../../src/article/article-id.ts";
import { withoutIsolates } from "../../src/lib/bidi.ts";
import { check } from "../../src/lib/problem.ts";
import { runPipeline } from "../pipeline.ts";

const TAG = { authority: "news.example.com", date: "2024-01-01" };
const PREFIX = "tag:news.example.com,2024-01-01:guid:";

const messagesOf = (id: unknown) => {
  const checked = check(idField, id);
  return checked.ok ? checked.value : checked.problems.map(({ message }) => message);
};

describe("an id", () => {
  it.each([
    "5f3a9c0e1d2b",
    "12345",
    "123 at https://old.example/",
    "http://Old.example.com:80/?p=12&amp=1&x=%7E",
    "Fähre, 渡し船 👩‍👧",
    "x".repeat(500),
  ])("is taken to the letter: %s", (id) => expect(messagesOf(` ${id}\n`)).toBe(id));

  const unfit = "must be text on one line, without control characters or doubled spaces";
  it.each([
    [12345, "must be text, not 12345"],
    [" ", "must not be empty"],
    ["x".repeat(501), "must be at most 500 characters long"],
    ["a  b", unfit],
    ["a\nb", unfit],
    ["a\u0000b", unfit],
    ["a\ud800", unfit],
    ["\u200b\u2060", unfit],
  ])("is refused: %j", (id, message) => expect(messagesOf(id)).toEqual([message]));
});

describe("as a URI", () => {
  it.each([
    ["tag:example.com,2024:a", "tag:example.com,2024:a"],
    ["http://old.example/?a=<b>", "http://old.example/?a=<b>"],
    ["12345", `${PREFIX}12345`],
    ["123 at https://old.example/", `${PREFIX}123%20at%20https%3A%2F%2Fold.example%2F`],
    ["Note: ü", `${PREFIX}Note%3A%20%C3%BC`],
  ])("%s", (id, uri) => expect(uriOf(id, TAG)).toBe(uri));

  const anyId = fc
    .oneof(
      fc.string({ maxLength: 20 }),
      fc.string({ unit: "binary", maxLength: 8 }),
      fc.constantFrom("]]>", "&amp;", '"><id>', "wireroom:id x", "100%", "\u202e1", "a\ufeffb"),
    )
    .map((id) => id.trim())
    .filter((id) => check(idField, id).ok);

  it("any is a URI by RFC 3986, from which it is read again", () =>
    fc.assert(
      fc.property(anyId, (id) => {
        const uri = uriOf(id, TAG);
        expect(idOf(uri, TAG)).toBe(id);
        if (uri !== id) expect(uri.slice(PREFIX.length)).toMatch(/^(?:[\w.~!$&'()*+,;=:@/?-]|%[\dA-F]{2})+$/);
      }),
      { numRuns: 2000 },
    ));

  it("any stands in every format, which is parsed back", () =>
    fc.assert(
      fc.asyncProperty(anyId, async (id) => {
        const article = { headline: "A", published: "2024-01-01T00:00:00Z", body: { html: "" } };
        const { entries } = await runPipeline({ article, id });
        expect(JSON.parse(entries.json.body)).toMatchObject({ id });
      }),
    ));

  it("is no other one's: an id that is refused, or none", () =>
    fc.assert(
      fc.property(anyId, (id) => {
        const uri = uriOf(id, TAG);
        const messages = idProblems(uri, TAG).map(
          ({ path, message }) => `${path} ${withoutIsolates(message)}`,
        );
        expect(messages).toEqual(uri === id ? [] : [`id is how Atom writes the id ${id}: send that one`]);
      }),
    ));

  it.each([
    "tag:other.example,2024:guid:12345",
    `${PREFIX}%ff`,
    `${PREFIX}a b`,
    `${PREFIX}%31`,
    `${PREFIX}urn%3Aa`,
    PREFIX,
  ])("one that is not written so is the id itself: %s", (uri) => expect(idOf(uri, TAG)).toBe(uri));
});
