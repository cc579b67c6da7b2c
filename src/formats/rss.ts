// RSS 2.0 with the modules content, Dublin Core, Atom and Media RSS. The package `feed` lays out an item's
// own elements (feed-package.ts); those of the modules, the enclosure and the licence are written here.

import type { Article } from "../article/article.ts";
import { bylineOf } from "../article/byline.ts";
import type { Site } from "../article/site.ts";
import { escapeHtml } from "../lib/text.ts";
import { readerBody } from "./body.ts";
import { rssChannel, rssItem } from "./feed-package.ts";
import { assertSameId, type Envelope, type WireFormat } from "./format.ts";
import { isMeasured, mediaElements } from "./media-rss.ts";
import { creatorText } from "./phrases.ts";
import { rslItem } from "./rsl.ts";
import { styleInstruction, viewOf } from "./view.ts";
import { cdata, declare, element, escapeText, escapeTitle, parseStrictly, XML_DECLARATION } from "./xml.ts";

const MEDIA_TYPE = "application/rss+xml";

/** RSS 2.0 (https://www.rssboard.org/rss-specification, https://www.rssboard.org/rss-profile). */
export const rss: WireFormat = {
  mediaType: MEDIA_TYPE,
  separator: "\n",
  entry: (article, site, body = readerBody(article, site)) =>
    rssItem({
      title: escapeTitle(article.headline),
      link: escapeText(article.url),
      guid: escapeText(article.id),
      published: article.published,
      description: article.summary === "" ? undefined : cdata(escapeHtml(article.summary)),
      content: body === "" ? undefined : cdata(body),
      modules: [...metadata(article, site), ...images(article), ...rslItem(article, site)],
    }),
  envelope,
  verify: (entry, article) => assertSameId(parseStrictly(entry).get("item/guid")?.[0], article),
};

function* metadata(article: Article, site: Site): Generator<string> {
  const named = bylineOf(article.bylines);
  // Never `author`: it must hold an e-mail address. One joined creator: several lose names in half of all
  // readers.
  yield text("dc:creator", creatorText(article.bylines, article.language) ?? site.title);
  for (const byline of article.bylines)
    if (!named.includes(byline)) yield text("dc:contributor", byline.name);
  if (article.language !== site.language) yield text("dc:language", article.language);
  const rights = rightsText(article);
  if (rights) yield text("dc:rights", rights);
  if (article.section) yield text("category", article.section.title);
  for (const { name } of article.tags) yield text("category", name);
  if (article.updated) {
    yield text("atom:updated", article.updated);
    yield text("dcterms:modified", article.updated);
  }
}

const text = (name: string, value: string): string => element(name, {}, escapeText(value));

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
  const open = [
    XML_DECLARATION,
    ...styleInstruction(envelope),
    `<rss version="2.0"${declare("content", "dc", "dcterms", "atom", "media")}>`,
    "<channel>",
    ...viewOf(envelope),
    rssChannel(envelope, MEDIA_TYPE),
  ];
  return { open: `${open.join("\n")}\n`, close: "\n</channel>\n</rss>\n" };
}
