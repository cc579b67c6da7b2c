// What `feed` 6 gets wrong when it is used as its documentation shows, and that our documents have none of
// it. Each test shows the defect first: it fails when a new version of `feed` has mended one, and what we do
// against it may go.

import { Feed, type FeedOptions, type Item } from "feed";
import { describe, expect, it } from "vitest";
import { documentOf, type PipelineResult, runPipeline } from "../pipeline.ts";
import { attributesAt, elementsOf, textsAt } from "./strict.ts";

const SITE_URL = "https://news.example.com";
const PUBLISHED = "2024-10-24T11:30:00Z";
const UPDATED = "2024-10-25T08:30:00Z";
const HASH = "a".repeat(64);
const MEDIA = [{ sha256: HASH, type: "image/jpeg", width: 3, height: 2, length: 4711 }] as const;
const ITEM: Item = { title: "Title", link: `${SITE_URL}/story`, date: new Date(PUBLISHED) };

const raw = (item: Partial<Item>, options: Partial<FeedOptions> = {}): Feed => {
  const feed = new Feed({
    title: "T",
    link: SITE_URL,
    id: SITE_URL,
    updated: new Date(PUBLISHED),
    ...options,
  });
  feed.addItem({ ...ITEM, ...item });
  return feed;
};

const ours = (article: object, more: object = {}): Promise<PipelineResult> =>
  runPipeline({
    article: { headline: "Title", published: PUBLISHED, body: { html: "<p>Text.</p>" }, ...article },
    ...more,
  });

const rssOf = (result: PipelineResult) => elementsOf(documentOf("rss", [result]));
const atomOf = (result: PipelineResult) => elementsOf(documentOf("atom", [result]));
const ITEM_PATH = "rss/channel/item";
const ENTRY_PATH = "feed/entry";

describe("the second end of a CDATA section", () => {
  const attack = "]]> ]]><script>alert(1)</script>";

  it("lets markup out of feed's titles, summaries and bodies", () => {
    for (const field of ["title", "description", "content"]) {
      const feed = raw({ [field]: `${attack}<![CDATA[` });
      expect(elementsOf(feed.rss2()).map(({ path }) => path)).toContainEqual(
        expect.stringMatching(/\/script$/),
      );
      expect(elementsOf(feed.atom1()).map(({ path }) => path)).toContainEqual(
        expect.stringMatching(/\/script$/),
      );
    }
  });

  it("stays text in ours", async () => {
    const result = await ours({
      headline: attack,
      dek: attack,
      body: { html: `<p title="${attack}">]]> ]]></p>` },
    });
    const [rss, atom] = [rssOf(result), atomOf(result)];
    for (const { path } of [...rss, ...atom]) expect(path).not.toMatch(/\/script/);
    expect(textsAt(rss, `${ITEM_PATH}/title`)).toEqual([attack]);
    expect(textsAt(rss, `${ITEM_PATH}/content:encoded`)[0]).toContain("]]&gt; ]]&gt;</p>");
    expect(textsAt(atom, `${ENTRY_PATH}/content`)[0]).toContain("]]&gt; ]]&gt;</p>");
  });
});

describe("characters that XML forbids", () => {
  const attack = "a\u0001b\u000bc\ud800d\ufffee";

  it("pass through feed", () => {
    expect(() => elementsOf(raw({ title: attack }).rss2())).toThrow("not well-formed");
    expect(() => elementsOf(raw({ title: attack }).atom1())).toThrow("not well-formed");
  });

  it("are removed in ours", async () => {
    const result = await ours({
      headline: attack,
      dek: attack,
      tags: [attack],
      body: { html: `<p>${attack}</p>` },
    });
    expect(textsAt(rssOf(result), `${ITEM_PATH}/title`)).toEqual(["abcde"]);
    expect(textsAt(atomOf(result), `${ENTRY_PATH}/title`)).toEqual(["abcde"]);
    expect(attributesAt(atomOf(result), `${ENTRY_PATH}/category`)).toEqual([
      { label: "abcde", term: "abcde" },
    ]);
    expect(JSON.parse(documentOf("json", [result])).items[0].content_html).toBe(
      '<p class="wr-dek">abcde</p>\n<p>abcde</p>',
    );
  });
});

