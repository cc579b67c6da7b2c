// Feed parsers that aren't ours, each turned into one signature: a document -> what it keeps of its only entry.
//
// | parser                    | RSS: what it drops                           | Atom: what it drops                          |
// |---------------------------|----------------------------------------------|----------------------------------------------|
// | feedsmith                 | nothing                                      | `xml:lang` of an entry                       |
// | rss-parser                | updated, credits, language, all of `media:`  | authors but the first, updated, credits,     |
// |                           |                                              | categories, language, images                 |
// | @rowanmanning/feed-parser | updated, credits, language                   | credits, language                            |
// | feedparser                | nothing, under the elements' own names       | nothing, under the elements' own names       |
//
// @rowanmanning/feed-parser also resolves character references in most texts once more than XML does.

import { Readable } from "node:stream";
import { parseFeed as parseWithRowanmanning } from "@rowanmanning/feed-parser";
import Feedparser from "feedparser";
import { parseFeed as parseWithFeedsmith } from "feedsmith";
import RssParser from "rss-parser";

/** What an entry says. A parser that drops something leaves it out; `undefined` is what the entry doesn't say. */
export interface Facts {
  readonly id: string;
  readonly link: string;
  readonly title: string;
  readonly summary: string | undefined;
  readonly content: string | undefined;
  readonly authors: readonly string[];
  readonly credits: readonly string[];
  /** Milliseconds since 1970, as `updated`. */
  readonly published: number;
  readonly updated: number | undefined;
  readonly categories: readonly string[];
  readonly language: string | undefined;
  readonly enclosures: readonly { readonly url: string; readonly type: string; readonly length: number }[];
  /** URLs, the lead first. */
  readonly images: readonly string[];
}

type Kept = Partial<Facts>;
type Read = (document: string) => Kept | Promise<Kept>;

/** What a parser makes of each format, and the texts in which it resolves character references once more. */
export interface Parser {
  readonly rss: Read;
  readonly atom: Read;
  readonly decodes?: Readonly<Record<"rss" | "atom", readonly (keyof Facts)[]>>;
}

/** Every parser, by name. */
export const PARSERS: Readonly<Record<string, Parser>> = {
  feedsmith: { rss: feedsmithRss, atom: feedsmithAtom },
  "rss-parser": { rss: rssParserRss, atom: rssParserAtom },
  "@rowanmanning/feed-parser": {
    rss: rowanmanningRss,
    atom: rowanmanningAtom,
    decodes: {
      rss: ["id", "summary", "content", "authors", "categories"],
      atom: ["id", "title", "summary", "content", "authors"],
    },
  },
  feedparser: { rss: feedparserRss, atom: feedparserAtom },
};

/** The only one of a list. @throws Error, where it is not the only one. */
export function only<T>(list: readonly T[] | undefined): T {
  const [first, ...others] = list ?? [];
  if (first === undefined || others.length > 0) throw new Error(`${list?.length ?? 0} entries, not one`);
  return first;
}

function feedsmithRss(document: string): Kept {
  const parsed = parseWithFeedsmith(document);
  if (parsed.format !== "rss") throw new Error(`read as ${parsed.format}`);
  const item = only(parsed.feed.items);
  if (item.atom?.updated !== item.dcterms?.modified?.[0]) throw new Error("two dates of the last update");
  return {
    id: item.guid?.value ?? "",
    link: item.link ?? "",
    title: item.title ?? "",
    summary: item.description,
    content: item.content?.encoded,
    authors: item.dc?.creators ?? [],
    credits: item.dc?.contributors ?? [],
    published: Date.parse(String(item.pubDate)),
    updated: timeOf(item.atom?.updated),
    categories: (item.categories ?? []).map(({ name }) => name ?? ""),
    language: item.dc?.languages?.[0],
    enclosures: (item.enclosures ?? []).map(enclosure),
    images: (item.media?.contents ?? []).map(({ url }) => url ?? ""),
  };
}

function feedsmithAtom(document: string): Kept {
  const parsed = parseWithFeedsmith(document);
  if (parsed.format !== "atom") throw new Error(`read as ${parsed.format}`);
  const entry = only(parsed.feed.entries);
  const links = entry.links ?? [];
  return {
    id: entry.id ?? "",
    link: links.find(({ rel }) => rel === "alternate")?.href ?? "",
    title: entry.title?.value ?? "",
    summary: entry.summary?.value,
    content: entry.content?.value,
    authors: (entry.authors ?? []).map(({ name }) => name ?? ""),
    credits: (entry.contributors ?? []).map(({ name }) => name ?? ""),
    published: Date.parse(String(entry.published)),
    updated: timeOf(entry.updated),
    categories: (entry.categories ?? []).map(({ label }) => label ?? ""),
    enclosures: links
      .filter(({ rel }) => rel === "enclosure")
      .map(({ href, type, length }) => enclosure({ url: href, type, length })),
    images: (entry.media?.contents ?? []).map(({ url }) => url ?? ""),
  };
}

async function rssParserRss(document: string): Promise<Kept> {
  const item = only(
    (await new RssParser<object, { "content:encoded"?: string }>().parseString(document)).items,
  );
  return {
    id: item.guid ?? "",
    link: item.link ?? "",
    title: item.title ?? "",
    summary: item.content,
    content: item["content:encoded"],
    authors: item.creator === undefined ? [] : [item.creator],
    published: timeOf(item.isoDate) ?? Number.NaN,
    categories: item.categories ?? [],
    enclosures: item.enclosure ? [enclosure(item.enclosure)] : [],
  };
}

