// Whether there is a document that KV has no copy of, and that it is kept built from now on: asked of D1, once a minute by
// each isolate for what isn't there, so that crawlers cost neither KV writes nor a query for each of their requests.

import { log, reasonOf } from "../log.ts";
import type { Runtime } from "../model/env.ts";
import type { DocumentKey, FeedKey } from "../model/feed.ts";
import { dayOf, type Instant } from "../model/time.ts";
import { ALWAYS, keepDocument, keptUntil } from "../store/feeds.ts";
import { type Presence, presenceOf } from "../store/material.ts";
import { unlessAbsent } from "./absence.ts";
import { isInSettings, partsOf } from "./catalogue.ts";

/** Instead of a document: there is no such feed, or that page of the archive isn't full yet. */
export type Absence = "unknown" | "not-closed";

const ADMITTED_LIMIT = 10_000;
/** The last day (UTC) on which a document was asked about here, by feed and format. */
const admitted = new Map<string, string>();

/** Lets a document be served, or says why not. With D1 down what other sources have is let pass. */
export async function admit(
  { env, site }: Runtime,
  key: DocumentKey,
  now: Instant,
): Promise<Absence | undefined> {
  if (key.feed === "site") return undefined;
  const name = `${key.feed}:${key.format}`;
  const today = dayOf(now);
  if (admitted.get(name) === today) return undefined;
  try {
    const presence = await unlessAbsent(key.feed, Date.parse(now), async () => {
      const found = await presenceOf(env.DB, key, now);
      const isNowhere = !found.row && found.feed === "absent" && absenceOf(key.feed, found) === "unknown";
      return isNowhere ? undefined : found;
    });
    if (!presence) return "unknown";
    const absence = presence.row ? undefined : absenceOf(key.feed, presence);
    if (absence) return absence;
    // An outside hub doesn't tell for whom it asks, nor for how long: it is to be told of every change from now on.
    const until = site.hub === undefined ? keptUntil(key.feed, now) : ALWAYS;
    // Before anything is read: what changes from here on is marked.
    if ((presence.row?.kept_until ?? "") < (until ?? "")) await keepDocument(env.DB, key, until, now);
    if (admitted.size >= ADMITTED_LIMIT) admitted.clear();
    admitted.set(name, today);
  } catch (error) {
    log("error", {
      ...key,
      what: "D1 could not be asked whether there is such a feed",
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
