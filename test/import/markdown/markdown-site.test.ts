// A generator's files as articles: what front matter, names and settings say.

import { describe, expect, it } from "vitest";
import { GENERATORS, NO_GENERATOR } from "../../../src/import/markdown/generators.ts";
import { readMarkdownSite } from "../../../src/import/markdown/markdown-site.ts";

type Settings = Readonly<Record<string, unknown>>;

/** Reads one file of a site; `people` are those that its data names. */
function read(name: string, path: string, content: string, settings: Settings = {}, people: Settings = {}) {
  const generator = GENERATORS.find((one) => one.name === name) ?? NO_GENERATOR;
  const site = { generator, settings, people, defaultsOf: () => ({}) };
  const surroundings = {
    toHtml: (markdown: string) => `<p>${markdown.trim()}</p>`,
    pictureOf: () => undefined,
    coverIn: () => undefined,
    now: "2026-11-30T00:00:00Z",
  };
  return readMarkdownSite([{ path, content }], site, surroundings)[0];
}
const article = (...parameters: Parameters<typeof read>) => read(...parameters)?.articles[0];
const post = (fields: string) =>
  article("", "x.md", `---\ndate: 2020-01-02T03:04:05Z\n${fields}\n---\nWords.\n`);

describe("front matter", () => {
  it.each([
    ["title: A &amp; B", { headline: "A & B" }],
    ["description: Short\nsubtitle: Long", { dek: "Long" }],
    ["lastmod: 2020-02-01T00:00:00Z", { updated: { kind: "instant", value: "2020-02-01T00:00:00Z" } }],
    ["author: By Marta Quill", { bylines: [{ name: "Marta Quill" }] }],
    ["authors: [Marta Quill, Ida Fenn]", { bylines: [{ name: "Marta Quill" }, { name: "Ida Fenn" }] }],
    [
      "authors:\n- name: Ida Fenn\n  url: https://ida.example/\n  email: i@ida.example",
      { bylines: [{ name: "Ida Fenn", url: "https://ida.example/", email: "i@ida.example" }] },
    ],
    ["categories: [A, [B, C]]\ntags: x, y", { sections: ["A", "B", "C"], tags: ["x", "y"] }],
    ["category: A\nkeywords:\n- x", { sections: ["A"], tags: ["x"] }],
    ["lang: de", { language: "de" }],
    ["slug: the-slug", { slug: "the-slug" }],
    ["canonical_url: https://other.example/x", { url: "https://other.example/x" }],
    ["cover: https://x.example/a.png", { images: [{ src: "https://x.example/a.png" }] }],
    [
      "cover:\n  image: https://x.example/a.png\n  alt: A\n  caption: B",
      { images: [{ src: "https://x.example/a.png", alt: "A", caption: "B" }] },
    ],
    ["featured: true\nimages: [https://x.example/a.png]", { images: [{ src: "https://x.example/a.png" }] }],
    [
      "header:\n  teaser: https://x.example/a.png\ncover_alt: A",
      { images: [{ src: "https://x.example/a.png", alt: "A" }] },
    ],
    ["aliases: [/a/, b/]", { oldAddresses: ["/a/", "/b/"] }],
  ])("%s", (fields, expected) => {
    expect(post(fields)).toMatchObject(expected);
  });

  it("that names nobody names nobody", () => {
    expect(post("author: admin")?.bylines).toBeUndefined();
  });

  it("that an article hasn't got is noted, and what only the look needs isn't", () => {
    expect(post("title: A\nlayout: post\ncomments: true\ntoc: true\nrating: 5")?.notes).toEqual([
      "fields that an article hasn't got are left out: rating: 5",
    ]);
  });

  it.each([
    "draft: true",
    "published: false",
    "status: pending",
    "visibility: private",
    "private: true",
    "password: x",
    "hidden: true",
  ])("that held a post back makes a draft: %s", (fields) => {
    expect(post(fields)?.draft).toBe(true);
  });

  it.each(["draft: false", "published: true", "status: published", "visibility: public"])(
    "that doesn't, doesn't: %s",
    (fields) => {
      expect(post(fields)?.draft).toBeUndefined();
    },
  );

  it("in the future makes a draft", () => {
    const content = (date: string) => `---\ntitle: A\ndate: ${date}\n---\nWords.\n`;
    expect(article("Hugo", "content/a.md", content("2026-12-01"))).toMatchObject({ draft: true });
    expect(article("Hugo", "content/a.md", content("2026-11-29"))?.draft).toBeUndefined();
  });
});

