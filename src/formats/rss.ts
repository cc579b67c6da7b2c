// RSS 2.0 through `feed`, with the modules content, Dublin Core, Atom and Media RSS.
// Images and the licence are written here: `feed` guesses an enclosure's type and has no other of these.

import { type Extension, Feed } from "feed";
import type { Article } from "../article/article.ts";
import { bylineOf } from "../article/byline.ts";
import type { Site } from "../article/site.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { escapeHtml } from "../lib/text.ts";
import { archiveElements } from "./archive.ts";
import { readerBody } from "./body.ts";
import { assertSameId, type Envelope, type WireFormat } from "./format.ts";
import { isMeasured, mediaElements } from "./media-rss.ts";
import { creatorText } from "./phrases.ts";
import { rslItem } from "./rsl.ts";
import { styleInstruction, viewOf } from "./view.ts";
import {
  declare,
  element,
  escapeTitle,
  guard,
  guardCdata,
  parseStrictly,
  unguard,
  unguardTitles,
} from "./xml.ts";

const MEDIA_TYPE = "application/rss+xml";
const END = "</item>";

/** RSS 2.0 (https://www.rssboard.org/rss-specification, https://www.rssboard.org/rss-profile). */
export const rss: WireFormat = {
  mediaType: MEDIA_TYPE,
  separator: "\n",
  entry: item,
  envelope,
  verify: (entry, article) => assertSameId(parseStrictly(entry).get("item/guid")?.[0], article),
};

function item(article: Article, site: Site, body = readerBody(article, site)): string {
  const feed = new Feed({ title: "", link: site.url });
  feed.addItem({
    title: "",
    link: article.url,
    guid: guard(article.id),
    date: new Date(article.published),
    ...(article.summary === "" ? {} : { description: escapeHtml(article.summary) }),
    content: guardCdata(body),
    extensions: [...metadata(article, site)],
  });
  const xml = unguard(feed.rss2());
  const start = xml.indexOf("<item>");
  // The title goes in by hand: as an extension it would stand last, as `feed` writes it it would be CDATA.
  const title = element("title", {}, escapeTitle(article.headline));
  const rest = xml.slice(start + "<item>".length, xml.lastIndexOf(END)).trim();
  return `<item>${[title, rest, ...images(article), ...rslItem(article, site)].join("\n")}${END}`;
}

function* metadata(article: Article, site: Site): Generator<Extension> {
  const byline = creatorText(article.bylines, article.language) ?? site.title;
  const named = bylineOf(article.bylines);
  // Never `author`: it must hold an e-mail address. One joined creator: several lose names in half of all readers.
  yield { name: "dc:creator", objects: { _text: guard(byline) } };
  yield list(
    "dc:contributor",
    article.bylines.filter((b) => !named.includes(b)).map((b) => b.name),
  );
  if (article.language !== site.language) yield { name: "dc:language", objects: { _text: article.language } };
  const rights = rightsText(article);
  if (rights) yield { name: "dc:rights", objects: { _text: guard(rights) } };
  yield list("category", [
    ...(article.section ? [article.section.title] : []),
    ...article.tags.map((tag) => tag.name),
  ]);
  if (article.updated) {
    yield { name: "atom:updated", objects: { _text: article.updated } };
    yield { name: "dcterms:modified", objects: { _text: article.updated } };
  }
}

/** Copyright and terms as one text; undefined where there is neither. */
export const rightsText = ({ rights }: Article): string | undefined =>
  [rights?.copyright, rights?.terms].filter((part) => part !== undefined).join(" — ") || undefined;

function* images(article: Article): Generator<string> {
  if (article.rights?.license) yield element("atom:link", { rel: "license", href: article.rights.license });
  const lead = article.images[0];
  // One only: the RSS profile says that readers differ on more.
  if (lead && isMeasured(lead))
    yield element("enclosure", { url: lead.src, length: lead.length, type: lead.type });
  if (lead) yield mediaElements(article.images);
}

function envelope(envelope: Envelope): { open: string; close: string } {
  const feed = new Feed({
    title: guard(envelope.title),
    link: envelope.link,
    description: guard(envelope.description),
    updated: new Date(envelope.updated),
    generator: "Wireroom",
    language: envelope.language,
    ttl: envelope.ttlMinutes,
    ...(envelope.self === undefined ? {} : { feedLinks: { rss: envelope.self } }),
    ...(envelope.copyright === undefined ? {} : { copyright: guard(envelope.copyright) }),
    ...(envelope.image === undefined ? {} : { image: guard(envelope.image) }),
    ...omitUndefined({ hub: envelope.hub }),
  });
  const start = `<rss version="2.0"${declare("content", "dc", "dcterms", "atom", "media")}>`;
  const xml = unguard(unguardTitles(feed.rss2())).replace(/<rss [^>]*>\n<channel>/, () =>
    [...styleInstruction(envelope), start, "<channel>", ...viewOf(envelope)].join("\n"),
  );
  const end = xml.lastIndexOf("</channel>");
  const open = [xml.slice(0, end).trimEnd(), ...archiveElements(envelope, "atom:link", MEDIA_TYPE)];
  return { open: `${open.join("\n")}\n`, close: `\n${xml.slice(end)}\n` };
}

// xml-js takes an array as one element each; an empty one writes nothing. Its type allows objects alone.
const list = (name: string, values: readonly string[]): Extension => ({
  name,
  objects: values.map((value) => ({ _text: guard(value) })) as unknown as Record<string, unknown>,
});
