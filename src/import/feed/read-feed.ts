// RSS 0.91 to 2.0, RSS 1.0, Atom 0.3 and 1.0, JSON Feed 1.0 and 1.1 -> what they say. feedsmith reads the
// items; what it leaves out of Atom 0.3 and of `_wireroom` is added here. An item that can't be read never
// keeps the others from it.

import {
  DetectError,
  MalformedError,
  ParseError,
  parseAtomFeed,
  parseRdfFeed,
  parseRssFeed,
} from "feedsmith";
import { slices } from "../../lib/batches.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Problem } from "../../lib/problem.ts";
import { text } from "../../lib/text.ts";
import type { Explained, Imported, ImportedArticle, Importer } from "../importer.ts";
import { asDraft, countedAndNamed, heldBackBy } from "../visibility.ts";
import { asAtom1, atomHead, atomItem } from "./atom-feed.ts";
import { articleOf } from "./feed-article.ts";
import type { FeedHead, FeedItem, ReadFeed, ReadItem } from "./feed-item.ts";
import { signsIn } from "./feed-visibility.ts";
import { readJsonFeed } from "./json-feed.ts";
import { rdfItem, rssHead, rssItem } from "./rss-feed.ts";
import { type SplitFeed, splitFeed } from "./split-feed.ts";

const TITLE_CHARACTERS = 80;

