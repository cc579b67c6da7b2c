// How many people read a feed through a service, as its fetcher says in its User-Agent: "120 subscribers", "1 subscriber",
// "1,234 subscribers". No standard defines this; the table lists services known to do it. A User-Agent can be forged, so
// services that aren't in the table are trusted less.

/** What a fetcher says of a feed. */
export interface FetcherNote {
  /** A short name that stays the same from one version to the next, at most 40 characters. */
  readonly fetcher: string;
  readonly subscribers: number;
}

/** The User-Agent is read no further: NewsBlur's is the longest, and has its number in the first 40. */
const READ_CHARACTERS = 300;
/** More than any feed has: a number above it is not believed. */
const SUBSCRIBERS_LIMIT = 10_000_000;
/** The same of a service that isn't listed: those that many use are. */
const UNLISTED_SUBSCRIBERS_LIMIT = 10_000;
/** A service that isn't listed counts once it has come on so many days. */
const UNLISTED_DAYS = 2;
/** Services a document that aren't listed and count. */
const UNLISTED_LIMIT = 10;

const SUBSCRIBERS = /(?<![\d.,])(\d{1,3}(?:,\d{3}){1,2}|\d{1,8})[ _]subscriber/i;

/** What a User-Agent holds of a service, lower case, and what the service is called. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ["bazqux", "BazQux"],
  ["bloglovin", "Bloglovin"],
  ["commafeed", "CommaFeed"],
  ["feed wrangler", "Feed Wrangler"],
  ["feedbin", "Feedbin"],
  ["feedfetcher-google", "Google"],
  ["feedhq", "FeedHQ"],
  ["feedly", "Feedly"],
  ["feedspot", "Feedspot"],
  ["g2reader", "G2Reader"],
  ["inoreader", "Inoreader"],
  ["netvibes", "Netvibes"],
  ["newsblur", "NewsBlur"],
  ["theoldreader", "The Old Reader"],
]);
// The first that is found stands: others are named as what the fetcher is like, and in addresses.
const SERVICE = new RegExp([...SERVICES.keys()].join("|"), "i");
const PRODUCT = /^(?:Mozilla\/[\d.]+ \(compatible; ?)?([a-z0-9][\w.-]{0,39})/i;

/** What a User-Agent says of its subscribers; undefined for one that says nothing, like that of every single reader. */
export function readFetcher(userAgent: string): FetcherNote | undefined {
  // Nearly all requests end here.
  if (!userAgent.includes("ubscriber")) return undefined;
  const read = userAgent.slice(0, READ_CHARACTERS);
  const subscribers = Number(SUBSCRIBERS.exec(read)?.[1]?.replaceAll(",", ""));
  const service = SERVICE.exec(read)?.[0].toLowerCase() ?? "";
  const fetcher = SERVICES.get(service) ?? PRODUCT.exec(read)?.[1];
  if (fetcher === undefined) return undefined;
  const limit = isListed(fetcher) ? SUBSCRIBERS_LIMIT : UNLISTED_SUBSCRIBERS_LIMIT;
  return subscribers <= limit ? { fetcher, subscribers } : undefined;
}

/** The names of services that are listed, as `FetcherNote` has them. */
export const LISTED_FETCHERS: readonly string[] = [...SERVICES.values()];
const LISTED: ReadonlySet<string> = new Set(LISTED_FETCHERS);

/** True for a service that was seen to tell its subscribers. */
export const isListed = (fetcher: string): boolean => LISTED.has(fetcher);

/**
 * What is believed of one document's notes, the largest first: listed services; then those others that came on two days or
 * more, at most ten, the steadiest of them.
 */
export function believable<T extends FetcherNote & { readonly days: number }>(
  notes: readonly T[],
): readonly T[] {
  const others = notes
    .filter(({ fetcher, days }) => !isListed(fetcher) && days >= UNLISTED_DAYS)
    .sort((a, b) => b.days - a.days || bySize(a, b))
    .slice(0, UNLISTED_LIMIT);
  return [...notes.filter(({ fetcher }) => isListed(fetcher)).sort(bySize), ...others.sort(bySize)];
}

const bySize = (a: FetcherNote, b: FetcherNote): number =>
  b.subscribers - a.subscribers || (a.fetcher < b.fetcher ? -1 : 1);
