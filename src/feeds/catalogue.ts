// Which feeds exist, which articles they hold, and where their documents are.

import type { StoredArticle } from "../model/article.ts";
import { type DocumentKey, type FeedKey, FORMAT_FILES, FORMATS } from "../model/feed.ts";
import { personKey, tagSlugs } from "../model/resolve.ts";
import type { Site } from "../model/site.ts";

/** Every feed that an article belongs to. */
export function termsOf(article: StoredArticle): readonly FeedKey[] {
  const authors = article.bylines.map(personKey).filter((key) => key !== undefined);
  return [
    "site",
    ...(article.section === undefined ? [] : [`section/${article.section}` as const]),
    ...tagSlugs(article).map((slug) => `tag/${slug}` as const),
    ...[...new Set(authors)].map((key) => `author/${key}` as const),
  ];
}

/** Those of some feeds that are served, and so have documents to keep built. */
export const servedFeeds = (terms: readonly FeedKey[]): readonly FeedKey[] =>
  terms.filter((term) => term === "site");

/** Every document of some feeds. */
export const documentsOf = (feeds: readonly FeedKey[]): readonly DocumentKey[] =>
  feeds.flatMap((feed) => FORMATS.map((format) => ({ feed, format })));

/** A document's path: `/rss.xml`. */
export const documentPath = ({ format }: DocumentKey): string => `/${FORMAT_FILES[format]}`;

const DOCUMENTS: ReadonlyMap<string, DocumentKey> = new Map(
  documentsOf(["site"]).map((key) => [documentPath(key), key]),
);

/** The document at a path, if it is one. */
export const documentAt = (path: string): DocumentKey | undefined => DOCUMENTS.get(path);

/** What a feed calls itself. Its id is minted like an article's, and stays when the host changes. */
export function describeFeed(feed: FeedKey, site: Site) {
  return {
    id: `tag:${site.tag.authority},${site.tag.date}:feeds/${feed}`,
    title: site.title,
    description: site.description,
    link: `${site.url}/`,
  };
}
