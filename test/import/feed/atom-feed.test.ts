// Atom 1.0 and 0.3: every kind of text construct, people who are named in different places, addresses that start elsewhere.

import { describe, expect, it } from "vitest";
import { readFeed } from "../../../src/import/feed/read-feed.ts";

const read = (content: string) => readFeed({ name: "feed.atom", content });

const atom1 = (entries: string, head = "") => `<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="en" xml:base="https://harbour.example/feeds/">
<title>Harbour Post</title><id>tag:harbour.example,2026:feed</id><updated>2026-03-03T08:00:00Z</updated>${head}
${entries}
</feed>`;

/** The only article of a feed with one entry, of which nothing is wrong. */
function only(entry: string, head = "") {
  const { articles, problems } = read(atom1(entry, head));
  expect(problems).toEqual([]);
  expect(articles).toHaveLength(1);
  return articles[0];
}

describe("Atom 1.0", () => {
  it("has ids back that a Wireroom wrote as tag URIs of its own, and no others", () => {
    const own = (id: string, head = "<generator>Wireroom</generator>") =>
      read(
        atom1(`<entry><title>A</title><id>${id}</id></entry>`, head).replace(
          "tag:harbour.example,2026:feed",
          "tag:harbour.example,2026:feeds/site",
        ),
      ).articles[0]?.id;
    const uri = "tag:harbour.example,2026:guid:123%20at%20https%3A%2F%2Fold.example%2F";
    expect(own(uri)).toBe("123 at https://old.example/");
    expect(own(uri, "")).toBe(uri);
    for (const id of ["tag:quay.example,2026:guid:1", "tag:harbour.example,2026:guid:%ff"])
      expect(own(id)).toBe(id);
  });

  it("with XHTML, people, and addresses of its own", () => {
    expect(
      only(`<entry xml:lang="ga" xml:base="../2026/">
<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Nets <em>&amp;</em> knots</div></title>
<id>urn:uuid:1225C695-cfb8-4ebb-aaaa-80da344efa6a</id>
<link rel="related" href="https://elsewhere.example/"/>
<link rel="alternate" type="application/json" href="nets.json"/><link rel="alternate" type="text/html" href="nets-and-knots"/>
<link rel="enclosure" type="image/png" length="1234" href="net.png" title="A net on the quay"/>
<link rel="enclosure" type="video/mp4" href="net.mp4"/>
<link rel="license" href="https://creativecommons.org/licenses/by/4.0/"/>
<published>2026-03-02T18:04:00+01:00</published><updated>2026-03-03T08:00:00Z</updated>
<author><name>Ines Rey</name><uri>../people/ines</uri><email>ines@harbour.example</email></author>
<author><name>Tom Hart</name></author><contributor><name>Jo Lind</name></contributor>
<category term="fishing" scheme="https://harbour.example/tags" label="Fishing &amp; boats"/><category term="crafts"/>
<rights type="html">© Harbour &amp;amp; Post</rights>
<summary type="text">How a net &lt;is&gt; mended.</summary>
<content type="xhtml" xml:base="text/"><div xmlns="http://www.w3.org/1999/xhtml"><p>A <a href="net">net</a> &lt;b&gt;<br/>has<span/> knots.</p><p/><p>Done.</p></div></content>
</entry>`),
    ).toMatchInlineSnapshot(`
      {
        "body": {
          "base": "https://harbour.example/2026/text/",
          "html": "<p>A <a href="https://harbour.example/2026/text/net">net</a> &#x3C;b><br>has knots.</p><p>Done.</p>",
          "kind": "html",
        },
        "bylines": [
          {
            "email": "ines@harbour.example",
            "name": "Ines Rey",
            "url": "https://harbour.example/people/ines",
          },
          {
            "name": "Tom Hart",
          },
          {
            "name": "Jo Lind",
            "role": "contributor",
          },
        ],
        "dek": "How a net <is> mended.",
        "headline": "Nets & knots",
        "id": "urn:uuid:1225C695-cfb8-4ebb-aaaa-80da344efa6a",
        "images": [
          {
            "alt": "A net on the quay",
            "length": 1234,
            "src": "https://harbour.example/2026/net.png",
            "type": "image/png",
          },
        ],
        "item": "urn:uuid:1225C695-cfb8-4ebb-aaaa-80da344efa6a",
        "language": "ga",
        "notes": [
          "a file that is no picture was left out: https://harbour.example/2026/net.mp4 (video/mp4)",
        ],
        "published": {
          "kind": "instant",
          "value": "2026-03-02T18:04:00+01:00",
        },
        "rights": {
          "copyright": "© Harbour & Post",
          "license": "https://creativecommons.org/licenses/by/4.0/",
        },
        "sections": [
          "Fishing & boats",
          "crafts",
        ],
        "slug": "nets-and-knots",
        "updated": {
          "kind": "instant",
          "value": "2026-03-03T08:00:00Z",
        },
        "url": "https://harbour.example/2026/nets-and-knots",
      }
    `);
  });

  it.each([
    ["<title>5 &lt; 6 &amp;amp; <![CDATA[<b>]]></title>", "5 < 6 &amp; <b>"],
    ['<title type="text">&lt;b&gt;</title>', "<b>"],
    ['<title type="html">&lt;b&gt;Nets&lt;/b&gt; &amp;amp; &amp;lt;knots&amp;gt;</title>', "Nets & <knots>"],
    [
      '<title type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:b>Nets</x:b> &lt;3</x:div></title>',
      "Nets <3",
    ],
    ["<title><![CDATA[one ]]]]><![CDATA[> two]]></title>", "one ]]> two"],
  ])("reads %s", (title, headline) => {
    expect(only(`<entry>${title}<id>1</id></entry>`)?.headline).toBe(headline);
  });

  it.each([
    ["<content>Boats.&#10;&#10;5 &lt; 6</content>", { kind: "text", paragraphs: ["Boats.", "5 < 6"] }],
    ['<content type="text/plain">&lt;p></content>', { kind: "text", paragraphs: ["<p>"] }],
    ['<content type="html">&lt;p>&amp;lt;p></content>', { kind: "html", html: "<p>&#x3C;p></p>" }],
    ['<content type="text/html"><![CDATA[<p>Boats]]></content>', { kind: "html", html: "<p>Boats</p>" }],
    ['<summary type="html">&lt;p>Boats</summary>', { kind: "html", html: "<p>Boats</p>" }],
    ['<content type="image/png">iVBORw0KGgo=</content>', { kind: "text", paragraphs: [] }],
  ])("has the text of %s", (content, body) => {
    expect(only(`<entry><title>T</title><id>1</id>${content}</entry>`)?.body).toMatchObject(body);
  });

  it("notes a text that is elsewhere", () => {
    expect(
      only('<entry><title>T</title><id>1</id><content type="text/html" src="../1.html"/></entry>')?.notes,
    ).toEqual(["the text is elsewhere: https://harbour.example/1.html", "the feed has no text for it"]);
  });

  it.each([
    [
      "its own",
      "<author><name>Own</name></author><source><author><name>Source</name></author></source>",
      "Own",
    ],
    ["its source's", "<source><author><name>Source</name></author></source>", "Source"],
    ["the feed's", "", "Feed"],
  ])("is by %s author", (_, elements, name) => {
    expect(
      only(`<entry><title>T</title>${elements}</entry>`, "<author><name>Feed</name></author>")?.bylines,
    ).toEqual([{ name }]);
  });

  it("is by several whose names stand in one", () => {
    expect(
      only("<entry><title>T</title><author><name>Ines Rey and Tom Hart</name></author></entry>")?.bylines,
    ).toEqual([{ name: "Ines Rey" }, { name: "Tom Hart" }]);
  });

  it("has no date of publication where only its last change has one", () => {
    const article = only("<entry><title>T</title><updated>2026-03-03T08:00:00Z</updated></entry>");
    expect(article).not.toHaveProperty("published");
    expect(article?.updated).toEqual({ kind: "instant", value: "2026-03-03T08:00:00Z" });
  });

  it("passes over what was deleted, and copes with a prefix", () => {
    const { articles, problems } =
      read(`<a:feed xmlns:a="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">
<at:deleted-entry ref="tag:x,2026:1" when="2026-03-03T08:00:00Z"/>
<a:entry><a:title>Left</a:title><a:id>tag:x,2026:2</a:id><a:content type="html">&lt;p>Boats</a:content></a:entry></a:feed>`);
    expect(problems).toEqual([]);
    expect(articles).toEqual([
      {
        item: "tag:x,2026:2",
        id: "tag:x,2026:2",
        headline: "Left",
        body: { kind: "html", html: "<p>Boats</p>" },
      },
    ]);
  });
});

