// Counts what partners fetch. The partner's object counts what it has confirmed itself, and writes the sums to
// D1 (partner-object.ts). Of other answers (refusals, documents that the object had to send) an isolate tells
// the object after the response: of a minute's first and of a new version at once, of later ones with the next.

import type { Runtime } from "../env.ts";
import { partnerKey } from "../feeds/feed.ts";
import { log, reasonOf } from "../lib/log.ts";
import type { Instant } from "../lib/time.ts";
import { addFetches, type CountedMinute } from "./sql-ledger.ts";

/** One answer to a partner. */
export interface PartnerFetch {
  readonly status: number;
  /** Length of the body as it was sent. */
  readonly bytes: number;
  /** Version of the feed that the partner has now; 0 if it wasn't served. */
  readonly version: number;
  /** SHA-256 of the token that it came with; missing without one. */
  readonly token?: string | undefined;
}

/** What an isolate remembers of the fetches that it tells a partner's object of. */
export interface NotedFetches {
  /** The last minute of which it told, and the highest version. */
  minute: Instant | undefined;
  version: number;
  /** Fetches of one minute that it hasn't told of yet. */
  waiting: CountedMinute | undefined;
}

/** One answer as the fetches of its minute. */
export const minuteOf = ({ token, ...fetch }: PartnerFetch, now: Instant): CountedMinute => ({
  ...fetch,
  minute: `${now.slice(0, 16)}:00Z` as Instant,
  tokens: token === undefined ? [] : [token],
  fetches: fetch.status < 400 ? 1 : 0,
});

/** Has a partner's object write to D1 what it has counted. Never throws. */
export async function writeCounted({ env }: Runtime, partner: string): Promise<void> {
  const { feed } = partnerKey(partner);
  try {
    await env.PARTNERS.getByName(feed).writeFetches(feed);
  } catch (error) {
    log("error", { partner, what: "fetches could not be written to D1", reason: reasonOf(error) });
  }
}

/** Tells the object of a partner that exists and is enabled of an answer that it doesn't know of. */
export function noteFetch(
  { env, isolate: { partnerFetches } }: Runtime,
  partner: string,
  fetch: PartnerFetch,
  now: Instant,
  background: (work: Promise<unknown>) => void,
): void {
  const next = minuteOf(fetch, now);
  const { minute } = next;
  const known: NotedFetches = partnerFetches.get(partner) ?? {
    minute: undefined,
    version: 0,
    waiting: undefined,
  };
  const { waiting } = known;
  const same = waiting?.minute === minute ? waiting : undefined;
  const sum = addFetches(same, next);
  partnerFetches.set(partner, known);
  if (minute === known.minute && fetch.version <= known.version) {
    known.waiting = sum;
    return;
  }
  Object.assign(known, { minute, version: Math.max(known.version, fetch.version), waiting: undefined });
  const { feed } = partnerKey(partner);
  const told = env.PARTNERS.getByName(feed).noteFetches(feed, waiting && !same ? [waiting, sum] : [sum]);
  background(
    told.catch((error: unknown) => {
      // Not retried: the object may have counted them all the same.
      log("error", { partner, what: "fetches could not be noted", reason: reasonOf(error) });
    }),
  );
}