describe("attributes", () => {
  it("of feed's extensions, enclosures and categories hold a bare & or <", () => {
    const extension = raw({
      extensions: [{ name: "media:content", objects: { _attributes: { url: "a&b" } } }],
    });
    expect(extension.rss2()).toContain('url="a&b"');
    const domain = raw({ category: [{ name: "x", domain: "https://example.org/?a&b" }] });
    expect(() => elementsOf(domain.rss2())).toThrow("not well-formed");
    const enclosure = raw({ enclosure: { url: `${SITE_URL}/a.png`, title: "A & B" } });
    expect(() => elementsOf(enclosure.rss2())).toThrow("not well-formed");
    const category = raw({ category: [{ name: "a < b", term: "a" }] });
    expect(() => elementsOf(category.atom1())).toThrow("not well-formed");
  });

  it("of ours hold the same characters as the article", async () => {
    const name = `A & B < C "d" &amp; 'e'`;
    const src = "https://images.example.org/a.png?b=1&c=%3C";
    const result = await ours({
      tags: [name],
      images: [{ src, alt: name, caption: name, type: "image/png", length: 5 }],
    });
    const [rss, atom] = [rssOf(result), atomOf(result)];
    expect(attributesAt(atom, `${ENTRY_PATH}/category`)[0]?.label).toBe(name);
    expect(attributesAt(atom, `${ENTRY_PATH}/link`)[1]).toMatchObject({ href: src, title: name });
    expect(attributesAt(rss, `${ITEM_PATH}/media:content`)[0]?.url).toBe(src);
    expect(attributesAt(rss, `${ITEM_PATH}/enclosure`)).toEqual([
      { url: src, length: "5", type: "image/png" },
    ]);
  });
});

describe("a reference that the author wrote", () => {
  const name = "AT&amp;T &lt;sic&gt;";

  it("is undone in feed's texts", () => {
    const feed = raw({ extensions: [{ name: "dc:creator", objects: { _text: name } }] });
    feed.addContributor({ name });
    const [creator] = textsAt(elementsOf(withDc(feed.rss2())), `${ITEM_PATH}/dc:creator`);
    expect(creator).not.toBe(name);
  });

  it("stands in ours", async () => {
    const result = await ours({
      headline: name,
      bylines: [{ name }, { name, role: "editor" }],
      rights: { copyright: name },
    });
    const [rss, atom] = [rssOf(result), atomOf(result)];
    for (const field of ["title", "dc:creator", "dc:contributor", "dc:rights"]) {
      expect(textsAt(rss, `${ITEM_PATH}/${field}`)).toEqual([name]);
    }
    for (const field of ["author/name", "contributor/name", "rights"]) {
      expect(textsAt(atom, `${ENTRY_PATH}/${field}`)).toEqual([name]);
    }
  });
});

describe("RSS authors", () => {
  it("have no e-mail address where feed gets a name alone", () => {
    const feed = raw({ author: [{ name: "Ana Núñez" }] });
    expect(textsAt(elementsOf(feed.rss2()), `${ITEM_PATH}/author`)).toEqual(["Ana Núñez"]);
  });

  it("are one dc:creator in ours, never `author`", async () => {
    const rss = rssOf(
      await ours({ bylines: [{ name: "Ana Núñez", email: "ana@example.com" }, { name: "Jo" }] }),
    );
    expect(textsAt(rss, `${ITEM_PATH}/author`)).toEqual([]);
    expect(textsAt(rss, `${ITEM_PATH}/dc:creator`)).toEqual(["Ana Núñez and Jo"]);
  });
});

