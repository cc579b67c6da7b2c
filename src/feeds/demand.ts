// Demand: a document that isn't always warm becomes warm when it is requested. If KV has no copy of it, D1 is
// asked whether its feed exists. Misses are cached for a minute per isolate, so that crawlers cost neither KV
// writes nor a D1 query per request.

import type { Runtime } from "../env.ts";
import { log, reasonOf } from "../lib/log.ts";
import { dayOf, type Instant } from "../lib/time.ts";
import { isInSettings, partsOf } from "./catalogue.ts";
import type { Copy } from "./copies.ts";
import type { DocumentKey, FeedKey } from "./feed.ts";
import { ALWAYS, keepWarm, warmUntil } from "./sql.ts";
import { type Presence, presenceOf } from "./sql-entries.ts";

const DAY_MILLISECONDS = 86_400_000;
/** If a requested document has fewer warm days left than this, they are extended. */
const EXTEND_DAYS = 5;

/** Why there is no document: no such feed exists, or the page of the archive isn't full yet. */
export type Absence = "unknown" | "not-closed";

/**
 * Makes a document warm. Returns undefined if it may be served, else why not. If D1 fails, every document may
 * be served.
 */
export async function noteDemand(
  { env, site, isolate }: Runtime,
  key: DocumentKey,
  now: Instant,
): Promise<Absence | undefined> {
  if (key.feed === "site") return undefined;
  const name = `${key.feed}:${key.format}`;
  const today = dayOf(now);
  if (isolate.demand.get(name) === today) return undefined;
  try {
    const presence = await isolate.absent.unlessAbsent(key.feed, Date.parse(now), async () => {
      const found = await presenceOf(env.DB, key, now);
      const isNowhere = !found.row && found.feed === "absent" && absenceOf(key.feed, found) === "unknown";
      return isNowhere ? undefined : found;
    });
    if (!presence) return "unknown";
    const absence = presence.row ? undefined : absenceOf(key.feed, presence);
    if (absence) return absence;
    // An external hub reveals neither subscribers nor leases, so its documents stay warm for good.
    const until = site.hub === undefined ? warmUntil(key.feed, now) : ALWAYS;
    // Made warm before the feed is read, so that any later change makes it dirty.
    if ((presence.row?.warm_until ?? "") < (until ?? "")) await keepWarm(env.DB, key, until, now);
    isolate.demand.set(name, today);
  } catch (error) {
    log("error", {
      ...key,
      what: "D1 could not be asked whether the feed exists",
      reason: reasonOf(error),
    });
  }
  return undefined;

  function absenceOf(
    feed: FeedKey,
    { feed: presence, closedPages }: Presence,
  ): "unknown" | "not-closed" | undefined {
    const [kind, number] = partsOf(feed) ?? [];
    if (kind === "archive") {
      if (Number(number) <= closedPages) return undefined;
      return Number(number) === closedPages + 1 ? "not-closed" : "unknown";
    }
    return isInSettings(feed, site) || presence === "there" ? undefined : "unknown";
  }
}

/** True for a copy whose document will soon be cold. */
export const endsSoon = ({ warmUntil }: Copy<DocumentKey>, nowMilliseconds: number): boolean =>
  warmUntil !== undefined && Date.parse(warmUntil) < nowMilliseconds + EXTEND_DAYS * DAY_MILLISECONDS;

/** Keeps a document warm for longer. Never throws. */
export async function keepWarmLonger({ env }: Runtime, { feed, format }: DocumentKey): Promise<void> {
  try {
    await env.FEEDS.getByName(feed).keep(feed, format);
  } catch (error) {
    log("error", {
      feed,
      format,
      what: "the document could not be kept warm for longer",
      reason: reasonOf(error),
    });
  }
}
