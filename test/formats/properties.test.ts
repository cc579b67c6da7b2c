// Whatever stands in an article, its documents are well-formed and give back the same text: read by a strict
// XML parser, by feedsmith and by JSON.parse, and held against what `text()` makes of the string that was
// sent.

import fc from "fast-check";
import { parseFeed } from "feedsmith";
import { fromHtml } from "hast-util-from-html";
import { toString as textOf } from "hast-util-to-string";
import { describe, expect, it } from "vitest";
import { asInput } from "../../src/article/as-input.ts";
import { webUrl } from "../../src/lib/address.ts";
import { isVisible, legal, text } from "../../src/lib/text.ts";
import { documentOf, type PipelineResult, runPipeline, SITE, store } from "../pipeline.ts";
import { documentIn, emptyFeed, headline } from "./envelopes.ts";
import { only } from "./parsers.ts";
import { attributesAt, elementsOf, textsAt } from "./strict.ts";

const RUNS = 250;

// What breaks XML, CDATA, HTML, JSON and our own stand-ins, between any characters at all, lone surrogates
// included.
const HOSTILE = [
  ...[
    "]]>",
    "]]&gt;",
    "<![CDATA[",
    "<!--",
    "-->",
    "<?xml",
    "<b>",
    "</b>",
    "<script>",
    "</item>",
    "</entry>",
    "</title>",
  ],
  ...[
    "&",
    "&amp;",
    "&lt;",
    "&#x26;",
    "&#1;",
    "&#xFFFE;",
    "&#xFFFF;",
    "<",
    ">",
    '"',
    "'",
    "`",
    "$&",
    "$1",
    "\\",
    "\\u0000",
  ],
  ...[
    "\0",
    "\u0008",
    "\u000b",
    "\u001f",
    "\u007f",
    "\u0085",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udfff",
    "\ufeff",
  ],
  ...[
    "\t",
    "\n",
    "\r\n",
    "\r",
    " ",
    "\u00a0",
    "\u2028",
    "\u202e",
    "\u200f",
    "مرحبا",
    "👩‍👧",
    "e\u0301",
    '="',
    "wireroom:id",
  ],
];
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE),
      fc.string({ unit: "binary", maxLength: 6 }),
      fc.string({ maxLength: 6 }),
    ),
    {
      maxLength: 8,
    },
  )
  .map((parts) => parts.join(""));

/** Texts that a field of `max` characters takes; others are refused, which the last test is about. */
const field = (max: number) => anyText.filter((value) => isVisible(text(value)) && text(value).length <= max);

/** An address as it is stored; white space round it is not part of it. */
const addressOf = (value: string): string | undefined => webUrl(value.trim());

const anyUrl = fc
  .tuple(
    fc.constantFrom("https://example.org", "http://example.org:8080", "https://münchen.example"),
    anyText,
    anyText,
    anyText,
  )
  .map(([origin, path, query, fragment]) => `${origin}/${path}?${query}#${fragment}`)
  .filter((url) => addressOf(url) !== undefined && url.length < 500);

const article = fc.record(
  {
    headline: field(300),
    shortHeadline: field(300),
    dek: field(1000),
    tags: fc.array(field(100), { maxLength: 3 }),
    bylines: fc.array(
      fc.record(
        {
          name: field(200),
          role: fc.constantFrom("author", "reporter", "editor", "photographer"),
          url: anyUrl,
          affiliation: field(200),
          bio: field(2000),
        },
        { requiredKeys: ["name"] },
      ),
      { maxLength: 4 },
    ),
    dateline: field(100),
    published: fc.constant("2024-10-24T11:30:00Z"),
    images: fc.uniqueArray(
      fc.record(
        {
          src: anyUrl,
          alt: field(2000),
          caption: field(3000),
          credit: fc.oneof(field(300), fc.record({ name: field(300), role: field(100) })),
          copyright: field(300),
          type: fc.constant("image/png"),
          length: fc.constant(5),
        },
        { requiredKeys: ["src"] },
      ),
      { maxLength: 3, selector: ({ src }) => addressOf(src) },
    ),
    corrections: fc.array(
      fc.record({
        at: fc.constant("2024-10-25T00:00:00Z"),
        kind: fc.constant("correction"),
        text: field(3000),
      }),
      { maxLength: 2 },
    ),
    rights: fc.record({ copyright: field(500), license: anyUrl, terms: field(500) }, { requiredKeys: [] }),
    body: fc.record({ html: anyText }),
    url: anyUrl,
  },
  { requiredKeys: ["headline", "published", "body"] },
);

