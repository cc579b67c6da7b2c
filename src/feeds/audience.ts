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

/** Notes an isolate takes a day of one service that is listed: one a document, and there are not more of those. */
const NOTE_LIMIT = 250;
/** The same for all unlisted services together, so that invented names can't crowd out listed ones. */
const UNLISTED_NOTE_LIMIT = 200;
const UNLISTED = "";

let today = "";
/** Documents and services noted today, by the service, or together for all that aren't listed. */
const noted = new Map<string, Set<string>>();

/** Notes what the fetcher behind a request says of its subscribers, if it says anything: once a day, after the response. */
export function countAudience(
  request: Request,
  { env }: Runtime,
  key: DocumentKey,
  background: (work: Promise<unknown>) => void,
): void {
  const note = readFetcher(request.headers.get("User-Agent") ?? "");
  if (!note) return;
  const day = dayOf(toInstant(new Date()));
  if (day !== today) noted.clear();
  today = day;
  const name = `${key.feed} ${key.format} ${note.fetcher}`;
  const [who, limit] = isListed(note.fetcher)
    ? ([note.fetcher, NOTE_LIMIT] as const)
    : ([UNLISTED, UNLISTED_NOTE_LIMIT] as const);
  const names = noted.get(who) ?? new Set();
  noted.set(who, names);
  if (names.has(name) || names.size >= limit) return;
  names.add(name);
  background(
    noteAudience(env.DB, key, note, day).catch((error: unknown) => {
      names.delete(name);
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
