// schema.org in a page: JSON-LD and microdata (HTML Living Standard §5) as nodes of one kind, and which node
// is the article. A property may be text, an object, a list of either, or a reference by `@id`.

import type { Element } from "hast";
import { parseFragment } from "parse5";
import { attribute, elementsIn, wordsIn } from "../../html/tree.ts";
import { webUrl } from "../../lib/address.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { text } from "../../lib/text.ts";
import { isObject, type JsonObject, readJson } from "../parse-json.ts";
import type { Page } from "./page-tree.ts";

/** A page's article as its JSON-LD has it. */
export interface LinkedData {
  readonly article?: Node;
  /** The page itself, or another work than an article: they may say who made it, and when. */
  readonly page?: Node;
  readonly follow: Follow;
  /** Sentences on what could not be read. */
  readonly notes: readonly string[];
}

/** True for schema.org's articles: `NewsArticle`, `BlogPosting`, … */
const isArticle = (node: Node): boolean => typesOf(node).some((type) => ARTICLE.test(type));

const ARTICLE = /^(?:\w*Article|\w*BlogPosting|Report)$/;

const isWholePage = (node: Node): boolean => typesOf(node).some((type) => WHOLE_PAGE.test(type));

const WHOLE_PAGE = /^(?:\w*WebPage|ItemPage|CreativeWork|Recipe|HowTo)$/;

/** Finds the article; of several the one that says it is the page at `url`, else the one that says most. */
export function readLinkedData(blocks: readonly string[], url: string | undefined): LinkedData {
  const notes: string[] = [];
  const nodes = blocks.flatMap((block, index) => {
    const parsed = parsedJson(block);
    if (parsed === undefined) notes.push(`JSON-LD block ${index + 1} is not JSON, and was skipped`);
    return nodesIn(parsed, 0);
  });
  const byId = new Map<unknown, Node>();
  for (const node of nodes) {
    const id = node["@id"];
    if (typeof id === "string" && Object.keys(node).length > Object.keys(byId.get(id) ?? {}).length)
      byId.set(id, node);
  }
  const follow: Follow = (node) => byId.get(node["@id"]) ?? node;
  const weigh = (node: Node): number => (isPage(node, url) ? 100 : 0) + Object.keys(node).length;
  const heaviest = (wanted: (node: Node) => boolean) => {
    const [node] = nodes.filter(wanted).toSorted((a, b) => weigh(b) - weigh(a));
    return node && follow(node);
  };
  return {
    ...omitUndefined({ article: heaviest(isArticle), page: heaviest(isWholePage) }),
    follow,
    notes,
  };
}

function parsedJson(block: string): unknown {
  // Some wrap it as scripts once were, and some leave line ends in strings.
  const json = block
    .replace(/^\s*(?:\/\/\s*)?(?:<!--|<!\[CDATA\[)/, "")
    .replace(/(?:\/\/\s*)?(?:-->|\]\]>)\s*$/, "");
  const oneLine = json.replace(/[\n\r\t]/g, " ");
  return readJson(json) ?? readJson(oneLine) ?? readJson(oneLine.replace(SPARE_COMMA, "$1"));
}

// A comma before the end of a list or an object; strings stay.
const SPARE_COMMA = /("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])/g;

// Articles don't nest further.
const DEEPEST_LEVEL = 12;

function nodesIn(value: unknown, level: number): readonly Node[] {
  if (level > DEEPEST_LEVEL || typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap((each) => nodesIn(each, level + 1));
  return isNode(value) ? [value, ...inner] : inner;
}

function isPage(node: Node, url: string | undefined): boolean {
  const own = [node.url, ...listOf(node.mainEntityOfPage), node["@id"]].map((each) =>
    isNode(each) ? each["@id"] : each,
  );
  return url !== undefined && own.some((each) => typeof each === "string" && samePage(each, url));
}

// What differs in scheme, fragment or a last slash alone.
const samePage = (a: string, b: string): boolean => bare(a) === bare(b);

const bare = (url: string): string =>
  url
    .replace(/^https?:\/\//, "")
    .replace(/#.*$/s, "")
    .replace(/\/$/, "");

/** The first article that microdata describes. */
export const microdataArticle = (page: Page): Node | undefined =>
  page.elements
    .filter(isScope)
    .map((scope) => nodeOf(scope, 0))
    .find(isArticle);

const isScope = ({ properties }: Element): boolean =>
  properties.itemScope === true && properties.itemType !== undefined;

// Scopes within scopes: an article, its publisher, the publisher's logo.
const DEEPEST_SCOPE = 6;

function nodeOf(scope: Element, level: number): Node {
  const node: { [property: string]: unknown[] } = { "@type": attribute(scope, "itemType").split(/\s+/) };
  for (const element of elementsIn(scope, (inner) => inner.properties.itemScope !== true)) {
    const names = attribute(element, "itemProp").split(/\s+/);
    // The body is looked for as HTML; Blogger's is its description as well.
    if (names.includes("articleBody")) continue;
    for (const name of names) {
      if (name === "") continue;
      const value =
        element.properties.itemScope === true && level < DEEPEST_SCOPE
          ? nodeOf(element, level + 1)
          : written(element, name);
      node[name] = [...(node[name] ?? []), value];
    }
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

/** An object of schema.org's; names of types and properties are its own. */
export type Node = JsonObject;

/** Resolves a reference to its node; gives other nodes as they are. */
export type Follow = (node: Node) => Node;

/** True for an object, as opposed to text or a list. */
export const isNode: (value: unknown) => value is Node = isObject;

/** The values of a property that may be one value or a list. */
export const listOf = (value: unknown): readonly unknown[] =>
  value === undefined || value === null ? [] : Array.isArray(value) ? value.flat() : [value];

/** The nodes among a property's values. */
export const nodesOf = (value: unknown, follow: Follow): readonly Node[] =>
  listOf(value).filter(isNode).map(follow);

/** A node's types, without what stands before their names. */
export const typesOf = (node: Node): readonly string[] =>
  listOf(node["@type"]).flatMap((type) => (typeof type === "string" ? type.replace(/^.*[/#:]/, "") : []));

/** A property as text: its first value that is some, or has a name. */
export function textOf(value: unknown, follow: Follow): string | undefined {
  for (const each of listOf(value)) {
    const found = isNode(each) ? textOf(follow(each).name ?? each["@value"], (node) => node) : textIn(each);
    if (found !== undefined) return found;
  }
  return undefined;
}

const textIn = (value: unknown): string | undefined =>
  typeof value === "string" || typeof value === "number"
    ? text(decoded(String(value))) || undefined
    : undefined;

/** Every text of a property. */
export const textsOf = (value: unknown, follow: Follow): readonly string[] =>
  listOf(value).flatMap((each) => textOf(each, follow) ?? []);

/** A property as an address: text that is one, or a node's `url`. */
export function urlOf(value: unknown, follow: Follow): string | undefined {
  for (const each of listOf(value)) {
    const written = isNode(each) ? (follow(each).url ?? follow(each).contentUrl ?? each["@id"]) : each;
    const address = typeof written === "string" ? webUrl(decoded(written.trim())) : undefined;
    if (address !== undefined) return address;
  }
  return undefined;
}

/**
 * Resolves character references, which an HTML parser leaves in scripts. Once: `&amp;amp;` becomes `&amp;`.
 * Tags stay text.
 */
function decoded(value: string): string {
  if (!value.includes("&")) return value;
  const [node] = parseFragment(value.replaceAll("<", "&lt;")).childNodes;
  return node && "value" in node ? node.value : value;
}
