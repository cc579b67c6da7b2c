// Counts how many people read a feed through a feed service. The service's fetcher says so in its User-Agent:
// "120 subscribers", "1 subscriber", "1,234 subscribers". The count is stored after the response, and the API
// shows it. No standard defines it; the table lists services known to send it. A User-Agent can be forged, so
// other services are trusted less. Nothing is stored about single readers, neither their address nor their
// User-Agent.

import type { Runtime } from "../env.ts";
import { logError } from "../lib/log.ts";
import { dayOf, type Instant, toInstant } from "../lib/time.ts";
import { documentPath } from "./catalogue.ts";
import type { DocumentKey } from "./feed.ts";
import { audienceRows, type FetcherNote, noteAudience } from "./sql.ts";

/**
 * How much of a User-Agent is read. NewsBlur's, the longest we know, has its number in the first 40
 * characters.
 */
const READ_CHARACTERS = 300;
/** No feed has more: a larger number is ignored. */
const SUBSCRIBERS_LIMIT = 10_000_000;
/** The same limit for an unlisted service: services with many users are listed. */
const UNLISTED_SUBSCRIBERS_LIMIT = 10_000;
/** An unlisted service counts once it was seen on this many days. */
const UNLISTED_DAYS = 2;
/** At most this many unlisted services count for one document. */
const UNLISTED_LIMIT = 10;

const SUBSCRIBERS = /(?<![\d.,])(\d{1,3}(?:,\d{3}){1,2}|\d{1,8})[ _]subscriber/i;

/** The names of services, by what their User-Agents contain (in lower case). */
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
// The first match counts. Later ones are in addresses, or name a service that the fetcher imitates.
const SERVICE = new RegExp([...SERVICES.keys()].join("|"), "i");
const PRODUCT = /^(?:Mozilla\/[\d.]+ \(compatible; ?)?([a-z0-9][\w.-]{0,39})/i;

/** The counts that an isolate has stored today, so that it stores none twice. */
export class AudienceNotes {
  readonly #limits: { readonly listed: number; readonly unlisted: number };
  #today = "";
  /** Documents and services, by service. All unlisted services share the empty name. */
  readonly #noted = new Map<string, Set<string>>();

  /**
   * At most `listed` notes a day for each listed service, and `unlisted` for all others together, so that
   * invented names don't crowd out listed ones.
   */
  constructor(limits: { readonly listed: number; readonly unlisted: number }) {
    this.#limits = limits;
  }

  /**
   * True the first time that a service names a document's subscribers on a day, unless there were too many.
   */
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

  /** Forgets a count that could not be stored. */
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

/** Stores the subscriber count in a request's User-Agent, if there is one: once a day, after the response. */
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
      logError("the audience could not be stored", error, key);
    }),
  );
}

/**
 * The audience of each document that has one, and the total. It counts subscriptions, not people: a reader of
 * two feeds counts twice. `day` (UTC, `2024-10-24`) is when a service last reported.
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

/** The service and subscriber count in a User-Agent; undefined if there is none, as with single readers. */
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

/** The names of the listed services, as in `FetcherNote`. */
const LISTED_FETCHERS: readonly string[] = [...SERVICES.values()];
const LISTED: ReadonlySet<string> = new Set(LISTED_FETCHERS);

/** True for a service in the table. */
const isListed = (fetcher: string): boolean => LISTED.has(fetcher);

/**
 * The counts of one document that are trusted. First come those of listed services, then those of at most ten
 * unlisted ones that were seen on two days or more: those seen on the most days. Each group has the largest
 * first.
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
