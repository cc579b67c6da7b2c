// The only file that imports the package `feed`: finished items, entries and heads of documents as XML.
// `feed` decides which elements there are, in which order, and how dates are written.
//
// It is not trusted with text. `feed` 6 escapes neither `&` in attributes nor `<` in Atom's categories, turns
// `&amp;` in a text back into `&`, escapes only the first `]]>` of a CDATA section, and rewrites Atom's ids
// as URLs (test/formats/feed-defects.test.ts shows each). So every value goes through it as a slot, `slot:3`,
// which its URL parser leaves alone too, and we fill the slots with XML of our own when `feed` is done.

import { Feed } from "feed";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Instant } from "../lib/time.ts";
import type { Envelope } from "./format.ts";
import { element, escapeText, escapeTitle, NAMESPACES } from "./xml.ts";

/** Escaped text, a CDATA section, or whole elements: what may stand in a document as it is. */
type Xml = string;

/** An `<item>` of RSS 2.0. Its values are XML: `feed` never sees them. */
export interface RssItem {
  readonly title: Xml;
  readonly link: Xml;
  readonly guid: Xml;
  /** Whether the guid is the address of a page. */
  readonly isPermaLink?: boolean;
  readonly published: Instant;
  readonly description?: Xml | undefined;
  readonly content?: Xml | undefined;
  /** The elements that `feed` has no field for, in their order. They stand last. */
  readonly modules: readonly Xml[];
}

/** RSS 2.0: a whole `<item>`. */
export function rssItem({ isPermaLink = false, published, modules, ...item }: RssItem): Xml {
  const printed = inside("item", (slot) => {
    const { title, link, guid, description, content } = item;
    const feed = new Feed({ title: "", link: slot("") });
    feed.addItem({
      title: slot(title),
      link: slot(link),
      guid: slot(guid),
      date: new Date(published),
      ...omitUndefined({ description: slot(description), content: slot(content) }),
      // `feed` writes isPermaLink="false" for every guid. An extension takes the place of an element with its
      // name.
      extensions: isPermaLink
        ? [{ name: "guid", objects: { _attributes: { isPermaLink }, _text: slot(guid) } }]
        : [],
    });
    return feed.rss2();
  });
  return element("item", {}, [printed, ...modules].join("\n"));
}

/** A person of Atom (RFC 4287 §3.2). The values are XML. */
interface AtomPerson {
  readonly name: Xml;
  readonly uri?: Xml | undefined;
  readonly email?: Xml | undefined;
}

/** An `<entry>` of Atom. Its values are XML: `feed` never sees them. */
export interface AtomEntry {
  /** The language, where it isn't the feed's. */
  readonly language?: string | undefined;
  readonly title: Xml;
  readonly id: Xml;
  readonly link: Xml;
  readonly published: Instant;
  readonly updated: Instant;
  readonly summary?: Xml | undefined;
  readonly content?: Xml | undefined;
  readonly authors: readonly AtomPerson[];
  readonly contributors: readonly AtomPerson[];
  /** Both values are escaped for attributes. */
  readonly categories: readonly { readonly term: Xml; readonly label: Xml }[];
  readonly rights?: Xml | undefined;
  /** The elements that `feed` has no field for, in their order. They stand last. */
  readonly modules: readonly Xml[];
}

/** Atom 1.0: a whole `<entry>` (RFC 4287 §4.1.2). */
export function atomEntry({ language, modules, ...entry }: AtomEntry): Xml {
  const printed = inside("entry", (slot) => {
    const person = ({ name, uri, email }: AtomPerson) => ({
      name: slot(name),
      ...omitUndefined({ link: slot(uri), email: slot(email) }),
    });
    const feed = new Feed({ title: "", updated: new Date(0) });
    feed.addItem({
      title: slot(entry.title),
      id: slot(entry.id),
      link: slot(entry.link),
      date: new Date(entry.updated),
      published: new Date(entry.published),
      author: entry.authors.map(person),
      contributor: entry.contributors.map(person),
      category: entry.categories.map(({ term, label }) => ({ term: slot(term), name: slot(label) })),
      ...omitUndefined({
        description: slot(entry.summary),
        content: slot(entry.content),
        copyright: slot(entry.rights),
      }),
    });
    return feed.atom1().replace("<link href=", '<link rel="alternate" type="text/html" href=');
  });
  return element("entry", omitUndefined({ "xml:lang": language }), [printed, ...modules].join("\n"));
}

