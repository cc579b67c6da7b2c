// A feed in XML -> its items. They are parsed many at a time, since each parse costs the same whatever it
// holds; where one of them spoils the rest, one by one.

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
import { heldBackBy } from "../visibility.ts";
import { asAtom1, atomHead, atomItem } from "./atom-feed.ts";
import type { FeedHead, FeedItem, ReadFeed, ReadItem } from "./feed-item.ts";
import { signsIn } from "./feed-visibility.ts";
import { rdfItem, rssHead, rssItem } from "./rss-feed.ts";
import { type SplitFeed, splitFeed } from "./split-feed.ts";

const BATCH_ITEMS = 100;

type Read = (document: string) => readonly FeedItem[];

/** Reads RSS or Atom. */
export function readXmlFeed(content: string): ReadFeed {
  const feed = splitFeed(content);
  if (!feed) {
    return {
      head: { own: false },
      items: [],
      problems: [{ path: "", message: "is no RSS, Atom or JSON Feed" }],
    };
  }
  const [head, read] = READERS[feed.kind](feed);
  const texts = feed.items.map(({ xml }) => (isAtom03(feed) ? asAtom1(xml) : xml));
  const items = slices(texts, BATCH_ITEMS).flatMap((batch): readonly (FeedItem | undefined)[] => {
    const together = attempt(() => read(feed.documentOf(batch)));
    if (together?.length === batch.length) return together;
    return batch.map((xml) => attempt(() => read(feed.documentOf([xml])))?.[0]);
  });
  const { flaw } = feed;
  return {
    head,
    items: items.map(
      (item, index): ReadItem => ({
        ...omitUndefined({
          item,
          line: feed.items[index]?.line,
          heldBack: heldBackBy(signsIn(feed.items[index]?.xml ?? "", feed.namespaces)),
        }),
      }),
    ),
    problems: flaw
      ? [
          {
            path: "",
            message: `is not well-formed XML (${flaw.message}): see that nothing is missing`,
            line: flaw.line,
          },
        ]
      : [],
  };
}

/** How each kind is read: its head, and then its items. */
const READERS: Readonly<Record<SplitFeed["kind"], (feed: SplitFeed) => readonly [FeedHead, Read]>> = {
  rss: (feed) => {
    const head = withRoot(
      attempt(() => rssHead(parseRssFeed(feed.envelope))),
      feed,
    );
    return [head, (document) => (parseRssFeed(document).items ?? []).map((item) => rssItem(item, head))];
  },
  rdf: (feed) => {
    const head = withRoot(
      attempt(() => rssHead(parseRdfFeed(feed.envelope))),
      feed,
    );
    return [head, (document) => (parseRdfFeed(document).items ?? []).map((item) => rdfItem(item, head))];
  },
  atom: (feed) => {
    const found = attempt(() => atomHead(parseAtomFeed(feed.envelope)));
    const head = {
      authors: found?.authors ?? [],
      ...omitUndefined({ tag: found?.tag }),
      ...withRoot(found, feed),
    };
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
