// Which heading of a page is the article's, and what is read by it and in boxes about the article.

import { describe, expect, it } from "vitest";
import { readPage } from "../../../src/import/page/saved-page.ts";
import { PARAGRAPHS } from "./pages.ts";

const TEXT = PARAGRAPHS.map((paragraph) => `<p>${paragraph}</p>`).join("");
const HEADLINE = "Bridge opens again";
const articleOf = (content: string) => readPage({ name: "bridge.html", content }).articles[0];

describe("a headline", () => {
  it.each([
    [
      "the front page's name, linked",
      `<title>Quayside Post</title><h1><a href="/">Quayside Post</a></h1><article><h2 class="entry-title">${HEADLINE}</h2>${TEXT}</article>`,
    ],
    ["of a popup", `<div class="popup"><h1>Letters for you</h1></div><h1>${HEADLINE} on Monday</h1>${TEXT}`],
    [
      "of a related article",
      `<article><div class="related"><h2 class="entry-title">Eel fair moved</h2></div><h2 class="entry-title">${HEADLINE}</h2>${TEXT}</article>`,
    ],
  ])("is not %s", (_name, content) => {
    expect(articleOf(content)?.headline).toMatch(HEADLINE);
  });
});

describe("a page's boxes", () => {
  it.each([
    [
      "<p>Ines Tarrow covers the harbour for the Quayside Post.</p>",
      "Ines Tarrow covers the harbour for the Quayside Post.",
    ],
    ["<h4>Ines Tarrow</h4><p>Reports on ships, and on eels.</p>", "Reports on ships, and on eels."],
    ["<p>Ines Tarrow 2 March 2026, 9:02 AM</p>", undefined],
  ])("a bio is taken from beside the article: %s", (box, bio) => {
    const content = `<meta name="author" content="Ines Tarrow"><h1>${HEADLINE}</h1><article>${TEXT}</article><div class="author-bio">${box}</div>`;
    expect(articleOf(content)?.bylines).toEqual([{ name: "Ines Tarrow", ...(bio && { bio }) }]);
  });

  it("names of the author are taken from under the text, where none stand by the headline", () => {
    const content = `<h1>${HEADLINE}</h1><article>${TEXT}<p>${PARAGRAPHS[0]}</p><div class="author">Ines Tarrow</div></article>`;
    expect(articleOf(content)?.bylines).toEqual([{ name: "Ines Tarrow" }]);
  });

  it("a date is taken from the article's own footer", () => {
    const content = `<article><h1>${HEADLINE}</h1>${TEXT}<footer class="entry-meta">Posted on 2 March 2026</footer></article>`;
    expect(articleOf(content)?.published).toEqual({ kind: "day", value: "2026-03-02" });
  });

  it("tags of the whole site are none of the article's", () => {
    const content = `<h1>${HEADLINE}</h1><article>${TEXT}<a rel="tag" href="/t/bridges">Bridges</a></article><div class="tagcloud"><a rel="tag" href="/t/eels">Eels</a></div>`;
    expect(articleOf(content)?.tags).toEqual(["Bridges"]);
  });

  it("a language may be an object with its code beside its name", () => {
    const article = {
      "@type": "Article",
      inLanguage: { "@type": "Language", name: "Spanish", alternateName: "es" },
    };
    const content = `<script type="application/ld+json">${JSON.stringify(article)}</script><h1>${HEADLINE}</h1>${TEXT}`;
    expect(articleOf(content)?.language).toBe("es");
  });
});
