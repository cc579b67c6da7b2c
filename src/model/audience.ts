// How many people read a feed through a service, as its fetcher says in its User-Agent: "120 subscribers", "1 subscriber",
// "1,234 subscribers". No standard says how; the table holds the names of services that were seen to.

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
  return fetcher !== undefined && subscribers <= SUBSCRIBERS_LIMIT ? { fetcher, subscribers } : undefined;
}