describe("people that the site knows by keys", () => {
  const people = { ida: { name: "Ida Fenn", url: "https://ida.example/" } };
  it.each([
    "author: ida",
    "authors: [ida]",
    "author:\n  name: ida",
    "author: {name: ida, url: https://ida.example/}",
  ])("%s", (fields) => {
    expect(
      article("Jekyll", "_posts/2020-01-02-a.md", `---\n${fields}\n---\nA.`, {}, people)?.bylines,
    ).toEqual([{ name: "Ida Fenn", url: "https://ida.example/" }]);
  });
});

describe("dates without a zone", () => {
  const local = "---\ndate: 2020-01-02 03:04:05\n---\nWords.\n";
  it.each([
    ["Jekyll", "_posts/2020-01-02-a.md", { timezone: "Asia/Tokyo" }, "Asia/Tokyo"],
    ["Jekyll", "_posts/2020-01-02-a.md", {}, undefined],
    ["Hexo", "source/_posts/a.md", { timezone: "Asia/Tokyo" }, "Asia/Tokyo"],
    ["Hugo", "content/a.md", {}, "UTC"],
    ["Hugo", "content/a.md", { timeZone: "Europe/Oslo" }, "Europe/Oslo"],
    ["Eleventy", "posts/a.md", {}, "UTC"],
    ["", "a.md", {}, undefined],
  ])("of %s are in the zone of its rules: %s %j", (name, path, settings, timezone) => {
    expect(article(name, path, local, settings)).toMatchObject({
      published: { kind: "local", value: "2020-01-02T03:04:05" },
      ...(timezone && { timezone }),
    });
    expect(article(name, path, local, settings)?.timezone).toBe(timezone);
  });

  it("are in the file's name, where the fields have none", () => {
    expect(article("Jekyll", "_posts/2020-1-2-a.md", "---\ntitle: A\n---\nWords.")).toMatchObject({
      published: { kind: "day", value: "2020-01-02" },
      slug: "a",
    });
  });
});

