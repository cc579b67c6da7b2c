// Starts rebuilds. A change touches the Durable Objects of its feeds: each builds a second later. A touch may
// get lost, but the documents stay dirty in D1, where cron finds them. Cron also finds copies that KV has
// lost.

import type { BuildingObjectApi, Env, RebuildMessage, Runtime } from "../env.ts";
import { sendAll } from "../lib/batches.ts";
import { log, unlessItFails } from "../lib/log.ts";
import type { Instant } from "../lib/time.ts";
import { invalidateLocal } from "./cache.ts";
import { copiesHeld, copyName, copyVersions, isInR2 } from "./copies.ts";
import { isPartner, isPublic, keyOf, type StoredKey } from "./feed.ts";
import { dirtyDocuments, invalidateAll, warmRows } from "./sql.ts";

type Feed = StoredKey["feed"];

/**
 * How many feeds an invocation touches directly; the others go through the queue REBUILDS. The Free plan
 * allows 50 subrequests, and the Paid plan, which partners need, 1,000.
 */
const TOUCH_LIMITS = { feeds: 20, partners: 500 };

/**
 * The Durable Object that builds a feed or a partner's feed. Call it only for feeds that are in D1: a call
 * creates the object.
 */
const objectOf = ({ FEEDS, PARTNERS }: Env, feed: Feed): BuildingObjectApi<StoredKey> =>
  isPartner(feed) ? PARTNERS.getByName(feed) : FEEDS.getByName(feed);

/** Has dirty documents rebuilt. This isolate will read them from their objects, not from KV. */
export async function requestRebuilds({ env, isolate }: Runtime, keys: readonly StoredKey[]): Promise<void> {
  invalidateLocal(isolate, keys);
  const [partners, feeds] = [
    feedsOf(keys.filter(({ feed }) => isPartner(feed))),
    feedsOf(keys.filter(isPublic)),
  ];
  const touched = [...feeds.slice(0, TOUCH_LIMITS.feeds), ...partners.slice(0, TOUCH_LIMITS.partners)];
  const what = "the feed's object could not be notified of a change";
  await Promise.all(
    touched.map((feed) => unlessItFails(what, { feed }, () => objectOf(env, feed).touch(feed))),
  );
  await sendAll(env.REBUILDS, [
    ...feedMessages(feeds.slice(TOUCH_LIMITS.feeds)),
    ...feedMessages(partners.slice(TOUCH_LIMITS.partners)),
  ]);
}

/** How many dirty documents cron has rebuilt per minute. */
const DIRTY_LIMIT = 100;

/** Has a feed's object build now; the object retries by itself. @throws Error, when it can't be reached. */
export const rebuildFeed = (
  { env }: Runtime,
  feed: StoredKey["feed"],
  lost?: readonly StoredKey["format"][],
): Promise<void> => objectOf(env, feed).rebuild(feed, lost);

/**
 * After a restore of D1 to an earlier time: has every document in D1, KV or R2 rebuilt, and returns their
 * number. Cron takes those that don't fit into one call. @throws Error, when D1 or KV fails.
 */
export async function rebuildAll(runtime: Runtime, now: Instant): Promise<number> {
  const { env } = runtime;
  const marked = await invalidateAll(env.DB, (await copiesHeld(env)).filter(isPublic), now);
  await sendAll(env.REBUILDS, await dirtyMessages(runtime, now));
  return marked;
}

/** Messages that rebuild the documents which became dirty at `before` or earlier. */
export async function dirtyMessages({ env }: Runtime, before: Instant): Promise<readonly RebuildMessage[]> {
  return rebuildMessages(await dirtyDocuments(env.DB, before, DIRTY_LIMIT));
}

/** Compares KV with D1. Returns messages that restore missing and outdated copies. */
export async function auditMessages({ env }: Runtime, now: Instant): Promise<readonly RebuildMessage[]> {
  // R2 loses nothing.
  const warm = (await warmRows(env.DB, now)).filter((row) => row.cached_version > 0 && !isInR2(row));
  const versions = await copyVersions(env.CACHE);
  const lost = warm.filter((row) => (versions.get(copyName(row)) ?? 0) < row.version).map(keyOf);
  log("audited", { lost: lost.length, of: warm.length });
  const formats = Map.groupBy(lost, ({ feed }) => feed);
  return Array.from(formats, ([feed, keys]) => ({
    kind: "feed",
    feed,
    lost: keys.map(({ format }) => format),
  }));
}

/** One message for each feed. Pages of the archive come last, because there may be thousands. */
export const rebuildMessages = (keys: readonly StoredKey[]): readonly RebuildMessage[] =>
  feedMessages(feedsOf([...keys.filter((key) => !isInR2(key)), ...keys.filter(isInR2)]));

const feedsOf = (keys: readonly StoredKey[]): readonly Feed[] => [...new Set(keys.map(({ feed }) => feed))];

const feedMessages = (feeds: readonly Feed[]): readonly RebuildMessage[] =>
  feeds.map((feed) => ({ kind: "feed", feed }));
