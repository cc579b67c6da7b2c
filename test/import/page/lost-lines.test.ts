// Whose each line of a page is: standfirsts, names, days, boxes. `../owners/` has them all together, in generated pages.

import { describe, expect, it } from "vitest";
import type { ImportedArticle } from "../../../src/import/importer.ts";
import { readPage } from "../../../src/import/page/saved-page.ts";

const HEADLINE = "Gate of the old canal opens";
const DEK = "Boats come through after nine silent years";
const BODY = [
  "The lock was opened on Monday, when its keeper of thirty years turned the wheel and forty vessels passed before noon.",
  "The second sluice will be painted in summer, as councillors said, since its wood is rotten and rain did it no good.",
  "Fishermen had asked for that since 2017, and brought a petition with nine thousand signatures into the town hall.",
] as const;

const read = (body: string, head = ""): ImportedArticle => {
  const content = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${HEADLINE}</title><meta property="article:published_time" content="2026-03-02T10:00:00Z"><meta name="author" content="Ida Fenn">${head}</head><body>${body}</body></html>`;
  const [article] = readPage({ name: "page.html", content }).articles;
  if (!article) throw new Error("no article");
  return article;
};
const text = BODY.map((paragraph) => `<p>${paragraph}</p>`).join("");

describe("a standfirst", () => {
  const STANDFIRST = (tag: string, name = "standfirst") => `<${tag} class="${name}">${DEK}</${tag}>`;
  const LAYOUTS: Readonly<Record<string, string>> = {
    "as a paragraph under the header": `<article><header><h1>${HEADLINE}</h1></header>${STANDFIRST("p")}${text}</article>`,
    "as a box under the headline": `<article><h1>${HEADLINE}</h1>${STANDFIRST("div")}${text}</article>`,
    "as a heading": `<article><h1>${HEADLINE}</h1>${STANDFIRST("h2", "article__dek")}${text}</article>`,
    "in the header": `<article><header><h1>${HEADLINE}</h1>${STANDFIRST("p")}</header>${text}</article>`,
    "in the header, without a class": `<article><header><h1>${HEADLINE}</h1><p>${DEK}</p><p>By Ida Fenn</p></header>${text}</article>`,
    "in the element of the text": `<h1>${HEADLINE}</h1><div class="article-body">${STANDFIRST("p", "subtitle")}${text}</div>`,
    "before the element of the text": `<h1>${HEADLINE}</h1>${STANDFIRST("p")}<div itemprop="articleBody">${text}</div>`,
    "after the byline": `<article><h1>${HEADLINE}</h1><p>By Ida Fenn</p>${STANDFIRST("p")}${text}</article>`,
    "beside other parts of main": `<main><h1>${HEADLINE}</h1>${STANDFIRST("p", "chapo")}<time datetime="2026-03-02">2 March</time>${text}</main>`,
  };

  it.each(Object.entries(LAYOUTS))("is the dek, once: %s", (_, layout) => {
    const { dek, body } = read(layout);
    expect(dek).toBe(DEK);
    expect(body).toMatchObject({ html: expect.stringContaining(BODY[0]) });
    expect(JSON.stringify(body)).not.toContain(DEK);
  });

  it.each(Object.entries(LAYOUTS))("is the dek, with another description for machines: %s", (_, layout) => {
    expect(read(layout, '<meta name="description" content="All about canals.">').dek).toBe(DEK);
    expect(read(layout, `<meta property="og:description" content="${DEK}">`).dek).toBe(DEK);
  });

  it("of several paragraphs is in the dek or in the text", () => {
    const { dek = "", body } = read(
      `<article><h1>${HEADLINE}</h1><div class="standfirst"><p>${DEK}.</p><p>Nobody knows why.</p></div>${text}</article>`,
    );
    const all = `${dek} ${JSON.stringify(body)}`;
    expect(all.split(DEK)).toHaveLength(2);
    expect(all.split("Nobody knows why")).toHaveLength(2);
  });
});

describe("names", () => {
  it("of the line above the text stand, though the metadata has others", () => {
    const { bylines, notes } = read(
      `<article><h1>${HEADLINE}</h1><p>By Marta Quill and Odo Bellwether</p>${text}</article>`,
    );
    expect(bylines).toEqual([{ name: "Marta Quill" }, { name: "Odo Bellwether" }]);
    expect(notes).toEqual(["the page's metadata names somebody else as the author: Ida Fenn"]);
  });

  it.each([
    ["No Author", '<div class="byline">By Jonas Weber</div>', ["Jonas Weber"]],
    ["admin", '<p class="author">Jonas Weber</p>', ["Jonas Weber"]],
    ["Von Jonas Weber", "", ["Jonas Weber"]],
    ["-", '<a rel="author" href="/a">View all posts by Jonas Weber</a>', ["Jonas Weber"]],
    [
      "",
      '<div class="author"><span>Author</span><a rel="author" href="/a"><b>Jonas Weber</b></a></div>',
      ["Jonas Weber"],
    ],
    ["Harbour Times", '<header><p class="byline">By Jonas Weber</p></header>', ["Jonas Weber"]],
  ])("are names: %j in the metadata, %s", (author, line, names) => {
    const source = `<!doctype html><html lang="en"><title>${HEADLINE}</title><meta name="author" content="${author}"><article><h1>${HEADLINE}</h1>${line}${text}</article>`;
    const [article] = readPage({ name: "page.html", content: source }).articles;
    expect(article?.bylines?.map(({ name }) => name)).toEqual(names);
  });

  it("join those of the metadata where one is the same", () => {
    const { bylines, notes } = read(
      `<article><h1>${HEADLINE}</h1><p>By Ida Fenn and Odo Bellwether</p>${text}</article>`,
    );
    expect(bylines).toEqual([{ name: "Ida Fenn" }, { name: "Odo Bellwether" }]);
    expect(notes).toBeUndefined();
  });
});

it.each(["paywall", "ads-on", "social", "sidebar-free", "promo"])(
  "paragraphs in boxes of class %s are the text where there is no other",
  (name) => {
    const boxes = BODY.map((paragraph) => `<section class="${name}"><p>${paragraph}</p></section>`).join("");
    for (const first of ["", `<p>${BODY[0]} Once.</p>`])
      expect(read(`<article><h1>${HEADLINE}</h1>${first}${boxes}</article>`).body).toMatchObject({
        html: expect.stringMatching(new RegExp(`${BODY[0]}</p>[^]*${BODY[1]}</p>[^]*${BODY[2]}</p>`)),
      });
  },
);

it("a text that microdata calls the description as well is the text", () => {
  const post = `<div itemscope itemtype="http://schema.org/BlogPosting"><h3 itemprop="name">${HEADLINE}</h3><div itemprop="description articleBody">${text}</div><abbr itemprop="datePublished" title="2026-03-02T18:00:00+01:00">6 PM</abbr></div>`;
  const { dek, body } = read(post);
  expect(dek).toBeUndefined();
  expect(body).toMatchObject({ html: expect.stringContaining(BODY[2]) });
});

it("a post that is quoted in a box of class social stays", () => {
  const quote = '<div class="embed social"><blockquote><p>The ferry is back.</p></blockquote></div>';
  expect(read(`<article><h1>${HEADLINE}</h1>${text}${quote}</article>`).body).toMatchObject({
    html: expect.stringContaining("The ferry is back."),
  });
});

it("what readers wrote is no article, though it is longer", () => {
  const comments = `<div class="reader-comments" id="comments"><div class="post-text">${"I think otherwise. ".repeat(200)}</div></div>`;
  const { body } = read(`<h1>${HEADLINE}</h1><div class="article-body">${text}</div>${comments}`);
  expect(body).toMatchObject({ html: expect.not.stringContaining("otherwise") });
  expect(body).toMatchObject({ html: expect.stringContaining(BODY[2]) });
});

it("Medium's export says who wrote it, when, and where it was", () => {
  const { bylines, published, url } = readPage({
    name: "x.html",
    content: `<article class="h-entry"><h1 class="p-name">${HEADLINE}</h1><section class="e-content">${text}</section><footer><p>By <a href="https://medium.example/@ida" class="p-author h-card">Ida Fenn</a> on <time class="dt-published" datetime="2019-05-14T09:00:00.000Z">May 14, 2019</time>.</p><a href="https://medium.example/@ida/gate" class="p-canonical">Canonical link</a></footer></article>`,
  }).articles[0] ?? { bylines: [] };
  expect(bylines).toEqual([{ name: "Ida Fenn", url: "https://medium.example/@ida" }]);
  expect(published?.value).toBe("2019-05-14T09:00:00Z");
  expect(url).toBe("https://medium.example/@ida/gate");
});

it("a header's names and day are the article's, where no metadata says them", () => {
  const text = "The council voted on Monday for a second ferry across the harbour. ".repeat(6);
  const header = `<header><h1>Harbour vote passes</h1><h2>The council wants a second ferry by spring</h2>
    <p>By Jo Tran</p><p>Photographs by Mara Quill</p><p>Published March 2, 2026</p></header>`;
  const { articles } = readPage({
    name: "page.html",
    content: `<html lang="en"><body><article>${header}<p>${text}</p></article></body></html>`,
  });
  expect(articles[0]).toMatchObject({
    dek: "The council wants a second ferry by spring",
    bylines: [{ name: "Jo Tran" }, { name: "Mara Quill", role: "photographer" }],
    published: { value: "2026-03-02" },
  });
  expect(articles[0]?.notes).toBeUndefined();
});
