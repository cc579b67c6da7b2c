// An exported article reads back as the article that it was.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ArticleInput, articleInputSchema } from "../../src/article/article.ts";
import { readContent } from "../../src/content/folder.ts";
import { readArticleFile } from "../../src/content/front-matter.ts";
import { htmlBody } from "../../src/content/html-body.ts";
import { hexSha256 } from "../../src/content/images.ts";
import { readArticle } from "../../src/content/read-article.ts";
import { articleFile, pictureFile } from "../../src/content/write-article.ts";
import { check } from "../../src/lib/problem.ts";
import { text } from "../../src/lib/text.ts";
import { contentFolder, PIXEL } from "../cli/folder.ts";

const PIXEL_ADDRESS = `/media/${hexSha256(PIXEL)}.png`;

function input(fields: object): ArticleInput {
  const checked = check(articleInputSchema, {
    headline: "A",
    published: "2024-10-24T00:00:00Z",
    body: { html: "<p>A</p>" },
    ...fields,
  });
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.value;
}

const FULL = {
  id: "https://old.example.com/?p=1",
  headline: 'No: "yes" # {x} & <b>',
  shortHeadline: "- 7",
  dek: "null",
  section: "world",
  tags: ["yes", "2024", "~", "한국어", "#x", "a: b"],
  language: "pt-BR",
  bylines: [
    "ada",
    { person: "ada", role: "editor" },
    { name: "Bo", role: "writer", bio: "!x 'y'", url: "https://x.org/" },
  ],
  dateline: "SEOUL, South Korea",
  updated: "2024-10-25T00:00:00Z",
  expires: "2034-10-24T00:00:00Z",
  priority: "top",
  images: [
    {
      src: PIXEL_ADDRESS,
      alt: "Alt",
      caption: "Cap",
      credit: { name: "Ada", role: "photographer" },
      copyright: "©",
      width: 1,
      height: 1,
      type: "image/png",
      length: PIXEL.length,
      syndicate: false,
    },
    { src: "https://x.org/far.jpg", width: 3, height: 2, type: "image/jpeg", length: 9 },
  ],
  body: {
    html: `<p>a</p>\n---\n<p><img src="${PIXEL_ADDRESS}" alt=""> &#x26; <a href="/articles/b">b</a> <a href="${PIXEL_ADDRESS}">c</a></p>\n\n`,
  },
  corrections: [{ at: "2024-10-26T00:00:00Z", kind: "clarification", text: "It's: so" }],
  rights: { copyright: "© A", license: "https://x.org/l", terms: "t" },
  syndicate: false,
  sponsored: true,
  url: "https://canonical.example.com/a",
};

describe("articleFile", () => {
  it("reads back as the article that was exported, pictures measured anew", async () => {
    const article = input(FULL);
    const exported = articleFile(article);
    expect(exported.pictures).toEqual([PIXEL_ADDRESS]);
    const content = await readContent(
      contentFolder({
        "articles/a/index.html": exported.file,
        [`articles/a/${pictureFile(PIXEL_ADDRESS)}`]: PIXEL,
      }),
    );
    const [folder] = content.folders;
    if (!folder) throw new Error("No folder");
    const read = await readArticle(folder, content);
    if (read.kind !== "article") throw new Error(JSON.stringify(read.findings));
    const [lead, ...others] = article.images;
    if (!lead) throw new Error("No lead");
    const { width: _w, height: _h, type: _t, length: _l, ...said } = lead;
    expect(read.input).toEqual({ ...article, images: [said, ...others] });
  });

  it("leaves out what needs no saying", () => {
    expect(articleFile(input({})).file).toBe(
      "---\nheadline: A\npublished: 2024-10-24T00:00:00Z\n---\n<p>A</p>\n",
    );
  });

  it("carries any text and any body", () => {
    const words = fc
      .string({ unit: "grapheme", maxLength: 60 })
      .map((value) => text(value))
      .filter((value) => value !== "");
    // A stored body is clean: line ends are \n.
    const bodies = fc.string({ unit: "grapheme", maxLength: 200 }).map((value) => value.replace(/\r/g, ""));
    fc.assert(
      fc.property(words, words, fc.array(words, { maxLength: 3 }), bodies, (headline, dek, tags, html) => {
        const read = readArticleFile(articleFile(input({ headline, dek, tags, body: { html } })).file);
        if (read.kind !== "article") throw new Error(JSON.stringify(read.problems));
        expect([read.fields.headline, read.fields.dek, read.fields.tags]).toEqual([headline, dek, tags]);
        expect(htmlBody(read.body, 1, () => false).html(() => "")).toBe(html);
      }),
    );
  });
});

it("names a picture by the first 12 digits of its hash, and nothing else", () => {
  expect(pictureFile(`/media/${"a1".repeat(32)}.webp`)).toBe("a1a1a1a1a1a1.webp");
  expect(pictureFile("https://x.org/a.png")).toBeUndefined();
  expect(pictureFile(`/media/${"a1".repeat(32)}.svg`)).toBeUndefined();
});
