// Tidying: what stays, what goes, which file a picture shows, and that tidying twice is tidying once.

import fc from "fast-check";
import { expect, it } from "vitest";
import { normalizeHtml } from "../../src/import/normalize-html.ts";

it.each([
  [
    "classes, styles, scripts and comments go",
    '<p class="a" style="b" data-c="d" onclick="e">a<!-- b --><script>c</script></p>',
    "<p>a</p>",
  ],
  ["empty paragraphs go", "<p>a</p><p>&nbsp;</p><div><br></div><p>b</p>", "<p>a</p><p>b</p>"],
  ["a space that was bold stays", "<p>a<b> </b>b</p>", "<p>a b</p>"],
  ["boxes round paragraphs go", "<div><section><p>a</p></section></div>", "<p>a</p>"],
  ["a box with words alone is a paragraph", "<div>a <em>b</em></div>", "<p>a <em>b</em></p>"],
  [
    "loose words are paragraphs",
    "a <b>b</b><ul><li>c</li></ul> d ",
    "<p>a <b>b</b></p><ul><li>c</li></ul><p>d</p>",
  ],
  [
    "what only screen readers read goes",
    '<p>a<span class="sr-only"> (opens in a new tab)</span></p>',
    "<p>a</p>",
  ],
  ["what is hidden goes", '<p hidden>a</p><p style="display: none">b</p><p>c</p>', "<p>c</p>"],
  [
    "code stays as it is",
    "<pre><code>a\n\n<span>b</span></code></pre>",
    "<pre><code>a\n\n<span>b</span></code></pre>",
  ],
  [
    "a player that loads late has its address",
    '<iframe data-src="https://player.example/1" title="A film">x</iframe>',
    '<iframe src="https://player.example/1" title="A film"></iframe>',
  ],
  ["a script's address goes, its words stay", '<p><a href="javascript:alert(1)">a</a></p>', "<p>a</p>"],
  [
    "mail and telephone stay",
    '<p><a href="mailto:a@e.example">a</a> <a href="tel:+1">b</a> <a href="#c">c</a></p>',
    '<p><a href="mailto:a@e.example">a</a> <a href="tel:+1">b</a> <a href="#c">c</a></p>',
  ],
  [
    "a heading is no heading's child once the box between them is gone",
    '<h2><figure><h2 id="i"><figure>',
    '<h2 id="i"></h2>',
  ],
  ["a pixel goes", '<p>a<img src="https://count.example/p" width="1" height="1"></p>', "<p>a</p>"],
])("%s", (_name, source, expected) => {
  expect(normalizeHtml(source).html).toBe(expected);
});

it("relative addresses are absolute where it is known where they start", () => {
  const source = '<p><a href="../b">b</a></p><p><img src="/c.jpg" alt="c"></p>';
  expect(normalizeHtml(source, "https://e.example/x/a").html).toBe(
    '<p><a href="https://e.example/b">b</a></p><p><img src="https://e.example/c.jpg" alt="c"></p>',
  );
  expect(normalizeHtml(source).html).toBe(source);
});

it.each([
  ["its own", '<img src="a.jpg" width="30" height="20">', { src: "a.jpg", width: 30, height: 20 }],
  [
    "that of a lazy one",
    '<img src="data:image/gif;base64,AA" data-src="a.jpg" width="30">',
    { src: "a.jpg", width: 30 },
  ],
  [
    "the largest of a set",
    '<img src="a.jpg" srcset="b.jpg 100w, c.jpg 900w,d.jpg 400w" width="30">',
    { src: "c.jpg" },
  ],
  [
    "one with commas in its address",
    '<img srcset="https://e.example/w_1,h_2/a.jpg 1x, https://e.example/w_3,h_4/a.jpg 2x">',
    { src: "https://e.example/w_3,h_4/a.jpg" },
  ],
  [
    "its own, if that is larger",
    '<img src="a.jpg" srcset="b.jpg 300w" width="1200">',
    { src: "a.jpg", width: 1200 },
  ],
  [
    "a source's",
    '<picture><source srcset="b.webp 2000w" type="image/webp"><img src="a.jpg"></picture>',
    { src: "b.webp" },
  ],
  [
    "what noscript shows",
    '<img src="blank.gif" alt="A"><noscript><img src="a.jpg" alt="A"></noscript>',
    { src: "a.jpg", alt: "A" },
  ],
  ["one of two", '<img src="a-300x200.jpg"><noscript><img src="a.jpg"></noscript>', { src: "a-300x200.jpg" }],
  [
    "an amp-img's",
    '<amp-img src="a.jpg" alt="A" width="30" height="20"><noscript><img src="a.jpg"></noscript></amp-img>',
    { src: "a.jpg", alt: "A", width: 30, height: 20 },
  ],
])("a picture's file is %s", (_name, source, expected) => {
  expect(normalizeHtml(source).images).toEqual([expected]);
});

