// Saved pages, each with its whole article; and pages that hold none.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readDate } from "../../../src/import/dates.ts";
import type { Imported, ImportedArticle } from "../../../src/import/importer.ts";
import { readPage } from "../../../src/import/page/saved-page.ts";
import * as pages from "./pages.ts";

const read = (content: string): Imported => readPage({ name: "bridge.html", content });

const [first, second, third] = pages.PARAGRAPHS;
const TEXT = [first, second, third].map((paragraph) => `<p>${paragraph}</p>`).join("");
const HEADLINE = "Bridge opens again";
const QUAYSIDE = "https://quayside.example";

// White space between elements shows nothing.
const html = (body: string, base?: string) =>
  ({ kind: "html", html: body, ...(base === undefined ? {} : { base }) }) as const;
const withoutGaps = (article: ImportedArticle | undefined): ImportedArticle | undefined =>
  article?.body.kind === "html"
    ? { ...article, body: { ...article.body, html: article.body.html.replace(/>\s+</g, "><") } }
    : article;

const EXPECTED: Readonly<Record<string, readonly [string, ImportedArticle]>> = {
  "JSON-LD with a graph": [
    pages.GRAPH,
    {
      item: `${QUAYSIDE}/town/bridge-opens-again.html`,
      slug: "bridge-opens-again",
      url: `${QUAYSIDE}/town/bridge-opens-again.html`,
      headline: "Bridge & quay open again",
      shortHeadline: "Bridge opens",
      dek: "Repairs took eleven weeks and a foundry that everybody thought dead.",
      sections: ["Town", "Transport"],
      tags: ["bridges", "harbour"],
      language: "en-GB",
      bylines: [
        { name: "Marta Quill", url: `${QUAYSIDE}/people/quill` },
        { name: "Odo Bellwether" },
        { name: "Ines Tarrow", role: "editor" },
      ],
      published: readDate("2026-01-12T18:04:00+01:00"),
      updated: readDate("2026-01-13T07:30:00+01:00"),
      rights: { copyright: "© 2026 The Quayside Post" },
      images: [
        {
          src: "bridge_files/bridge-800x450.jpg",
          alt: "A swing bridge, half open",
          caption: "The bridge on its first day.",
          credit: "Lena Oster",
          width: 800,
          height: 450,
        },
      ],
      body: html(
        `<figure><img src="bridge_files/bridge-800x450.jpg" alt="A swing bridge, half open" width="800" height="450"><figcaption>The bridge on its first day.</figcaption></figure>${TEXT}`,
        `${QUAYSIDE}/town/bridge-opens-again.html`,
      ),
    },
  ],
  "Open Graph alone": [
    pages.OPEN_GRAPH,
    {
      item: `${QUAYSIDE}/2026/01/bridge-opens/`,
      slug: "bridge-opens",
      url: `${QUAYSIDE}/2026/01/bridge-opens/`,
      headline: 'Bridge opens "again"',
      sections: ["Town"],
      tags: ["bridges", "harbour"],
      language: "en-GB",
      bylines: [{ name: "Marta Quill" }],
      published: readDate("2026-01-12T17:04:00Z"),
      images: [{ src: "https://cdn.quayside.example/og/bridge.jpg", alt: "The bridge" }],
      body: html(TEXT, `${QUAYSIDE}/2026/01/bridge-opens/`),
    },
  ],
  "microdata alone": [
    pages.MICRODATA,
    {
      item: HEADLINE,
      headline: HEADLINE,
      language: "en",
      bylines: [{ name: "Marta Quill", url: `${QUAYSIDE}/quill` }],
      published: readDate("2026-01-12"),
      body: html(TEXT),
    },
  ],
  "an article and nothing else": [
    pages.BARE,
    {
      item: HEADLINE,
      headline: HEADLINE,
      language: "en",
      tags: ["bridges"],
      bylines: [{ name: "Marta Quill", url: `${QUAYSIDE}/quill` }],
      published: readDate("2026-01-12T18:04"),
      body: html(TEXT),
    },
  ],
  "a page that marks nothing": [
    pages.TABLES,
    { item: HEADLINE, headline: HEADLINE, body: html(`${TEXT}<p>${third}</p>`) },
  ],
  "pictures that scripts load": [
    pages.LAZY,
    {
      item: `${QUAYSIDE}/town/bridge`,
      slug: "bridge",
      url: `${QUAYSIDE}/town/bridge`,
      headline: HEADLINE,
      language: "en",
      images: [
        { src: `${QUAYSIDE}/media/quay.jpg`, alt: "The quay" },
        { src: "https://cdn.quayside.example/crane-1600.webp", alt: "A crane" },
      ],
      body: html(
        `${TEXT}<p><img src="${QUAYSIDE}/media/quay.jpg" alt="The quay"><img src="https://cdn.quayside.example/crane-1600.webp" alt="A crane"></p>`,
        `${QUAYSIDE}/town/bridge`,
      ),
    },
  ],
  "a French page": [
    pages.FRENCH,
    {
      item: "Le pont tournant rouvre",
      headline: "Le pont tournant rouvre",
      dek: "Onze semaines de travaux pour une seule pièce d’acier.",
      language: "fr-FR",
      bylines: [{ name: "Élise Plume", url: "https://quai.example/plume" }],
      published: readDate("2026-01-12T18:04:00+01:00"),
      body: html(
        "<p>Le pont tournant du bassin a rouvert lundi aux piétons et aux charrettes, après onze semaines de réparation de son palier.</p><p>Les ingénieurs ont remplacé la pièce par une autre, coulée dans la fonderie du port, où l’on n’avait plus versé d’acier depuis dix ans.</p><p>Les marchands du quai est disent avoir perdu la moitié de leur clientèle d’hiver.</p>",
      ),
    },
  ],
  "figures with credits": [
    pages.FIGURES,
    {
      item: HEADLINE,
      headline: HEADLINE,
      language: "en",
      images: [
        { src: "a.jpg", alt: "One", caption: "Walkers on the span.", credit: "Lena Oster" },
        { src: "b.jpg", alt: "Two", caption: "The old bearing.", copyright: "Quay Pictures" },
        { src: "c.jpg", alt: "Three", caption: "The foundry.", credit: "Odo Bellwether" },
        { src: "d.jpg", alt: "Four" },
        { src: "e.jpg", alt: "Five" },
      ],
      body: html(
        `${TEXT}<figure><img src="a.jpg" alt="One"><figcaption>Walkers on the span.</figcaption></figure><figure><img src="b.jpg" alt="Two"><figcaption>The old bearing.</figcaption></figure><figure><img src="c.jpg" alt="Three"><figcaption>The foundry.</figcaption></figure><figure><img src="d.jpg" alt="Four"></figure><figure><img src="e.jpg" alt="Five"></figure><p>Two views.</p>`,
      ),
    },
  ],
  AMP: [
    pages.AMP,
    {
      item: `${QUAYSIDE}/town/bridge`,
      slug: "bridge",
      url: `${QUAYSIDE}/town/bridge`,
      headline: HEADLINE,
      language: "en",
      bylines: [{ name: "Marta Quill" }],
      published: readDate("2026-01-12T17:04:00Z"),
      images: [
        {
          src: "https://cdn.quayside.example/16x9/bridge-wide.jpg",
          alt: "The bridge",
          width: 1600,
          height: 900,
        },
      ],
      body: html(
        `<p><img src="https://cdn.quayside.example/16x9/bridge-wide.jpg" alt="The bridge" width="1600" height="900"></p>${TEXT}`,
        `${QUAYSIDE}/town/bridge`,
      ),
    },
  ],
  "WordPress with a block theme": [
    pages.WORDPRESS,
    {
      item: `${QUAYSIDE}/2026/01/12/bridge-opens-again/`,
      slug: "bridge-opens-again",
      url: `${QUAYSIDE}/2026/01/12/bridge-opens-again/`,
      headline: HEADLINE,
      language: "en",
      bylines: [{ name: "Marta Quill", bio: "Marta Quill writes about the harbour." }],
      published: readDate("2026-01-12T17:04:00+00:00"),
      images: [
        { src: `${QUAYSIDE}/uploads/bridge.jpg`, alt: "The bridge" },
        { src: `${QUAYSIDE}/uploads/quay-scaled.jpg`, alt: "The quay", caption: "The east quay" },
      ],
      body: html(
        `${TEXT}<figure><img src="${QUAYSIDE}/uploads/quay-scaled.jpg" alt="The quay"><figcaption>The east quay</figcaption></figure><blockquote><p>Nobody believed us.</p></blockquote>`,
        `${QUAYSIDE}/2026/01/12/bridge-opens-again/`,
      ),
    },
  ],
};

