// RSS 1.0: items beside the channel, in RDF, each about an address that is its id.

import { expect, it } from "vitest";
import { readFeed } from "../../../src/import/feed/read-feed.ts";

const read = (items: string, toc = "") =>
  readFeed({
    name: "feed.rdf",
    content: `<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:cc="http://web.resource.org/cc/">
<channel rdf:about="https://harbour.example/rdf"><title>Harbour Post</title><link>https://harbour.example/</link>
<description>d</description><dc:language>de</dc:language>
<items><rdf:Seq>${toc}</rdf:Seq></items></channel>
${items}
</rdf:RDF>`,
  });

it("an item with Dublin Core and content", () => {
  expect(
    read(`<item rdf:about="https://harbour.example/?item=9">
<title>Netze &amp;amp; Knoten</title><link>https://harbour.example/netze</link>
<description>Wie ein Netz geflickt wird.</description>
<content:encoded><![CDATA[<p>Ein Netz hat <em>Knoten</em>.</p>]]></content:encoded>
<dc:creator>Ines Rey</dc:creator><dc:date>2005-03-02T18:04+01:00</dc:date>
<dc:subject>Fischerei</dc:subject><dc:subject>Handwerk</dc:subject><dc:rights>© Harbour Post</dc:rights>
<cc:license rdf:resource="https://creativecommons.org/licenses/by/2.0/"/>
</item>`),
  ).toMatchInlineSnapshot(`
    {
      "articles": [
        {
          "body": {
            "base": "https://harbour.example/netze",
            "html": "<p>Ein Netz hat <em>Knoten</em>.</p>",
            "kind": "html",
          },
          "bylines": [
            {
              "name": "Ines Rey",
            },
          ],
          "dek": "Wie ein Netz geflickt wird.",
          "headline": "Netze & Knoten",
          "id": "https://harbour.example/?item=9",
          "item": "https://harbour.example/?item=9",
          "language": "de",
          "published": {
            "kind": "instant",
            "value": "2005-03-02T18:04:00+01:00",
          },
          "rights": {
            "copyright": "© Harbour Post",
            "license": "https://creativecommons.org/licenses/by/2.0/",
          },
          "sections": [
            "Fischerei",
            "Handwerk",
          ],
          "slug": "netze",
          "url": "https://harbour.example/netze",
        },
      ],
      "explained": [
        {
          "as": "item",
          "line": 7,
          "text": "Netze & Knoten",
          "why": "id: rdf:about; text: content:encoded; authors: dc:creator",
        },
      ],
      "names": [
        "https://harbour.example/",
      ],
      "problems": [],
    }
  `);
});

it("items that the table of contents leaves out, or names twice, come once each, in their own order", () => {
  const li = (about: string) => `<rdf:li rdf:resource="${about}"/>`;
  const item = (about: string) => `<item rdf:about="${about}"><title>${about}</title></item>`;
  const { articles, problems } = read(
    ["a", "b", "c", "b"].map(item).join(""),
    ["c", "a", "a"].map(li).join(""),
  );
  expect(articles.map(({ id }) => id)).toEqual(["a", "b", "c"]);
  expect(problems).toEqual([
    { path: 'item 4 ("b")', message: "has the same id as item 2: left out", line: 7 },
  ]);
});

it("RSS 0.90, whose items have no more than a title and a link", () => {
  const { articles } = readFeed({
    name: "old.rdf",
    content: `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://my.netscape.com/rdf/simple/0.9/">
<channel><title>T</title><link>https://harbour.example/</link></channel>
<item><title>Boats</title><link>https://harbour.example/boats.html</link></item></rdf:RDF>`,
  });
  expect(articles).toEqual([
    {
      item: "https://harbour.example/boats.html",
      slug: "boats",
      headline: "Boats",
      url: "https://harbour.example/boats.html",
      body: { kind: "text", paragraphs: [] },
      notes: ["the feed has no text for it"],
    },
  ]);
});