type Input = Partial<typeof article extends fc.Arbitrary<infer T> ? T : never>;

const rendered = (input: Input): Promise<PipelineResult> => runPipeline({ article: input });

const property = <T>(arbitrary: fc.Arbitrary<T>, check: (value: T) => Promise<void>) =>
  fc.assert(fc.asyncProperty(arbitrary, check), { numRuns: RUNS });

const joined = (...parts: readonly (string | undefined)[]): string[] => {
  const present = parts.filter((part) => part !== undefined).map(text);
  return present.length === 0 ? [] : [present.join(" — ")];
};

interface Named {
  readonly name: string;
  readonly role?: string;
  readonly url?: string;
}

const isCredit = ({ role = "author" }: Named) => role === "editor" || role === "photographer";

/** Those who wrote it; where nobody did, everybody. */
function authorsOf(bylines: readonly Named[] = []): readonly Named[] {
  const writers = bylines.filter((one) => !isCredit(one));
  return writers.length === 0 ? bylines : writers;
}

/** What a person sees of an HTML text: its characters, white space folded. */
const seen = (html: string): string => text(textOf(fromHtml(html, { fragment: true })));

describe("any article", () => {
  it("is a well-formed item of RSS that gives back its texts and addresses", () =>
    property(article, async (input) => {
      const rss = elementsOf(documentOf("rss", [await rendered(input)]));
      const at = (name: string) => textsAt(rss, `rss/channel/item/${name}`);
      const tags = new Set((input.tags ?? []).map(text));
      const authors = authorsOf(input.bylines);
      const credits = (input.bylines ?? []).filter((one) => !authors.includes(one));
      expect(at("title")).toEqual([text(input.headline)]);
      if (input.url) expect(at("link")).toEqual([addressOf(input.url)]);
      if (input.dek) expect(at("description").map(seen)).toEqual([text(input.dek)]);
      expect(at("category").toSorted()).toEqual([...tags].toSorted());
      expect(at("dc:contributor")).toEqual(credits.map(({ name }) => text(name)));
      expect(at("dc:rights")).toEqual(joined(input.rights?.copyright, input.rights?.terms));
      expect(at("media:content/media:title")).toEqual((input.images ?? []).flatMap(({ alt }) => joined(alt)));
      expect(at("media:content/media:description")).toEqual(
        (input.images ?? []).flatMap(({ caption }) => joined(caption)),
      );
      expect(attributesAt(rss, "rss/channel/item/media:content").map(({ url }) => url)).toEqual(
        (input.images ?? []).map(({ src }) => addressOf(src)),
      );
    }));

  it("is a well-formed entry of Atom that gives back its texts and addresses", () =>
    property(article, async (input) => {
      const atom = elementsOf(documentOf("atom", [await rendered(input)]));
      const at = (name: string) => textsAt(atom, `feed/entry/${name}`);
      const links = (rel: string) => attributesAt(atom, "feed/entry/link").filter((link) => link.rel === rel);
      const authors = authorsOf(input.bylines);
      expect(at("title").map(seen)).toEqual([text(input.headline)]);
      if (input.dek) expect(at("summary").map(seen)).toEqual([text(input.dek)]);
      expect(at("author/name")).toEqual(
        authors.length === 0 ? [SITE.title] : authors.map(({ name }) => text(name)),
      );
      expect(at("author/uri")).toEqual(
        authors.length === 0 ? [`${SITE.url}/`] : authors.flatMap(({ url }) => (url ? [addressOf(url)] : [])),
      );
      if (input.url) expect(links("alternate").map(({ href }) => href)).toEqual([addressOf(input.url)]);
      expect(links("license").map(({ href }) => href)).toEqual(
        input.rights?.license ? [addressOf(input.rights.license)] : [],
      );
      const measured = (input.images ?? []).filter(({ type, length }) => type && length);
      expect(links("enclosure").map(({ href, title }) => ({ href, title }))).toEqual(
        measured.map(({ src, alt, caption }) => ({ href: addressOf(src), title: joined(caption ?? alt)[0] })),
      );
    }));

  it("is an item of JSON Feed that gives back its texts and addresses", () =>
    property(article, async (input) => {
      const item = only(JSON.parse(documentOf("json", [await rendered(input)])).items as never[]) as {
        readonly [name: string]: unknown;
        readonly _wireroom: { readonly [name: string]: unknown };
      };
      expect(item.title).toBe(text(input.headline));
      if (input.dek) expect(item.summary).toBe(text(input.dek));
      if (input.url) expect(item.url).toBe(addressOf(input.url));
      expect(item._wireroom.dateline).toBe(input.dateline === undefined ? undefined : text(input.dateline));
      expect(item._wireroom.bylines).toMatchObject(
        (input.bylines ?? []).map(({ name }) => ({ name: text(name) })),
      );
    }));

  it("reads the same through feedsmith", () =>
    property(article, async (input) => {
      const result = await rendered(input);
      const rss = parseFeed(documentOf("rss", [result]));
      if (rss.format !== "rss") throw new Error(`read as ${rss.format}`);
      const { title, content } = only(rss.feed.items);
      const atom = parseFeed(documentOf("atom", [result]));
      if (atom.format !== "atom") throw new Error(`read as ${atom.format}`);
      const entry = only(atom.feed.entries);
      const html = JSON.parse(result.entries.json.body).content_html;
      expect(title).toBe(text(input.headline));
      expect(seen(entry.title?.value ?? "")).toBe(text(input.headline));
      expect(seen(content?.encoded ?? "")).toBe(seen(html));
      expect(entry.content?.value ?? "").toBe(content?.encoded ?? "");
    }));

  it("shows every name, caption, correction and bio in its body", () =>
    property(article, async (input) => {
      const shown = seen(JSON.parse((await rendered(input)).entries.json.body).content_html);
      const bylines = input.bylines ?? [];
      const names = bylines.length > 1 ? bylines.map(({ name }) => name) : [];
      const parts = [
        ...names,
        ...bylines.flatMap(({ bio }) => bio ?? []),
        ...(input.images ?? []).flatMap(({ caption }) => caption ?? []),
        ...(input.corrections ?? []).map((correction) => correction.text),
        ...(input.dek === undefined ? [] : [input.dek]),
        ...(input.dateline === undefined ? [] : [input.dateline]),
      ];
      for (const part of parts) expect(shown).toContain(text(part));
    }));

  it("is stored once more as it is, when the API shows it and gets it back", () =>
    property(article, async (input) => {
      const { stored } = await rendered(input);
      const shown = asInput(stored);
      const { id: _shownId, ...sent } = shown;
      expect(await store({ article: sent })).toEqual({ ok: true, value: stored });
    }));
});