describe("enclosures", () => {
  const url = `${SITE_URL}/media/${HASH}.jpg`;

  it("get a guessed type and no length from feed", () => {
    const image = raw({ image: url });
    const guessed = { url, length: "0", type: "image/jpg" };
    expect(attributesAt(elementsOf(image.rss2()), `${ITEM_PATH}/enclosure`)).toEqual([guessed]);
    const typed = raw({ enclosure: { url, type: "image/jpeg", length: 4711 } });
    expect(attributesAt(elementsOf(typed.atom1()), `${ENTRY_PATH}/link`)[1]?.type).toBe("image/jpg");
  });

  it("have the measured ones in ours", async () => {
    const result = await ours({ images: [{ src: `/media/${HASH}.jpg` }] }, { media: MEDIA });
    const measured = { type: "image/jpeg", length: "4711" };
    expect(attributesAt(rssOf(result), `${ITEM_PATH}/enclosure`)).toEqual([{ url, ...measured }]);
    expect(attributesAt(atomOf(result), `${ENTRY_PATH}/link`)[1]).toEqual({
      rel: "enclosure",
      href: url,
      ...measured,
    });
  });

  it("are left out in ours where nothing was measured", async () => {
    const result = await ours({ images: [{ src: "https://images.example.org/a.jpg" }] });
    expect(attributesAt(rssOf(result), `${ITEM_PATH}/enclosure`)).toEqual([]);
    expect(attributesAt(rssOf(result), `${ITEM_PATH}/media:content`)).toEqual([
      { url: "https://images.example.org/a.jpg", medium: "image" },
    ]);
  });
});

describe("addresses and dates that are none", () => {
  it("throw in feed, or print Invalid Date", () => {
    expect(() => raw({ link: "/story" }).rss2()).toThrow("Invalid URL");
    expect(() => raw({ date: new Date("nonsense") }).atom1()).toThrow(RangeError);
    expect(raw({ date: new Date("nonsense") }).rss2()).toContain("Invalid Date");
  });

  it.each([
    ["url", { url: "/story" }],
    ["url", { url: "javascript:alert(1)" }],
    ["bylines[0].url", { bylines: [{ name: "A", url: "example.org" }] }],
    ["published", { published: "nonsense" }],
    ["published", { published: "2024-02-30T00:00:00Z" }],
    ["updated", { updated: "2024-10-25 08:30" }],
  ])("are refused by name in ours: %s", async (path, article) => {
    await expect(ours(article)).rejects.toThrow(new RegExp(`^${path.replace(/[[\]]/g, "\\$&")} must be`));
  });
});

describe("ids", () => {
  const id = "HTTP://Example.org:80/a/../b?c=%7e&amp;d#]]>";

  it("are rewritten in feed's Atom, and not in its RSS", () => {
    const feed = raw({ id });
    expect(textsAt(elementsOf(feed.atom1()), `${ENTRY_PATH}/id`)).not.toEqual([id]);
    expect(feed.rss2()).toContain("HTTP://Example.org:80/a/../b");
  });

  it("that are none throw in feed's Atom, and are tag URIs in ours", async () => {
    expect(() => raw({ id: "not a url" }).atom1()).toThrow("Invalid URL");
    const result = await ours({}, { id: "not a url" });
    expect(textsAt(atomOf(result), `${ENTRY_PATH}/id`)).toEqual([
      "tag:news.example.com,2024-01-01:guid:not%20a%20url",
    ]);
    expect(textsAt(rssOf(result), `${ITEM_PATH}/guid`)).toEqual(["not a url"]);
  });

  it("stay to the letter in ours", async () => {
    const result = await ours({}, { id });
    expect(textsAt(atomOf(result), `${ENTRY_PATH}/id`)).toEqual([id]);
    expect(textsAt(rssOf(result), `${ITEM_PATH}/guid`)).toEqual([id]);
    expect(JSON.parse(documentOf("json", [result])).items[0].id).toBe(id);
  });
});

