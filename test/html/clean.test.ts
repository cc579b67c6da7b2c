// HTML from outside: what may stay, what goes, and that cleaning what the API shows changes nothing.

import fc from "fast-check";
import type { Element } from "hast";
import { fromHtml } from "hast-util-from-html";
import { visit } from "unist-util-visit";
import { describe, expect, it } from "vitest";
import { asInput } from "../../src/article/as-input.ts";
import { imageMark, OWN_SITE } from "../../src/article/body.ts";
import { cleanBody } from "../../src/html/clean.ts";
import { FORMULA_TAGS } from "../../src/html/formulas.ts";
import { store, unwrap } from "../pipeline.ts";
import { clean, OPTIONS, shown } from "./cleaned.ts";

it.each([
  ["a pre that starts with an empty line", "<pre>\n\nline</pre>", "<pre>\n\nline</pre>"],
  [
    "a table's caption and columns",
    "<table><caption>Figures</caption><colgroup><col></colgroup><tbody><tr><td>1</td></tr></tbody></table>",
    "<table><caption>Figures</caption><colgroup><col></colgroup><tbody><tr><td>1</td></tr></tbody></table>",
  ],
  ["an id in a heading", "<h2><x-y><a id=b></a></x-y>c</h2>", '<h2><a id="b"></a>c</h2>'],
  [
    "what stands inside an iframe",
    '<iframe src="https://player.example.com/e">a &amp; b</iframe>',
    '<iframe src="https://player.example.com/e"></iframe>',
  ],
])("cleaning twice is cleaning once: %s", (_name, html, expected) => {
  expect(clean(html)).toBe(expected);
  expect(clean(clean(html))).toBe(expected);
});

describe("characters that turn the order of what stands beside them", () => {
  it.each([
    ["h2", "<h2>a\u202eb\u202cc</h2>", "<h2>abc</h2>"],
    ["a reference", "<p>a&#x202e;b&#x2067;c</p>", "<p>abc</p>"],
    [
      "a caption and a cell",
      "<table><caption>a\u202e</caption><tbody><tr><td>b\u2067</td><td>c\u2069</td></tr></tbody></table>",
      "<table><caption>a</caption><tbody><tr><td>b</td><td>c</td></tr></tbody></table>",
    ],
    [
      "attributes",
      '<p title="a\u202db">c</p><img src="https://example.com/a.png" alt="d\u202b\u2066">',
      '<p title="ab">c</p><img src="https://example.com/a.png" alt="d">',
    ],
    ["an isolate that a paragraph leaves open", "<p>a\u2068b</p><p>c\u2069d</p>", "<p>ab</p><p>cd</p>"],
    ["one that a line leaves open", "<p>a\u2068b<br>c\u2069d</p>", "<p>ab<br>cd</p>"],
  ])("go: %s", (_, given, kept) => expect(clean(given)).toBe(kept));

  it.each([
    "<p>a\u200eb\u200fc\u061cd</p>",
    "<p>a \u2067b\u2069 c</p>",
    "<p>a \u2068<b>b</b> c\u2069 <i>d</i></p>",
  ])("stay where they are marks or in pairs: %j", (kept) => expect(clean(kept)).toBe(kept));
});

it("schemes are the same in capitals", () => {
  expect(clean('<p><a href="HTTPS://example.com/A">x</a></p>')).toBe(
    '<p><a href="https://example.com/A">x</a></p>',
  );
  expect(clean('<img src="Http://example.com/A.png" alt="x">')).toBe(
    '<img src="http://example.com/A.png" alt="x">',
  );
  expect(clean('<q cite="HTTP://example.com/A">x</q>')).toBe('<q cite="http://example.com/A">x</q>');
  expect(clean('<video src="/a" poster="HTTPS://example.com/A" controls></video>')).toBe(
    `<video src="${OWN_SITE}/a" poster="https://example.com/A" controls></video>`,
  );
  expect(clean('<a href="MailTo:a@example.com">x</a>')).toBe('<a href="mailto:a@example.com">x</a>');
  expect(clean('<a href="JaVaScRiPt:alert(1)">x</a><img src="DATA:image/png,x">')).toBe("x");
});

/** `count` elements that are never closed, each another. */
const ids = (count: number, after = ""): string =>
  Array.from({ length: count }, (_, index) => `<b id=${index}>${after}`).join("");

