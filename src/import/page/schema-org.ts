// schema.org in a page: JSON-LD and microdata (HTML Living Standard §5) as nodes of one kind, which node is the
// article, and what it says. A property may be text, an object, a list of either, or a reference by `@id`.

import type { Element } from "hast";
import { parseFragment } from "parse5";
import type { Role } from "../../article/byline.ts";
import { attribute, elementsIn, wordsIn } from "../../html/tree.ts";
import { webUrl } from "../../lib/address.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { text } from "../../lib/text.ts";
import type { ImportedArticle, ImportedByline, ImportedImage } from "../importer.ts";
import { isObject, type JsonObject, readJson } from "../parse-json.ts";
import { bylinesIn } from "../text/read-byline.ts";
import { dateOf } from "./page-dates.ts";
import { type Told, tell } from "./page-facts.ts";
import type { Page } from "./page-tree.ts";

/** An object of schema.org's; names of types and properties are its own. */
export type Node = JsonObject;

/** What a page says in schema.org's words. */
export interface SchemaOrg {
  /** Its article: of JSON-LD, and of microdata. */
  readonly articles: readonly Node[];
  readonly told: readonly Told[];
  /** What the page, or another work than an article, says of who made it, and when. */
  readonly ofPage: Told;
  /** Sentences on what could not be read. */
  readonly notes: readonly string[];
}

/** Resolves a reference to its node; gives other nodes as they are. */
type Follow = (node: Node) => Node;

const ARTICLE = /^(?:\w*Article|\w*BlogPosting|Report)$/;
const WHOLE_PAGE = /^(?:\w*WebPage|ItemPage|CreativeWork|Recipe|HowTo)$/;

