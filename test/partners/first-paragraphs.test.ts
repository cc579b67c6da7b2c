// How much of a text a partner gets under `{ paragraphs: n }`: never all of a longer text, whatever it is
// marked up as.

import { describe, expect, it } from "vitest";
import type { Article } from "../../src/article/article.ts";
import { imageMark } from "../../src/article/body.ts";
import { check } from "../../src/lib/problem.ts";
import { html, text } from "../../src/lib/text.ts";
import { firstParagraphs } from "../../src/partners/first-paragraphs.ts";
import { itemOf as cutItem } from "../../src/partners/partner-item.ts";
import { policySchema } from "../../src/partners/policy.ts";
import { PROFILES } from "../../src/partners/profiles/index.ts";
import { SITE, unwrap } from "../pipeline.ts";
import { itemOf } from "./items.ts";

const MARK = imageMark("/media/a.png");
const first = (body: string, count = 1): string => firstParagraphs(html(body), count);
const words = (count: number, from = 1): string =>
  Array.from({ length: count }, (_, index) => `word${index + from}`).join(" ");
const lines = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => words(10, index * 10 + 1));

it.each([
  [1, "<p>One.</p>"],
  [2, "<p>One.</p>\n\n<ul><li>A list</li></ul>"],
  [3, "<p>One.</p>\n\n<ul><li>A list</li></ul>\n<p>Two <b>bold</b>.</p>"],
  [4, "<p>One.</p>\n\n<ul><li>A list</li></ul>\n<p>Two <b>bold</b>.</p>\n<h2>More</h2>\n<p>Three.</p>"],
])("cuts after %i paragraphs, and keeps what stands between them but pictures", (count, expected) => {
  const body = `<p>One.</p>\n${MARK}\n<ul><li>A list</li></ul>\n<p>Two <b>bold</b>.</p>\n<h2>More</h2>\n<p>Three.</p>`;
  expect(first(body, count)).toBe(expected);
});

it.each([
  ["within another element", "<div><p>1</p><p>2</p></div><p>3</p>", "<div><p>1</p></div>"],
  ["written as a div", "<div>1</div><div>2</div>", "<div>1</div>"],
  ["in a list", "<ul><li><p>1</p></li><li>2</li></ul>", "<ul><li><p>1</p></li></ul>"],
  ["in a quotation", "<blockquote><p>1</p><p>2</p></blockquote>", "<blockquote><p>1</p></blockquote>"],
  ["without an element", "1<hr>2", "1"],
  ["that is a definition", "<dl><dt>1</dt><dd>2</dd></dl>", "<dl><dt>1</dt></dl>"],
  ["that two breaks end", "1<br><br>2<br><br>3", "1<br>"],
  ["that two breaks end in a paragraph", "<p>1<br> <br>2</p><p>3</p>", "<p>1<br> </p>"],
  ["under its heading", "<h2>Head</h2><p>1</p><p>2</p>", "<h2>Head</h2><p>1</p>"],
  ["that is a heading among headings", "<h2>1</h2><h2>2</h2><h2>3</h2>", "<h2>1</h2><h2>2</h2>"],
  ["with verses", "<p>Rose<br>is a rose</p><p>2</p>", "<p>Rose<br>is a rose</p>"],
  ["in Braille", "<p>⠓⠑⠇⠇⠕</p><p>⠓⠑⠇⠇⠕</p>", "<p>⠓⠑⠇⠇⠕</p>"],
  ["of emoji", "<p>🚢</p><p>🚢</p>", "<p>🚢</p>"],
  ["of marks", "<p>· – ·</p><p>· – ·</p>", "<p>· – ·</p>"],
  ["in text that was set with blank lines", "<pre>1\na\n\n2</pre>", "<pre>1\na\n</pre>"],
])("cuts after a paragraph %s", (_, whole, expected) => expect(first(whole)).toBe(expected));

const row = (...cells: readonly unknown[]): string => `<tr><td>${cells.join("</td><td>")}</td></tr>`;
const table = (...rows: readonly string[]): string => `<table><tbody>${rows.join("")}</tbody></table>`;

describe("what stands whole or not at all", () => {
  const figure = (caption: string) =>
    `<figure><audio src="https://x.test/a.mp3"></audio><figcaption>${caption}</figcaption></figure>`;
  it.each([
    ["a table that fits", `${table(row(1, "a"), row(2))}<p>3</p>`, table(row(1, "a"), row(2))],
    ["a table with a row too much", `<p>0</p>${table(row(1, "a"), row(2))}<p>3</p>`, "<p>0</p>"],
    ["a table with too many words", `<p>0</p>${table(row(words(250)))}`, "<p>0</p>"],
    ["an item with too many words", `<ul><li>0</li><li>${words(250)}</li></ul>`, "<ul><li>0</li></ul>"],
    ["a list of one item with too many words", `<ul><li>${words(250)}</li></ul>`, ""],
    ["a figure that fits", figure("1"), figure("1")],
    ["a figure with too many words", figure(words(250)), ""],
    [
      "a formula with too many words",
      `<p>0</p><p>${words(198)}</p><p><math alttext="a b c"><mi>x</mi></math></p>`,
      `<p>0</p><p>${words(198)}</p>`,
    ],
  ])("%s", (_, whole, expected) => expect(first(whole, 2)).toBe(expected));
});

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
  spans: lines(30)
    .map((line) => `<span>${line}</span> `)
    .join(""),
  details: `<details><summary>${words(10)}</summary>${words(290, 11)}</details>`,
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

  it("goes to the partner with the link at its end, and without the rest anywhere", () => {
    const item = partOf({ body: html(body) });
    expect(item.body).toMatch(LINK_LAST);
    expect(PROFILES.json.entry(item, SITE)).not.toContain("word201");
  });
});