it.each([
  ["headings that an unknown block parted", "<h1>a<main><h6>b</main></h1>", "<h1>a</h1><h6>b</h6>"],
  ["parts of a table without one", "<caption><td><TABLE><p><thead>", "<p></p><table><thead></thead></table>"],
  ["items that a form parted", "<ul><li>a<form><li>b</form></ul>", "<ul><li>a</li><li>b</li></ul>"],
  ["a link in a link's table", '<a href="/x">a<table><tr><td><a href="/y">b</a></table></a>', undefined],
  [
    "a picture before a line in a pre",
    `<pre><p><img src="/media/${"a".repeat(64)}.png"></p>\n<p>b</p></pre>`,
    undefined,
  ],
  [
    "a picture's figure in a summary",
    `<details><summary><figure><img src="/media/${"a".repeat(64)}.png"></figure><p>b</p></summary></details>`,
    undefined,
  ],
])("what is stored is what a parser makes of it: %s", async (_name, html, expected) => {
  if (expected !== undefined) expect(shown(html)).toBe(expected);
  const article = { headline: "H", published: "2024-10-24T11:30:00Z", body: { html } };
  const media = [{ sha256: "a".repeat(64), type: "image/png", width: 1, height: 1, length: 1 }] as const;
  const stored = unwrap(await store({ article, media }));
  const { id: _, ...sent } = asInput(stored);
  expect(unwrap(await store({ article: sent, media }))).toEqual(stored);
});

describe("what stays", () => {
  it.each([
    "<p>One <em>two</em> <strong>three</strong> <code>four</code>.</p>",
    '<h2 id="a">Head</h2>\n<ol start="3"><li>One</li></ol>',
    '<blockquote cite="https://example.org/a"><p>Quoted</p></blockquote>',
    '<table><thead><tr><th scope="col">A</th></tr></thead><tbody><tr><td colspan="2">1</td></tr></tbody></table>',
    '<p dir="rtl" lang="ar">نص</p>',
    '<p><a href="https://example.org/?a=1&#x26;b=2" rel="nofollow">out</a></p>',
    '<p><a href="mailto:a@example.org">mail</a> <a href="tel:+123">call</a></p>',
    '<pre><code class="language-ts">a &#x3C; b\n  c</code></pre>',
    '<figure><img src="https://example.org/a.png" alt="A" width="3" height="2"><figcaption>Caption</figcaption></figure>',
    '<video controls poster="https://example.org/a.png"><source src="https://example.org/a.mp4" type="video/mp4"></video>',
    '<audio src="https://example.org/a.mp3" controls></audio>',
    '<iframe src="https://player.example.com/1" width="640" height="360" allowfullscreen></iframe>',
    '<p>H<sub>2</sub>O <abbr title="x">y</abbr> <time datetime="2024">2024</time> <mark>z</mark></p>',
    "<details><summary>More</summary><p>Text</p></details>",
  ])("%s", (html) => {
    expect(shown(html)).toBe(html);
  });
});

