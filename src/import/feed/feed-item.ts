// One item of a feed, whatever the feed's format, and what all formats share: texts that may be HTML, people,
// addresses. The readers of formats fill it; `feed-article.ts` makes the article of it.

import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Problem } from "../../lib/problem.ts";
import { text } from "../../lib/text.ts";
import type { Overrides } from "../../words/overrides.ts";
import type { ImportedArticle, ImportedByline, ImportedImage } from "../importer.ts";
import { textOfHtml } from "../normalize-html.ts";
import type { HeldBack } from "../visibility.ts";

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
  /** Set where one entry of `people` may hold several names in one text. */
  readonly joined?: string;
  readonly categories: readonly string[];
  readonly content?: Words;
  readonly summary?: Words;
  readonly language?: string;
  readonly rights?: ImportedArticle["rights"];
  readonly images: readonly ImportedImage[];
  readonly notes: readonly string[];
  /** Fields from our own extension, which win over everything else. */
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

// A reference, an attribute with its value in quotes, a comment, the end of an element that texts use, or one that needs no end.
// "5 < 6 & 7" and "the <b> tag" are text.
const MARKUP = new RegExp(
  [
    "&(?:#\\d{1,7}|#x[\\da-f]{1,6}|[a-z]{2,8}\\d{0,2});",
    "</(?:p|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|blockquote|figure)>",
    "<[a-z][\\w:-]{0,30}\\s[^<>]{0,2000}=\\s?[\"'][^<>]*>",
    "<(?:br|hr|img|p|wbr|embed|source)(?:\\s[^<>]*)?/?>",
    "<!--[^]*?-->",
  ].join("|"),
  "i",
);

/** True for words that are HTML, or look like it where that was left open. */
export const isHtml = ({ kind, value }: Words): boolean =>
  kind === "html" || (kind === "either" && (MARKUP.test(value) || holdsElement(value)));

/** True where an element of any name starts, and one of that name ends. */
function holdsElement(value: string): boolean {
  const ends = new Set(
    Array.from(value.matchAll(/<\/([a-z][\w:-]{0,30})\s?>/gi), ([, name]) => name?.toLowerCase()),
  );
  const starts = ends.size === 0 ? [] : value.matchAll(/<([a-z][\w:-]{0,30})(?=[\s>])/gi);
  return Array.from(starts).some(([, name]) => ends.has(name?.toLowerCase()));
}

/** Words as text on one line. */
export const asText = (words: Words): string =>
  isHtml(words) ? (textOfHtml(words.value) ?? "") : text(words.value);

/** A person of any format. */
export interface FeedPerson {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly avatar?: string | undefined;
  readonly email?: string | undefined;
}

/**
 * Persons that have a name, each once, with everything that is said of them; who has only a mail address is
 * noted.
 */
export function bylinesOf(
  people: readonly FeedPerson[],
  role?: ImportedByline["role"],
): { readonly bylines: readonly ImportedByline[]; readonly notes: readonly string[] } {
  const byName = new Map<string, ImportedByline>();
  const notes = new Set<string>();
  for (const person of people) {
    const { name, url, avatar, email } = withoutMail(person);
    if (name === undefined) {
      const address = email ?? url;
      if (address !== undefined) notes.add(`an author without a name was left out: ${address}`);
      continue;
    }
    byName.set(name, {
      name,
      ...omitUndefined({ role, url, avatar, email }),
      ...byName.get(name),
    });
  }
  return { bylines: [...byName.values()], notes: [...notes] };
}

// `Marta Quill (marta@harbour.example)` and `Marta Quill <marta@harbour.example>`.
const NAME_AND_MAIL = /^([^()<>]+?)\s*[(<]\s*(?:mailto:)?([^\s@()<>]+@[^\s@()<>]+)\s*[)>]$/;
// `marta@harbour.example (Marta Quill)`, as RSS asks for.
const MAIL_AND_NAME = /^([^\s@()<>]+@[^\s@()<>]+)\s*[(<]\s*([^()<>]+?)\s*[)>]$/;
const MAIL = /^[^\s@()<>]+@[^\s@()<>]+$/;
// Of systems that want an address where nobody has given one: Blogger's, WordPress's.
const NOBODYS_MAIL = /^(?:no|do-?not)-?_?reply@/i;

/** A person whose name is a name alone, and whose mail address is theirs. */
function withoutMail({ name, email, ...others }: FeedPerson): FeedPerson {
  const said = name?.trim() ?? "";
  const [, before, after] = NAME_AND_MAIL.exec(said) ?? [];
  const [, first, last] = MAIL_AND_NAME.exec(said) ?? [];
  const mail = email ?? after ?? first ?? (MAIL.test(said) ? said : undefined);
  const isNobodys = mail !== undefined && NOBODYS_MAIL.test(mail);
  const alone = (before ?? last ?? (MAIL.test(said) ? "" : said)).replace(/^"(.+)"$/, "$1");
  // Blogger's word for an author who gives no name.
  const isUnknown = alone === "" || (isNobodys && alone === "Unknown");
  return {
    ...others,
    ...omitUndefined({ name: isUnknown ? undefined : alone, email: isNobodys ? undefined : mail }),
  };
}

/** The only name of an item, where nothing else is said of them: it may be several people's, in one text. */
export function joinedIn([first, ...others]: readonly ImportedByline[]): string | undefined {
  const { name, ...more } = first ?? {};
  return others.length === 0 && Object.keys(more).length === 0 ? name : undefined;
}