async function rssParserAtom(document: string): Promise<Kept> {
  const item = only((await new RssParser<object, { id?: string }>().parseString(document)).items);
  return {
    id: item.id ?? "",
    link: item.link ?? "",
    title: item.title ?? "",
    summary: item.summary,
    content: item.content,
    published: timeOf(item.isoDate) ?? Number.NaN,
  };
}

function rowanmanningRss(document: string): Kept {
  const { enclosures = [], updated: _, ...kept } = rowanmanningAtom(document);
  // Its list is of every `media:content`, the lead first.
  return { ...kept, enclosures: enclosures.slice(0, 1) };
}

function rowanmanningAtom(document: string): Kept {
  const item = only(parseWithRowanmanning(document).items);
  return {
    id: item.id ?? "",
    link: item.url ?? "",
    title: item.title ?? "",
    summary: item.description ?? undefined,
    content: item.content ?? undefined,
    authors: item.authors.map(({ name }) => name ?? ""),
    published: item.published?.getTime() ?? Number.NaN,
    updated: item.updated?.getTime(),
    categories: item.categories.map(({ label }) => label ?? ""),
    enclosures: item.media.flatMap(({ url, mimeType, length }) =>
      mimeType === null || length === null ? [] : [{ url, type: mimeType, length }],
    ),
    images: item.media.map(({ url }) => url),
  };
}

async function feedparserRss(document: string): Promise<Kept> {
  const item = only(await feedparserItems(document));
  return {
    id: item.guid,
    link: item.link,
    // Its own `title` has known tags stripped.
    title: textsOf(item["rss:title"])[0] ?? "",
    summary: item.summary ?? undefined,
    content: textsOf(item["content:encoded"])[0],
    authors: [item.author],
    credits: textsOf(item["dc:contributor"]),
    published: item.pubdate?.getTime() ?? Number.NaN,
    updated: timeOf(textsOf(item["atom:updated"])[0]),
    categories: item.categories,
    language: textsOf(item["dc:language"])[0],
    enclosures: elementsOf(item["rss:enclosure"]).map((one) => enclosure(attributesOf(one))),
    images: elementsOf(item["media:content"]).map((one) => attributesOf(one).url ?? ""),
  };
}

async function feedparserAtom(document: string): Promise<Kept> {
  const item = only(await feedparserItems(document));
  const names = (people: unknown) => elementsOf(people).flatMap(({ name }) => textsOf(name));
  return {
    id: item.guid,
    link: item.link,
    title: item.title,
    summary: item.summary ?? undefined,
    content: textsOf(item["atom:content"])[0],
    authors: names(item["atom:author"]),
    credits: names(item["atom:contributor"]),
    published: item.pubdate?.getTime() ?? Number.NaN,
    updated: item.date?.getTime(),
    categories: elementsOf(item["atom:category"]).map((one) => attributesOf(one).label ?? ""),
    language: attributesOf({ "@": item["atom:@"] })["xml:lang"],
    enclosures: elementsOf(item["atom:link"])
      .map(attributesOf)
      .filter(({ rel }) => rel === "enclosure")
      .map(({ href, type, length }) => enclosure({ url: href, type, length })),
    images: elementsOf(item["media:content"]).map((one) => attributesOf(one).url ?? ""),
  };
}

async function feedparserItems(document: string): Promise<readonly Feedparser.Item[]> {
  const parser = Readable.from([document]).pipe(new Feedparser({}));
  const items: Feedparser.Item[] = [];
  for await (const item of parser) items.push(item);
  return items;
}

type Element = Readonly<Record<string, unknown>>;

// feedparser gives an element that stands once as an object, several as a list; its text is under `#`.
const elementsOf = (value: unknown): readonly Element[] =>
  (Array.isArray(value) ? value : value === undefined ? [] : [value]).filter(
    (one): one is Element => typeof one === "object" && one !== null,
  );

const textsOf = (value: unknown): readonly string[] =>
  elementsOf(value).flatMap(({ "#": content }) => (typeof content === "string" ? [content] : []));

function attributesOf({ "@": attributes }: Element): Readonly<Record<string, string>> {
  const [found] = elementsOf(attributes);
  return Object.fromEntries(Object.entries(found ?? {}).map(([name, value]) => [name, String(value)]));
}

const REFERENCES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  "#x26": "&",
  "#x3C": "<",
  "#x22": '"',
};

/** Every reference that we write resolved, as HTML does: those with a name also without a semicolon. */
export function decodeOnce(value: string): string {
  return value.replace(/&(amp|lt|gt|quot|#x26|#x3C|#x22);?/g, (all, name) => REFERENCES[name] ?? all);
}

const timeOf = (date: unknown): number | undefined =>
  date === undefined ? undefined : Date.parse(String(date));

const enclosure = ({
  url = "",
  type = "",
  length = 0,
}: {
  readonly url?: string | undefined;
  readonly type?: string | undefined;
  readonly length?: string | number | undefined;
}) => ({ url, type, length: Number(length) });
