// The audience as the fetchers of feed services tell it: noted behind the response, shown by the API. Of single readers
// nothing is noted, neither their address nor their User-Agent.

import { documentPath } from "../feeds/catalogue.ts";
import { log, reasonOf } from "../log.ts";
import type { Audience } from "../model/api.ts";
import { type FetcherNote, readFetcher } from "../model/audience.ts";
import type { Runtime } from "../model/env.ts";
import type { DocumentKey } from "../model/feed.ts";
import { dayOf, type Instant, toInstant } from "../model/time.ts";
import { audienceRows, noteAudience } from "../store/audience.ts";

/** Notes an isolate takes a day; whoever invents services ends there. */
const NOTE_LIMIT = 1000;

let today = "";
const noted = new Set<string>();

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
  if (noted.has(name) || noted.size >= NOTE_LIMIT) return;
  noted.add(name);
  background(
    noteAudience(env.DB, key, note, day).catch((error: unknown) => {
      noted.delete(name);
      log("error", { ...key, what: "the audience could not be noted", reason: reasonOf(error) });
    }),
  );
}

/** The audience of every document that has one, and of all together. */
export async function audienceReport({ env, site }: Runtime, now: Instant): Promise<Audience> {
  const rows = await audienceRows(env.DB, now);
  const feeds = [...Map.groupBy(rows, documentPath)].flatMap(([path, group]) =>
    group.slice(0, 1).map(({ feed, format }) => ({
      feed,
      format,
      url: site.url + path,
      subscribers: total(group),
      fetchers: group.map(({ fetcher, subscribers, day }) => ({ fetcher, subscribers, day })),
    })),
  );
  return { feeds, total: total(rows) };
}

const total = (rows: readonly FetcherNote[]): number =>
  rows.reduce((sum, { subscribers }) => sum + subscribers, 0);