it("cuts a text without spaces, and one that is nothing but one word", () => {
  expect(first(`<p>${"x".repeat(5000)}</p>`)).toBe(`<p>${"x".repeat(2000)}…</p>`);
  const japanese = first(`<p>${"港町の夜の船が九年ぶりに戻ってきた。".repeat(200)}</p>`);
  expect(japanese.length).toBeLessThan(700);
  expect(japanese).toMatch(/…<\/p>$/);
});

it("keeps no half of a character where it cuts", () => {
  expect(first(`<p>${"a".repeat(19)}${"𝒜".repeat(2000)}</p>`)).not.toMatch(/\p{Cs}/u);
});

it.each([
  ["pictures of the article", `<p>One.</p>${MARK}`],
  ["pictures of others", `<p>One.</p><p><img src="https://x.test/a.png" alt="${words(60)}"></p>`],
  [
    "figures",
    `<p>One.</p><figure><img src="https://x.test/a.png" alt=""><figcaption>${words(60)}</figcaption></figure>`,
  ],
  [
    "links round pictures",
    '<p>One.</p><a href="https://x.test/"><img src="https://x.test/a.png" alt=""></a>',
  ],
])("has none of the %s that stand in the text", (_, body) => {
  expect(first(body, 9)).toBe("<p>One.</p>");
});

describe("what isn't written between tags", () => {
  it.each([
    ["titles", (text: string) => `<p><abbr title="${text}">a</abbr></p>`],
    ["formulas", (text: string) => `<p><math alttext="${text}"><mi>x</mi></math></p>`],
    ["Braille", (text: string) => `<p>${text.replace(/\w+/g, "⠓⠑⠇⠇⠕")}</p>`],
    ["emoji", (text: string) => `<p>${text.replace(/\w+/g, "🚢")}</p>`],
  ])("%s count", (_, shape) => {
    const body = Array.from({ length: 40 }, () => shape(words(60))).join("");
    const kept = first(body, 40).match(/word\d+|⠓⠑⠇⠇⠕|🚢/g) ?? [];
    expect(kept.length).toBeLessThanOrEqual(40 * 60);
    const few = first(body.replaceAll(/<\/?p>/g, " "), 2).match(/word\d+|⠓⠑⠇⠇⠕|🚢/g) ?? [];
    expect(few.length).toBeGreaterThan(0);
    expect(few.length).toBeLessThanOrEqual(200);
  });
});

const LINK_LAST = /<p class="wr-more"><a href="[^"]*">Continue reading<\/a><\/p>$/;

/** An article as a partner gets it whose policy says this. */
function partOf(article: Partial<Article>, wishes: object = { content: { paragraphs: 2 } }) {
  const asked = { id: "portal", name: "P", profile: "json", access: "bearer", ...wishes };
  const { article: whole } = itemOf("plain", { article });
  const facts = { version: 1, changedAt: whole.published, embargoed: false };
  return cutItem(whole, facts, unwrap(check(policySchema, asked)), PROFILES.json, SITE);
}

describe("a part of an article", () => {
  const images = Array.from({ length: 20 }, (_, index) => ({
    src: `https://news.example.com/media/${index}.jpg`,
    alt: text(`alt${index} ${words(140)}`),
    caption: text(`caption${index} ${words(140)}`),
    credit: { name: text(`Credit ${index}`) },
    syndicate: true,
  }));
  const whole = {
    images,
    body: html("<p>short</p>"),
    bylines: [{ name: text("Ana"), role: "writer" as const, bio: text("A long life.") }],
  };

  it.each([{ paragraphs: 2 }, "excerpt"])(
    "(%j) has the lead picture with its credit, and no other",
    (content) => {
      for (const profile of Object.values(PROFILES)) {
        const item = partOf(whole, { content });
        const entry = profile.entry(item, SITE);
        expect(item.body).toContain("Credit 0");
        expect(entry).not.toMatch(/caption1\b|alt1\b|Credit 1\b|media\/1\.jpg/);
        expect(item.body.match(/word\d+/g)?.length).toBeLessThanOrEqual(100);
        expect(item.body).not.toContain("A long life.");
      }
    },
  );

  it.each([{ paragraphs: 2 }, "excerpt"])("(%j) ends with the link, behind the attribution", (content) => {
    const { body } = partOf(whole, { content, attribution: "From us" });
    expect(body).toMatch(LINK_LAST);
    expect(body).toContain("From us");
  });

  it("is counted as it is sent, with what became of players", () => {
    const frames = Array.from(
      { length: 30 },
      (_, index) =>
        `<p><iframe src="https://player.vimeo.com/video/${index}" title="${words(60)}"></iframe></p>`,
    );
    for (const embeds of [[], ["player.vimeo.com"]]) {
      const { body } = partOf(
        { body: html(`<p>One.</p>${frames.join("")}`) },
        { content: { paragraphs: 2 }, html: { embeds } },
      );
      expect(body.match(/word\d+/g)?.length ?? 0).toBeLessThanOrEqual(200);
      expect(body).toMatch(LINK_LAST);
    }
  });

  it("has the link where nothing was left to cut", () => {
    expect(partOf({}, { content: { paragraphs: 50 } }).body).toMatch(LINK_LAST);
  });
});
