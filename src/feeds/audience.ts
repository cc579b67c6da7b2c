// The audience as the fetchers of feed services tell it: noted behind the response, shown by the API. Of single readers
// nothing is noted, neither their address nor their User-Agent.

import type { Runtime } from "../env.ts";
import type { Format } from "../formats/format.ts";
import { log, reasonOf } from "../lib/log.ts";
import { dayOf, type Instant, toInstant } from "../lib/time.ts";
import { documentPath } from "./catalogue.ts";
import type { DocumentKey } from "./feed.ts";
import { believable, type FetcherNote, isListed, readFetcher } from "./fetchers.ts";
import { audienceRows, noteAudience } from "./sql-audience.ts";

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
    noteAudience(env.DB, key, note, day).catch((error: unknown) => {
      audience.forget(key, note.fetcher);
      log("error", { ...key, what: "the audience could not be noted", reason: reasonOf(error) });
    }),
  );
}

/** The audience of every document that has one, and of all together. */
export async function audienceReport({ env, site }: Runtime, now: Instant): Promise<Audience> {
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

/** `GET /api/audience`: what feed services said in the last 30 days of how many read a document through them. */
export interface Audience {
  readonly feeds: readonly FeedAudience[];
  /** Subscriptions, not people: who takes two feeds is counted twice. */
  readonly total: number;
}

/** One document's audience. */
interface FeedAudience {
  readonly feed: string;
  readonly format: Format;
  readonly url: string;
  readonly subscribers: number;
  /** `day` (UTC, `2024-10-24`) is when a service last said so. */
  readonly fetchers: readonly (FetcherNote & { readonly day: string })[];
}
