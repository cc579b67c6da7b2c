// The consumer of REBUILDS for documents, and what cron asks of it.

import { log, reasonOf } from "../log.ts";
import type { Runtime } from "../model/env.ts";
import type { DocumentKey } from "../model/feed.ts";
import type { RebuildMessage } from "../model/messages.ts";
import type { Instant } from "../model/time.ts";
import { feedRow, feedRows, markUncached, noteBuilt, noteError, staleDocuments } from "../store/feeds.ts";
import { buildDocument } from "./build.ts";
import { cachedVersion, distrust, writeCache } from "./cache.ts";

// One sendBatch takes 100 messages.
const SEND_LIMIT = 100;

/**
 * Builds a stale document and writes it to KV if its bytes changed. Does nothing for one that isn't stale.
 * @throws Error, when D1 or KV fails: the mark stays, and the message is to be tried again.
 */
export async function rebuildDocument(runtime: Runtime, key: DocumentKey, now: Instant): Promise<void> {
  const { env, fingerprint } = runtime;
  try {
    const before = await feedRow(env.DB, key);
    if (before && before.stale_since === null) return log("skipped", { ...key, why: "not stale" });
    const { document, material } = await buildDocument(runtime, key, now);
    const { row } = material;
    const changed = (row?.cached_version ?? 0) < document.version;
    if (changed) await writeCache(env.CACHE, document);
    await noteBuilt(env.DB, key, {
      mark: row?.mark ?? 0,
      version: document.version,
      fingerprint,
      nextChange: document.nextChange,
      items: material.entries.length,
      bytes: document.length,
      at: now,
    });
    log("rebuilt", {
      ...key,
      version: document.version,
      items: material.entries.length,
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

/**
 * Asks for rebuilds, and has this isolate read those documents from D1 meanwhile. A message that can't be sent is only
 * logged: the mark stands in D1, and cron finds it.
 */
export async function requestRebuilds({ env }: Runtime, messages: readonly RebuildMessage[]): Promise<void> {
  distrust(messages.filter((message) => message.kind === "document"));
  try {
    for (let start = 0; start < messages.length; start += SEND_LIMIT) {
      const batch = messages.slice(start, start + SEND_LIMIT);
      await env.REBUILDS.sendBatch(batch.map((body) => ({ body })));
    }
  } catch (error) {
    log("queue-failed", { messages: messages.length, reason: reasonOf(error) });
  }
}

/** Messages for all documents that have been stale since `before` or longer. */
export async function staleMessages({ env }: Runtime, before: Instant): Promise<readonly RebuildMessage[]> {
  const keys = await staleDocuments(env.DB, before, SEND_LIMIT);
  return keys.map(({ feed, format }) => ({ kind: "document", feed, format }));
}

/** Compares every document in KV with its version in D1, and marks those that are missing or old. */
export async function auditCache({ env }: Runtime, now: Instant): Promise<number> {
  let marked = 0;
  for (const row of await feedRows(env.DB)) {
    if (row.version === 0 || (await cachedVersion(env.CACHE, row)) >= row.version) continue;
    await markUncached(env.DB, row, now);
    marked++;
  }
  return marked;
}