/** RSS 2.0: what a `<channel>` says of itself, without its start tag and its items. */
export function rssChannel(envelope: Envelope, mediaType: string): Xml {
  const printed = inside("channel", (slot) => {
    const options = optionsOf(envelope, slot, escapeTitle(envelope.title, escapeText));
    const { language, ttlMinutes, self } = envelope;
    const feedLinks = self === undefined ? {} : { feedLinks: { rss: slot(escapeText(self)) } };
    return new Feed({
      ...options,
      ...feedLinks,
      language: slot(escapeText(language)),
      ttl: ttlMinutes,
    }).rss2();
  });
  return [printed, ...archiveLinks(envelope, "atom:link", mediaType)].join("\n");
}

/** Atom 1.0: what a `<feed>` says of itself, without its start tag and its entries. */
export function atomFeed(envelope: Envelope, mediaType: string): Xml {
  const printed = inside("feed", (slot) => {
    const options = optionsOf(envelope, slot, escapeText(envelope.title));
    const { id, self } = envelope;
    const feedLinks = self === undefined ? {} : { feedLinks: { atom: slot(escapeText(self)) } };
    return new Feed({ ...options, ...feedLinks, id: slot(escapeText(id)) })
      .atom1()
      .replace('<link rel="alternate" href=', '<link rel="alternate" type="text/html" href=')
      .replace('<link rel="self" href=', `<link rel="self" type="${mediaType}" href=`);
  });
  return [printed, ...archiveLinks(envelope, "link", mediaType)].join("\n");
}

/** What both formats say of a feed. */
function optionsOf(envelope: Envelope, slot: Slot, title: Xml) {
  const { link, description, updated, copyright, image, hub } = envelope;
  const text = (value: string) => slot(escapeText(value));
  const optional = (value: string | undefined) => (value === undefined ? undefined : text(value));
  return {
    title: slot(title),
    link: text(link),
    description: text(description),
    updated: new Date(updated),
    generator: "Wireroom",
    ...omitUndefined({ copyright: optional(copyright), image: optional(image), hub: optional(hub) }),
  };
}

/**
 * Where a document stands in the feed's archive (RFC 5005 §4): the mark of an archive page, and links along
 * the chain.
 */
function* archiveLinks({ archive }: Envelope, link: "link" | "atom:link", type: string): Generator<Xml> {
  // Declared on the element alone: the feed that goes on has no use for the namespace.
  if (archive.page !== undefined) yield element("fh:archive", { "xmlns:fh": NAMESPACES.fh });
  const links = {
    current: archive.current,
    "prev-archive": archive.previous,
    "next-archive": archive.next,
  };
  for (const [rel, href] of Object.entries(links)) {
    if (href !== undefined) yield element(link, { rel, type, href });
  }
}

/** Makes a value a slot; undefined stays undefined. */
type Slot = <X extends Xml | undefined>(xml: X) => X;

/**
 * What `feed` prints between the tags of the one element `name`, with its slots filled and without its
 * indentation.
 */
function inside(name: string, print: (slot: Slot) => string): Xml {
  const values: Xml[] = [];
  const printed = print((xml) => (xml === undefined ? xml : `slot:${values.push(xml) - 1}`) as typeof xml);
  const start = printed.indexOf(">", printed.indexOf(`<${name}`)) + 1;
  return (
    printed
      .slice(start, printed.lastIndexOf(`</${name}>`))
      // No text of ours is in it yet: white space at the start of a line is indentation.
      .replace(/\n +/g, "\n")
      .trim()
      // `feed` writes titles, summaries and bodies as CDATA sections; what fills a slot brings its own.
      .replace(/(?:<!\[CDATA\[)?slot:(\d+)(?:\]\]>)?/g, (_, place: string) => values[Number(place)] ?? "")
  );
}
