// JSON Feed 1.0 and 1.1 -> items. feedsmith reads each item by itself, so that a broken one spoils no other;
// the extension `_wireroom` is read here.

import { DetectError, type JsonFeed, ParseError, parseJsonFeed } from "feedsmith";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Problem } from "../../lib/problem.ts";
import { isObject, type JsonObject, parseJson } from "../parse-json.ts";
import { heldBackBy } from "../visibility.ts";
import {
  bylinesOf,
  type FeedHead,
  type FeedItem,
  firstOf,
  joinedIn,
  type ReadFeed,
  type ReadItem,
  resolved,
  type Words,
} from "./feed-item.ts";
import { mediaOf } from "./feed-media.ts";
import { signsInJson } from "./feed-visibility.ts";
import { exactFields } from "./wireroom/wireroom-json.ts";

/** Reads JSON Feed 1.0 or 1.1. */
export function readJsonFeed(content: string): ReadFeed {
  const parsed = parseJson(content);
  if ("error" in parsed) return failed({ path: "", message: `is not JSON: ${parsed.error}` });
  if (!isObject(parsed.value)) return failed({ path: "", message: "is no JSON Feed" });
  const { items, ...envelope } = parsed.value;
  // Without an item a feed that says nothing of itself would be none.
  const feed = feedOf({ ...envelope, items: [{ id: "1" }] });
  if (!feed) return failed({ path: "version", message: "is not that of a JSON Feed" });
  if (!Array.isArray(items)) return failed({ path: "items", message: "must be a list" });
  const head = jsonHead(feed, envelope._wireroom);
  return {
    head,
    problems: [],
    items: items.map((value: unknown): ReadItem => {
      const item = isObject(value)
        ? feedOf({ version: envelope.version, title: " ", items: [value] })?.items?.[0]
        : undefined;
      if (!item || !isObject(value)) return {};
      const heldBack = heldBackBy(signsInJson(value));
      return { item: jsonItem(item, value._wireroom, head), ...omitUndefined({ heldBack }) };
    }),
  };
}

const failed = (problem: Problem): ReadFeed => ({ head: { own: false }, items: [], problems: [problem] });

function feedOf(value: JsonObject): JsonFeed.Feed<string> | undefined {
  try {
    return parseJsonFeed(value);
  } catch (error) {
    if (error instanceof DetectError || error instanceof ParseError) return undefined;
    throw error;
  }
}

/** A feed's head, and who its items are by where they don't say so themselves (JSON Feed 1.1, "authors"). */
interface JsonHead extends FeedHead {
  readonly authors: readonly JsonFeed.Author[];
}

/** The feed without its items; `extension` is its `_wireroom`. */
function jsonHead(feed: JsonFeed.Feed<string>, extension: unknown): JsonHead {
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
function jsonItem(item: JsonFeed.Item<string>, extension: unknown, head: JsonHead): FeedItem {
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
