// RSS in each of its versions, with the modules that carry what articles need: feeds written for these tests, and the whole
// article that each item becomes.

import { describe, expect, it } from "vitest";
import { readFeed } from "../../../src/import/feed/read-feed.ts";

const read = (content: string) => readFeed({ name: "feed.xml", content });

describe("RSS 0.91", () => {
  it("with Netscape's document type, and HTML's references that no DTD declares", () => {
    expect(
      read(`<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel>
<title>Harbour Post</title><link>https://harbour.example/</link><language>fr</language>
<item>
<title>Le caf&eacute; du port&nbsp;: 5 &lt; 6</title>
<link>/2003/05/cafe-du-port.html</link>
<description>Le patron a ferm&eacute; &agrave; midi.</description>
</item>
</channel></rss>`),
    ).toMatchInlineSnapshot(`
      {
        "articles": [
          {
            "body": {
              "kind": "text",
              "paragraphs": [
                "Le patron a fermé à midi.",
              ],
            },
            "headline": "Le café du port : 5 < 6",
            "item": "https://harbour.example/2003/05/cafe-du-port.html",
            "language": "fr",
            "slug": "cafe-du-port",
            "url": "https://harbour.example/2003/05/cafe-du-port.html",
          },
        ],
        "explained": [
          {
            "as": "item",
            "line": 5,
            "text": "Le café du port : 5 < 6",
            "why": "id: none; text: description; authors: none",
          },
        ],
        "names": [
          "https://harbour.example/",
        ],
        "problems": [],
      }
    `);
  });
});

describe("RSS 0.92", () => {
  it("with categories, an enclosure that is no picture, and the feed it was taken from", () => {
    expect(
      read(`<rss version="0.92"><channel>
<title>Harbour Post</title><link>https://harbour.example/</link><description>d</description>
<item>
<description>&lt;p&gt;Boats &amp;amp; nets.&lt;/p&gt;&lt;p&gt;More on Monday...&lt;/p&gt;</description>
<source url="https://other.example/rss">Other</source>
<category domain="https://tags.example/">Boats</category><category>Fishing</category>
<enclosure url="https://harbour.example/nets.mp3" length="1200" type="audio/mpeg"/>
</item>
</channel></rss>`),
    ).toMatchInlineSnapshot(`
      {
        "articles": [
          {
            "body": {
              "base": "https://harbour.example/",
              "html": "<p>Boats &#x26; nets.</p><p>More on Monday...</p>",
              "kind": "html",
            },
            "item": "item 1",
            "notes": [
              "it was taken from another feed: https://other.example/rss",
              "a file that is no picture was left out: https://harbour.example/nets.mp3 (audio/mpeg)",
              "the feed carries only the start of the text",
            ],
            "sections": [
              "Boats",
              "Fishing",
            ],
          },
        ],
        "explained": [
          {
            "as": "item",
            "line": 3,
            "text": "item 1",
            "why": "id: none; text: description; authors: none",
          },
        ],
        "names": [
          "https://harbour.example/",
        ],
        "problems": [],
      }
    `);
  });
});

const rss2 = (items: string) => `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
xmlns:c="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/" xmlns:a="http://www.w3.org/2005/Atom"
xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dcterms="http://purl.org/dc/terms/"
xmlns:creativeCommons="http://backend.userland.com/creativeCommonsRssModule"><channel>
<title>Harbour Post</title><link>https://harbour.example/</link><description>d</description><language>en-gb</language>
${items}
</channel></rss>`;

/** The only article of a feed with one item, of which nothing is wrong. */
function only(item: string) {
  const { articles, problems } = read(rss2(`<item>${item}</item>`));
  expect(problems).toEqual([]);
  expect(articles).toHaveLength(1);
  return articles[0];
}

