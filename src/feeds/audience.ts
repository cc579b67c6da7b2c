// How many people read a feed through a service, as its fetcher says in its User-Agent: "120 subscribers", "1 subscriber",
// "1,234 subscribers". The number is noted behind the response, and shown by the API. No standard defines it; the table lists
// services known to send it. A User-Agent can be forged, so other services are trusted less. Nothing is noted of single
// readers, neither their address nor their User-Agent.

import type { Runtime } from "../env.ts";
import { log, reasonOf } from "../lib/log.ts";
import { dayOf, type Instant, toInstant } from "../lib/time.ts";
import { documentPath } from "./catalogue.ts";
import type { DocumentKey } from "./feed.ts";
import { audienceRows, type FetcherNote, noteAudience } from "./sql-audience.ts";

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

/** What an isolate has noted today, so that it notes nothing twice. */
export class AudienceNotes {
  readonly #limits: { readonly listed: number; readonly unlisted: number };
  #today = "";
  /** Documents and services, by the service; those of all unlisted services together, under an empty name. */
  readonly #noted = new Map<string, Set<string>>();

  /** `listed` notes a day for each listed service, `unlisted` for all others together: invented names don't crowd out listed ones. */
  constructor(limits: { readonly listed: number; readonly unlisted: number }) {
    this.#limits = limits;
  }

  /** True the first time that a service names a document's subscribers on a day, unless there were too many. */
  isFirst(day: string, { feed, format }: DocumentKey, fetcher: string): boolean {
    if (day !== this.#today) this.#noted.clear();
    this.#today = day;
    const isKnown = isListed(fetcher);
    const names = this.#namesOf(fetcher);
    const name = `${feed} ${format} ${fetcher}`;
    if (names.has(name) || names.size >= (isKnown ? this.#limits.listed : this.#limits.unlisted))
      return false;
    names.add(name);
    return true;
  }

  /** Takes a note back that could not be written. */
  forget({ feed, format }: DocumentKey, fetcher: string): void {
    this.#namesOf(fetcher).delete(`${feed} ${format} ${fetcher}`);
  }

  #namesOf(fetcher: string): Set<string> {
    const service = isListed(fetcher) ? fetcher : "";
    const names = this.#noted.get(service) ?? new Set();
    this.#noted.set(service, names);
    return names;
  }
}

/** Notes what the fetcher behind a request says of its subscribers, if it says anything: once a day, after the response. */
export function countAudience(
  request: Request,
  { env, isolate: { audience } }: Runtime,
  key: DocumentKey,
  background: (work: Promise<unknown>) => void,
): void {
  const note = readFetcher(request.headers.get("User-Agent") ?? "");
  if (!note) return;
  const day = dayOf(toInstant(new Date()));
  if (!audience.isFirst(day, key, note.fetcher)) return;
  background(
    noteAudience(env.DB, key, note, day, LISTED_FETCHERS).catch((error: unknown) => {
      audience.forget(key, note.fetcher);
      log("error", { ...key, what: "the audience could not be noted", reason: reasonOf(error) });
    }),
  );
}

/**
 * The audience of every document that has one, and of all together: subscriptions, not people, since who takes two feeds
 * is counted twice. `day` (UTC, `2024-10-24`) is when a service last said so.
 */
export async function audienceReport({ env, site }: Runtime, now: Instant) {
  const rows = await audienceRows(env.DB, now);
  const feeds = [...Map.groupBy(rows, documentPath)].flatMap(([path, all]) => {
    const group = believable(all);
    return group.slice(0, 1).map(({ feed, format }) => ({
      feed,
      format,
      url: site.url + path,
      subscribers: total(group),
      fetchers: group.map(({ fetcher, subscribers, day }) => ({ fetcher, subscribers, day })),
    }));
  });
  return { feeds, total: total(feeds) };
}

const total = (rows: readonly Pick<FetcherNote, "subscribers">[]): number =>
  rows.reduce((sum, { subscribers }) => sum + subscribers, 0);

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
const LISTED_FETCHERS: readonly string[] = [...SERVICES.values()];
const LISTED: ReadonlySet<string> = new Set(LISTED_FETCHERS);

/** True for a service that was seen to tell its subscribers. */
const isListed = (fetcher: string): boolean => LISTED.has(fetcher);

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
