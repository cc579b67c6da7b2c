// The consumer of REBUILDS for documents, and what cron asks of it.

import { log, reasonOf } from "../log.ts";
import type { Runtime } from "../model/env.ts";
import { type FeedDocument, isPublic, keyOf, partnerOf, type StoredKey } from "../model/feed.ts";
import type { RebuildMessage } from "../model/messages.ts";
import type { Instant } from "../model/time.ts";
import {
  feedRow,
  isKept,
  keptRows,
  keptUntil,
  markNeverCached,
  markUncached,
  noteBuilt,
  noteError,
  rowsOf,
  staleDocuments,
  unmark,
} from "../store/feeds.ts";
import { partnerById } from "../store/partners.ts";
import { type Built, buildDocument } from "./build.ts";
import { cachedVersion, distrust, dropCached, writeCache } from "./cache.ts";
import { buildPartner } from "./partner.ts";
import { sendAll } from "./send.ts";

/** Documents that cron asks for a minute. */
const STALE_LIMIT = 100;
// Two messages come in one invocation, which may make 50 calls on the Free plan.
const AUDIT_LIMIT = 15;
/** Documents an hour that go to KV because somebody asks for them, not because they changed. */
const NEVER_CACHED_LIMIT = 10;

/**
 * Builds a stale document and writes it to KV if its bytes changed. Does nothing for one that isn't stale.
 * `announce` is handed what was written, if it is public, before the mark is cleared, so that no change goes untold.
 * @throws Error, when D1 or KV or `announce` fails: the mark stays, and the message is to be tried again.
 */
export async function rebuildDocument(
  runtime: Runtime,
  key: StoredKey,
  now: Instant,
  announce: (document: FeedDocument) => Promise<void>,
): Promise<void> {
  const { env, fingerprint } = runtime;
  try {
    const before = await feedRow(env.DB, key);
    if (before && before.stale_since === null) return log("skipped", { ...key, why: "not stale" });
    if (before && !isKept(before, now)) {
      // Of a partner that is no more nothing may be left; any other copy goes by itself.
      if (key.format === "partner") await dropCached(env.CACHE, key);
      await unmark(env.DB, key, now);
      return log("skipped", { ...key, why: "nobody asks for it any more" });
    }
    const { document, row, items } = await build(runtime, key, now);
    const changed = (row?.cached_version ?? 0) < document.version;
    if (changed) {
      await writeCache(env.CACHE, document, row?.kept_until ?? keptUntil(key.feed), Date.parse(now));
      if (isPublic(document)) await announce(document);
    }
    await noteBuilt(env.DB, key, {
      mark: row?.mark ?? 0,
      version: document.version,
      fingerprint,
      nextChange: document.nextChange,
      items,
      bytes: document.length,
      at: now,
    });
    log("rebuilt", {
      ...key,
      version: document.version,
      items,
      bytes: document.length,
      changed,
    });
  } catch (error) {
    const reason = reasonOf(error);
    log("error", { ...key, what: "the document could not be rebuilt", reason });
    await noteError(env.DB, key, reason);
    throw error;
  }
}

async function build(runtime: Runtime, key: StoredKey, now: Instant): Promise<Built> {
  if (key.format !== "partner") return buildDocument(runtime, key, now);
  const partner = await partnerById(runtime.env.DB, partnerOf(key) ?? "");
  if (!partner) throw new Error("there is no such partner any more");
  return buildPartner(runtime, partner, now);
}

/**
 * Asks for rebuilds, and has this isolate read those documents from D1 meanwhile. A message that can't be sent is only
 * logged: the mark stands in D1, and cron finds it.
 */
export async function requestRebuilds({ env }: Runtime, messages: readonly RebuildMessage[]): Promise<void> {
  distrust(messages.filter((message) => message.kind === "document"));
  await sendAll(env.REBUILDS, messages);
}

/** One message a document. */
export const documentMessages = (keys: readonly StoredKey[]): readonly RebuildMessage[] =>
  keys.map((key) => ({ kind: "document", ...keyOf(key) }));

/** Messages for all documents that have been stale since `before` or longer. */
export async function staleMessages({ env }: Runtime, before: Instant): Promise<readonly RebuildMessage[]> {
  return documentMessages(await staleDocuments(env.DB, before, STALE_LIMIT));
}

/** Messages that have every document in KV compared with its version in D1. */
export async function auditMessages({ env }: Runtime, now: Instant): Promise<readonly RebuildMessage[]> {
  // KV takes 1,000 writes a day on the Free plan, and whoever walks all tags asks for thousands of documents.
  await markNeverCached(env.DB, now, NEVER_CACHED_LIMIT);
  const kept = (await keptRows(env.DB, now)).filter(({ cached_version }) => cached_version > 0);
  const messages: RebuildMessage[] = [];
  for (let start = 0; start < kept.length; start += AUDIT_LIMIT) {
    const documents = kept.slice(start, start + AUDIT_LIMIT);
    messages.push({ kind: "audit", documents: documents.map(keyOf) });
  }
  return messages;
}

/** Compares some documents in KV with their versions in D1, and has those that are missing or old rebuilt. */
export async function auditDocuments(
  runtime: Runtime,
  keys: readonly StoredKey[],
  now: Instant,
): Promise<void> {
  const { env } = runtime;
  const lost: StoredKey[] = [];
  for (const row of await rowsOf(env.DB, keys)) {
    if ((await cachedVersion(env.CACHE, row)) < row.version) lost.push(keyOf(row));
  }
  log("audited", { lost: lost.length, of: keys.length });
  if (lost.length === 0) return;
  await markUncached(env.DB, lost, now);
  await requestRebuilds(runtime, documentMessages(lost));
}