describe("any feed", () => {
  const address = anyUrl.map((url) => addressOf(url) ?? "");
  const feed = fc.record({
    title: anyText,
    description: anyText,
    link: address,
    latest: fc.array(fc.record({ title: anyText, link: address }), { maxLength: 4 }),
  });

  it.each([
    ["rss", "rss/channel/"],
    ["atom", "feed/"],
  ] as const)("shows a person its own texts and its headlines, as %s", (format, path) =>
    property(feed, async ({ latest, ...said }) => {
      const headlines = latest.map(({ title, link }) => headline(title, { link }));
      const shown = elementsOf(documentIn(format, emptyFeed(format, { ...said, latest: headlines })));
      const at = (name: string) => textsAt(shown, `${path}div/${name}`);
      const hrefsAt = (name: string) => attributesAt(shown, `${path}div/${name}`).map(({ href }) => href);
      expect(at("title")).toEqual([legal(said.title)]);
      expect(at("header/h1/a")).toEqual([legal(said.title)]);
      expect(hrefsAt("header/h1/a")).toEqual([said.link]);
      expect(at("header/p")).toEqual([legal(said.description)]);
      expect(at("ul/li/a")).toEqual(latest.map(({ title }) => legal(title)));
      expect(hrefsAt("ul/li/a")).toEqual(latest.map(({ link }) => link));
      // Nothing got out of its place.
      expect(shown.filter((one) => one.path === `${path}div`)).toHaveLength(1);
      expect(at("ul/li/time")).toHaveLength(latest.length);
    }),
  );
});

describe("any string", () => {
  it("in any place makes an article or a list of problems with paths, never an exception", () =>
    property(
      fc.record({
        headline: anyText,
        published: fc.oneof(fc.constant("2024-10-24T11:30:00Z"), anyText),
        body: fc.record({ html: anyText }),
        url: anyText,
        bylines: fc.array(
          fc.oneof(anyText, fc.record({ name: anyText, url: anyText }), fc.object({ maxDepth: 1 })),
        ),
        images: fc.array(fc.record({ src: anyText, credit: anyText })),
        language: anyText,
      }),
      async (input) => {
        const result = await store({ article: input });
        if (result.ok) return;
        expect(result.problems.length).toBeGreaterThan(0);
        for (const { path, message } of result.problems) {
          expect(message).not.toBe("");
          expect(message).not.toBe("Invalid input");
          expect(path).toMatch(/^(headline|published|body|url|bylines|images|language)/);
        }
      },
    ));
});