describe("the old address", () => {
  const fields = "title: Big Lamp\ndate: 2020-01-02T23:30:00Z\ncategories: [News, At Sea]\n";
  const old = (name: string, path: string, settings: Settings = {}, more = "") =>
    article(name, path, `---\n${fields}${more}\n---\nWords.`, settings)?.oldAddresses?.[0];
  const J = "_posts/2020-01-02-big-lamp.md";
  it.each([
    ["Jekyll", J, {}, "", "/news/at-sea/2020/01/02/big-lamp.html"],
    [
      "Jekyll",
      J,
      { permalink: "pretty", url: "https://q.example", baseurl: "/b" },
      "",
      "https://q.example/b/news/at-sea/2020/01/02/big-lamp/",
    ],
    ["Jekyll", J, { permalink: "/:year/:i_month/:title", timezone: "Asia/Tokyo" }, "", "/2020/1/big-lamp"],
    ["Jekyll", J, { permalink: "/:day/:title/", timezone: "Asia/Tokyo" }, "", "/03/big-lamp/"],
    ["Jekyll", J, { permalink: "ordinal" }, "", "/news/at-sea/2020/002/big-lamp.html"],
    ["Jekyll", J, {}, "permalink: /own/", "/own/"],
    [
      "Jekyll",
      "ships/_posts/2020-01-02-big-lamp.md",
      { permalink: "none" },
      "",
      "/ships/news/at-sea/big-lamp.html",
    ],
    ["Hugo", "content/posts/Big Lamp.md", {}, "", "/posts/big%20lamp/"],
    [
      "Hugo",
      "content/posts/lamp/index.md",
      { baseURL: "https://p.example/blog/" },
      "",
      "https://p.example/blog/posts/lamp/",
    ],
    ["Hugo", "content/posts/lamp.md", {}, "slug: other", "/posts/other/"],
    [
      "Hugo",
      "content/posts/lamp.md",
      { permalinks: { posts: "/:year/:month/:title/" } },
      "",
      "/2020/01/big-lamp/",
    ],
    [
      "Hugo",
      "content/posts/lamp.md",
      { permalinks: { page: { posts: "/:section/:slugorfilename/" } } },
      "",
      "/posts/lamp/",
    ],
    ["Hugo", "content/posts/lamp.md", {}, "url: /whole/", "/whole/"],
    [
      "Hexo",
      "source/_posts/lamp.md",
      { permalink: ":year/:month/:day/:title/", root: "/b/" },
      "",
      "/b/2020/01/02/lamp/",
    ],
    ["Hexo", "source/_posts/lamp.md", { permalink: ":category/:name.html" }, "", "/news/lamp.html"],
    ["Eleventy", "posts/2020-01-02-lamp.md", {}, "", "/posts/lamp/"],
    ["Eleventy", "src/posts/lamp.md", {}, 'permalink: "/blog/{{ page.fileSlug }}/index.html"', "/blog/lamp/"],
    ["Eleventy", "src/posts/lamp.md", {}, 'permalink: "/{{ title | slugify }}/"', "/big-lamp/"],
    ["Astro", "src/content/blog/lamp.md", { site: "https://a.example" }, "", "https://a.example/blog/lamp/"],
    ["Gatsby", "content/blog/lamp/index.md", {}, "", "/lamp/"],
    ["Gatsby", "content/blog/lamp/index.md", {}, "path: /way/lamp", "/way/lamp"],
    ["", "lamp.md", {}, "", undefined],
  ])("of %s is as it makes it: %s %j %s", (name, path, settings, more, address) => {
    expect(old(name, path, settings, more)).toBe(address);
  });

  it.each([
    ["Jekyll", J, { url: "https://q.example" }, "https://q.example/news/at-sea/2020/01/02/big-lamp"],
    ["Hugo", "content/posts/lamp.md", { baseURL: "https://p.example/" }, "https://p.example/posts/lamp/"],
    ["Hugo", "content/posts/lamp.md", {}, undefined],
  ])("makes the id that the feed of %s has", (name, path, settings, id) => {
    expect(article(name, path, `---\n${fields}---\nWords.`, settings)?.id).toBe(id);
  });
});

describe("what is no post", () => {
  it.each([
    ["Hugo", "content/posts/_index.md", "---\ntitle: Posts\n---\n", "list of posts"],
    ["Hugo", "content/about.md", "---\ntitle: About\n---\nWords.", "page without a date"],
    ["Eleventy", "about.md", "# About\n", "page without a date"],
  ])("of %s is left out: %s", (name, path, content, what) => {
    const imported = read(name, path, content);
    expect(imported?.articles).toEqual([]);
    expect(imported?.explained).toMatchObject([{ as: "left out", text: expect.stringContaining(what) }]);
  });

  it("is an article all the same where no generator says what is one", () => {
    expect(article("", "about.md", "# About us\n\nWords.")).toMatchObject({
      headline: "About us",
      body: { html: "<p>Words.</p>" },
    });
  });
});

it("a broken file is told with its line, and keeps no other from being read", () => {
  expect(read("", "a.md", '---\ntitle: "x\n---\nWords.')).toMatchObject({
    articles: [],
    problems: [{ path: "line 3:" }],
  });
});