describe("what goes", () => {
  it.each([
    ["scripts", "<p>a</p><script>alert(1)</script>", "<p>a</p>"],
    ["styles", '<style>p{}</style><p style="color:red" class="x">a</p>', "<p>a</p>"],
    [
      "event handlers",
      '<img src="https://e.org/a.png" onerror="alert(1)"><p onclick=alert(1)>a</p>',
      '<img src="https://e.org/a.png"><p>a</p>',
    ],
    [
      "forms, but not their text",
      '<form action="https://e.org"><label>Name <input name="a"></label><button>Go</button></form>',
      "<p>Name Go</p>",
    ],
    ["script links", '<a href="javascript:alert(1)">a</a>', "a"],
    [
      "script links, disguised",
      '<a href="&#106;ava\tscript&colon;alert(1)">a</a><a href=" javascript:x">b</a><a href="&#1;javascript:x">c</a>',
      "abc",
    ],
    ["data addresses", '<a href="data:text/html,x">a</a><img src="data:image/png;base64,x">', "a"],
    [
      "other schemes",
      '<a href="vbscript:x">a</a><a href="file:///etc/passwd">b</a><a href="ftp://e.org/">c</a>',
      "abc",
    ],
    [
      "meta, base and links",
      '<base href="https://evil.example/"><link rel="stylesheet" href="x"><meta http-equiv="refresh" content="0"><p>a</p>',
      "<p>a</p>",
    ],
    [
      "drawings with script in them, but not their words",
      "<svg><script>alert(1)</script><a href='javascript:x'><text>t</text></a></svg><p>a</p>",
      "<p>t</p><p>a</p>",
    ],
    [
      "mathematics that hides markup",
      '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
      "",
    ],
    [
      "templates and noscript",
      "<template><p>a</p></template><noscript><p>b</p></noscript><p>c</p>",
      "<p>c</p>",
    ],
    [
      "objects",
      '<object data="x"><embed src="https://e.org/x"></object><p>a</p>',
      '<p><a href="https://e.org/x">https://e.org/x</a></p><p>a</p>',
    ],
    ["comments", "<p>a<!-- b --></p><![CDATA[ c ]]>", "<p>a</p>"],
    ["unknown elements, but not their text", "<blink>a</blink><x-y>b</x-y>", "ab"],
    ["other classes", '<p class="wr-dek">a</p><code class="hljs">b</code>', "<p>a</p><code>b</code>"],
  ])("%s", (_name, html, expected) => {
    expect(shown(html)).toBe(expected);
  });

  it("characters that XML forbids, however they are written", () => {
    expect(clean("<p title='a\u0001&#2;'>b\u0000&#x1F;\ufffe&#xFFFE;&#xFFFF;\ud800&#xD800;</p>")).toBe(
      '<p title="a">b\ufffd</p>',
    );
    expect(clean('<code class="language-&#xFFFF;a&#xFFFE;">b</code>')).toBe(
      '<code class="language-a">b</code>',
    );
  });

  it.each([
    ["elements in each other", "<div>".repeat(201), /nested more than 200 deep: take elements out/],
    ["elements without end", "<div>".repeat(100_000), /nested more than 200 deep/],
    ["paragraphs in drawings", "<svg><foreignObject>".repeat(101), /nested more than 200 deep/],
    [
      "formatting that each paragraph opens anew",
      `<p>${ids(190)}${"<p>x".repeat(100_000)}`,
      /thousands of times/,
    ],
    ["formatting that is never closed", ids(20_000, "<p>"), /nested more than 200 deep/],
  ])("%s, with a problem", (_, source, message) => {
    expect(cleanBody(source, OPTIONS)).toEqual({
      ok: false,
      problems: [{ path: "body.html", message: expect.stringMatching(message) }],
    });
  });
});

describe("is kept within the bounds:", () => {
  it("elements 200 deep", () => {
    const deep = `${"<div>".repeat(200)}x${"</div>".repeat(200)}`;
    expect(clean(deep)).toBe(deep);
  });

  it("an element with 100,000 attributes", () => {
    const attributes = Array.from({ length: 100_000 }, (_, index) => `a${index}`).join(" ");
    expect(clean(`<p ${attributes} lang=de>x</p>`)).toBe('<p lang="de">x</p>');
  });

  it("a figure of 20,000 pictures", () => {
    const image = '<img src="https://x.example/a.jpg">';
    const { images } = OPTIONS;
    const cleaned = cleanBody(`<figure>${image.repeat(20_000)}</figure>`, {
      ...OPTIONS,
      images: [...images, "https://x.example/a.jpg"],
    });
    expect(cleaned.ok && cleaned.value.body.match(/a\.jpg/g)?.length).toBe(20_000);
  });
});

describe("addresses", () => {
  it.each([
    ["beside the article", "chart.png", `${OWN_SITE}/articles/story/chart.png`],
    ["above it", "../other/", `${OWN_SITE}/articles/other/`],
    ["on the site", "/about?a=1#b", `${OWN_SITE}/about?a=1#b`],
    ["in the article", "#fn-1", `${OWN_SITE}/articles/story#fn-1`],
    ["on the site, in full", "https://news.example.com/about", `${OWN_SITE}/about`],
    ["on the site, without its scheme", "//news.example.com/about", `${OWN_SITE}/about`],
    ["elsewhere", "https://Example.org/a b", "https://example.org/a%20b"],
    ["elsewhere, without a scheme", "//example.org/a", "https://example.org/a"],
    ["of the same host under another scheme", "http://news.example.com/a", "http://news.example.com/a"],
    [
      "that look like another host's",
      "https://news.example.com//evil.example/a",
      "https://news.example.com//evil.example/a",
    ],
    ["spelled loosely", "/a[1]?b|c", `${OWN_SITE}/a%5B1%5D?b%7Cc`],
  ])("%s become whole", (_name, address, expected) => {
    expect(clean(`<a href="${address}">a</a>`)).toBe(`<a href="${expected}">a</a>`);
  });

  it("that are none are dropped", () => {
    expect(clean('<a href="https://exa mple/">a</a>')).toBe("a");
  });

  it("start from the canonical page where that is elsewhere; images held here stay ours", () => {
    const base = "https://example.org/news/story";
    expect(clean('<a href="other">a</a>', { base })).toBe('<a href="https://example.org/news/other">a</a>');
    const path = `/media/${"a".repeat(64)}.png`;
    expect(clean(`<a href="${path}">a</a>`, { base })).toBe(`<a href="${OWN_SITE}${path}">a</a>`);
  });
});

