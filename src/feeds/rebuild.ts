// Rebuilds that cron starts: stale documents whose touch was lost, and copies that KV has lost.

import type { RebuildMessage, Runtime } from "../env.ts";
import { sendAll } from "../lib/batches.ts";
import { log } from "../lib/log.ts";
import type { Instant } from "../lib/time.ts";
import { copiesHeld, copyName, copyVersions, isInR2 } from "./copies.ts";
import { isPublic, keyOf, type StoredKey } from "./feed.ts";
import { keptRows, markAllStale, staleDocuments } from "./sql.ts";
import { objectOf, rebuildMessages } from "./touch.ts";

/** Documents that cron asks for a minute. */
const STALE_LIMIT = 100;

/** Has a feed's object build now; it tries again by itself. @throws Error, when it can't be reached. */
export const rebuildFeed = (
  { env }: Runtime,
  feed: StoredKey["feed"],
  lost?: readonly StoredKey["format"][],
): Promise<void> => objectOf(env, feed).rebuild(feed, lost);

/**
 * Has everything built anew that D1 or KV has, after D1 was restored to an earlier time. Returns the number of documents; cron
 * does what doesn't fit into one call. @throws Error, when D1 or KV fails.
 */
export async function rebuildAll(runtime: Runtime, now: Instant): Promise<number> {
  const { env } = runtime;
  const marked = await markAllStale(env.DB, (await copiesHeld(env)).filter(isPublic), now);
  await sendAll(env.REBUILDS, await staleMessages(runtime, now));
  return marked;
}

/** Messages for what has been stale since `before` or longer. */
export async function staleMessages({ env }: Runtime, before: Instant): Promise<readonly RebuildMessage[]> {
  return rebuildMessages(await staleDocuments(env.DB, before, STALE_LIMIT));
}

/** Compares KV with D1: messages that bring back the copies which are missing or old. */
export async function auditMessages({ env }: Runtime, now: Instant): Promise<readonly RebuildMessage[]> {
  // R2 loses nothing.
  const kept = (await keptRows(env.DB, now)).filter((row) => row.cached_version > 0 && !isInR2(row));
  const versions = await copyVersions(env.CACHE);
  const lost = kept.filter((row) => (versions.get(copyName(row)) ?? 0) < row.version).map(keyOf);
  log("audited", { lost: lost.length, of: kept.length });
  const formats = Map.groupBy(lost, ({ feed }) => feed);
  return Array.from(formats, ([feed, keys]) => ({
    kind: "feed",
    feed,
    lost: keys.map(({ format }) => format),
  }));
}
