// How much of a text a partner gets who gets so many paragraphs: never all of it where there is more, whatever it is marked
// up as.

import { describe, expect, it } from "vitest";
import { IMAGE_MARK } from "../../src/model/article.ts";
import { policySchema } from "../../src/model/partner.ts";
import { check } from "../../src/model/problem.ts";
import { html } from "../../src/model/text.ts";
import { firstParagraphs } from "../../src/partners/first-paragraphs.ts";
import { PROFILES } from "../../src/partners/profiles/index.ts";
import { storyOf as cutStory } from "../../src/partners/story.ts";
import { must, SITE } from "../street.ts";
import { storyOf } from "./stories.ts";

const MARK = `${IMAGE_MARK}/media/a.png${IMAGE_MARK}`;
const first = (body: string, count = 1): string => firstParagraphs(html(body), count);
const words = (count: number, from = 1): string =>
  Array.from({ length: count }, (_, index) => `word${index + from}`).join(" ");
const lines = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => words(10, index * 10 + 1));

it.each([
  [1, "<p>One.</p>"],
  [2, `<p>One.</p>\n${MARK}\n<ul><li>A list</li></ul>`],
  [3, `<p>One.</p>\n${MARK}\n<ul><li>A list</li></ul>\n<p>Two <b>bold</b>.</p>`],
  [
    4,
    `<p>One.</p>\n${MARK}\n<ul><li>A list</li></ul>\n<p>Two <b>bold</b>.</p>\n<h2>More</h2>\n<p>Three.</p>`,
  ],
])("cuts after %i paragraphs, and keeps what stands between them", (count, expected) => {
  const body = `<p>One.</p>\n${MARK}\n<ul><li>A list</li></ul>\n<p>Two <b>bold</b>.</p>\n<h2>More</h2>\n<p>Three.</p>`;
  expect(first(body, count)).toBe(expected);
});

it.each([
  ["within another element", "<div><p>1</p><p>2</p></div><p>3</p>", "<div><p>1</p></div>"],
  ["written as a div", "<div>1</div><div>2</div>", "<div>1</div>"],
  ["in a list", "<ul><li><p>1</p></li><li>2</li></ul>", "<ul><li><p>1</p></li></ul>"],
  ["in a quotation", "<blockquote><p>1</p><p>2</p></blockquote>", "<blockquote><p>1</p></blockquote>"],
  ["without an element", `1${MARK}2`, "1"],
  ["that is a definition", "<dl><dt>1</dt><dd>2</dd></dl>", "<dl><dt>1</dt></dl>"],
  ["that two breaks end", "1<br><br>2<br><br>3", "1<br>"],
  ["that two breaks end in a paragraph", "<p>1<br> <br>2</p><p>3</p>", "<p>1<br> </p>"],
  [
    "that is a row",
    "<table><tbody><tr><td>1</td><td>a</td></tr><tr><td>2</td></tr></tbody></table>",
    "<table><tbody><tr><td>1</td><td>a</td></tr></tbody></table>",
  ],
  ["under its heading", "<h2>Head</h2><p>1</p><p>2</p>", "<h2>Head</h2><p>1</p>"],
  ["that is a heading among headings", "<h2>1</h2><h2>2</h2><h2>3</h2>", "<h2>1</h2><h2>2</h2>"],
  ["with verses", "<p>Rose<br>is a rose</p><p>2</p>", "<p>Rose<br>is a rose</p>"],
  ["in text that was set with blank lines", "<pre>1\na\n\n2</pre>", "<pre>1\na\n</pre>"],
])("cuts after a paragraph %s", (_, whole, expected) => expect(first(whole)).toBe(expected));

const SHAPES: Readonly<Record<string, string>> = {
  paragraphs: lines(30)
    .map((line) => `<p>${line}</p>`)
    .join(""),
  "one paragraph": `<p>${words(300)}</p>`,
  "no element": words(300),
  "two breaks": lines(30).join("<br><br>"),
  "one break": lines(30).join("<br>"),
  "a list": `<ul>${lines(30)
    .map((line) => `<li>${line}</li>`)
    .join("")}</ul>`,
  quotations: lines(30)
    .map((line) => `<blockquote>${line}</blockquote>`)
    .join(""),
  "one quotation": `<blockquote><p>${words(300)}</p></blockquote>`,
  headings: lines(30)
    .map((line) => `<h2>${line}</h2>`)
    .join(""),
  "lines of pre": `<pre>${lines(30).join("\n")}</pre>`,
  "one line of pre": `<pre><code>${words(300)}</code></pre>`,
  rows: `<table>${lines(30)
    .map((line) => `<tr><td>${line}</td></tr>`)
    .join("")}</table>`,
  "one row": `<table><tr>${lines(30)
    .map((line) => `<td>${line}</td>`)
    .join("")}</tr></table>`,
  spans: lines(30)
    .map((line) => `<span>${line}</span> `)
    .join(""),
  details: `<details><summary>${words(10)}</summary>${words(290, 11)}</details>`,
  "a figure's caption": `<figure><audio src="https://x.test/a.mp3"></audio><figcaption>${words(300)}</figcaption></figure>`,
  "short lines": Array.from({ length: 300 }, (_, index) => `word${index + 1}`).join("<br>"),
};

describe.each(Object.entries(SHAPES))("a text of 300 words as %s", (_, body) => {
  it.each([1, 2])("is cut to at most 100 words for each of %i paragraphs", (count) => {
    const kept = first(body, count).match(/word\d+/g) ?? [];
    expect(kept.length).toBeGreaterThanOrEqual(10 * count);
    expect(kept.length).toBeLessThanOrEqual(100 * count);
    // The start of it, without a gap.
    expect(kept).toEqual(Array.from(kept, (_, index) => `word${index + 1}`));
  });

  it("goes to the partner with the link behind it, and without the rest anywhere", () => {
    const policy = must(
      check(policySchema, {
        id: "portal",
        name: "P",
        profile: "json",
        access: "bearer",
        content: { paragraphs: 2 },
      }),
    );
    const { article } = storyOf("plain", { article: { body: html(body) } });
    const facts = { version: 1, changedAt: article.published, embargoed: false };
    const story = cutStory(article, facts, policy, PROFILES.json, SITE);
    expect(story.body).toMatch(/<p class="wr-more"><a href="[^"]*">Continue reading<\/a><\/p>/);
    expect(PROFILES.json.entry(story, SITE)).not.toContain("word201");
  });
});

it("cuts a text without spaces, and one that is nothing but one word", () => {
  expect(first(`<p>${"x".repeat(5000)}</p>`)).toBe(`<p>${"x".repeat(2000)}…</p>`);
  const japanese = first(`<p>${"港町の夜の船が九年ぶりに戻ってきた。".repeat(200)}</p>`);
  expect(japanese.length).toBeLessThan(700);
  expect(japanese).toMatch(/…<\/p>$/);
});

it("takes no picture's mark for words, nor for a place to cut", () => {
  const body = `<p>${words(50)}</p>${MARK}<p>${words(100, 51)}</p>`;
  expect(first(body, 1)).toBe(`<p>${words(50)}</p>`);
  expect(first(body, 2)).toBe(body);
});

it("has the link even where nothing was left to cut", () => {
  const policy = must(
    check(policySchema, {
      id: "portal",
      name: "P",
      profile: "rss",
      access: "bearer",
      content: { paragraphs: 9 },
    }),
  );
  const { article } = storyOf("plain");
  const facts = { version: 1, changedAt: article.published, embargoed: false };
  expect(cutStory(article, facts, policy, PROFILES.rss, SITE).body).toContain('class="wr-more"');
});