const MARKUP = [
  ...[
    "<p>",
    "</p>",
    "<a href='",
    "'>",
    "</a>",
    "<img src='/media/",
    "<img src=x onerror=alert(1)>",
    "<svg>",
    "<math>",
    "<mtext>",
  ],
  ...[
    "<table>",
    "<td>",
    "</table>",
    "<style>",
    "</style>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<iframe src='https://",
    "</iframe>",
  ],
  ...[
    "<noscript>",
    "</noscript>",
    "<title>",
    "<textarea>",
    "<select>",
    "<option>",
    "<template>",
    "<form>",
    "<input>",
    "<figure>",
  ],
  ...[
    "<figcaption>",
    "</figure>",
    "javascript:",
    "&Tab;",
    "&colon;",
    "&#0;",
    "&#xFFFE;",
    "&#xFFFF;",
    '"',
    "'",
    ">",
    "<",
    "\0",
    "]]>",
  ],
  ...[
    "<pre>\n",
    "<li>",
    "<ul>",
    "<h1>",
    "<code class='language-x'>",
    "<video><source src='/a.mp4'>",
    "<foreignObject>",
    "<br>",
  ],
];
const anyHtml = fc
  .array(fc.oneof(fc.constantFrom(...MARKUP), fc.string({ unit: "binary", maxLength: 5 })), { maxLength: 14 })
  .map((parts) => parts.join(""));

describe("any HTML", () => {
  const ELEMENTS = new Set([
    "script",
    "style",
    "svg",
    "form",
    "input",
    "object",
    "embed",
    "template",
    "noscript",
  ]);

  /** In a formula's leaves stands only text, in its rows only elements that are known. */
  function mustBeFormula(element: Element): void {
    const kinds = new Set(element.children.map(({ type }) => type));
    expect([...kinds].filter((kind) => kind !== "text" && kind !== "element")).toEqual([]);
    if (kinds.has("text")) expect(element.tagName).toMatch(/^(?:mi|mn|mo|ms|mtext)$/);
    if (kinds.has("element")) expect(element.tagName).not.toMatch(/^(?:mi|mn|mo|ms|mtext)$/);
    expect(FORMULA_TAGS).toContain(element.tagName);
    for (const child of element.children) if (child.type === "element") mustBeFormula(child);
  }

  it("holds no script, handler or unsafe address when a browser parses what comes out", () => {
    fc.assert(
      fc.property(anyHtml, (html) => {
        visit(fromHtml(shown(html), { fragment: true }), "element", (element: Element) => {
          expect(ELEMENTS).not.toContain(element.tagName);
          if (element.tagName === "math") mustBeFormula(element);
          for (const [name, value] of Object.entries(element.properties)) {
            expect(name).not.toMatch(/^on|^style$|^srcDoc$/i);
            if (!["href", "src", "cite", "poster"].includes(name)) continue;
            expect(String(value)).toMatch(element.tagName === "a" ? /^(https?|mailto|tel):/i : /^https?:/);
            if (element.tagName === "iframe")
              expect(String(value)).toMatch(/^https:\/\/player\.example\.com\//);
          }
        });
      }),
      { numRuns: 1000 },
    );
  });

  it("is stored as it is when the API has shown it and gets it back", async () => {
    await fc.assert(
      fc.asyncProperty(anyHtml, async (html) => {
        const article = { headline: "H", published: "2024-10-24T11:30:00Z", body: { html } };
        const first = await store({ article });
        if (!first.ok) return;
        const shownByApi = asInput(first.value);
        const { id: _, ...sent } = shownByApi;
        expect(unwrap(await store({ article: sent }))).toEqual(first.value);
      }),
      {
        numRuns: 500,
        examples: [["<li><form><li>a"], ["<ul><li>a<blockquote><li>b</blockquote><form><b><li>c"]],
      },
    );
  });

  it("never holds a mark of ours that we didn't set", () => {
    fc.assert(
      fc.property(anyHtml, (html) => {
        const body = clean(html);
        expect(body).not.toContain(imageMark("").charAt(0));
        for (const [, after] of body.matchAll(new RegExp(`${OWN_SITE}(.?)`, "gs"))) expect(after).toBe("/");
      }),
    );
  });
});
