// The cards of Ghost's editors, where only the editor's document is left of a post: Lexical's and Mobiledoc's say the same.

import { describe, expect, it } from "vitest";
import { readGhost } from "../../../src/import/ghost/ghost.ts";

const POST = {
  id: "1",
  title: "Lamp",
  slug: "lamp",
  html: null,
  status: "published",
  published_at: "2025-07-01T11:00:00.000Z",
};

const article = (fields: object, source: object = {}) => {
  const content = JSON.stringify({ db: [{ data: { posts: [{ ...POST, ...fields }] } }] });
  return readGhost({
    name: "x.json",
    content,
    toHtml: (markdown) => `<p>${markdown.toUpperCase()}</p>`,
    ...source,
  }).articles[0];
};
const htmlOf = (fields: object) => {
  const body = article(fields)?.body;
  return body?.kind === "html" ? body.html.replace(/\n\s*/g, "") : undefined;
};
const lexical = (...children: readonly object[]) => ({
  lexical: JSON.stringify({ root: { type: "root", children } }),
});
const mobiledoc = (document: object) => ({
  mobiledoc: JSON.stringify({
    version: "0.3.1",
    markups: [],
    atoms: [],
    cards: [],
    sections: [],
    ...document,
  }),
});

const CARDS: readonly (readonly [name: string, fields: object, html: string])[] = [
  ["markdown", { markdown: "words" }, "<p>WORDS</p>"],
  ["html", { html: "<p>Words</p>" }, "<p>Words</p>"],
  [
    "callout",
    { calloutEmoji: "💡", calloutText: "<p>Mind <b>it</b></p>" },
    "<aside><p>💡 Mind <b>it</b></p></aside>",
  ],
  ["toggle", { heading: "<span>Why?</span>", content: "<p>Because.</p>" }, "<h4>Why?</h4><p>Because.</p>"],
  [
    "gallery",
    {
      images: [
        { src: "https://x.example/1.jpg", alt: "One" },
        { src: "https://x.example/2.jpg", caption: "Two" },
      ],
    },
    '<figure><img src="https://x.example/1.jpg" alt="One"></figure><figure><img src="https://x.example/2.jpg" alt=""><figcaption>Two</figcaption></figure>',
  ],
  [
    "button",
    { buttonText: "Go", buttonUrl: "https://x.example/go" },
    '<p><a href="https://x.example/go">Go</a></p>',
  ],
  [
    "bookmark",
    { url: "https://x.example/b", metadata: { title: "A lamp" }, caption: "Seen" },
    '<p><a href="https://x.example/b">A lamp</a></p><p>Seen</p>',
  ],
  [
    "embed",
    { url: "https://x.example/e", html: "<iframe></iframe>" },
    '<p><a href="https://x.example/e">https://x.example/e</a></p>',
  ],
  [
    "file",
    { src: "https://x.example/f.pdf", fileTitle: "The file", fileCaption: "All of it" },
    '<p><a href="https://x.example/f.pdf">The file</a></p><p>All of it</p>',
  ],
  ["header", { header: "Top", subheader: "Below" }, "<h2>Top</h2><p>Below</p>"],
  [
    "product",
    {
      productTitle: "Lamp",
      productDescription: "<p>Bright.</p>",
      productUrl: "https://x.example/p",
      productButton: "Buy",
    },
    '<h4>Lamp</h4><p>Bright.</p><p><a href="https://x.example/p">Buy</a></p>',
  ],
  ["email", { html: "<p>Secret</p>" }, ""],
];

describe.each(CARDS)("the card %s", (name, fields, html) => {
  it("is HTML from Lexical", () => {
    expect(htmlOf(lexical({ type: name, ...fields }))).toBe(html);
  });

  it("is HTML from Mobiledoc", () => {
    expect(htmlOf(mobiledoc({ cards: [[name, fields]], sections: [[10, 0]] }))).toBe(html);
  });
});

it("a card for members alone is left out, and noted", () => {
  const shown = lexical(
    { type: "html", html: "<p>Secret</p>", visibility: { web: { nonMember: false } } },
    { type: "html", html: "<p>Open</p>", visibility: { web: { nonMember: true } } },
  );
  expect(htmlOf(shown)).toBe("<p>Open</p>");
  expect(article(shown)?.notes).toContain("parts for members or e-mails alone are left out: 1");
});

it("a card of Markdown that can't be read is named", () => {
  const content = article(lexical({ type: "markdown", markdown: "x" }), { toHtml: () => undefined });
  expect(content?.notes).toContain("cards are left out: markdown");
});

it("a table of Lexical is one", () => {
  const cell = (text: string, headerState = 0) => ({
    type: "tablecell",
    headerState,
    children: [{ type: "paragraph", children: [{ type: "text", text }] }],
  });
  expect(
    htmlOf(
      lexical({
        type: "table",
        children: [
          { type: "tablerow", children: [cell("A", 1)] },
          { type: "tablerow", children: [cell("B")] },
        ],
      }),
    ),
  ).toMatch(/<table>.*<th>.*A.*<\/th>.*<td>.*B.*<\/td>.*<\/table>/);
});

describe("Mobiledoc", () => {
  it("has texts with their marks, lists, and line breaks", () => {
    const document = {
      markups: [["strong"], ["a", ["href", "https://x.example/?a=1&b=2"]], ["em"]],
      atoms: [["soft-return", "", {}]],
      sections: [
        [1, "h2", [[0, [], 0, "Head"]]],
        [
          1,
          "p",
          [
            [0, [], 0, "a < "],
            [0, [0, 2], 1, "b"],
            [0, [], 1, "c"],
            [1, [], 0, 0],
            [0, [1], 1, "link"],
          ],
        ],
        [1, "blockquote", [[0, [], 0, "Said"]]],
        [3, "ol", [[[0, [], 0, "one"]], [[0, [], 0, "two"]]]],
        [2, "https://x.example/1.jpg"],
      ],
    };
    expect(htmlOf(mobiledoc(document))).toBe(
      '<h2>Head</h2><p>a &#x3C; <strong><em>b</em>c</strong><br><a href="https://x.example/?a=1&#x26;b=2">link</a></p><blockquote><p>Said</p></blockquote><ol><li>one</li><li>two</li></ol><figure><img src="https://x.example/1.jpg" alt=""></figure>',
    );
  });

  it.each([
    [{ sections: [null, 1, [], [1], [1, "p", [null, [0], [0, [9], 9, "x"]]], [3, "ul", 4], [10, 7], [99]] }],
    [{ sections: [[1, "script", [[0, [0], 0, "x"]]]], markups: [["script", ["src", "x"]]] }],
    [{ markups: 1, atoms: 2, cards: 3 }],
  ])("that is broken costs only what is broken: %#", (document) => {
    expect(htmlOf(mobiledoc(document))).not.toContain("script");
  });
});

describe("an export that doesn't say where its site was", () => {
  const html =
    '<p><img src="__GHOST_URL__/content/images/1.jpg" alt="One"> <a href="__GHOST_URL__/other/">x</a></p>';

  it("is told by --base", () => {
    expect(article({ html }, { base: "https://quay.example/" })).toMatchObject({
      images: [{ src: "https://quay.example/content/images/1.jpg", alt: "One" }],
      oldAddresses: ["https://quay.example/lamp/"],
    });
  });

  it("names paths without it", () => {
    expect(article({ html })).toMatchObject({
      images: [{ src: "content/images/1.jpg" }],
      oldAddresses: ["/lamp/"],
    });
  });
});
