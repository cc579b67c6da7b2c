// What one item of a feed says, whatever its format: the common ground between the readers of formats and `article.ts`.

import type { Problem } from "../../lib/problem.ts";
import type { Overrides } from "../../words/overrides.ts";
import type { ImportedArticle, ImportedByline, ImportedImage } from "../importer.ts";
import type { HeldBack } from "../publicity.ts";

/** Words of a feed: text, HTML, or a format that leaves open which of them. */
export interface Words {
  readonly value: string;
  readonly kind: "text" | "html" | "either";
  /** Where relative addresses in it start. */
  readonly base?: string;
  /** The element or field that they come from. */
  readonly from: string;
}

/** One item. Addresses are absolute where the feed says where they start. */
export interface FeedItem {
  readonly id?: string;
  readonly idFrom?: string;
  readonly title?: Words;
  readonly link?: string;
  readonly published?: Written;
  readonly updated?: Written;
  readonly people: readonly ImportedByline[];
  readonly peopleFrom?: string;
  /** Several names in one text: they are one entry of `people`. */
  readonly joined?: string;
  readonly categories: readonly string[];
  readonly content?: Words;
  readonly summary?: Words;
  readonly language?: string;
  readonly rights?: ImportedArticle["rights"];
  readonly images: readonly ImportedImage[];
  readonly notes: readonly string[];
  /** What the item says exactly, in a field of ours: it goes before everything else. */
  readonly exact?: Partial<ImportedArticle>;
}

/** A date as it stands in the feed, and where. */
export interface Written {
  readonly value: string;
  readonly from: string;
}

/** What a feed says of all its items. */
export interface FeedHead {
  readonly title?: string;
  /** Its id and the address of its site; missing where it says neither. */
  readonly names?: readonly string[];
  readonly language?: string;
  /** True for a feed that a Wireroom wrote. */
  readonly own: boolean;
  /** Where relative addresses start. */
  readonly base?: string;
  /** Words of the site that it is for, which its own feeds have in place of ours. */
  readonly words?: Overrides;
}

/** The first of some values that is there, with where it comes from. */
export const firstOf = (
  ...values: readonly (readonly [from: string, value: string | undefined])[]
): Written | undefined => {
  const [from, value] = values.find(([, value]) => value !== undefined) ?? [];
  return from === undefined || value === undefined ? undefined : { from, value };
};

/** An address made absolute; as written where that can't be done. */
export const resolved = (address: string, base: string | undefined): string =>
  base !== undefined && URL.canParse(address, base) ? new URL(address, base).href : address;

/** A feed's items in their order, and what is wrong with the feed as a whole. */
export interface ReadFeed {
  readonly head: FeedHead;
  readonly items: readonly ReadItem[];
  readonly problems: readonly Problem[];
}

/** One item; `item` is missing where nothing could be read. */
export interface ReadItem {
  readonly item?: FeedItem;
  /** 1-based; JSON has none. */
  readonly line?: number;
  /** Missing for what is public. */
  readonly heldBack?: HeldBack;
}
