// The Google News sitemap: what it says of an article, what it refuses, and how another program reads it.

import { describe, expect, it } from "vitest";
import { text } from "../../src/lib/text.ts";
import { googleNewsSitemap } from "../../src/partners/profiles/google-news-sitemap.ts";
import { elementsOf, textsAt } from "../formats/strict.ts";
import { SITE } from "../pipeline.ts";
import { describeWith, run, TOOLS } from "../tools.ts";
import { CORRECTED, DOCUMENTS, WITHDRAWN_AT } from "./documents.ts";
import { documentOf, type ItemChanges, itemOf, noticeOf, siteOf } from "./items.ts";

const NEWS = "urlset/url/news:news";
const read = (changes: ItemChanges = {}) =>
  elementsOf(documentOf(googleNewsSitemap, [itemOf("plain", changes)]));
const lint = (changes: ItemChanges) => googleNewsSitemap.lint(itemOf("plain", changes), SITE);

describe("an entry", () => {
  it("has the site's title, the first date and the headline, each once", () => {
    const elements = read({ modified: CORRECTED.after.modified });
    const said = elements
      .filter(({ text: own }) => own.trim() !== "")
      .map(({ path, text: own }) => [path, own]);
    expect(Object.fromEntries(said)).toEqual({
      "urlset/url/loc": "https://news.example.com/articles/plain",
      "urlset/url/lastmod": "2024-10-25T09:00:00Z",
      [`${NEWS}/news:publication/news:name`]: "The Daily Wire & Post",
      [`${NEWS}/news:publication/news:language`]: "en",
      [`${NEWS}/news:publication_date`]: "2024-10-24T11:30:00Z",
      [`${NEWS}/news:title`]: "Council approves the budget",
    });
    expect(said).toHaveLength(6);
  });

  it.each([
    ["en", "en"],
    ["pt-BR", "pt"],
    ["haw", "haw"],
    ["zh", "zh-cn"],
    ["zh-Hans-SG", "zh-cn"],
    ["zh-TW", "zh-tw"],
    ["zh-Hant", "zh-tw"],
    ["zh-HK", "zh-tw"],
  ])("of %s is in %s", (language, code) => {
    expect(textsAt(read({ article: { language } }), `${NEWS}/news:publication/news:language`)).toEqual([
      code,
    ]);
    expect(lint({ article: { language } })).toEqual([]);
  });

  it("of a corrected article has another lastmod and no other date", () => {
    const [before, after] = [CORRECTED.before, CORRECTED.after].map((item) =>
      elementsOf(documentOf(googleNewsSitemap, [item])),
    );
    expect(textsAt(after ?? [], "urlset/url/lastmod")).toEqual(["2024-10-25T09:00:00Z"]);
    const date = `${NEWS}/news:publication_date`;
    expect(textsAt(after ?? [], date)).toEqual(textsAt(before ?? [], date));
  });

  it("is refused of what somebody paid for", () => {
    expect(lint({ article: { sponsored: true } })).toMatchObject([{ path: "sponsored", level: "refusal" }]);
  });

  it("goes when the article is withdrawn", () => {
    const document = documentOf(googleNewsSitemap, [], { notices: [noticeOf("full", WITHDRAWN_AT)] });
    expect(document).toBe(DOCUMENTS.empty?.(googleNewsSitemap));
  });
});

describe("what Google would refuse", () => {
  const address = (length: number) =>
    `https://news.example.com/${"a".repeat(length - "https://news.example.com/".length)}`;

  it("an address of 2,048 characters, not one of 2,047", () => {
    expect(lint({ link: address(2047) })).toEqual([]);
    expect(lint({ link: address(2048) })).toEqual([
      { path: "url", level: "refusal", message: expect.stringMatching(/2,048 characters.*at most 2,047/) },
    ]);
  });

  it.each([
    "https://other.example.com/a",
    "https://news.example.com.evil.test/a",
    "http://news.example.com/a",
  ])("a page that isn't on this site: %s", (url) =>
    expect(lint({ article: { url } })).toMatchObject([{ path: "url", level: "refusal" }]),
  );

  it("a language without a code of two or three letters", () => {
    expect(lint({ article: { language: "abcde" } })).toMatchObject([{ path: "language", level: "refusal" }]);
    expect(lint({ article: { language: "abc" } })).toEqual([]);
  });
});

it("asks for a thousand articles of two days at most", () => {
  expect(googleNewsSitemap.limits).toMatchObject({ items: 1000, ageSeconds: 172_800 });
});

describeWith(TOOLS.xmllint, "xmllint", () => {
  it("reads every text as it was meant, in the namespaces that Google names", async () => {
    const site = siteOf("hostile");
    const item = itemOf("hostile");
    const document = documentOf(googleNewsSitemap, [item], { site });
    const at = async (namespace: string, name: string) => {
      const path = `string(//*[local-name()='${name}' and namespace-uri()='${namespace}'])`;
      return (await run("xmllint", ["--xpath", path, "-"], { input: document })).replace(/\n$/, "");
    };
    expect(await at("http://www.sitemaps.org/schemas/sitemap/0.9", "loc")).toBe(item.link);
    const news = "http://www.google.com/schemas/sitemap-news/0.9";
    expect(await at(news, "title")).toBe(text(item.article.headline));
    expect(await at(news, "name")).toBe(site.title);
  });
});
