// Counts what partners fetch, after the response: at most one write for each partner and minute. The first
// fetch of a minute is written at once, later ones with the next write. A version that this isolate hasn't
// written yet is also written at once, since the ledger says by it who has fetched what.

import type { Runtime } from "../env.ts";
import { log, reasonOf } from "../lib/log.ts";
import type { Instant } from "../lib/time.ts";
import { type CountedMinute, writeFetches } from "./sql-ledger.ts";

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

/** What an isolate remembers of a partner's fetches. */
export interface NotedFetches {
  /** The last minute in which this isolate wrote, and the highest version that it wrote. */
  minute: Instant | undefined;
  version: number;
  /** Fetches of one minute that are not written yet. */
  waiting: CountedMinute | undefined;
}

/** Counts an answer to a partner that exists and is enabled. */
export function noteFetch(
  { env, isolate: { partnerFetches } }: Runtime,
  partner: string,
  { token, ...fetch }: PartnerFetch,
  now: Instant,
  background: (work: Promise<unknown>) => void,
): void {
  const minute = `${now.slice(0, 16)}:00Z` as Instant;
  const known: NotedFetches = partnerFetches.get(partner) ?? {
    minute: undefined,
    version: 0,
    waiting: undefined,
  };
  const { waiting } = known;
  const same = waiting?.minute === minute ? waiting : undefined;
  const tokens = token === undefined ? [] : [token];
  const sum = add(same, { ...fetch, minute, tokens, fetches: fetch.status < 400 ? 1 : 0 });
  partnerFetches.set(partner, known);
  if (minute === known.minute && fetch.version <= known.version) {
    known.waiting = sum;
    return;
  }
  Object.assign(known, { minute, version: Math.max(known.version, fetch.version), waiting: undefined });
  background(
    writeFetches(env.DB, partner, waiting && !same ? [waiting, sum] : [sum]).catch((error: unknown) => {
      // Not retried: the write may have succeeded all the same, and the next minute writes the version too.
      log("error", { partner, what: "fetches could not be noted", reason: reasonOf(error) });
    }),
  );
}

function add(before: CountedMinute | undefined, next: CountedMinute): CountedMinute {
  if (!before) return next;
  return {
    minute: next.minute,
    version: Math.max(before.version, next.version),
    status: next.fetches === 0 && before.fetches > 0 ? before.status : next.status,
    fetches: before.fetches + next.fetches,
    bytes: before.bytes + next.bytes,
    tokens: [...new Set([...before.tokens, ...next.tokens])],
  };
}
