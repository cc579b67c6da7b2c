// An item of JSON Feed 1.0 or 1.1 as feedsmith read it, and what `_wireroom` says exactly.

import type { JsonFeed } from "feedsmith";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { isObject } from "../json.ts";
import { type FeedHead, type FeedItem, firstOf, resolved, type Words } from "./item.ts";
import { mediaOf } from "./media.ts";
import { bylinesOf, joinedIn } from "./people.ts";
import { exactFields } from "./wireroom/wireroom-json.ts";

/** A feed's head, and who its items are by where they don't say so themselves (JSON Feed 1.1, "authors"). */
export interface JsonHead extends FeedHead {
  readonly authors: readonly JsonFeed.Author[];
}

/** The feed without its items; `extension` is its `_wireroom`. */
export function jsonHead(feed: JsonFeed.Feed<string>, extension: unknown): JsonHead {
  const site = feed.home_page_url ?? feed.feed_url;
  return {
    own: isObject(extension),
    authors: feed.authors ?? [],
    ...omitUndefined({
      title: feed.title,
      names: site === undefined ? undefined : [site],
      language: feed.language,
      base: site,
    }),
  };
}

/** One item; `extension` is its `_wireroom`. */
export function jsonItem(item: JsonFeed.Item<string>, extension: unknown, head: JsonHead): FeedItem {
  const link = item.url === undefined ? undefined : resolved(item.url, head.base);
  const base = link ?? head.base;
  const [from, people] = item.authors ? ["authors", item.authors] : ["the feed's authors", head.authors];
  const authors = bylinesOf(
    people.map(({ name, url, avatar }) => ({
      name,
      url: url && resolved(url, base),
      avatar: avatar && resolved(avatar, base),
    })),
  );
  const files = (item.attachments ?? []).map(({ url, mime_type, size_in_bytes, title }) => ({
    ...omitUndefined({ url, type: mime_type, length: size_in_bytes, title }),
  }));
  const lead = { ...omitUndefined({ url: item.image ?? item.banner_image }), medium: "image" };
  const media = mediaOf(undefined, [lead, ...files], [], base);
  const words = (value: string | undefined, kind: Words["kind"], from: string): Words | undefined =>
    value === undefined ? undefined : { value, kind, from, ...omitUndefined({ base }) };
  return omitUndefined({
    id: item.id,
    idFrom: item.id === undefined ? undefined : "id",
    title: words(item.title, "text", "title"),
    link,
    published: firstOf(["date_published", item.date_published]),
    updated: firstOf(["date_modified", item.date_modified]),
    people: authors.bylines,
    peopleFrom: authors.bylines.length === 0 ? undefined : from,
    joined: head.own ? undefined : joinedIn(authors.bylines),
    categories: item.tags ?? [],
    content:
      words(item.content_html, "html", "content_html") ?? words(item.content_text, "text", "content_text"),
    summary: words(item.summary, "text", "summary"),
    language: item.language,
    images: media.images,
    notes: [
      ...authors.notes,
      ...media.notes,
      ...(item.external_url === undefined ? [] : [`it is about another page: ${item.external_url}`]),
    ],
    exact: exactFields(extension, item.tags ?? [], media.images),
  });
}
