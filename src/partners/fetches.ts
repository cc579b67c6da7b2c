// What partners fetch, noted behind the response: at most one write a partner and minute. The first fetch of
// a minute is written at once, later ones go along with the next write; but a version that this isolate has
// not noted yet is written at once too, since the ledger tells from it who has seen what.

import type { Runtime } from "../env.ts";
import { log, reasonOf } from "../lib/log.ts";
import type { Instant } from "../lib/time.ts";
import { type FetchMinute, writeFetches } from "./sql-ledger.ts";

/** What one answer was. */
export interface PartnerFetch {
  readonly status: number;
  /** Of its body, as it was sent. */
  readonly bytes: number;
  /** Of the feed, if the partner has it now; 0 otherwise. */
  readonly version: number;
}

/** What an isolate knows of a partner's fetches. */
export interface NotedFetches {
  /** The last minute in which this isolate wrote, and the highest version that it wrote. */
  minute: Instant | undefined;
  version: number;
  /** What is to be written; all of one minute. */
  waiting: FetchMinute | undefined;
}

/** Notes an answer to a partner who exists and is enabled. */
export function noteFetch(
  { env, isolate: { partnerFetches } }: Runtime,
  partner: string,
  fetch: PartnerFetch,
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
  const sum = add(same, { ...fetch, minute, fetches: fetch.status < 400 ? 1 : 0 });
  partnerFetches.set(partner, known);
  if (minute === known.minute && fetch.version <= known.version) {
    known.waiting = sum;
    return;
  }
  Object.assign(known, { minute, version: Math.max(known.version, fetch.version), waiting: undefined });
  background(
    writeFetches(env.DB, partner, waiting && !same ? [waiting, sum] : [sum]).catch((error: unknown) => {
      // Not tried again: what failed may have been written all the same, and the next minute tells the
      // version too.
      log("error", { partner, what: "fetches could not be noted", reason: reasonOf(error) });
    }),
  );
}

function add(before: FetchMinute | undefined, next: FetchMinute): FetchMinute {
  if (!before) return next;
  return {
    minute: next.minute,
    version: Math.max(before.version, next.version),
    status: next.fetches === 0 && before.fetches > 0 ? before.status : next.status,
    fetches: before.fetches + next.fetches,
    bytes: before.bytes + next.bytes,
  };
}