it.each(Object.entries(EXPECTED))("%s", (_name, [content, expected]) => {
  const { articles, problems } = read(content);
  expect(problems).toEqual([]);
  expect(articles).toHaveLength(1);
  expect(withoutGaps(articles[0])).toEqual(expected);
});

describe("without an article", () => {
  it.each([
    ["a page that asks to sign in", pages.SIGN_IN, /^asks to sign in/],
    ["a front page", pages.FRONT, /^holds no article/],
    ["an empty file", "", /^holds no article/],
    ["more than any article has", `<article>${TEXT.repeat(7000)}</article>`, /too long/],
    ["elements within elements", "<div>".repeat(100_000), /deeply nested/],
  ])("%s", (_name, content, message) => {
    expect(read(content)).toEqual({
      articles: [],
      problems: [{ path: "", message: expect.stringMatching(message) }],
      explained: [],
    });
  });
});

describe("JSON-LD", () => {
  const article = (json: string) =>
    read(`<script type="application/ld+json">${json}</script><article>${TEXT}</article>`).articles[0];

  it("that is broken is noted, and the rest is read", () => {
    const { articles } = read(
      `<title>Fallback</title><script type="application/ld+json">{"@type": oops}</script><article>${TEXT}</article>`,
    );
    expect(articles[0]).toMatchObject({
      headline: "Fallback",
      notes: ["JSON-LD block 1 is not JSON, and was skipped"],
    });
  });

  it("whose type is no word is of no type", () => {
    expect(article('{"@type":{"toString":2},"headline":"Eels"}')).toMatchObject({ body: { kind: "html" } });
  });

  it("may hold line ends in strings, and references once encoded", () => {
    expect(article('{"@type":"NewsArticle","headline":"Eels\n&amp;amp; tides"}')?.headline).toBe(
      "Eels &amp; tides",
    );
  });

  it("of several articles is that of the page", () => {
    const { articles } = read(
      `<link rel="canonical" href="https://e.example/b"><script type="application/ld+json">[{"@type":"Article","headline":"A","url":"https://e.example/a","description":"x","keywords":"y"},{"@type":"Article","headline":"B","url":"http://e.example/b/"}]</script><article>${TEXT}</article>`,
    );
    expect(articles[0]?.headline).toBe("B");
  });

  it("gives an id only where it is one", () => {
    expect(article('{"@type":"Article","headline":"A","@id":"tag:e.example,2026:1"}')?.id).toBe(
      "tag:e.example,2026:1",
    );
    expect(
      article('{"@type":"Article","headline":"A","@id":"https://e.example/a#article"}'),
    ).not.toHaveProperty("id");
  });

  it("gives the text where the page holds none", () => {
    const { articles } = read(
      '<script type="application/ld+json">{"@type":"Article","headline":"A","articleBody":"One.\\n\\nTwo <b>."}</script><div id="app"></div>',
    );
    expect(articles[0]?.body).toEqual({ kind: "text", paragraphs: ["One.", "Two <b>."] });
  });
});