/** A node's types, without what stands before their names. */
const isOf = (node: Node, types: RegExp): boolean =>
  listOf(node["@type"]).some((type) => typeof type === "string" && types.test(type.replace(/^.*[/#:]/, "")));

/** Finds the article; of several the one that says it is the page itself, else the one that says most. */
export function readSchemaOrg(page: Page): SchemaOrg {
  const notes: string[] = [];
  const nodes = page.elements.filter(isJsonLd).flatMap((block, index) => {
    const parsed = parsedJson(block.children.map((c) => (c.type === "text" ? c.value : "")).join(""));
    if (parsed === undefined) notes.push(`JSON-LD block ${index + 1} is not JSON, and was skipped`);
    return nodesIn(parsed, 0);
  });
  const weigh = (node: Node): number => (isPage(node, page.url) ? 100 : 0) + Object.keys(node).length;
  // Of several nodes with one id, the one that says most is meant.
  const byId = new Map(
    nodes
      .toReversed()
      .toSorted((a, b) => Object.keys(a).length - Object.keys(b).length)
      .map((node) => [node["@id"], node]),
  );
  const follow: Follow = (node) => (typeof node["@id"] === "string" && byId.get(node["@id"])) || node;
  const heaviest = (types: RegExp): readonly Node[] =>
    nodes
      .filter((node) => isOf(node, types))
      .toSorted((a, b) => weigh(b) - weigh(a))
      .slice(0, 1)
      .map(follow);
  const articles = heaviest(ARTICLE);
  const scopes = page.elements.filter(
    ({ properties }) => properties.itemScope === true && properties.itemType,
  );
  const microdata = scopes.flatMap((scope) => {
    const node = nodeOf(scope, 0);
    return isOf(node, ARTICLE) ? [node] : [];
  });
  const [ofPage] = heaviest(WHOLE_PAGE).map((node) => schemaFacts(node, follow, "JSON-LD, of the page"));
  const { published, updated, bylines } = ofPage ?? {};
  return {
    articles: [...articles, ...microdata.slice(0, 1)],
    told: [
      ...articles.map((node) => schemaFacts(node, follow, "JSON-LD")),
      ...microdata.slice(0, 1).map((node) => schemaFacts(node, (each) => each, "microdata")),
    ],
    ofPage: omitUndefined({ published, updated, bylines }),
    notes,
  };
}

const isJsonLd = (e: Element): boolean =>
  e.tagName === "script" && /^application\/ld\+json\b/i.test(attribute(e, "type"));

// A comma before the end of a list or an object; strings stay.
const SPARE_COMMA = /("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])/g;

function parsedJson(block: string): unknown {
  // Some wrap it as scripts once were, and some leave line ends in strings.
  const json = block
    .replace(/^\s*(?:\/\/\s*)?(?:<!--|<!\[CDATA\[)/, "")
    .replace(/(?:\/\/\s*)?(?:-->|\]\]>)\s*$/, "");
  return readJson(json) ?? readJson(json.replace(/[\n\r\t]/g, " ").replace(SPARE_COMMA, "$1"));
}

// Articles don't nest further.
const DEEPEST_LEVEL = 12;

function nodesIn(value: unknown, level: number): readonly Node[] {
  if (level > DEEPEST_LEVEL || typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap((each) => nodesIn(each, level + 1));
  return isObject(value) ? [value, ...inner] : inner;
}

function isPage(node: Node, url: string | undefined): boolean {
  const own = [node.url, ...listOf(node.mainEntityOfPage), node["@id"]].map((each) =>
    isObject(each) ? each["@id"] : each,
  );
  return url !== undefined && own.some((each) => typeof each === "string" && bareUrl(each) === bareUrl(url));
}

// Without scheme, fragment and last slash.
const bareUrl = (url: string): string => url.replace(/^https?:\/\/|\/?(?:#.*)?$/gs, "");

// Scopes within scopes: an article, its publisher, the publisher's logo.
const DEEPEST_SCOPE = 6;

function nodeOf(scope: Element, level: number): Node {
  const node: { [property: string]: unknown[] } = { "@type": attribute(scope, "itemType").split(/\s+/) };
  for (const element of elementsIn(scope, (inner) => inner.properties.itemScope !== true)) {
    const names = attribute(element, "itemProp").split(/\s+/);
    // The body is looked for as HTML; Blogger's is its description as well.
    if (names.includes("articleBody")) continue;
    const isScope = element.properties.itemScope === true && level < DEEPEST_SCOPE;
    for (const name of names.filter((each) => each !== ""))
      node[name] = [...(node[name] ?? []), isScope ? nodeOf(element, level + 1) : written(element, name)];
  }
  return node;
}

const VALUE_ATTRIBUTES: Readonly<Record<string, string>> = {
  meta: "content",
  a: "href",
  link: "href",
  img: "src",
  time: "dateTime",
  abbr: "title",
  data: "value",
};

// Of these a link gives its address. Of all others, a headline or an author, its words are meant, whatever
// the standard says.
const ADDRESSES = /^(?:url|image|logo|sameAs|mainEntityOfPage|license|contentUrl|thumbnailUrl)$/;

function written(element: Element, property: string): string {
  const words = element.tagName === "a" && !ADDRESSES.test(property) ? wordsIn(element) : "";
  const name = VALUE_ATTRIBUTES[element.tagName];
  return attribute(element, "content") || words || (name && attribute(element, name)) || wordsIn(element);
}

/** The values of a property that may be one value or a list. */
const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value.flat() : [value];

/** Every text of a property; of a node its name. */
const textsOf = (value: unknown, follow: Follow): readonly string[] =>
  listOf(value).flatMap((each) => {
    if (isObject(each)) return textsOf(follow(each).name ?? each["@value"], (node) => node).slice(0, 1);
    return typeof each === "string" || typeof each === "number" ? text(decoded(String(each))) || [] : [];
  });

const textOf = (value: unknown, follow: Follow): string | undefined => textsOf(value, follow)[0];

/** The texts of a property that refers to no other node. */
export const plainTexts = (value: unknown): readonly string[] => textsOf(value, (node) => node);

/** A property as an address: text that is one, or a node's `url`. */
const urlOf = (value: unknown, follow: Follow): string | undefined =>
  listOf(value)
    .map((each) => (isObject(each) ? (follow(each).url ?? follow(each).contentUrl ?? each["@id"]) : each))
    .map((each) => (typeof each === "string" ? webUrl(decoded(each.trim())) : undefined))
    .find((address) => address !== undefined);

/**
 * Resolves character references, which an HTML parser leaves in scripts. Once: `&amp;amp;` becomes `&amp;`.
 * Tags stay text.
 */
function decoded(value: string): string {
  if (!value.includes("&")) return value;
  const [node] = parseFragment(value.replaceAll("<", "&lt;")).childNodes;
  return node && "value" in node ? node.value : value;
}

/** What `node` says. `where` names the part of the page, for people: `JSON-LD`. */
function schemaFacts(node: Node, follow: Follow, where: string): Told {
  const by = (property: string) => `schema.org ${property} in ${where}`;
  const words = (property: string) => textOf(node[property], follow);
  const headline = words("headline") ?? words("name");
  const alternative = words("alternativeHeadline") ?? "";
  const isShorter = alternative.length < (headline?.length ?? 0);
  const bylines = [
    ...bylinesOf(node.author ?? node.creator, follow),
    ...(["contributor", "editor", "translator"] as const).flatMap((role) =>
      bylinesOf(node[role], follow, role),
    ),
  ];
  return tell({
    id: [idOf(node), by("@id")],
    headline: [headline, by("headline")],
    shortHeadline: [isShorter ? alternative : undefined, by("alternativeHeadline")],
    dek: [words("description") ?? words("abstract"), by("description")],
    sections: [textsOf(node.articleSection, follow), by("articleSection")],
    tags: [textsOf(node.keywords, follow).flatMap(tagsIn), by("keywords")],
    language: [languageIn(languageOf(node.inLanguage, follow)), by("inLanguage")],
    bylines: [bylines, by("author, contributor, editor and translator")],
    published: [dateOf(words("datePublished") ?? words("dateCreated")), by("datePublished")],
    updated: [dateOf(words("dateModified")), by("dateModified")],
    images: [imagesOf(node.image ?? node.thumbnailUrl, follow), by("image")],
    rights: [rightsOf(node, follow), by("copyrightNotice, copyrightHolder and license")],
    sponsored: [isOf(node, /^AdvertiserContentArticle$/) || undefined, by("type AdvertiserContentArticle")],
    url: [urlOf(node.url, follow) ?? urlOf(node.mainEntityOfPage, follow), by("url")],
    siteNames: [textsOf(node.publisher, follow), by("publisher")],
    articleBody: [typeof node.articleBody === "string" ? node.articleBody : undefined, by("articleBody")],
  });
}

/** Keywords as lists have them: by semicolons, or else by commas of any script. */
export const tagsIn = (written: string): readonly string[] =>
  written
    .split(/[;；]/.test(written) ? /[;；]/ : /[,，、،]/)
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");

/** A language as BCP 47 spells it; undefined for what is none. */
export function languageIn(written: string | undefined): string | undefined {
  const tag = written?.trim().replaceAll("_", "-");
  return tag !== undefined && /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i.test(tag) ? tag : undefined;
}

const languageOf = (value: unknown, follow: Follow): string | undefined =>
  listOf(value).flatMap((each) => (isObject(each) ? textsOf(follow(each).alternateName, follow) : []))[0] ??
  textOf(value, follow);

// An address names the page or a part of it, and readers of feeds never saw it as an id; a `tag:` or `urn:`
// is nothing else.
const idOf = (node: Node): string | undefined =>
  listOf(node["@id"]).find((id): id is string => typeof id === "string" && /^(?:tag|urn):\S+$/i.test(id));

const imagesOf = (value: unknown, follow: Follow): readonly ImportedImage[] =>
  listOf(value).flatMap((each) => {
    const node = isObject(each) ? follow(each) : {};
    const src = urlOf(isObject(each) ? (node.contentUrl ?? node.url ?? node["@id"]) : each, follow);
    if (src === undefined) return [];
    const details = {
      caption: textOf(node.caption, follow),
      credit: textOf(node.creditText, follow) ?? textOf(node.creator ?? node.author, follow),
      copyright: textOf(node.copyrightNotice, follow) ?? textOf(node.copyrightHolder, follow),
      width: pixelsIn(node.width, follow),
      height: pixelsIn(node.height, follow),
    };
    return [{ src, ...omitUndefined(details) }];
  });

function pixelsIn(value: unknown, follow: Follow): number | undefined {
  const node = listOf(value).find(isObject);
  const number = Number.parseInt(textOf(node ? follow(node).value : value, follow) ?? "", 10);
  return number > 1 ? number : undefined;
}

function rightsOf(node: Node, follow: Follow): ImportedArticle["rights"] {
  const holder = textOf(node.copyrightHolder, follow);
  const year = textOf(node.copyrightYear, follow);
  const written = holder === undefined ? undefined : ["©", year, holder].filter(Boolean).join(" ");
  const copyright = textOf(node.copyrightNotice, follow) ?? written;
  const license = urlOf(node.license, follow);
  return copyright === undefined && license === undefined ? undefined : omitUndefined({ copyright, license });
}

/** Bylines of a property: text, people, organisations. */
const bylinesOf = (value: unknown, follow: Follow, role?: Role): readonly ImportedByline[] =>
  listOf(value).flatMap((each) => {
    if (!isObject(each)) return textsOf(each, follow).flatMap((name) => bylinesIn(name, role));
    const node = follow(each);
    const bylines = textsOf(node.name, follow).flatMap((name) => bylinesIn(name, role));
    const details = {
      affiliation: textOf(node.affiliation ?? node.worksFor, follow),
      url: urlOf(node.url, follow),
      avatar: urlOf(node.image, follow),
      email: textOf(node.email, follow)?.replace(/^mailto:/i, ""),
      bio: textOf(node.description, follow),
    };
    // Details of one entry can't belong to two people.
    return bylines.length === 1
      ? bylines.map((byline) => ({ ...byline, ...omitUndefined(details) }))
      : bylines;
  });
