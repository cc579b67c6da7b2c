// JSON Feed 1.1, written without the package `feed`, which writes version 1.0 and drops all authors but the
// first. Fields are listed one by one, so that no field of the model becomes public by accident.

import type { Article } from "../article/article.ts";
import { type Byline, bylineOf } from "../article/byline.ts";
import type { Image } from "../article/image.ts";
import type { Site } from "../article/site.ts";
import { readerBody } from "./body.ts";
import { assertSameId, type Envelope, type WireFormat } from "./format.ts";
import { imageTitle, isMeasured } from "./media-rss.ts";

/** Path of the page that explains `_wireroom`, as JSON Feed asks of an extension. */
export const EXTENSION_PATH = "/about/json-feed";

const VERSION = "https://jsonfeed.org/version/1.1";

/** JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/). */
export const json: WireFormat = {
  mediaType: "application/feed+json",
  separator: ",\n",
  entry: item,
  envelope,
  verify: (entry, article) => assertSameId((JSON.parse(entry) as { id?: unknown }).id, article),
};

function item(article: Article, site: Site, body = readerBody(article, site)): string {
  const authors = bylineOf(article.bylines).map(author);
  const [first, ...others] = authors.length === 0 ? [{ name: site.title, url: site.url }] : authors;
  const attachments = article.images.filter(isMeasured).map((image) => ({
    url: image.src,
    mime_type: image.type,
    title: imageTitle(image),
    size_in_bytes: image.length,
  }));
  const tags = [...(article.section ? [article.section.title] : []), ...article.tags.map((tag) => tag.name)];
  return JSON.stringify({
    id: article.id,
    url: article.url,
    title: article.headline,
    summary: article.summary || undefined,
    content_html: body,
    image: article.images[0]?.src,
    date_published: article.published,
    date_modified: article.updated,
    authors: [first, ...others],
    // Deprecated in 1.1, but the only one that readers of 1.0 know.
    author: first,
    tags: tags.length === 0 ? undefined : tags,
    language: article.language === site.language ? undefined : article.language,
    attachments: attachments.length === 0 ? undefined : attachments,
    _wireroom: {
      about: site.url + EXTENSION_PATH,
      short_headline: article.shortHeadline,
      dateline: article.dateline,
      section: article.section,
      bylines: article.bylines.map(byline),
      images: article.images.map(image),
      corrections: article.corrections.map(({ at, kind, text }) => ({ at, kind, text })),
      rights: article.rights && {
        copyright: article.rights.copyright,
        license: article.rights.license,
        terms: article.rights.terms,
      },
      sponsored: article.sponsored || undefined,
    },
  });
}

const author = ({ name, url, avatar }: Byline) => ({ name, url, avatar });

const byline = ({ name, role, affiliation, url, avatar, bio }: Byline) => ({
  name,
  role,
  affiliation,
  url,
  avatar,
  bio,
});

const image = ({ src, alt, caption, credit, copyright, width, height }: Image) => ({
  url: src,
  alt,
  caption,
  credit: credit?.name,
  credit_role: credit?.role,
  copyright,
  width,
  height,
});

function envelope(envelope: Envelope): { open: string; close: string } {
  const head = JSON.stringify({
    version: VERSION,
    title: envelope.title,
    home_page_url: envelope.link,
    feed_url: envelope.self,
    // Towards older items, like `prev-archive`.
    next_url: envelope.archive.previous,
    description: envelope.description,
    icon: envelope.image,
    language: envelope.language,
    hubs: envelope.hub === undefined ? undefined : [{ type: "WebSub", url: envelope.hub }],
    _wireroom: {
      about: new URL(EXTENSION_PATH, envelope.link).href,
      copyright: envelope.copyright,
      deleted:
        envelope.tombstones.length === 0 ? undefined : envelope.tombstones.map(({ id, at }) => ({ id, at })),
    },
  });
  return { open: `${head.slice(0, -1)},"items":[\n`, close: "\n]}\n" };
}
