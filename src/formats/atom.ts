// Atom 1.0 with tombstones, enclosures, licences and Media RSS. The package `feed` lays out an entry's own
// elements (feed-package.ts); the others are written here.

import type { Article } from "../article/article.ts";
import { type Byline, bylineOf } from "../article/byline.ts";
import type { Site } from "../article/site.ts";
import { escapeHtml } from "../lib/text.ts";
import { readerBody } from "./body.ts";
import { atomEntry, atomFeed } from "./feed-package.ts";
import { assertSameId, type Envelope, type WireFormat } from "./format.ts";
import { imageTitle, isMeasured, mediaElements } from "./media-rss.ts";
import { rslItem } from "./rsl.ts";
import { rightsText } from "./rss.ts";
import { styleInstruction, viewOf } from "./view.ts";
import {
  cdata,
  declare,
  element,
  escapeAttribute,
  escapeText,
  escapeXml,
  NAMESPACES,
  parseStrictly,
  XML_DECLARATION,
} from "./xml.ts";

const MEDIA_TYPE = "application/atom+xml";

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
  const byline = bylineOf(article.bylines);
  const rights = rightsText(article);
  const section = article.section && { term: article.section.slug, label: article.section.title };
  const tags = article.tags.map(({ slug, name }) => ({ term: slug || name, label: name }));
  return atomEntry({
    language: article.language === site.language ? undefined : article.language,
    title: cdata(escapeHtml(article.headline)),
    id: escapeXml(article.uri),
    link: escapeAttribute(article.url),
    published: article.published,
    updated: article.updated ?? article.published,
    summary: article.summary === "" ? undefined : cdata(escapeHtml(article.summary)),
    content: body === "" ? undefined : cdata(body),
    // RFC 4287 §4.1.2: an entry has an author, or its feed has. Without names it is the publication.
    authors:
      byline.length === 0 ? [{ name: escapeText(site.title), uri: `${site.url}/` }] : byline.map(person),
    contributors: article.bylines.filter((one) => !byline.includes(one)).map(person),
    categories: [...(section ? [section] : []), ...tags].map(({ term, label }) => ({
      term: escapeAttribute(term),
      label: escapeAttribute(label),
    })),
    rights: rights && escapeText(rights),
    modules: [...links(article), ...rslItem(article, site)],
  });
}

const person = ({ name, url, email }: Byline) => ({
  name: escapeText(name),
  uri: url && escapeText(url),
  email: email && escapeText(email),
});

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
  const open = [
    XML_DECLARATION,
    ...styleInstruction(envelope),
    `<feed xmlns="${NAMESPACES.atom}"${declare("media")} xml:lang="${escapeXml(envelope.language)}">`,
    ...viewOf(envelope),
    atomFeed(envelope, MEDIA_TYPE),
    ...envelope.tombstones.map(({ uri, at }) =>
      // Declared on the element alone: a feed without tombstones has no use for the namespace.
      element("at:deleted-entry", { "xmlns:at": NAMESPACES.at, ref: uri, when: at }),
    ),
  ];
  return { open: `${open.join("\n")}\n`, close: "\n</feed>\n" };
}