it.each([
  [
    "a link round the picture goes",
    '<figure><a href="b.jpg"><img src="a.jpg" alt="A"></a><figcaption>One <i>two</i></figcaption></figure>',
    '<figure><img src="a.jpg" alt="A"><figcaption>One two</figcaption></figure>',
    [{ src: "a.jpg", alt: "A", caption: "One two" }],
  ],
  [
    "WordPress's caption",
    '<div class="wp-caption"><img src="a.jpg"><p class="wp-caption-text">One</p></div>',
    '<figure><img src="a.jpg"><figcaption>One</figcaption></figure>',
    [{ src: "a.jpg", caption: "One" }],
  ],
  [
    "a credit by its class",
    '<figure><img src="a.jpg"><figcaption>One | <span class="photoCredit">Lena Oster</span></figcaption></figure>',
    '<figure><img src="a.jpg"><figcaption>One</figcaption></figure>',
    [{ src: "a.jpg", caption: "One", credit: "Lena Oster" }],
  ],
  [
    "one picture for each screen",
    '<figure><img src="a-300x200.jpg"><img src="a-900x600.jpg"></figure>',
    '<figure><img src="a-300x200.jpg"></figure>',
    [{ src: "a-300x200.jpg" }],
  ],
  [
    "a picture without a file",
    '<figure><img src="data:image/png;base64,AA" alt="A"><figcaption>One</figcaption></figure><p>b</p>',
    "<p>b</p>",
    [{ alt: "A", caption: "One" }],
  ],
  [
    "a table's caption",
    "<figure><table><tbody><tr><td>1</td></tr></tbody></table><figcaption>One</figcaption></figure>",
    "<figure><table><tbody><tr><td>1</td></tr></tbody></table><figcaption>One</figcaption></figure>",
    [],
  ],
])("figures: %s", (_name, source, html, images) => {
  expect(normalizeHtml(source)).toEqual({ html, images });
});

it("what isn't carried over is noted, but not what only made a page work", () => {
  const source =
    '<p onclick="go()">a</p><script>go()</script><script src="https://gist.github.com/ida/1a2b.js"></script><video></video><form><p>b</p></form><p hidden>c</p>';
  expect(normalizeHtml(source).notes).toEqual([
    "its text holds <p> that is hidden from readers (“c”), which is left out: take off what hides it to have it shown",
    "its text holds what a script of gist.github.com shows, which becomes a link",
    "its text holds <video> without a web address of a file, which is taken out",
  ]);
});

it("what is nested too deeply is a problem", () => {
  expect(normalizeHtml("<div>".repeat(100_000))).toEqual({
    html: "",
    images: [],
    problem: "is too long or too deeply nested",
  });
});

it("tidying twice is tidying once, and nothing that runs survives", () => {
  const names =
    "p div span section figure figcaption img picture source noscript a b pre table tr td ul li h2 iframe script button br video amp-img article template svg details".split(
      " ",
    );
  const attributes = [
    'class="caption"',
    'class="credit"',
    'src="a.jpg"',
    'data-src="b-300x200.jpg"',
    'srcset="a.jpg 1x, b.jpg 2x"',
    'onclick="x"',
    'href="javascript:x"',
    'id="i"',
    "hidden",
    'alt="Alt"',
    'src="data:image/png;base64,A"',
    'width="1" height="1"',
  ];
  const start = fc
    .tuple(fc.constantFrom(...names), fc.subarray(attributes, { maxLength: 3 }))
    .map(([name, own]) => `<${[name, ...own].join(" ")}>`);
  const end = fc.constantFrom(...names).map((name) => `</${name}>`);
  const words = fc.constantFrom("words", " ", "&nbsp;", "&lt;script&gt;", "<!-- c -->");
  fc.assert(
    fc.property(fc.array(fc.oneof(start, end, words), { maxLength: 16 }), (pieces) => {
      const { html } = normalizeHtml(pieces.join(""));
      expect(normalizeHtml(html).html).toBe(html);
      expect(html).not.toMatch(/<script|onclick|javascript:/);
    }),
    { numRuns: 1000 },
  );
});