it("the lines of a text say what nothing else does", () => {
  const bio = "Marta Quill is a reporter at The Quayside Post who covers the harbour.";
  const { articles } = read(
    `<article><h1>${HEADLINE}</h1><p>By Marta Quill and Odo Bellwether</p><p><b>SEOUL, South Korea (AP) —</b> ${first}</p><p>${second}</p><p>${third}</p><p>${bio}</p></article>`,
  );
  expect(articles[0]).toEqual({
    item: HEADLINE,
    headline: HEADLINE,
    dateline: "SEOUL, South Korea",
    bylines: [
      { name: "Marta Quill", bio, affiliation: "AP" },
      { name: "Odo Bellwether", affiliation: "AP" },
    ],
    body: html(TEXT),
  });
});

it("an author field that holds several names holds several authors", () => {
  const { articles } = read(
    `<meta name="author" content="Marta Quill and Odo Bellwether"><title>A</title><article>${TEXT}</article>`,
  );
  expect(articles[0]?.bylines).toEqual([{ name: "Marta Quill" }, { name: "Odo Bellwether" }]);
});

it("a description that starts the text is no dek", () => {
  const { articles } = read(
    `<meta name="description" content="${first.slice(0, 60)}…"><article>${TEXT}</article>`,
  );
  expect(articles[0]).not.toHaveProperty("dek");
});

it("what stands in a base is where relative addresses start", () => {
  const { articles } = read(
    `<base href="https://e.example/x/"><article>${TEXT}<img src="a.jpg" alt="A"></article>`,
  );
  expect(articles[0]?.images).toEqual([{ src: "https://e.example/x/a.jpg", alt: "A" }]);
});

it("each field and each block that was dropped is explained", () => {
  const { explained } = read(pages.GRAPH);
  expect(explained).toContainEqual({
    text: "Bridge & quay open again",
    as: "headline",
    why: "schema.org headline in JSON-LD",
  });
  expect(explained).toContainEqual({
    text: "Read next Ferry fares frozen for a second year",
    as: "boilerplate",
    why: "an element aside",
  });
});

it("any HTML is read without an exception, and no script survives", () => {
  const piece = fc.constantFrom(
    ..."<article> </article> <p> <div> <h1> <time> <figure> <figcaption> <nav> <table> <td> <template> <svg> <select>".split(
      " ",
    ),
    '<script type="application/ld+json">{"@graph":[{"@type":"Article","author":[null,{"@id":1}],"image":[[]]}]}</script>',
    '<meta property="og:type" content="article">',
    '<a rel="author" href="javascript:alert(1)">',
    '<img src="javascript:alert(1)" onerror="alert(1)">',
    '<div itemscope itemtype="https://schema.org/Article" itemprop="author name headline">',
    first,
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), fc.string(), (pieces, junk) => {
      const { articles, problems } = read(pieces.join("") + junk);
      expect(articles.length + problems.length).toBe(1);
      expect(JSON.stringify(articles)).not.toMatch(/<script|onerror=|javascript:alert\(1\)"/);
    }),
  );
});
