// Which feeds exist, which articles they hold, and where their documents and pages are.

import type { StoredArticle } from "../article/article.ts";
import { personKey } from "../article/resolve.ts";
import type { Site } from "../article/site.ts";
import { FORMAT_FILES, FORMATS } from "../formats/format.ts";
import { percentDecoded } from "../lib/address.ts";
import { slugify } from "../lib/text.ts";
import type { DocumentKey, FeedKey } from "./feed.ts";

/** A feed that an article belongs to. For a tag, `label` is the tag as the article spells it. */
export interface Term {
  readonly term: FeedKey;
  readonly label?: string;
}

/**
 * Every feed that an article belongs to, except its page of the archive, which D1 assigns when it is
 * released.
 */
export function termsOf(article: StoredArticle): readonly Term[] {
  const authors = article.bylines.map(personKey).filter((key) => key !== undefined);
  // The first of two spellings is used. A tag without letters or digits has no slug, and so no feed.
  const tags = new Map(article.tags.toReversed().map((name) => [slugify(name), name]));
  tags.delete("");
  return [
    { term: "site" },
    ...(article.section === undefined ? [] : [{ term: `section/${article.section}` as const }]),
    ...Array.from(tags, ([slug, label]) => ({ term: `tag/${slug}` as const, label })).toReversed(),
    ...[...new Set(authors)].map((key) => ({ term: `author/${key}` as const })),
  ];
}

/** Every document of some feeds. */
export const documentsOf = (feeds: readonly FeedKey[]): readonly DocumentKey[] =>
  feeds.flatMap((feed) => FORMATS.map((format) => ({ feed, format })));

/** The folder of a kind of feed, in addresses. */
const FOLDERS = { section: "sections", tag: "tags", author: "authors", archive: "archive" } as const;

/** A kind of feed: all kinds but the site's. */
export type FeedKind = keyof typeof FOLDERS;

const KINDS: ReadonlyMap<string, FeedKind> = new Map(
  (Object.keys(FOLDERS) as FeedKind[]).map((kind) => [FOLDERS[kind], kind]),
);

/** A feed's kind and name: `["tag", "ferries"]`; undefined for the site's. */
export function partsOf(feed: FeedKey): readonly [FeedKind, string] | undefined {
  const [kind = "", ...name] = feed.split("/");
  return feed === "site" ? undefined : [kind as FeedKind, name.join("/")];
}

/** Path of a feed's HTML page: `/`, `/sections/asia`. The feeds of the archive have no page of their own. */
export function pagePath(feed: FeedKey): string {
  const parts = partsOf(feed);
  if (!parts || parts[0] === "archive") return "/";
  return folderOf(feed);
}

/** A document's path: `/rss.xml`, `/tags/ferries/atom.xml`. */
export const documentPath = ({ feed, format }: DocumentKey): string =>
  `${folderOf(feed)}/${FORMAT_FILES[format]}`;

function folderOf(feed: FeedKey): string {
  const parts = partsOf(feed);
  return parts ? `/${FOLDERS[parts[0]]}/${encodeURIComponent(parts[1])}` : "";
}

const SITE_DOCUMENTS: ReadonlyMap<string, DocumentKey> = new Map(
  documentsOf(["site"]).map((key) => [documentPath(key), key]),
);
const FORMAT_OF_FILE = new Map(FORMATS.map((format) => [FORMAT_FILES[format] as string, format]));
const NUMBER = /^[1-9][0-9]{0,6}$/;

/** The document that a path names. Whether its feed exists is only known from D1. */
export function documentAt(path: string): DocumentKey | undefined {
  const site = SITE_DOCUMENTS.get(path);
  if (site) return site;
  const [, folder = "", name = "", file = ""] = /^\/([a-z]+)\/([^/]+)\/([a-z.]+)$/.exec(path) ?? [];
  const format = FORMAT_OF_FILE.get(file);
  const feed = feedAt(folder, name);
  return feed && format ? { feed, format } : undefined;
}

/** The feed that a folder and a name in an address stand for; undefined if no feed can have that name. */
export function feedAt(folder: string, name: string): FeedKey | undefined {
  const kind = KINDS.get(folder);
  const decoded = percentDecoded(name);
  if (kind === undefined || decoded === undefined) return undefined;
  if (kind === "archive") return NUMBER.test(decoded) ? `archive/${Number(decoded)}` : undefined;
  // Names are slugs, so text that `slugify` would change is no name.
  return decoded !== "" && slugify(decoded) === decoded ? `${kind}/${decoded}` : undefined;
}

/**
 * True for a feed that the hub takes subscriptions for. Pages of the archive are final, so they name no hub.
 */
export const isTopic = (feed: FeedKey): boolean => !feed.startsWith("archive/");

/** True for a feed that site.yaml names: it exists with or without articles. */
export const isInSettings = (feed: FeedKey, site: Site): boolean =>
  feed === "site" || settingsOf(feed, site) !== undefined;

/** Name and description of a section or author in site.yaml; undefined if it isn't there. */
function settingsOf(feed: FeedKey, { sections, people }: Site) {
  const [kind, key = ""] = partsOf(feed) ?? [];
  const section = kind === "section" && Object.hasOwn(sections, key) ? sections[key] : undefined;
  if (section) return { name: section.title, description: section.description };
  const person = kind === "author" && Object.hasOwn(people, key) ? people[key] : undefined;
  return person && { name: person.name, description: person.bio };
}

/** A feed's own name: a section's title, a person's name, or a tag as articles write it (`label`). */
export function nameOf(feed: FeedKey, site: Site, label?: string | null): string {
  const [kind, key] = partsOf(feed) ?? [];
  if (key === undefined || kind === "archive") return site.title;
  return settingsOf(feed, site)?.name ?? label ?? key;
}

/**
 * A feed's metadata. Its id is a tag URI, like an article's, so it survives a change of host. Pages of the
 * archive have the metadata of the site's feed, which they belong to (RFC 5005 §4).
 */
export function describeFeed(feed: FeedKey, site: Site, label?: string | null) {
  const parts = partsOf(feed);
  const known = parts && parts[0] !== "archive" ? parts : undefined;
  const id = known ? `${known[0]}/${encodeURIComponent(known[1])}` : "site";
  return {
    id: `tag:${site.tag.authority},${site.tag.date}:feeds/${id}`,
    title: known ? `${nameOf(feed, site, label)} — ${site.title}` : site.title,
    description: settingsOf(feed, site)?.description ?? site.description,
    link: site.url + pagePath(feed),
  };
}
