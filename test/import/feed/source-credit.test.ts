import { describe, expect, it } from "vitest";
import { readFeed } from "../../../src/import/feed/read-feed.ts";

const POST = "https://quay.example/2026/03/crane/";
const TEXT = "<p>The crane was moved on Friday.</p>";

const html = (words: string, { title = "The crane moves", link = POST } = {}) => {
  const content = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Quay</title><link>https://quay.example</link><item><title>${title}</title><link>${link}</link><pubDate>Mon, 02 Mar 2026 18:00:00 GMT</pubDate><content:encoded><![CDATA[${words}]]></content:encoded></item></channel></rss>`;
  const [article] = readFeed({ name: "x.rss", content }).articles;
  return article?.body.kind === "html" ? article.body.html : undefined;
};
const link = (address: string, words: string) => `<a rel="nofollow" href="${address}">${words}</a>`;

describe("the paragraph that WordPress adds to an item goes", () => {
  it.each([
    [
      "English",
      `<p>The post ${link(POST, "The crane moves")} appeared first on ${link("https://quay.example", "Quay")}.</p>`,
    ],
    [
      "German",
      `<p>Der Beitrag ${link(POST, "Der Kran")} erschien zuerst auf ${link("https://quay.example/", "Quay")}.</p>`,
    ],
    [
      "Japanese",
      `<p>投稿 ${link(POST, "クレーン")} は ${link("https://www.quay.example", "Quay")} に最初に表示されました。</p>`,
    ],
    [
      "a site in a folder",
      `<p>The post ${link(POST, "The crane moves")} first appeared on ${link("https://quay.example/2026", "Quay")}.</p>\n`,
    ],
  ])("in %s", (_, credit) => {
    expect(html(TEXT + credit)).toBe(TEXT);
  });

  it("where the item links to it by another address", () => {
    const credit = `<p>The post ${link("https://quay.example/?p=4", "The crane moves")} appeared first on ${link("https://quay.example", "Quay")}.</p>`;
    expect(html(TEXT + credit)).toBe(TEXT);
  });
});

describe("a last paragraph with two links stays", () => {
  it.each([
    [
      "to other pages",
      `<p>See ${link("https://quay.example/a", "this")} and ${link("https://quay.example/b", "that")}.</p>`,
    ],
    [
      "to another site",
      `<p>The post ${link(POST, "The crane moves")} was first in ${link("https://pier.example", "Pier")}.</p>`,
    ],
    ["to the post twice", `<p>The post ${link(POST, "The crane moves")} is ${link(POST, "here")}.</p>`],
    [
      "of a long text",
      `<p>${"The crane is old. ".repeat(20)}${link(POST, "It")} was in ${link("https://quay.example", "Quay")}.</p>`,
    ],
  ])("%s", (_, last) => {
    const shown = html(TEXT + last) ?? "";
    expect(shown.match(/<p>/g)).toHaveLength(2);
  });
});
