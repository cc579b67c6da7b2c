// What cron has built, and the consumer of REBUILDS for partners' documents. A public feed's object builds by itself: cron
// finds what got lost on the way to it.

import { log, reasonOf } from "../log.ts";
import type { Runtime } from "../model/env.ts";
import { type FeedKey, type Format, isPublic, keyOf, type PartnerKey, partnerOf } from "../model/feed.ts";
import type { RebuildMessage } from "../model/messages.ts";
import type { Instant } from "../model/time.ts";
import {
  feedRow,
  isKept,
  keptRows,
  markAllStale,
  markUncached,
  noteError,
  notePartnerBuilt,
  staleDocuments,
  unmark,
} from "../store/feeds.ts";
import { partnerById } from "../store/partners.ts";
import { copiesHeld, copyName, copyVersions, dropCopy, writeCopy } from "./copies.ts";
import { buildPartner } from "./partner.ts";
import { sendAll } from "./send.ts";
import { rebuildMessages } from "./touch.ts";

/** Documents that cron asks for a minute. */
const STALE_LIMIT = 100;

/** Has a feed's object build now; it tries again by itself. @throws Error, when it can't be reached. */
export const rebuildFeed = ({ env }: Runtime, feed: FeedKey, lost?: readonly Format[]): Promise<void> =>
  env.FEEDS.getByName(feed).rebuild(feed, lost);

/**
 * Builds a partner's stale document and writes it to KV if its bytes changed. Does nothing for one that isn't stale.
 * @throws Error, when D1 or KV fails: the mark stays, and the message is to be tried again.
 */
export async function rebuildPartner(runtime: Runtime, key: PartnerKey, now: Instant): Promise<void> {
  const { env, fingerprint } = runtime;
  try {
    const before = await feedRow(env.DB, key);
    if (before && before.stale_since === null) return log("skipped", { ...key, why: "not stale" });
    if (before && !isKept(before, now)) {
      // Of a partner that is no more nothing may be left.
      await dropCopy(env.CACHE, key);
      await unmark(env.DB, key.feed, now).run();
      return log("skipped", { ...key, why: "nobody asks for it any more" });
    }
    const partner = await partnerById(env.DB, partnerOf(key) ?? "");
    if (!partner) throw new Error("there is no such partner any more");
    const { document, row, items } = await buildPartner(runtime, partner, now);
    const changed = (row?.cached_version ?? 0) < document.version;
    if (changed) await writeCopy(env.CACHE, document, row?.kept_until ?? null, Date.parse(now));
    await notePartnerBuilt(env.DB, key, {
      mark: row?.mark ?? 0,
      version: document.version,
      fingerprint,
      nextChange: document.nextChange,
      items,
      bytes: document.length,
      at: now,
    });
    log("rebuilt", { ...key, version: document.version, items, bytes: document.length, changed });
  } catch (error) {
    const reason = reasonOf(error);
    log("error", { ...key, what: "the document could not be rebuilt", reason });
    await noteError(env.DB, key.feed, reason);
    throw error;
  }
}

/**
 * Has everything built anew that D1 or KV has, after D1 was restored to an earlier time. Returns the number of documents; cron
 * does what doesn't fit into one call. @throws Error, when D1 or KV fails.
 */
export async function rebuildAll(runtime: Runtime, now: Instant): Promise<number> {
  const { env } = runtime;
  const marked = await markAllStale(env.DB, (await copiesHeld(env.CACHE)).filter(isPublic), now);
  await sendAll(env.REBUILDS, await staleMessages(runtime, now));
  return marked;
}

/** Messages for what has been stale since `before` or longer. */
export async function staleMessages({ env }: Runtime, before: Instant): Promise<readonly RebuildMessage[]> {
  return rebuildMessages(await staleDocuments(env.DB, before, STALE_LIMIT));
}

/** Compares KV with D1: messages that bring back the copies which are missing or old. */
export async function auditMessages({ env }: Runtime, now: Instant): Promise<readonly RebuildMessage[]> {
  const kept = (await keptRows(env.DB, now)).filter(({ cached_version }) => cached_version > 0);
  const versions = await copyVersions(env.CACHE);
  const lost = kept.filter((row) => (versions.get(copyName(row)) ?? 0) < row.version).map(keyOf);
  log("audited", { lost: lost.length, of: kept.length });
  const partners = lost.filter((key) => !isPublic(key));
  if (partners.length > 0) await markUncached(env.DB, partners, now);
  const formats = Map.groupBy(lost.filter(isPublic), ({ feed }) => feed);
  return [
    ...rebuildMessages(partners),
    ...Array.from(formats, ([feed, keys]) => ({
      kind: "feed" as const,
      feed,
      lost: keys.map(({ format }) => format),
    })),
  ];
}