describe("the date of the last update", () => {
  it("is lost in feed's RSS as soon as there is a date of publication", () => {
    const feed = raw({ date: new Date(UPDATED), published: new Date(PUBLISHED) });
    expect(feed.rss2()).not.toContain("25 Oct 2024");
  });

  it("stands beside it in ours", async () => {
    const rss = rssOf(await ours({ updated: UPDATED }));
    expect(textsAt(rss, `${ITEM_PATH}/pubDate`)).toEqual(["Thu, 24 Oct 2024 11:30:00 GMT"]);
    expect(textsAt(rss, `${ITEM_PATH}/atom:updated`)).toEqual([UPDATED]);
    expect(textsAt(rss, `${ITEM_PATH}/dcterms:modified`)).toEqual([UPDATED]);
  });
});

describe("extensions", () => {
  it("are ignored in feed's Atom", () => {
    const feed = raw({ extensions: [{ name: "media:content", objects: { _attributes: { url: "x" } } }] });
    expect(feed.rss2()).toContain("media:content");
    expect(feed.atom1()).not.toContain("media:content");
  });

  it("stand in ours, with their namespace", async () => {
    const result = await ours({ images: [{ src: `/media/${HASH}.jpg` }] }, { media: MEDIA });
    expect(attributesAt(atomOf(result), `${ENTRY_PATH}/media:content`)).toHaveLength(1);
  });
});

describe("a stylesheet", () => {
  it("is always XSLT in feed", () => {
    expect(raw({}, { stylesheet: `${SITE_URL}/feed.css` }).rss2()).toContain('type="text/xsl"');
  });

  it("is CSS in ours, and the only one: browsers are removing XSLT", async () => {
    const result = await ours({});
    for (const format of ["rss", "atom"] as const) {
      const instructions = documentOf(format, [result]).match(/<\?xml-stylesheet.*?\?>/g);
      expect(instructions).toEqual([`<?xml-stylesheet type="text/css" href="${SITE_URL}/feed.css"?>`]);
    }
  });
});

describe("rendering twice", () => {
  it("changes what feed was given", () => {
    const audio = { url: `${SITE_URL}/a.mp3`, duration: 60 };
    const feed = raw({ audio }, { podcast: true });
    expect(feed.rss2()).not.toBe(feed.rss2());
    expect(audio.duration).toBeUndefined();
  });

  it("gives the same bytes in ours", async () => {
    const article = {
      bylines: [{ name: "A" }],
      tags: ["t"],
      images: [{ src: `/media/${HASH}.jpg` }],
      updated: UPDATED,
    };
    const [first, second] = [await ours(article, { media: MEDIA }), await ours(article, { media: MEDIA })];
    expect(second.entries).toEqual(first.entries);
    expect(second.stored).toEqual(first.stored);
  });
});

describe("JSON Feed", () => {
  it("is version 1.0 with one author in feed", () => {
    const feed = JSON.parse(raw({ author: [{ name: "A" }, { name: "B" }] }).json1());
    expect(feed.version).toBe("https://jsonfeed.org/version/1");
    expect(feed.items[0].author).toEqual({ name: "A" });
    expect(feed.items[0].authors).toBeUndefined();
  });

  it("is version 1.1 with all of them in ours", async () => {
    const feed = JSON.parse(documentOf("json", [await ours({ bylines: [{ name: "A" }, { name: "B" }] })]));
    expect(feed.version).toBe("https://jsonfeed.org/version/1.1");
    expect(feed.items[0].authors).toEqual([{ name: "A" }, { name: "B" }]);
    expect(feed.items[0].author).toEqual({ name: "A" });
  });
});

// `feed` declares the prefix only where there is content.
const withDc = (rss: string): string =>
  rss.includes("xmlns:dc=") ? rss : rss.replace("<rss ", '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" ');
