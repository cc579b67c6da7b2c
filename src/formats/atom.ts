// Atom 1.0 through `feed`. What it cannot say — xml:lang, enclosures, licence, Media RSS — is written before `</entry>`.

import { Feed } from "feed";
import type { Article } from "../article/article.ts";
import { type Byline, bylineOf } from "../article/byline.ts";
import type { Site } from "../article/site.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { escapeHtml } from "../lib/text.ts";
import { archiveElements } from "./archive.ts";
import { readerBody } from "./body.ts";
import { assertSameId, type Envelope, type WireFormat } from "./format.ts";
import { imageTitle, isMeasured, mediaElements } from "./media-rss.ts";
import { rslItem } from "./rsl.ts";
import { rightsText } from "./rss.ts";
import { styleInstruction, viewOf } from "./view.ts";
import { declare, element, escapeXml, guard, guardCdata, NAMESPACES, parseStrictly, unguard } from "./xml.ts";

const MEDIA_TYPE = "application/atom+xml";
const END = "</entry>";
// `feed` rewrites ids as URLs; an id must stay to the letter, so a stand-in goes through it.
const ID_STAND_IN = "wireroom:id";

/** Atom 1.0 (RFC 4287), with tombstones (RFC 6721). */
export const atom: WireFormat = {
  mediaType: MEDIA_TYPE,
  separator: "\n",
  entry,
  envelope,
  verify: (xml, article) =>
    assertSameId(parseStrictly(xml, "atom").get("entry/id")?.[0], { ...article, id: article.uri }),
};

function entry(article: Article, site: Site, body = readerBody(article, site)): string {
  const feed = new Feed({ title: "", updated: new Date(0) });
  const byline = bylineOf(article.bylines);
  const credits = article.bylines.filter((b) => !byline.includes(b));
  const rights = rightsText(article);
  feed.addItem({
    title: escapeHtml(article.headline),
    id: ID_STAND_IN,
    link: article.url,
    date: new Date(article.updated ?? article.published),
    published: new Date(article.published),
    ...(article.summary === "" ? {} : { description: escapeHtml(article.summary) }),
    content: guardCdata(body),
    // RFC 4287 §4.1.2: an entry has an author, or its feed has. Without names it is the publication.
    author: byline.length === 0 ? [{ name: guard(site.title), link: site.url }] : byline.map(person),
    contributor: credits.map(person),
    category: [
      ...(article.section ? [{ term: article.section.slug, name: guard(article.section.title) }] : []),
      ...article.tags.map((tag) => ({ term: tag.slug || guard(tag.name), name: guard(tag.name) })),
    ],
    ...(rights === undefined ? {} : { copyright: guard(rights) }),
  });
  const xml = unguard(feed.atom1());
  const language = article.language === site.language ? {} : { "xml:lang": article.language };
  const inner = xml
    .slice(xml.indexOf("<entry>") + "<entry>".length, xml.lastIndexOf(END))
    .replace(`<id>${ID_STAND_IN}</id>`, () => element("id", {}, escapeXml(article.uri)))
    .replace("<link href=", '<link rel="alternate" type="text/html" href=')
    .trim();
  return element("entry", language, [inner, ...links(article), ...rslItem(article, site)].join("\n"));
}

function person({ name, url, email }: Byline) {
  return { name: guard(name), ...(url ? { link: url } : {}), ...(email ? { email: guard(email) } : {}) };
}

function* links(article: Article): Generator<string> {
  for (const image of article.images) {
    if (!isMeasured(image)) continue;
    const { src, type, length } = image;
    yield element("link", { rel: "enclosure", href: src, type, length, title: imageTitle(image) });
  }
  // RFC 4946.
  if (article.rights?.license) yield element("link", { rel: "license", href: article.rights.license });
  if (article.images.length > 0) yield mediaElements(article.images);
}

function envelope(envelope: Envelope): { open: string; close: string } {
  const feed = new Feed({
    id: guard(envelope.id),
    title: guard(envelope.title),
    link: envelope.link,
    description: guard(envelope.description),
    updated: new Date(envelope.updated),
    generator: "Wireroom",
    ...(envelope.self === undefined ? {} : { feedLinks: { atom: envelope.self } }),
    ...(envelope.copyright === undefined ? {} : { copyright: guard(envelope.copyright) }),
    ...(envelope.image === undefined ? {} : { image: guard(envelope.image) }),
    ...omitUndefined({ hub: envelope.hub }),
  });
  const start = `<feed xmlns="${NAMESPACES.atom}"${declare("media")} xml:lang="${escapeXml(envelope.language)}">`;
  const xml = unguard(feed.atom1())
    .replace(/<feed [^>]*>/, () => [...styleInstruction(envelope), start, ...viewOf(envelope)].join("\n"))
    .replace('<link rel="alternate" href=', '<link rel="alternate" type="text/html" href=')
    .replace('<link rel="self" href=', `<link rel="self" type="${MEDIA_TYPE}" href=`);
  const end = xml.lastIndexOf("</feed>");
  const tombstones = envelope.tombstones.map(({ uri, at }) =>
    // Declared on the element alone: a feed without tombstones has no use for the namespace.
    element("at:deleted-entry", { "xmlns:at": NAMESPACES.at, ref: uri, when: at }),
  );
  const archive = archiveElements(envelope, "link", MEDIA_TYPE);
  const open = [xml.slice(0, end).trimEnd(), ...archive, ...tombstones].join("\n");
  return { open: `${open}\n`, close: `\n${xml.slice(end)}\n` };
}
