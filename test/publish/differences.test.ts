// What is told of two states of an article: each field that differs, as it is stored, and nothing else.

import { expect, it } from "vitest";
import type { StoredArticle } from "../../src/article/article.ts";
import { imageMark, OWN_SITE } from "../../src/article/body.ts";
import { html, text } from "../../src/lib/text.ts";
import { differences } from "../../src/publish/put.ts";

const ARTICLE = {
  ...{ id: "tag:test:a", slug: "a", headline: text("A"), tags: [], published: "2026-03-02T18:00:00Z" },
  ...{ body: html("<p>One two three four.</p>"), excerpt: text("One two three four."), sponsored: false },
} as unknown as StoredArticle;
const stored = (changes: Partial<StoredArticle>) =>
  differences({ ...ARTICLE, ...changes }, ARTICLE).map(({ path, message }) => `${path} ${message}`);

it.each<[string, Partial<StoredArticle>, readonly string[]]>([
  ["nothing", {}, []],
  ["what follows from the address", { id: "b", slug: "b", excerpt: text("x") }, []],
  ["a text", { headline: text("B") }, ["headline is stored as “B”"]],
  ["a long text", { headline: text("x".repeat(90)) }, [`headline is stored as “${"x".repeat(80)}…”`]],
  ["a field more", { dek: text("D") }, ["dek is stored as “D”"]],
  ["a switch", { sponsored: true }, ["sponsored is stored as true"]],
  ["a list of words", { tags: [text("A"), text("B")] }, ["tags is stored as “A, B”"]],
  ["a list of more", { bylines: [{ name: text("A") }] as never }, ["bylines is stored with other contents"]],
  [
    "the end of the text",
    { body: html("<p>One two three five.</p>") },
    ["body.html is stored with “two three five.”"],
  ],
  ["a text that ends earlier", { body: html("<p>One two</p>") }, ["body.html is stored without its end"]],
  [
    "markup alone",
    { body: html("<p>One <b>two</b> three four.</p>") },
    ["body.html is stored with other markup"],
  ],
  [
    "pictures and own addresses, whose marks nobody reads",
    { body: html(`<p>One <a href="${OWN_SITE}/a">four.</a></p>${imageMark("/media/x.png")}`) },
    ["body.html is stored with “One four.”"],
  ],
])("%s", (_, changes, told) => {
  expect(stored(changes)).toEqual(told);
});

it("a field that is stored no more", () => {
  const [told] = differences(ARTICLE, { ...ARTICLE, dek: text("D") });
  expect(told).toEqual({ path: "dek", message: "is not stored" });
});
