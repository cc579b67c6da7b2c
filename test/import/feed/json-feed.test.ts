// JSON Feed 1.0 and 1.1, and what `_wireroom` adds.

import { describe, expect, it } from "vitest";
import { readFeed } from "../../../src/import/feed/read-feed.ts";

const read = (feed: unknown) => readFeed({ name: "feed.json", content: JSON.stringify(feed) });

const feed = (version: string, items: readonly unknown[], more: object = {}) => ({
  version: `https://jsonfeed.org/version/${version}`,
  title: "Harbour Post",
  home_page_url: "https://harbour.example/",
  ...more,
  items,
});

it("JSON Feed 1.0, with one author and a text", () => {
  expect(
    read(
      feed("1", [
        {
          id: 4711,
          url: "/news/nets",
          title: "Nets & <b>knots</b>",
          content_text: "A net has knots.\n\n<p> is no paragraph.",
          summary: "How a net is mended.",
          banner_image: "nets.jpg",
          date_published: "2026-03-02T18:04:00+01:00",
          author: { name: "Ines Rey", url: "https://ines.example/", avatar: "/ines.png" },
        },
      ]),
    ),
  ).toMatchInlineSnapshot(`
    {
      "articles": [
        {
          "body": {
            "kind": "text",
            "paragraphs": [
              "A net has knots.",
              "<p> is no paragraph.",
            ],
          },
          "bylines": [
            {
              "avatar": "https://harbour.example/ines.png",
              "name": "Ines Rey",
              "url": "https://ines.example/",
            },
          ],
          "dek": "How a net is mended.",
          "headline": "Nets & <b>knots</b>",
          "id": "4711",
          "images": [
            {
              "src": "https://harbour.example/news/nets.jpg",
            },
          ],
          "item": "4711",
          "published": {
            "kind": "instant",
            "value": "2026-03-02T18:04:00+01:00",
          },
          "slug": "nets",
          "url": "https://harbour.example/news/nets",
        },
      ],
      "explained": [
        {
          "as": "item",
          "text": "Nets & <b>knots</b>",
          "why": "id: id; text: content_text; authors: authors",
        },
      ],
      "names": [
        "https://harbour.example/",
      ],
      "problems": [],
    }
  `);
});

it("JSON Feed 1.1, with everything", () => {
  expect(
    read(
      feed(
        "1.1",
        [
          {
            id: "https://harbour.example/news/nets",
            url: "https://harbour.example/news/nets",
            external_url: "https://elsewhere.example/",
            title: "Nets",
            content_html: '<p>A <a href="/net">net</a>.</p>',
            content_text: "A net.",
            image: "https://harbour.example/nets.jpg",
            date_published: "2026-03-02T18:04:00+01:00",
            date_modified: "2026-03-03T08:00:00Z",
            authors: [
              { name: "Ines Rey", url: "/ines" },
              { name: "Tom Hart" },
              { url: "https://nobody.example/" },
            ],
            tags: ["Fishing", "Crafts"],
            language: "ga",
            attachments: [
              {
                url: "https://harbour.example/net.png",
                mime_type: "image/png",
                title: "A net",
                size_in_bytes: 1234,
              },
              { url: "https://harbour.example/net.mp3", mime_type: "audio/mpeg" },
            ],
          },
          { id: "2", title: "By the feed's author" },
        ],
        { language: "en", authors: [{ name: "The desk" }] },
      ),
    ),
  ).toMatchInlineSnapshot(`
    {
      "articles": [
        {
          "body": {
            "base": "https://harbour.example/news/nets",
            "html": "<p>A <a href="https://harbour.example/net">net</a>.</p>",
            "kind": "html",
          },
          "bylines": [
            {
              "name": "Ines Rey",
              "url": "https://harbour.example/ines",
            },
            {
              "name": "Tom Hart",
            },
          ],
          "headline": "Nets",
          "id": "https://harbour.example/news/nets",
          "images": [
            {
              "src": "https://harbour.example/nets.jpg",
            },
            {
              "alt": "A net",
              "length": 1234,
              "src": "https://harbour.example/net.png",
              "type": "image/png",
            },
          ],
          "item": "https://harbour.example/news/nets",
          "language": "ga",
          "notes": [
            "an author without a name was left out: https://nobody.example/",
            "a file that is no picture was left out: https://harbour.example/net.mp3 (audio/mpeg)",
            "it is about another page: https://elsewhere.example/",
          ],
          "published": {
            "kind": "instant",
            "value": "2026-03-02T18:04:00+01:00",
          },
          "sections": [
            "Fishing",
            "Crafts",
          ],
          "slug": "nets",
          "updated": {
            "kind": "instant",
            "value": "2026-03-03T08:00:00Z",
          },
          "url": "https://harbour.example/news/nets",
        },
        {
          "body": {
            "kind": "text",
            "paragraphs": [],
          },
          "bylines": [
            {
              "name": "The desk",
            },
          ],
          "headline": "By the feed's author",
          "id": "2",
          "item": "2",
          "language": "en",
          "notes": [
            "the feed has no text for it",
          ],
        },
      ],
      "explained": [
        {
          "as": "item",
          "text": "Nets",
          "why": "id: id; text: content_html; authors: authors",
        },
        {
          "as": "item",
          "text": "By the feed's author",
          "why": "id: id; text: none; authors: the feed's authors",
        },
      ],
      "names": [
        "https://harbour.example/",
      ],
      "problems": [],
    }
  `);
});

