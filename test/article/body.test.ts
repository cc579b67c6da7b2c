// Bodies read without a parser: the reader against what the serializer writes, and what is made of the parts.

import fc from "fast-check";
import type { Element } from "hast";
import { fromHtml } from "hast-util-from-html";
import { visit } from "unist-util-visit";
import { describe, expect, it } from "vitest";
import {
  attributesOf,
  hasEmptyElement,
  imageMark,
  isEmptyArticle,
  mediaIn,
  OWN_SITE,
  partsOf,
  replaceElements,
  replaceImages,
  type StartTag,
  splitAtImages,
  startOfParagraph,
  textOfBody,
  withoutMediaIn,
  withSite,
  wordsOfBody,
} from "../../src/article/body.ts";
import { cleanBody } from "../../src/html/clean.ts";
import { html } from "../../src/lib/text.ts";
import { anyHtml } from "../fuzz/html.ts";

const OPTIONS = {
  base: "/articles/story/",
  siteUrl: "https://news.example.com",
  images: ["https://example.org/a.png"],
  iframeHosts: ["player.example.com"],
};
const HASH = "a".repeat(64);
const OTHER = "b".repeat(64);

const parts = (body: string) => Array.from(partsOf(html(body)), ([part]) => part);

describe("the parts of a body", () => {
  it("are what the clean-up wrote, whatever was sent", () => {
    fc.assert(
      fc.property(anyHtml, (source) => {
        const cleaned = cleanBody(source, OPTIONS);
        if (!cleaned.ok) return;
        const { body } = cleaned.value;
        expect(
          parts(body)
            .map(({ html }) => html)
            .join(""),
        ).toBe(body);
        const parsed: Element[] = [];
        visit(
          fromHtml(
            replaceImages(body, () => ""),
            { fragment: true },
          ),
          "element",
          (one) => void parsed.push(one),
        );
        const read = parts(body).flatMap((part) => (part.kind === "start" ? [part] : []));
        expect(read.map(({ name }) => name)).toEqual(parsed.map(({ tagName }) => tagName));
        const address = ({ properties }: Element) => [properties.src, properties.href, properties.title];
        expect(
          read.map((tag) => {
            const values = new Map(attributesOf(tag).map(({ name, value }) => [name, value]));
            return ["src", "href", "title"].map((name) => values.get(name));
          }),
        ).toEqual(parsed.map(address));
      }),
      {
        numRuns: 300,
        examples: [
          [
            `<p title="a > b &amp; &quot;c&quot; 'd' \`e\`">1 &lt; 2 &amp; 3<br><wbr></p><img src="https://example.org/a.png">`,
          ],
          ['<video src="/a.mp4?x=1&amp;y=2"><track src="b.vtt"></video><math><mspace width="1em"/></math>'],
        ],
      },
    );
  });

  it.each([
    ["a tag that is cut off", "<p"],
    ["a value without quotation marks", "<p id=a></p>"],
    ["capital letters", "<P></P>"],
    ["an end tag left out", "<ul><li>a<li>b</ul>"],
    ["an end tag that ends nothing", "<p>a</p></p>"],
    ["an element that isn't ended", "<p>a"],
    ["a comment", "<p><!-- a --></p>"],
    ["a reference that we never write", "<p>a&nbsp;b</p>"],
    ["such a reference in a value", '<p title="a&nbsp;b">a</p>'],
    ["a bare ampersand", "<p>a & b</p>"],
    ["half of an image's mark", `<p>a</p>${imageMark("").charAt(0)}x`],
  ])("can't be read of %s", (_, body) => {
    expect(() => parts(body)).toThrow("isn't written as the clean-up writes it");
  });
});

describe("images", () => {
  const body = html(`<p>a</p>${imageMark("/media/x.png?a&b")}<p>b</p>`);

  it("are replaced where they stand", () => {
    expect(replaceImages(body, (src) => `[${src}]`)).toBe("<p>a</p>[/media/x.png?a&b]<p>b</p>");
  });

  it("part the text", () => {
    expect(splitAtImages(body)).toEqual(["<p>a</p>", "/media/x.png?a&b", "<p>b</p>"]);
    expect(splitAtImages(html(""))).toEqual([""]);
  });
});

it("gives elements with what they are in, the outer ones alone", () => {
  const body = html('<p><a href="/x">a <video src="/v"><video></video></video></a></p><video></video>');
  const found: unknown[] = [];
  const replaced = replaceElements(body, ["video"], ({ tag, inside, ancestors }) => {
    found.push([tag.html, inside.length, ancestors]);
    return "!";
  });
  expect(found).toEqual([
    ['<video src="/v">', 2, ["p", "a"]],
    ["<video>", 0, []],
  ]);
  expect(replaced).toBe('<p><a href="/x">a !</a></p>!');
});

it("takes out media, and attributes that lead to them", () => {
  const at = (hash: string) => `${OWN_SITE}/media/${hash}.png`;
  const body = html(
    `${imageMark(at(HASH))}<p><a href="${at(HASH)}" id="x">a</a><img src="${at(OTHER)}" alt=""></p>${imageMark(at(OTHER))}`,
  );
  expect(mediaIn(body)).toEqual([HASH, HASH, OTHER, OTHER]);
  expect(withoutMediaIn(body, [HASH])).toBe(
    `<p><a id="x">a</a><img src="${at(OTHER)}" alt=""></p>${imageMark(at(OTHER))}`,
  );
});

it("has words, without markup, pictures and references", () => {
  const body = html(`<p title="t">Q&#x26;A <b>1</b>2</p>${imageMark("/media/x.png")}<p>b</p>`);
  expect(wordsOfBody(body)).toEqual(["Q&A", "1", "2", "b"]);
});

it("has a text, without the elements that are left out", () => {
  const body = html(
    '<div class="x"><p class="x">a<br><b>b</b></p>c &amp; &#x3C;&quot;</div><p class="x">d</p><p>e</p>',
  );
  const isLeftOut = (tag: StartTag) =>
    tag.name === "p" && attributesOf(tag).some(({ value }) => value === "x");
  expect(textOfBody(body, isLeftOut).split(/ +/)).toEqual(["", "c", "&", '<"', "e", ""]);
  expect(textOfBody(body)).toContain("d");
});

it.each([
  ["<p>a</p><b>\n</b>", true],
  ["<ul><li><br><wbr> </li></ul>", true],
  ['<iframe src="https://a.example/" title="a > b"></iframe>', true],
  [`<p>${imageMark("/media/x.png")}</p>`, false],
  ["<p>&#x26;</p><br><hr>", false],
  ["", false],
])("%j has an empty element: %j", (body, isSo) => {
  expect(hasEmptyElement(html(body))).toBe(isSo);
});

it.each([
  ['\n<p id="a" title="x > y"><b>a</b></p>', 25],
  ["<h2>a</h2><p>b</p>", undefined],
  ["a<p>b</p>", undefined],
  [" ", undefined],
])("%j starts with a paragraph, whose words stand at %j", (body, start) => {
  expect(startOfParagraph(html(body))).toBe(start);
});

it("gets the site's address", () => {
  expect(withSite(html(`<a href="${OWN_SITE}/a">a</a>`), "https://a.example")).toBe(
    '<a href="https://a.example/a">a</a>',
  );
});

it.each([
  ["", true],
  ["<p> <br>\u200b</p>", true],
  ['<p title="a > b"></p>', true],
  ["<p>a</p>", false],
  ['<iframe src="https://a.example/"></iframe>', false],
])("%j is empty: %j", (body, isEmpty) => {
  expect(isEmptyArticle({ body: html(body), images: [] })).toBe(isEmpty);
});
