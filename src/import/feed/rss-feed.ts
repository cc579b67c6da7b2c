// An item of RSS 0.91 to 2.0 or RSS 1.0, with its modules, as feedsmith read it.

import type {
  AtomNs,
  CcNs,
  ContentNs,
  CreativeCommonsNs,
  DcNs,
  DcTermsNs,
  MediaNs,
  RdfFeed,
  RssFeed,
  XmlNs,
} from "feedsmith";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import {
  bylinesOf,
  type FeedHead,
  type FeedItem,
  type FeedPerson,
  firstOf,
  joinedIn,
  resolved,
  type Words,
} from "./feed-item.ts";
import { mediaOf } from "./feed-media.ts";

// What both kinds of RSS have.
interface Shared {
  readonly title?: string;
  readonly link?: string;
  readonly description?: string;
  readonly atom?: AtomNs.Entry<string>;
  readonly cc?: CcNs.ItemOrFeed;
  readonly creativeCommons?: CreativeCommonsNs.ItemOrFeed;
  readonly content?: ContentNs.Item;
  readonly dc?: DcNs.ItemOrFeed<string>;
  readonly dcterms?: DcTermsNs.ItemOrFeed<string>;
  readonly media?: MediaNs.ItemOrFeed;
  readonly itunes?: { readonly keywords?: readonly string[] };
  readonly xml?: XmlNs.ItemOrFeed;
}

type RssItem = Shared & RssFeed.Item<string>;

/** The envelope of either kind of RSS. */
export function rssHead(feed: RssFeed.Feed<string> | RdfFeed.Feed<string>): FeedHead {
  const generator = "generator" in feed ? feed.generator : undefined;
  const language =
    ("language" in feed ? feed.language : undefined) ?? feed.dc?.languages?.[0] ?? feed.xml?.lang;
  const link = feed.link;
  return {
    own: generator === "Wireroom",
    ...omitUndefined({
      title: feed.title,
      names: link === undefined ? undefined : [link],
      language,
      base: feed.xml?.base ?? link,
    }),
  };
}

/** An item of RSS 0.91 to 2.0. */
export function rssItem(item: RssItem, head: FeedHead): FeedItem {
  const { guid, link } = item;
  // RSS 2.0: a guid is the item's address, unless it says that it isn't.
  const permalink =
    guid?.value !== undefined && guid.isPermaLink !== false && /^https?:\/\//i.test(guid.value)
      ? guid.value
      : undefined;
  const author = item.authors ?? [];
  return shared(item, head, {
    id: firstOf(["guid", guid?.value], ["atom:id", item.atom?.id]),
    link: link ?? permalink,
    authors: author.map(({ name, email, link }) => ({ name, email, url: link })),
    itunes: item.itunes?.author,
    categories: (item.categories ?? []).map(({ name }) => name),
    published: ["pubDate", item.pubDate],
    files: (item.enclosures ?? []).map(({ url, type, length }) => ({
      ...omitUndefined({ url, type, length }),
    })),
    picture: item.itunes?.image,
    notes: item.source?.url === undefined ? [] : [`it was taken from another feed: ${item.source.url}`],
  });
}

/** An item of RSS 1.0; its id is what it is about. */
export const rdfItem = (item: RdfFeed.Item<string>, head: FeedHead): FeedItem =>
  shared(item, head, {
    id: firstOf(["rdf:about", item.rdf?.about], ["dc:identifier", item.dc?.identifiers?.[0]]),
    link: item.link,
    authors: [],
    categories: [],
    published: ["pubDate", undefined],
    files: [],
    notes: [],
  });

interface Particular {
  readonly id: ReturnType<typeof firstOf>;
  readonly link: string | undefined;
  readonly authors: readonly FeedPerson[];
  readonly itunes?: string | undefined;
  readonly categories: readonly (string | undefined)[];
  readonly published: readonly [string, string | undefined];
  readonly files: Parameters<typeof mediaOf>[1];
  readonly picture?: string | undefined;
  readonly notes: readonly string[];
}

function shared(item: Shared, head: FeedHead, own: Particular): FeedItem {
  const { atom, dc, dcterms } = item;
  const base = item.xml?.base === undefined ? head.base : resolved(item.xml.base, head.base);
  const written = own.link ?? atom?.links?.find(({ rel }) => rel === undefined || rel === "alternate")?.href;
  const link = written === undefined ? undefined : resolved(written, base);
  const creators = dc?.creators ?? dcterms?.creators ?? [];
  const sources: readonly (readonly [string, readonly FeedPerson[]])[] = [
    ["dc:creator", creators.map((name) => ({ name }))],
    ["author", own.authors],
    ["atom:author", (atom?.authors ?? []).map(({ name, uri, email }) => ({ name, url: uri, email }))],
    ["itunes:author", own.itunes === undefined ? [] : [{ name: own.itunes }]],
  ];
  const [from, chosen = []] =
    sources.find(([, people]) => people.some(({ name }) => name !== undefined)) ?? [];
  // A mail address beside a name that another element gives too is the same person's.
  const known = own.authors.filter(
    ({ name }) => name === undefined || chosen.some((one) => one.name === name),
  );
  const { bylines, notes } = bylinesOf([...chosen, ...known]);
  const credits = bylinesOf(
    (dc?.contributors ?? dcterms?.contributors ?? []).map((name) => ({ name })),
    "contributor",
  );
  const media = mediaOf(item.media, own.files, [own.picture], link ?? base);
  const license =
    atom?.links?.find(({ rel }) => rel === "license")?.href ??
    item.creativeCommons?.licenses?.[0] ??
    item.cc?.license ??
    dcterms?.licenses?.[0];
  const copyright = dc?.rights?.[0] ?? dcterms?.rights?.[0] ?? atom?.rights?.value;
  const rights = omitUndefined({ copyright, license });
  const published = firstOf(
    own.published,
    ["atom:published", atom?.published],
    ["dcterms:issued", dcterms?.issued?.[0]],
    ["dc:date", dc?.dates?.[0]],
    ["dcterms:created", dcterms?.created?.[0]],
  );
  const words = (value: string | undefined, kind: Words["kind"], from: string): Words | undefined =>
    value === undefined ? undefined : { value, kind, from, ...omitUndefined({ base: link ?? base }) };
  return omitUndefined({
    id: own.id?.value,
    idFrom: own.id?.from,
    title: words(item.title ?? dc?.titles?.[0], "either", "title"),
    link,
    published,
    updated: firstOf(["atom:updated", atom?.updated], ["dcterms:modified", dcterms?.modified?.[0]]),
    people: [...bylines, ...credits.bylines],
    peopleFrom: from,
    joined: joinedIn(bylines),
    categories: categoriesOf(item, own, dc?.subjects ?? []),
    content: words(item.content?.encoded, "html", "content:encoded"),
    summary: words(item.description, "either", "description"),
    language: dc?.languages?.[0] ?? item.xml?.lang,
    rights: Object.keys(rights).length === 0 ? undefined : rights,
    images: media.images,
    notes: [...own.notes, ...notes, ...media.notes],
  });
}

/** Categories, or where there are none the words for searching. */
function categoriesOf(
  { media, itunes }: Shared,
  own: Particular,
  subjects: readonly string[],
): readonly string[] {
  const named = [...own.categories, ...subjects].filter((name) => name !== undefined);
  if (named.length > 0) return named;
  const filed = (media?.categories ?? []).flatMap(({ label, name }) => label ?? name ?? []);
  return filed.length > 0 ? filed : [...(media?.keywords ?? []), ...(itunes?.keywords ?? [])];
}
