// Counts what partners fetch. The partner's object counts what it has confirmed itself, and writes the sums to
// D1 (partner-object.ts). Of other answers an isolate tells the object after the response: of each document that
// the object had to send, and of a minute's first refusal.

import type { Runtime } from "../env.ts";
import { partnerKey } from "../feeds/feed.ts";
import { unlessItFails } from "../lib/log.ts";
import type { Instant } from "../lib/time.ts";
import type { CountedMinute } from "./sql-ledger.ts";

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
  await unlessItFails("fetches could not be written to D1", { partner }, () =>
    env.PARTNERS.getByName(feed).writeFetches(feed),
  );
}

/** Tells the object of a partner that exists and is enabled of an answer that it doesn't know of. */
export function noteFetch(
  { env, isolate: { partnerRefusals } }: Runtime,
  partner: string,
  fetch: PartnerFetch,
  now: Instant,
  background: (work: Promise<unknown>) => void,
): void {
  const one = minuteOf(fetch, now);
  if (one.fetches === 0) {
    if (partnerRefusals.get(partner) === one.minute) return;
    partnerRefusals.set(partner, one.minute);
  }
  const { feed } = partnerKey(partner);
  // Not retried: the object may have counted it all the same.
  background(
    unlessItFails("a fetch could not be noted", { partner }, () =>
      env.PARTNERS.getByName(feed).noteFetch(feed, one),
    ),
  );
}
