// How XML is written: namespaces, escaping, elements; and the strict parse that every entry must pass.

import { type SaxesOptions, SaxesParser } from "saxes";
import { legal } from "../lib/text.ts";

/** Every namespace that a public document may use, by its prefix. */
export const NAMESPACES = {
  /** RFC 4287. */
  atom: "http://www.w3.org/2005/Atom",
  /** RSS 1.0 content module. */
  content: "http://purl.org/rss/1.0/modules/content/",
  /** Dublin Core elements 1.1. */
  dc: "http://purl.org/dc/elements/1.1/",
  /** Dublin Core terms. */
  dcterms: "http://purl.org/dc/terms/",
  /** Media RSS 1.5.1; its address ends in a slash. */
  media: "http://search.yahoo.com/mrss/",
  /** RFC 6721. */
  at: "http://purl.org/atompub/tombstones/1.0",
  /** RFC 5005 §2. */
  fh: "http://purl.org/syndication/history/1.0",
  xhtml: "http://www.w3.org/1999/xhtml",
  /** MSN. */
  mi: "http://schemas.ingestion.microsoft.com/common/",
  /** SmartFormat. */
  snf: "http://www.smartnews.be/snf",
  /** Sitemaps (https://www.sitemaps.org/protocol.html), and news in them. */
  sitemap: "http://www.sitemaps.org/schemas/sitemap/0.9",
  news: "http://www.google.com/schemas/sitemap-news/0.9",
  /** Really Simple Licensing 1.0. */
  rsl: "https://rslstandard.org/rsl",
} as const;

export const XML_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>';

/** ` xmlns:dc="…" xmlns:media="…"` for a start tag. */
export const declare = (...prefixes: readonly (keyof typeof NAMESPACES)[]): string =>
  prefixes.map((prefix) => ` xmlns:${prefix}="${NAMESPACES[prefix]}"`).join("");

// By name, since fast-xml-parser, on which many readers are built, doesn't decode `&#x26;`.
const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

const escaping =
  (special: RegExp) =>
  (value: string): string =>
    legal(value).replace(special, (character) => ESCAPES[character] ?? character);

/** Text for element content and attribute values. */
export const escapeXml = escaping(/[&<>"]/g);

/**
 * Text for element content. It leaves `"` as stored entries have it: a new spelling would send each of them
 * out again.
 */
export const escapeText = escaping(/[&<>]/g);

/** Text for attribute values, in the spelling of stored Atom entries. */
export const escapeAttribute = escaping(/[&<"]/g);

/**
 * Text for a `title` of RSS. Hexadecimal references keep readers from taking it for markup (RSS profile,
 * "title").
 */
export const escapeTitle = (value: string, escapeBy: (value: string) => string = escapeXml): string =>
  escapeBy(value).replaceAll("&amp;", "&#x26;").replaceAll("&lt;", "&#x3C;");

/** HTML as a CDATA section. A `]]>` in it, which would end the section, becomes `]]&gt;`. */
export const cdata = (html: string): string => `<![CDATA[${legal(html).replaceAll("]]>", "]]&gt;")}]]>`;

/** One XML element with escaped attributes; those that are undefined are left out. `content` is XML. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  content = "",
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`)
    .join("");
  return content === "" ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

/**
 * Parses a fragment of XML strictly, with every prefix of `NAMESPACES` declared. Returns the texts of the
 * elements at each path (`item/title`), in document order. @throws Error, when the fragment isn't
 * well-formed.
 */
export function parseStrictly(
  fragment: string,
  defaultNamespace?: keyof typeof NAMESPACES,
): ReadonlyMap<string, string[]> {
  const parser = new SaxesParser<SaxesOptions & { xmlns: true }>({ xmlns: true });
  const texts = new Map<string, string[]>();
  const open: string[] = [];
  let current: string[] = [];
  const append = (value: string) => current.push(value);
  parser.on("error", (error) => {
    throw new Error("the entry is not well-formed XML", { cause: error });
  });
  parser.on("opentag", (tag) => {
    open.push(tag.name);
    current = [];
  });
  parser.on("text", append);
  parser.on("cdata", append);
  parser.on("closetag", () => {
    const path = open.slice(1).join("/");
    open.pop();
    const list = texts.get(path);
    if (list) list.push(current.join(""));
    else texts.set(path, [current.join("")]);
    current = [];
  });
  const prefixes = Object.keys(NAMESPACES) as (keyof typeof NAMESPACES)[];
  const fallback = defaultNamespace ? ` xmlns="${NAMESPACES[defaultNamespace]}"` : "";
  parser.write(`<root${fallback}${declare(...prefixes)}>${fragment}</root>`).close();
  return texts;
}
