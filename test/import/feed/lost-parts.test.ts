// What feeds and pages of other systems and languages say in their own way: categories, drafts, texts.

import { describe, expect, it } from "vitest";
import { readFeed } from "../../../src/import/feed/read-feed.ts";
import type { ImportedArticle } from "../../../src/import/importer.ts";
import { readPage } from "../../../src/import/page/saved-page.ts";

const rss = (item: string): ImportedArticle | undefined =>
  readFeed({
    name: "feed",
    content: `<rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:x="https://x.example/"><channel><title>x</title><item><title>Ferry</title>${item}</item></channel></rss>`,
  }).articles[0];

describe("categories", () => {
  it.each([
    ["<category><![CDATA[Häfen &amp; Fähren]]></category>", ["Häfen & Fähren"]],
    ["<category/><category> </category><category>R&amp;D</category>", ["R&D"]],
    ["<media:keywords>Häfen, Fähren</media:keywords>", ["Häfen", "Fähren"]],
    ["<itunes:keywords>Häfen, Fähren</itunes:keywords>", ["Häfen", "Fähren"]],
    ['<media:category label="Häfen">news/town</media:category>', ["Häfen"]],
    ["<category>Häfen</category><media:keywords>seo, words</media:keywords>", ["Häfen"]],
  ])("%s", (categories, wanted) => {
    expect(rss(`${categories}<description>It sails.</description>`)?.sections).toEqual(wanted);
  });

  const TEXT =
    "<p>The council voted on Monday for a second ferry across the harbour. It is to sail from April.</p>".repeat(
      4,
    );
  it.each([
    ['<meta name="keywords" content="渡轮，港口、城市">', "", ["渡轮", "港口", "城市"]],
    ["", '<a class="p-category" href="/x">Häfen</a>', ["Häfen"]],
    [
      "",
      '<ul class="tags"><li><a href="/tag/haefen/">Häfen</a></li></ul><a href="/town/">Town</a>',
      ["Häfen"],
    ],
  ])("of a page: %s%s", (head, body, tags) => {
    const content = `<html lang="de"><title>Ferry</title>${head}<article><h1>Ferry</h1>${TEXT}${body}</article>`;
    expect(readPage({ name: "page.html", content }).articles[0]?.tags).toEqual(tags);
  });
});

describe("what isn't public in other languages and systems", () => {
  it.each([
    ["status", "Kladde"],
    ["statut", "brouillon"],
    ["estado", "Borrador"],
    ["stav", "koncept"],
    ["status", "Черновик"],
    ["status", "草稿"],
    ["status", "下書き"],
    ["status", "مسودة"],
    ["sichtbarkeit", "privat"],
    ["veröffentlicht", "nein"],
    ["publié", "non"],
    ["brouillon", "oui"],
  ])("%s: %s", (name, value) => {
    const article = rss(`<x:${name}>${value}</x:${name}><description>It sails.</description>`);
    expect(article?.draft).toBe(true);
  });

  it.each([
    ["status", "veröffentlicht"],
    ["statut", "publié"],
    ["estado", "Durango"],
    ["publié", "oui"],
  ])("but not %s: %s", (name, value) => {
    expect(rss(`<x:${name}>${value}</x:${name}><description>It sails.</description>`)?.draft).toBeUndefined();
  });

  const page = (head: string, mark: string) =>
    readPage({
      name: "page.html",
      content: `<title>Ferry</title>${head}<article class="${mark}"><h1>Ferry</h1><p>${"It sails from April. ".repeat(20)}</p></article>`,
    }).articles[0];
  it.each([
    ["", "node node--unpublished"],
    ["", "system-unpublished"],
    ['<link rel="canonical" href="https://harbour.example/?p=12&amp;preview=true">', ""],
  ])("a page with %s%s", (head, mark) => expect(page(head, mark)?.draft).toBe(true));
});

describe("a text that is only empty markup", () => {
  it.each(["<p>&nbsp;</p><div></div>", "<!-- more -->", "<p><br></p>"])(
    "gives way to the summary: %s",
    (empty) => {
      const article = rss(
        `<description>It sails from April.</description><content:encoded><![CDATA[${empty}]]></content:encoded>`,
      );
      expect(article).toMatchObject({ body: { paragraphs: ["It sails from April."] } });
      expect(article?.dek).toBeUndefined();
    },
  );
});
