// The start of a text, for articles without a dek.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cleanBody } from "../../src/html/clean.ts";
import { text } from "../../src/lib/text.ts";
import { unwrap } from "../pipeline.ts";

const LIMIT = 281;
const excerptOf = (html: string): string =>
  unwrap(cleanBody(html, { base: "/a/", siteUrl: "https://news.example.com", images: [], iframeHosts: [] }))
    .excerpt;

/** A sentence of about so many characters; a capital tells where it starts. */
const sentence = (length: number): string =>
  `W${"word "
    .repeat(100)
    .slice(1, length - 2)
    .trim()}x.`;

describe("an excerpt", () => {
  it.each([
    ["is the whole of a short text", "<p>One.</p><p>Two &amp; <b>three</b>.</p>", "One. Two & three."],
    ["is empty without paragraphs", "<h2>Head</h2><ul><li>a</li></ul>", ""],
    ["is empty for nothing", "", ""],
    ["parts words where a line breaks", "<p>One.<br>Two<br/>three.</p>", "One. Two three."],
    [
      "passes over what is no prose",
      "<figure><figcaption><p>c</p></figcaption></figure><table><tr><td><p>t</p></td></tr></table><aside><p>a</p></aside><pre>p</pre><p>Text.</p>",
      "Text.",
    ],
    ["takes quotations", "<blockquote><p>“Quoted.”</p></blockquote><p>Text.</p>", "“Quoted.” Text."],
    [
      "takes lines that stand in no paragraph",
      "One <b>two</b>.<br><br>Three.<div>Four.</div>",
      "One two. Three. Four.",
    ],
    [
      "leaves out lines of addresses alone",
      '<p><a href="https://x.test/a">https://x.test/a</a><br>https://x.test/b</p><p>Text.</p>',
      "Text.",
    ],
    [
      "leaves out an address behind a sentence",
      "<p>“Text.” https://x.test/a</p><p>More.</p>",
      "“Text.” More.",
    ],
    [
      "keeps an address within a sentence",
      "<p>See https://x.test/a</p><p>https://x.test/b is new.</p>",
      "See https://x.test/a https://x.test/b is new.",
    ],
    ["passes over empty paragraphs", "<p> </p><p><br></p><p>Text.</p>", "Text."],
  ])("%s", (_name, html, expected) => {
    expect(excerptOf(html)).toBe(expected);
  });

  it("ends with the last sentence that fits", () => {
    const [first, second, third] = [sentence(120), sentence(100), sentence(120)];
    expect(excerptOf(`<p>${first} ${second}</p><p>${third}</p>`)).toBe(`${first} ${second}`);
  });

  it("ends with a word and … where the first sentence is too long", () => {
    const excerpt = excerptOf(`<p>${sentence(400)}</p>`);
    expect(excerpt).toMatch(/ word…$/);
    expect(excerpt.length).toBeLessThanOrEqual(LIMIT);
    expect(excerpt.length).toBeGreaterThan(LIMIT - 10);
  });

  it("ends with a word and … where the first sentence is too short to stand alone", () => {
    expect(excerptOf(`<p>Short one. ${sentence(400)}</p>`)).toMatch(/^Short one\. Word .* word…$/);
  });

  it("has no comma or dash before its …", () => {
    const start = "word ".repeat(55);
    expect(excerptOf(`<p>${start}, ${"x".repeat(300)}</p>`)).toBe(`${start.trim()}…`);
    expect(excerptOf(`<p>${start}– ${"x".repeat(300)}</p>`)).toBe(`${start.trim()}…`);
  });

  it("is cut where there is neither sentence nor word to cut at", () => {
    const excerpt = excerptOf(`<p>${"x".repeat(1000)}</p>`);
    expect(excerpt).toBe(`${"x".repeat(LIMIT - 1)}…`);
  });

  it("cuts text of a script without spaces", () => {
    const excerpt = excerptOf(`<p>${"議会は木曜日に予算を承認した".repeat(50)}</p>`);
    expect(excerpt.length).toBeGreaterThan(200);
    expect(excerpt.length).toBeLessThanOrEqual(LIMIT);
  });

  it("is text of at most 280 characters and a …, whatever stands in the paragraphs", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme", maxLength: 500 })), (paragraphs) => {
        const excerpt = excerptOf(paragraphs.map((value) => `<p>${value.replace(/[&<]/g, "")}</p>`).join(""));
        expect(excerpt.length).toBeLessThanOrEqual(LIMIT);
        expect(text(excerpt)).toBe(excerpt);
      }),
    );
  });
});
