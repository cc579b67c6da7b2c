// Pictures in a body: which become marks, where these stand, and what is learned of captions and alternative texts.

import { describe, expect, it } from "vitest";
import { imageMark, OWN_SITE } from "../../src/article/body.ts";
import { type CleanBody, cleanBody } from "../../src/html/clean.ts";
import { unwrap } from "../pipeline.ts";

const A = `/media/${"a".repeat(64)}.png`;
const B = `/media/${"b".repeat(64)}.jpg`;
const ELSEWHERE = "https://images.example.org/p.png?a=1&b=2";

const clean = (html: string, images: readonly string[] = [A, B, ELSEWHERE]): CleanBody =>
  unwrap(
    cleanBody(html, {
      base: "/articles/story/",
      siteUrl: "https://news.example.com",
      images,
      iframeHosts: [],
    }),
  );

/** The body with marks written as `[A]`, `[B]` and `[ELSEWHERE]`. */
const bodyOf = (html: string, images?: readonly string[]): string =>
  clean(html, images)
    .body.replaceAll(imageMark(OWN_SITE + A), "[A]")
    .replaceAll(imageMark(OWN_SITE + B), "[B]")
    .replaceAll(imageMark(ELSEWHERE), "[ELSEWHERE]");

describe("a mark takes the place of", () => {
  it.each([
    ["an image between paragraphs", `<p>a</p><img src="${A}"><p>b</p>`, "<p>a</p>[A]<p>b</p>"],
    ["a paragraph that holds it alone", `<p>a</p><p><img src="${A}"></p><p>b</p>`, "<p>a</p>[A]<p>b</p>"],
    ["a link that holds it alone", `<p><a href="/x"><img src="${A}"></a></p>`, "[A]"],
    [
      "its figure, caption and all",
      `<figure><img src="${A}"><figcaption>c</figcaption></figure><p>b</p>`,
      "[A]<p>b</p>",
    ],
    [
      "a figure in a division",
      `<div><figure><img src="${A}"></figure><p>b</p></div>`,
      "<div>[A]<p>b</p></div>",
    ],
    [
      "an image elsewhere that is one of the article's",
      `<img src="${ELSEWHERE.replace("&", "&amp;")}">`,
      "[ELSEWHERE]",
    ],
    [
      "a figure where none may stand, behind what it stood in",
      `<details><summary>a<figure><img src="${A}"></figure>b</summary></details>`,
      "<details><summary>ab</summary>[A]</details>",
    ],
    ["an image by its full address", `<img src="https://news.example.com${A}">`, "[A]"],
    [
      "an image in a cell",
      `<table><tbody><tr><td><img src="${A}"></td></tr></tbody></table>`,
      "<table><tbody><tr><td>[A]</td></tr></tbody></table>",
    ],
  ])("%s", (_name, html, expected) => {
    expect(bodyOf(html)).toBe(expected);
  });

  it("nothing, and follows the paragraph, where the paragraph says more", () => {
    expect(bodyOf(`<p>a <em>b <img src="${A}"></em> c</p><p>d</p>`)).toBe(
      "<p>a <em>b </em> c</p>[A]<p>d</p>",
    );
  });

  it("each of two in one paragraph, in their order", () => {
    expect(bodyOf(`<p><img src="${A}"> <img src="${B}"></p>`)).toBe("[A][B]");
    expect(bodyOf(`<p>a <img src="${A}"> b <img src="${B}"> c</p>`)).toBe("<p>a  b  c</p>[A][B]");
  });

  it("each of two in one figure, which stays", () => {
    expect(bodyOf(`<figure><img src="${A}"><img src="${B}"><figcaption>c</figcaption></figure>`)).toBe(
      "<figure>[A][B]<figcaption>c</figcaption></figure>",
    );
  });
});

describe("no mark is set", () => {
  it("for an image elsewhere that the article doesn't list", () => {
    const html = '<p><img src="https://other.example/a.png" alt="A"></p>';
    expect(bodyOf(html)).toBe(html);
  });

  it("for a path of this site that is no image", () => {
    expect(bodyOf('<p><img src="/logo.png"></p>')).toBe(`<p><img src="${OWN_SITE}/logo.png"></p>`);
  });
});

describe("what is learned", () => {
  it("captions of figures, as text", () => {
    const html = `<figure><img src="${A}"><figcaption> A  <em>caption</em>\n&amp; more </figcaption></figure>`;
    expect([...clean(html).captions]).toEqual([[A, "A caption & more"]]);
  });

  it("no caption of a figure that says more, which stays", () => {
    const html = `<figure><img src="${A}"><p>b</p><figcaption>c</figcaption></figure>`;
    expect(clean(html).captions.size).toBe(0);
    expect(bodyOf(html)).toBe("<figure>[A]<p>b</p><figcaption>c</figcaption></figure>");
  });

  it("no caption where there is none, or only white space", () => {
    expect(
      clean(`<figure><img src="${A}"></figure><figure><img src="${B}"><figcaption> </figcaption></figure>`)
        .captions.size,
    ).toBe(0);
  });

  it("alternative texts, the first of each image that isn't empty", () => {
    const html = `<img src="${A}" alt=""><img src="${A}" alt=" A  harbour "><img src="${A}" alt="later"><img src="${B}">`;
    expect([...clean(html).alts]).toEqual([[A, "A harbour"]]);
  });

  it("images held here that the article doesn't list, once each, with their alternative text", () => {
    const html = `<img src="${A}" alt=" An  image "><p><img src="${A}" alt="again"></p><img src="${B}">`;
    expect(clean(html, [B]).unlisted).toEqual([{ src: A, alt: "An image" }]);
    expect(bodyOf(html, [B])).toBe("[A][A][B]");
  });
});

describe("what readers won't get of the words at a picture is told:", () => {
  const told = (html: string, words: { caption?: string; alt?: string } = {}) =>
    unwrap(
      cleanBody(html, {
        ...{ base: "/articles/story/", siteUrl: "https://news.example.com", iframeHosts: [] },
        images: [A, ELSEWHERE],
        imageWords: new Map([
          [A, words],
          [ELSEWHERE, words],
        ]),
        lineOf: ({ properties }) => Number(properties.dataLine),
      }),
    ).warnings.map(({ code, line, message }) => [code, line, message.split("“")[1]?.split("”")[0]]);
  const figure = (words: string, alt = "", src = A, line = 1) =>
    `<figure><img src="${src}" alt="${alt}" data-line="${line}"><figcaption>${words}</figcaption></figure>`;

  it.each([A, ELSEWHERE.replace("&", "&amp;")])(
    "a caption and an alt, where %s has others in `images`",
    (src) => {
      const html = figure("A lazy picture", "Lazy one", src);
      expect(told(html, { caption: "The strait.", alt: "A strait" })).toEqual([
        ["caption-dropped", 1, "A lazy picture"],
        ["alt-dropped", 1, "Lazy one"],
      ]);
    },
  );

  it("another caption where the picture stands again", () => {
    expect(told(figure("One") + figure("Two", "Again", A, 7))).toEqual([["caption-dropped", 7, "Two"]]);
  });

  it("nothing, where `images` says the same or nothing, or the body says nothing", () => {
    expect(
      told(figure("A <em>lazy</em> picture", "Lazy one"), { caption: "A lazy picture", alt: "Lazy one" }),
    ).toEqual([]);
    expect(told(figure("A lazy picture", "Lazy one"))).toEqual([]);
    expect(told(`<p><img src="${A}" alt=""></p>`, { caption: "The strait.", alt: "A strait" })).toEqual([]);
  });
});