describe("Atom 0.3", () => {
  const atom03 = (entry: string) =>
    read(`<feed version="0.3" xmlns="http://purl.org/atom/ns#" xml:lang="en">
<title>Harbour Post</title><link rel="alternate" type="text/html" href="https://harbour.example/"/>
<modified>2004-03-03T08:00:00Z</modified><author><name>Ines Rey</name><url>https://ines.example/</url></author>
${entry}</feed>`);

  it("with its own names for dates, and elements as they stand", () => {
    expect(
      atom03(`<entry><title mode="escaped" type="text/html">Nets &amp;amp; &lt;i&gt;knots&lt;/i&gt;</title>
<link rel="alternate" type="text/html" href="https://harbour.example/2004/nets.html"/><id>tag:harbour.example,2004:3.5</id>
<issued>2004-03-02T18:04:00+01:00</issued><modified>2004-03-03T08:00:00Z</modified><created>2004-03-01T00:00:00Z</created>
<summary>5 &lt; 6</summary>
<content type="application/xhtml+xml" xml:base="https://harbour.example/2004/"><div xmlns="http://www.w3.org/1999/xhtml"><p>A <a href="net">net</a> &lt;b&gt;<br/></p></div></content>
</entry>`),
    ).toMatchInlineSnapshot(`
      {
        "articles": [
          {
            "body": {
              "base": "https://harbour.example/2004/",
              "html": "<p>A <a href="https://harbour.example/2004/net">net</a> &#x3C;b><br></p>",
              "kind": "html",
            },
            "bylines": [
              {
                "name": "Ines Rey",
                "url": "https://ines.example/",
              },
            ],
            "dek": "5 < 6",
            "headline": "Nets & knots",
            "id": "tag:harbour.example,2004:3.5",
            "item": "tag:harbour.example,2004:3.5",
            "language": "en",
            "published": {
              "kind": "instant",
              "value": "2004-03-02T18:04:00+01:00",
            },
            "slug": "nets",
            "updated": {
              "kind": "instant",
              "value": "2004-03-03T08:00:00Z",
            },
            "url": "https://harbour.example/2004/nets.html",
          },
        ],
        "explained": [
          {
            "as": "item",
            "line": 4,
            "text": "Nets & knots",
            "why": "id: id; text: content (xhtml); authors: the feed's author",
          },
        ],
        "names": [
          "https://harbour.example/",
        ],
        "problems": [],
      }
    `);
  });

  it.each([
    [
      '<content type="text/html" mode="escaped">&lt;p&gt;5 &amp;lt; 6&lt;/p&gt;</content>',
      { kind: "html", html: "<p>5 &#x3C; 6</p>" },
    ],
    [
      '<content type="text/html" mode="escaped"><![CDATA[<p>Boats</p>]]></content>',
      { kind: "html", html: "<p>Boats</p>" },
    ],
    [
      '<content type="text/html" mode="xml"><p>5 &lt; 6</p></content>',
      { kind: "html", html: "<p>5 &#x3C; 6</p>" },
    ],
    [
      '<content type="text/html" mode="base64">PHA+Qm9hdHM8L3A+</content>',
      { kind: "html", html: "<p>Boats</p>" },
    ],
    ['<content mode="base64">***</content>', { kind: "text", paragraphs: [] }],
    ['<content mode="escaped">&lt;p&gt;</content>', { kind: "text", paragraphs: ["<p>"] }],
    ["<content>5 &lt; 6</content>", { kind: "text", paragraphs: ["5 < 6"] }],
  ])("has the text of %s", (content, body) => {
    const { articles, problems } = atom03(`<entry><title>T</title><id>1</id>${content}</entry>`);
    expect(problems).toEqual([]);
    expect(articles[0]?.body).toMatchObject(body);
  });
});
