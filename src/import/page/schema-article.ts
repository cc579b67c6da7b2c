// An article of schema.org, from JSON-LD or microdata -> fields.

import type { Role } from "../../article/byline.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { ImportedByline, ImportedImage } from "../importer.ts";
import { bylinesIn } from "../text/author-field.ts";
import { dateOf } from "./page-dates.ts";
import { type Told, tell } from "./page-facts.ts";
import {
  type Follow,
  isNode,
  listOf,
  type Node,
  nodesOf,
  textOf,
  textsOf,
  typesOf,
  urlOf,
} from "./schema-org.ts";

/** What `node` says. `where` names the part of the page, for people: `JSON-LD`. */
export function schemaFacts(node: Node, follow: Follow, where: string): Told {
  const by = (property: string) => `schema.org ${property} in ${where}`;
  const words = (...properties: readonly string[]) =>
    properties.map((property) => textOf(node[property], follow)).find((value) => value !== undefined);
  const headline = words("headline", "name");
  const alternative = words("alternativeHeadline");
  const bylines = [
    ...bylinesOf(node.author ?? node.creator, follow),
    ...bylinesOf(node.contributor, follow, "contributor"),
    ...bylinesOf(node.editor, follow, "editor"),
    ...bylinesOf(node.translator, follow, "translator"),
  ];
  const isShorter = alternative !== undefined && alternative.length < (headline?.length ?? 0);
  return tell({
    id: [idOf(node), by("@id")],
    headline: [headline, by("headline")],
    shortHeadline: [isShorter ? alternative : undefined, by("alternativeHeadline")],
    dek: [words("description", "abstract"), by("description")],
    sections: [textsOf(node.articleSection, follow), by("articleSection")],
    tags: [textsOf(node.keywords, follow).flatMap(tagsIn), by("keywords")],
    language: [languageIn(languageOf(node, follow)), by("inLanguage")],
    bylines: [bylines, by("author, contributor, editor and translator")],
    published: [dateOf(words("datePublished", "dateCreated")), by("datePublished")],
    updated: [dateOf(words("dateModified")), by("dateModified")],
    images: [imagesOf(node.image ?? node.thumbnailUrl, follow), by("image")],
    rights: [rightsOf(node, follow), by("copyrightNotice, copyrightHolder and license")],
    sponsored: [
      typesOf(node).includes("AdvertiserContentArticle") || undefined,
      by("type AdvertiserContentArticle"),
    ],
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

/** What a page of schema.org's says of its article, where that isn't described itself. */
export function pageFacts(node: Node, follow: Follow): Told {
  const { published, updated, bylines } = schemaFacts(node, follow, "JSON-LD, of the page");
  return omitUndefined({ published, updated, bylines });
}

/** A language as BCP 47 spells it; undefined for what is none. */
export function languageIn(written: string | undefined): string | undefined {
  const tag = written?.trim().replaceAll("_", "-");
  return tag !== undefined && /^[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}$/i.test(tag) ? tag : undefined;
}

const languageOf = (node: Node, follow: Follow): string | undefined =>
  textOf(nodesOf(node.inLanguage, follow)[0]?.alternateName, follow) ?? textOf(node.inLanguage, follow);

// An address names the page or a part of it, and readers of feeds never saw it as an id; a `tag:` or `urn:`
// is nothing else.
const idOf = (node: Node): string | undefined =>
  listOf(node["@id"]).find((id): id is string => typeof id === "string" && /^(?:tag|urn):\S+$/i.test(id));

function imagesOf(value: unknown, follow: Follow): readonly ImportedImage[] {
  return listOf(value).flatMap((each) => {
    const node = isNode(each) ? follow(each) : {};
    const src = urlOf(isNode(each) ? (node.contentUrl ?? node.url ?? node["@id"]) : each, follow);
    if (src === undefined) return [];
    const details = Object.entries({
      caption: textOf(node.caption, follow),
      credit: textOf(node.creditText, follow) ?? textOf(node.creator ?? node.author, follow),
      copyright: textOf(node.copyrightNotice, follow) ?? textOf(node.copyrightHolder, follow),
      width: pixelsIn(node.width, follow),
      height: pixelsIn(node.height, follow),
    }).filter(([, detail]) => detail !== undefined);
    return [{ src, ...Object.fromEntries(details) }];
  });
}

function pixelsIn(value: unknown, follow: Follow): number | undefined {
  const [node] = nodesOf(value, follow);
  const number = Number.parseInt(textOf(node ? node.value : value, follow) ?? "", 10);
  return number > 1 ? number : undefined;
}

function rightsOf(
  node: Node,
  follow: Follow,
): { readonly copyright?: string; readonly license?: string } | undefined {
  const holder = textOf(node.copyrightHolder, follow);
  const year = textOf(node.copyrightYear, follow);
  const written = holder === undefined ? undefined : ["©", year, holder].filter(Boolean).join(" ");
  const copyright = textOf(node.copyrightNotice, follow) ?? written;
  const license = urlOf(node.license, follow);
  if (copyright === undefined && license === undefined) return undefined;
  return { ...omitUndefined({ copyright, license }) };
}

/** Bylines of a schema.org property: text, people, organisations. */
const bylinesOf = (value: unknown, follow: Follow, role?: Role): readonly ImportedByline[] =>
  listOf(value).flatMap((each) => {
    if (isNode(each)) return personOf(follow(each), follow, role);
    const name = textOf(each, follow);
    return name === undefined ? [] : bylinesIn(name, role);
  });

function personOf(node: Node, follow: Follow, role: Role | undefined): readonly ImportedByline[] {
  const names = listOf(node.name).flatMap((name) => textOf(name, follow) ?? []);
  const url = urlOf(node.url, follow);
  const details = Object.entries({
    affiliation: textOf(node.affiliation ?? node.worksFor, follow),
    url,
    avatar: urlOf(node.image, follow),
    email: textOf(node.email, follow)?.replace(/^mailto:/i, ""),
    bio: textOf(node.description, follow),
  }).filter(([, detail]) => detail !== undefined);
  // Details of one entry can't belong to two people.
  const bylines = names.flatMap((name) => bylinesIn(name, role));
  return bylines.length === 1
    ? bylines.map((byline) => ({ ...byline, ...Object.fromEntries(details) }))
    : bylines;
}