describe("_wireroom", () => {
  const own = (extension: unknown, more: object = {}) =>
    read(feed("1.1", [{ id: "1", title: "T", tags: ["Sea", "Nets"], _wireroom: extension, ...more }]))
      .articles[0];

  it("goes before the rest of the item", () => {
    expect(
      own(
        {
          section: { slug: "sea", title: "Sea" },
          bylines: [{ name: "Ines Rey", role: "writer" }],
          sponsored: true,
        },
        { authors: [{ name: "Somebody else" }] },
      ),
    ).toMatchObject({
      sections: ["Sea"],
      tags: ["Nets"],
      bylines: [{ name: "Ines Rey", role: "writer" }],
      sponsored: true,
    });
  });

  it("is passed over where it isn't as we write it", () => {
    expect(
      own(
        { bylines: [{ name: 7 }], section: "sea", sponsored: "yes", images: [{}] },
        { authors: [{ name: "Ines" }] },
      ),
    ).toMatchObject({
      tags: ["Sea", "Nets"],
      bylines: [{ name: "Ines" }],
    });
    expect(own("text")).toMatchObject({ sections: ["Sea", "Nets"] });
    expect(own(null)).toMatchObject({ sections: ["Sea", "Nets"] });
  });
});

describe("bad input", () => {
  it.each([
    ['{"version": "https://jsonfeed.org/version/1",\n "items": [,]}', /^is not JSON: /],
    ["{}", /^is not that of a JSON Feed$/],
    ['{"version": "https://jsonfeed.org/version/1", "items": {}}', /^must be a list$/],
    ['{"version": "2.0", "items": []}', /^is not that of a JSON Feed$/],
  ])("%s is one problem", (content, message) => {
    const { articles, problems } = readFeed({ name: "feed.json", content });
    expect(articles).toEqual([]);
    expect(problems).toEqual([{ path: expect.any(String), message: expect.stringMatching(message) }]);
  });

  it("items that are none are named, and keep nobody else from being read", () => {
    const { articles, problems } = read(
      feed("1.1", [
        null,
        "text",
        [],
        {},
        { id: "1" },
        { id: "2", title: "Nets" },
        { id: "2", title: "Again" },
      ]),
    );
    expect(articles.map(({ headline }) => headline)).toEqual(["Nets"]);
    expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
      "item 1 can't be read",
      "item 2 can't be read",
      "item 3 can't be read",
      "item 4 can't be read",
      'item 5 ("1") has no title, no text and no link',
      'item 7 ("Again") has the same id as item 6: left out',
    ]);
  });
});
