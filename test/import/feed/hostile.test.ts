// Feeds that are broken, enormous or meant to do harm: what can be read is read, the rest is named, and nothing takes long.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFeed } from "../../../src/import/feed/read-feed.ts";

const read = (content: string) => readFeed({ name: "feed", content });
const rss = (items: string) => `<rss version="2.0"><channel><title>P</title>\n${items}\n</channel></rss>`;

describe("of 1,000 items", () => {
  it("the bad ones are named, each with its line, and the others are read", () => {
    const bad: Readonly<Record<number, string>> = {
      12: "<item><title>Old news</title><guid>12</guid><pubDate>the day before yesterday</pubDate></item>",
      100: "<item></item>",
      250: "<item><title>Open <item_</title>",
      400: "<item><title>Stray</title></wrong><guid>400</guid></item>",
      500: `<item><title>Deep</title><guid>500</guid>${"<x>".repeat(500)}${"</x>".repeat(500)}</item>`,
      750: "<item><title>Twice</title><guid>3</guid></item>",
      999: "<item><guid>999</guid></item>",
    };
    const items = Array.from(
      { length: 1000 },
      (_, index) =>
        bad[index + 1] ?? `<item><title>Item ${index + 1}</title><guid>${index + 1}</guid></item>`,
    );
    const { articles, problems } = read(rss(items.join("\n")));
    expect(problems.map(({ path, message, line }) => `${line} ${path}: ${message}`)).toMatchInlineSnapshot(`
      [
        "251 : is not well-formed XML (disallowed character in tag name): see that nothing is missing",
        "13 item 12 ("Old news"): pubDate is not a date that can be read: "the day before yesterday"",
        "101 item 100: has no title, no text and no link",
        "251 item 250: can't be read",
        "501 item 500: can't be read",
        "751 item 750 ("Twice"): has the same id as item 3: left out",
        "1000 item 999 ("999"): has no title, no text and no link",
      ]
    `);
    expect(articles).toHaveLength(995);
  });
});

describe("stays quick", () => {
  it.each([
    [
      "50,000 items",
      () => rss("<item><title>T</title><description>A few words.</description></item>".repeat(50_000)),
    ],
    ["50,000 items that are none", () => rss("<item></item>".repeat(50_000))],
    [
      "50,000 items in RDF with a table of contents",
      () => {
        const ids = Array.from({ length: 50_000 }, (_, index) => `https://a.example/${index}`);
        return `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><items><rdf:Seq>${ids.map((id) => `<rdf:li resource="${id}"/>`).join("")}</rdf:Seq></items></channel>${ids.map((id) => `<item rdf:about="${id}"><title>T</title></item>`).join("")}</rdf:RDF>`;
      },
    ],
    ["a deep tree", () => rss(`<item><title>T</title>${"<a>".repeat(200_000)}</item>`)],
    [
      "deep HTML",
      () => rss(`<item><title>T</title><description>${"&lt;div&gt;".repeat(100_000)}</description></item>`),
    ],
    ["end tags of nothing", () => rss(`<item>${"</x>".repeat(300_000)}`)],
    ["open items", () => rss("<item>".repeat(100_000))],
    ["open CDATA", () => rss("<item><title><![CDATA[".repeat(50_000))],
    ["a title of a megabyte", () => rss(`<item><title>${"&lt;p ".repeat(200_000)}</title></item>`)],
    [
      "names joined without end",
      () =>
        rss(
          `<item><title>T</title><creator xmlns="http://purl.org/dc/elements/1.1/">${"a, ".repeat(300_000)}</creator></item>`,
        ),
    ],
    ["ampersands", () => rss(`<item><title>${"&".repeat(1_000_000)}</title></item>`)],
    [
      "credits without end",
      () =>
        rss(
          `<item><title>T</title><description>x</description><encoded xmlns="http://purl.org/rss/1.0/modules/content/">&lt;p class="wr-credits">By ${"a, ".repeat(300_000)}&lt;/p></encoded></item>`,
        ),
    ],
    [
      "deep JSON",
      () =>
        `{"version":"https://jsonfeed.org/version/1","items":[{"id":"1","x":${"[".repeat(100_000)}${"]".repeat(100_000)}}]}`,
    ],
  ])("%s", (_, content) => {
    const feed = content();
    expect(() => read(feed)).not.toThrow();
  });
});

it("an article whose text can't be read is a draft", () => {
  const depth = 50_000;
  const text = "&lt;blockquote>".repeat(depth) + "&lt;/blockquote>".repeat(depth);
  const { articles, problems } = read(
    rss(`<item><title>T</title><description>${text}</description></item><item><title>U</title></item>`),
  );
  expect(articles.map(({ draft }) => draft)).toEqual([true, undefined]);
  expect(problems).toMatchObject([{ message: "the text is too long or too deeply nested: left out" }]);
});

it("text is text, whatever it looks like", () => {
  const { articles } = read(
    rss(
      "<item><title><![CDATA[]]]]><![CDATA[> <b> ]]>&lt;/title&gt;&lt;/item&gt;</title><description><![CDATA[# no heading\n1986. no list\n[x](javascript:y)\n<b>]]></description></item>",
    ),
  );
  expect(articles).toEqual([
    {
      item: "]]> <b> </title></item>",
      headline: "]]> <b> </title></item>",
      body: { kind: "text", paragraphs: ["# no heading", "1986. no list", "[x](javascript:y)", "<b>"] },
    },
  ]);
});

it("a part of ours that is forged takes nothing more than itself off", () => {
  const { articles } = read(
    `<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><item><title>T</title><c:encoded><![CDATA[<p class="wr-bio"><strong>Nobody</strong>: x</p><div class="wr-figure">y</div><p>Kept<span class="wr-nothing">!</span></p><aside class="wr-corrections"><p>no label</p></aside><p class="wr-credits">]]></c:encoded></item></channel></rss>`,
  );
  expect(articles[0]?.body).toEqual({
    kind: "html",
    html: "<p>y</p><p>Kept!</p>",
  });
});

describe("a feed without items", () => {
  it.each([
    '{"version":"https://jsonfeed.org/version/1","items":[]}',
    '<rss version="2.0"><channel><title>x</title></channel></rss>',
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>',
  ])("says so: %s", (content) => {
    expect(read(content)).toMatchObject({
      articles: [],
      problems: [{ path: "", message: "holds no items" }],
    });
  });
});

describe("never throws", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...[
        "<rss>",
        "<rss version='2.0'>",
        "<channel>",
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<feed xmlns='http://www.w3.org/2005/Atom'>",
      ],
      ...[
        "<entry>",
        "</entry>",
        "<content type='xhtml'>",
        "<div>",
        "<rdf:RDF>",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "&",
        "&amp;",
        "&#0;",
        "&#xD800;",
      ],
      ...[
        "<?x",
        "?>",
        "<!DOCTYPE",
        '"',
        "'",
        "=",
        "<",
        ">",
        "/>",
        "xmlns:a='b'",
        "<a:b>",
        '{"version":"https://jsonfeed.org/version/1","items":[',
      ],
      ...[
        '{"id":1,"content_html":"<p class=wr-figure>"}',
        "]}",
        "null",
        "\u0000",
        "\ufeff",
        "\ud800",
        "class='wr-dek'",
        "<feed version='0.3'>",
      ],
    ),
    fc.string({ unit: "binary", maxLength: 5 }),
  );

  it("whatever is in the file", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const { articles, problems } = read(pieces.join(""));
        // Something is always said of a file of which nothing comes.
        expect(articles.length + problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 3000 },
    );
  });
});