describe("RSS 2.0", () => {
  it("with every module, whatever its prefix", () => {
    expect(
      only(`<title>Nets &amp;amp; &lt;em&gt;knots&lt;/em&gt;</title>
<link>https://harbour.example/news/nets-and-knots?from=rss</link>
<guid isPermaLink="false">harbour/4711 </guid>
<pubDate>Mon, 02 Mar 2026 18:04:00 +0100</pubDate>
<dcterms:modified>2026-03-03T08:00:00Z</dcterms:modified>
<dc:creator><![CDATA[Ines Rey & Tom Hart]]></dc:creator>
<dc:contributor>Jo Lind</dc:contributor>
<dc:language>en-IE</dc:language><dc:rights>© 2026 Harbour Post</dc:rights>
<creativeCommons:license>https://creativecommons.org/licenses/by-sa/4.0/</creativeCommons:license>
<category><![CDATA[Fishing]]></category><category>Crafts &amp; trades</category><category>Fishing</category>
<description>&lt;p&gt;How a net is mended.&lt;/p&gt;</description>
<c:encoded><![CDATA[<p>A net has <a href="/glossary#knot">knots</a>.</p><figure><img src="/nets.jpg" alt="A net"><figcaption>On the quay</figcaption></figure>]]></c:encoded>
<comments>https://harbour.example/news/nets-and-knots#comments</comments>
<enclosure url="https://harbour.example/lead.jpg" length="90000" type="image/jpeg"/>
<media:content url="https://harbour.example/lead.jpg" medium="image" width="1600" height="900">
<media:title type="html">A &amp;amp; B</media:title><media:description>Two knots</media:description>
<media:credit role="photographer" scheme="urn:ebu">Mo Lys</media:credit><media:copyright>© Mo Lys</media:copyright>
</media:content>`),
    ).toMatchInlineSnapshot(`
      {
        "body": {
          "base": "https://harbour.example/news/nets-and-knots?from=rss",
          "html": "<p>A net has <a href="https://harbour.example/glossary#knot">knots</a>.</p><figure><img src="https://harbour.example/nets.jpg" alt="A net"><figcaption>On the quay</figcaption></figure>",
          "kind": "html",
        },
        "bylines": [
          {
            "name": "Ines Rey",
          },
          {
            "name": "Tom Hart",
          },
          {
            "name": "Jo Lind",
            "role": "contributor",
          },
        ],
        "dek": "How a net is mended.",
        "headline": "Nets & knots",
        "id": "harbour/4711",
        "images": [
          {
            "alt": "A & B",
            "caption": "Two knots",
            "copyright": "© Mo Lys",
            "credit": "Mo Lys",
            "creditRole": "photographer",
            "height": 900,
            "length": 90000,
            "src": "https://harbour.example/lead.jpg",
            "type": "image/jpeg",
            "width": 1600,
          },
          {
            "alt": "A net",
            "caption": "On the quay",
            "src": "https://harbour.example/nets.jpg",
          },
        ],
        "item": "harbour/4711",
        "language": "en-IE",
        "published": {
          "kind": "instant",
          "value": "2026-03-02T18:04:00+01:00",
        },
        "rights": {
          "copyright": "© 2026 Harbour Post",
          "license": "https://creativecommons.org/licenses/by-sa/4.0/",
        },
        "sections": [
          "Fishing",
          "Crafts & trades",
        ],
        "slug": "nets-and-knots",
        "updated": {
          "kind": "instant",
          "value": "2026-03-03T08:00:00Z",
        },
        "url": "https://harbour.example/news/nets-and-knots?from=rss",
      }
    `);
  });

  it.each([
    [
      "its link",
      "<link>https://a.example/x</link><guid>https://a.example/?p=12</guid>",
      "https://a.example/x",
    ],
    [
      "its guid, which is one unless it says otherwise",
      "<guid>https://a.example/?p=12</guid>",
      "https://a.example/?p=12",
    ],
    [
      "Atom's link",
      '<a:link rel="alternate" href="/y"/><guid isPermaLink="false">https://a.example/</guid>',
      "https://harbour.example/y",
    ],
    ["nothing", '<guid isPermaLink="false">https://a.example/?p=12</guid>', undefined],
  ])("has its page from %s, and its guid untouched", (_, elements, url) => {
    expect(only(`<title>T</title>${elements}`)?.url).toBe(url);
    expect(only(`<title>T</title><guid isPermaLink="true"> HTTPS://A.example/b?c=%7e </guid>`)?.id).toBe(
      "HTTPS://A.example/b?c=%7e",
    );
  });

  it.each([
    ["https://a.example/2026/03/nets-and-knots/", "nets-and-knots"],
    ["https://a.example/nets_and_knots.PHP?x=1#y", "nets_and_knots"],
    ["https://a.example/%D0%BF%D0%BE%D1%80%D1%82", "порт"],
    ["https://a.example/4711", undefined],
    ["https://a.example/?p=12", undefined],
    ["https://a.example/2026/nets/index.html", "nets"],
    ["https://a.example/a%2Fb", undefined],
    ["https://a.example/100%", undefined],
    ["https://a.example/a.b", undefined],
    ["no address", undefined],
  ])("an address like %s calls it %s", (link, slug) => {
    expect(only(`<title>T</title><link>${link}</link>`)?.slug).toBe(slug);
  });

  it.each([
    [
      "<dc:creator>Ines Rey</dc:creator><dc:creator>Rey, Ana</dc:creator>",
      [{ name: "Ines Rey" }, { name: "Rey, Ana" }],
    ],
    [
      "<author>ines@harbour.example (Ines Rey)</author>",
      [{ name: "Ines Rey", email: "ines@harbour.example" }],
    ],
    [
      "<author>ines@harbour.example (Ines Rey)</author><dc:creator>Ines Rey</dc:creator>",
      [{ name: "Ines Rey", email: "ines@harbour.example" }],
    ],
    ["<itunes:author>Tom Hart and Ines Rey</itunes:author>", [{ name: "Tom Hart" }, { name: "Ines Rey" }]],
    [
      "<a:author><a:name>Ines Rey</a:name><a:uri>https://ines.example/</a:uri></a:author>",
      [{ name: "Ines Rey", url: "https://ines.example/" }],
    ],
    ["<author>Harbour Post</author>", [{ name: "Harbour Post" }]],
    ["<author>Ines Rey, Tom Hart</author>", [{ name: "Ines Rey" }, { name: "Tom Hart" }]],
    ["", undefined],
  ])("is by those of %s", (elements, bylines) => {
    expect(only(`<title>T</title>${elements}`)?.bylines).toEqual(bylines);
  });

  it("notes an author who has no name", () => {
    const article = only("<title>T</title><author>desk@harbour.example</author>");
    expect(article?.bylines).toBeUndefined();
    expect(article?.notes).toContain("an author without a name was left out: desk@harbour.example");
  });

  it.each([
    ["<pubDate>Mon, 02 Mar 2026 18:04:00 GMT</pubDate>", "2026-03-02T18:04:00Z", undefined],
    ["<dc:date>2026-03-02T18:04:00Z</dc:date>", "2026-03-02T18:04:00Z", undefined],
    [
      "<dcterms:created>2026-03-02T18:04:00Z</dcterms:created><dcterms:issued>2026-03-02T19:00:00Z</dcterms:issued>",
      "2026-03-02T19:00:00Z",
      undefined,
    ],
    [
      "<a:published>2026-03-02T18:04:00Z</a:published><a:updated>2026-03-02T20:00:00Z</a:updated>",
      "2026-03-02T18:04:00Z",
      "2026-03-02T20:00:00Z",
    ],
    [
      "<dc:date>2026-03-02T18:04:00Z</dc:date><a:updated>2026-03-02T18:04:00Z</a:updated>",
      "2026-03-02T18:04:00Z",
      undefined,
    ],
  ])("is dated by %s", (elements, published, updated) => {
    const article = only(`<title>T</title>${elements}`);
    expect([article?.published?.value, article?.updated?.value]).toEqual([published, updated]);
  });

  it.each([
    ["A &lt;b&gt; tag, and 5 &lt; 6 &amp;c", "A <b> tag, and 5 < 6 &c"],
    ["<![CDATA[Tom &amp; Ines]]>", "Tom & Ines"],
    ["&lt;b&gt;Bold&lt;/b&gt; &amp;#8217;tis", "Bold ’tis"],
    ["<![CDATA[one ]]]]><![CDATA[> two]]>", "one ]]> two"],
    ["AT&T &amp; co", "AT&T & co"],
  ])("reads the title %s", (title, headline) => {
    expect(read(rss2(`<item><title>${title}</title></item>`)).articles[0]?.headline).toBe(headline);
  });

  it.each([
    "<section>Boats.</section>",
    "<del>Boats.</del>",
    "<ins>Boats.</ins>",
    "<mark>Boats.</mark>",
    "<abbr>Boats.</abbr>",
    "Boats.<!-- at noon -->",
    'Boats. <iframe src="https://e.example/"></iframe>',
    'Boats. <video src="https://e.example/a.mp4"></video>',
  ])("reads a description with %s alone as HTML, and shows no markup", (description) => {
    const { body } = only(`<title>T</title><description><![CDATA[${description}]]></description>`) ?? {};
    expect(JSON.stringify(body)).toContain("Boats.");
    expect(JSON.stringify(body)).not.toMatch(/&lt;|noon|paragraphs.*</);
  });

  it.each([
    ["says more (it does here)", "The harbour opened.", "The harbour opened."],
    ["is the start of the text", "Nets are mended on the quay…", undefined],
    ["is the text", "&lt;p&gt;Nets are mended on the quay all day.&lt;/p&gt;", undefined],
  ])("has a dek unless the summary %s", (_, description, dek) => {
    const article = only(
      `<title>T</title><description>${description}</description><c:encoded>&lt;p&gt;Nets are mended on the quay all day.&lt;/p&gt;</c:encoded>`,
    );
    expect(article?.dek).toBe(dek);
    expect(article?.body).toMatchObject({ html: "<p>Nets are mended on the quay all day.</p>" });
  });

  it("notes a dek that is cut off, or too long for one", () => {
    const noted = (description: string) => {
      const { dek, notes } =
        only(`<title>T</title><description>${description}</description><c:encoded>x</c:encoded>`) ?? {};
      return { dek: dek?.length, notes };
    };
    expect(noted("Much to say [...]")).toEqual({ dek: 17, notes: ["the dek is cut off in the feed"] });
    expect(noted("y".repeat(1001))).toEqual({ notes: ["dek was left out: it has 1001 characters"] });
  });

  it.each([
    [
      "the largest of a group, with the group's words",
      `<media:group><media:content url="/s.jpg" medium="image" width="300"/><media:content url="/l.jpg" type="image/jpeg" width="900"/>
       <media:description>Both</media:description><media:credit>Mo Lys</media:credit></media:group>`,
      [
        {
          src: "https://harbour.example/l.jpg",
          type: "image/jpeg",
          width: 900,
          caption: "Both",
          credit: "Mo Lys",
        },
      ],
    ],
    [
      "what the group says is its default",
      '<media:group><media:content url="/s.jpg" width="300" isDefault="true"/><media:content url="/l.jpg" width="900"/></media:group>',
      [{ src: "https://harbour.example/s.jpg", width: 300 }],
    ],
    [
      "the item's words where its own are missing",
      '<media:content url="/a.png"/><media:title>Alt</media:title><media:copyright>© Mo</media:copyright>',
      [{ src: "https://harbour.example/a.png", alt: "Alt", copyright: "© Mo" }],
    ],
    [
      "no title that is the article's own",
      '<media:content url="/a.png"><media:title>T</media:title></media:content>',
      [{ src: "https://harbour.example/a.png" }],
    ],
    [
      "a thumbnail where there is nothing larger",
      '<media:thumbnail url="/t.jpg" width="120" height="80"/>',
      [{ src: "https://harbour.example/t.jpg", width: 120, height: 80 }],
    ],
    [
      "what iTunes shows",
      '<itunes:image href="https://harbour.example/i.jpg"/>',
      [{ src: "https://harbour.example/i.jpg" }],
    ],
    [
      "an enclosure whose type is wrong but whose name isn't",
      '<enclosure url="/e.webp" type="" length="0"/>',
      [{ src: "https://harbour.example/e.webp" }],
    ],
  ])("shows %s", (_, elements, images) => {
    expect(only(`<title>T</title>${elements}`)?.images).toEqual(images);
  });
});

it("a feed that is not well-formed is read as far as it goes, and says where it stopped being so", () => {
  const { articles, problems } = read(`<rss version="2.0"><channel><title>P</title>
<item><title>One & two<br> three</title><guid>1</guid></item>
<item><title>Four</title></foo><guid>2</guid></item>
<item><title>Five</title>
<item><title>Six</title><guid>4</guid></item>`);
  expect(articles.map(({ headline }) => headline)).toEqual(["One & two three", "Four", "Five", "Six"]);
  expect(problems).toEqual([
    {
      path: "",
      message: "is not well-formed XML (unexpected close tag): see that nothing is missing",
      line: 2,
    },
  ]);
});