/** Reads a feed of any kind. */
export const readFeed: Importer = ({ content, words }) => {
  const { head, items, problems } = /^[\s\ufeff]*\{/.test(content)
    ? readJsonFeed(content)
    : readXmlFeed(content);
  return collect({ ...head, ...omitUndefined({ words }) }, items, problems);
};

function collect(head: FeedHead, items: readonly ReadItem[], whole: readonly Problem[]): Imported {
  const articles: ImportedArticle[] = [];
  const isEmpty = items.length === 0 && whole.length === 0;
  const problems: Problem[] = isEmpty ? [{ path: "", message: "holds no items" }] : [...whole];
  const explained: Explained[] = [];
  const places = new Map<string, Place>();
  const leftOut = new Map<string, { readonly why: string; readonly names: string[] }>();
  for (const [index, { item, line, heldBack }] of items.entries()) {
    const at = omitUndefined({ line });
    const path = nameOf(item, index);
    const report = (message: string) => problems.push({ path, message, ...at });
    if (heldBack?.as === "left out") {
      const { what, why } = heldBack;
      const group = leftOut.get(what) ?? { why, names: [] };
      group.names.push(nameIn(item));
      leftOut.set(what, group);
      continue;
    }
    if (!item) {
      report("can't be read");
      continue;
    }
    const earlier = item.id === undefined ? undefined : places.get(item.id);
    if (earlier && isSame(earlier.item, item)) {
      report(`has the same id as item ${earlier.at}: left out`);
      continue;
    }
    const known = earlier ? withOwnId(item, places) : item;
    if (known.id !== undefined) places.set(known.id, { at: index + 1, item });
    const { article, problems: found, why } = read(known, path, head);
    for (const message of found) report(message);
    if (article) articles.push(heldBack ? asDraft(article, heldBack.why) : article);
    explained.push({ ...at, text: article?.headline ?? path, as: article ? "item" : "left out", why });
  }
  for (const [what, { why, names }] of leftOut)
    explained.push({ text: countedAndNamed(names, what), as: "left out", why });
  const hasAddress = head.names !== undefined || articles.some(({ url }) => url !== undefined);
  const names = hasAddress || head.title === undefined ? head.names : [head.title];
  return omitUndefined({ names, articles, problems, explained });
}

/** The first item of an id: its number in the feed, from 1. */
interface Place {
  readonly at: number;
  readonly item: FeedItem;
}

/** True for two items of one id that are one article: at one address, or with one text. */
const isSame = (one: FeedItem, other: FeedItem): boolean =>
  one.link !== undefined && other.link !== undefined ? one.link === other.link || saysSame(one, other) : true;

const saysSame = (one: FeedItem, other: FeedItem): boolean =>
  one.title?.value === other.title?.value &&
  one.content?.value === other.content?.value &&
  one.summary?.value === other.summary?.value;

/** An item whose id is another article's: it is known by its address. */
function withOwnId(item: FeedItem, places: ReadonlyMap<string, Place>): FeedItem {
  const { id, link, ...others } = item;
  const isFree = link !== undefined && !places.has(link);
  const note = `its id is another item's as well (${id}): ${isFree ? "its id is its address" : "it gets a new id"}`;
  return {
    ...others,
    ...omitUndefined({ link, id: isFree ? link : undefined }),
    idFrom: isFree ? "link" : "none",
    notes: [...item.notes, note],
  };
}

function read(item: FeedItem, name: string, head: FeedHead): ReturnType<typeof articleOf> {
  try {
    return articleOf(item, name, head);
  } catch (error) {
    // HTML is walked recursively: what overflows the stack is tens of thousands of elements deep, and no
    // article.
    if (error instanceof RangeError) return { problems: ["is nested too deeply"], why: "nested too deeply" };
    throw error;
  }
}

/** What people know an item by; "" where it says nothing. */
const nameIn = (item: FeedItem | undefined): string =>
  text((item?.title?.value ?? item?.id ?? item?.link ?? "").slice(0, TITLE_CHARACTERS));

/** `item 12 ("Ships leave")`: its place, and what people know it by. */
function nameOf(item: FeedItem | undefined, index: number): string {
  const title = nameIn(item);
  return title === "" ? `item ${index + 1}` : `item ${index + 1} (${JSON.stringify(title)})`;
}

// A feed in XML -> its items. They are parsed many at a time, since each parse costs the same whatever it
// holds; where one of them spoils the rest, one by one.

const BATCH_ITEMS = 100;

type Read = (document: string) => readonly FeedItem[];

/** Reads RSS or Atom. */
function readXmlFeed(content: string): ReadFeed {
  const feed = splitFeed(content);
  const refused = [{ path: "", message: "is no RSS, Atom or JSON Feed" }];
  if (!feed) return { head: { own: false }, items: [], problems: refused };
  const [head, read] = READERS[feed.kind](feed);
  const texts = feed.items.map(({ xml }) => (isAtom03(feed) ? asAtom1(xml) : xml));
  const items = slices(texts, BATCH_ITEMS).flatMap((batch): readonly (FeedItem | undefined)[] => {
    const together = attempt(() => read(feed.documentOf(batch)));
    if (together?.length === batch.length) return together;
    return batch.map((xml) => attempt(() => read(feed.documentOf([xml])))?.[0]);
  });
  const flaws = [feed.flaw ?? []].flat().map(({ message, line }) => ({
    path: "",
    message: `is not well-formed XML (${message}): see that nothing is missing`,
    line,
  }));
  return {
    head,
    items: items.map((item, index): ReadItem => {
      const { xml = "", line } = feed.items[index] ?? {};
      return omitUndefined({ item, line, heldBack: heldBackBy(signsIn(xml, feed.namespaces)) });
    }),
    problems: flaws,
  };
}

/** How each kind is read: its head, and then its items. */
const READERS: Readonly<Record<SplitFeed["kind"], (feed: SplitFeed) => readonly [FeedHead, Read]>> = {
  rss: (feed) => {
    const found = attempt(() => rssHead(parseRssFeed(feed.envelope)));
    const head = withRoot(found, feed);
    return [head, (document) => (parseRssFeed(document).items ?? []).map((item) => rssItem(item, head))];
  },
  rdf: (feed) => {
    const found = attempt(() => rssHead(parseRdfFeed(feed.envelope)));
    const head = withRoot(found, feed);
    return [head, (document) => (parseRdfFeed(document).items ?? []).map((item) => rdfItem(item, head))];
  },
  atom: (feed) => {
    const found = attempt(() => atomHead(parseAtomFeed(feed.envelope)));
    const head = { authors: [], ...found, ...withRoot(found, feed) };
    return [
      head,
      (document) => (parseAtomFeed(document).entries ?? []).map((entry) => atomItem(entry, head)),
    ];
  },
};

/** A head with what the root says where nothing nearer does; no head could be read of an empty envelope. */
const withRoot = (head: FeedHead | undefined, { root }: SplitFeed): FeedHead => ({
  own: false,
  ...omitUndefined({ language: root["xml:lang"], base: root["xml:base"] }),
  ...head,
});

const isAtom03 = ({ kind, root }: SplitFeed): boolean =>
  kind === "atom" && (root.version === "0.3" || Object.values(root).includes("http://purl.org/atom/ns#"));

/** What `parse` gives; undefined for what can't be read. */
function attempt<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    const unreadable = [DetectError, MalformedError, ParseError].some((kind) => error instanceof kind);
    if (unreadable) return undefined;
    throw error;
  }
}
