// Finished documents: KV, in front of it the isolate's memory, behind it D1.
//
//   KV key               value                          metadata                          lifetime
//   feed:{feed}:{format} gzipped bytes, JSON of places  {version, seq, etag, digest…}     while it is kept built
//
// Written by the consumer of REBUILDS alone. It may be wiped, be a minute old or fail: then documents come from D1.
// What isn't always built (tags, authors, the archive) is kept so for some days after somebody asked for it; its copy
// goes from KV on the last of them, so that none is there which missed a change. An isolate asks once a day.
// An isolate holds a document for 30 s, and never replaces a version by a lower one. What an isolate changed itself it
// reads from D1 the next time, so that who publishes sees it at once. A partner's (`feed:partner/{id}:partner`) it never holds.

import type { KVNamespace } from "@cloudflare/workers-types";
import { log, reasonOf } from "../log.ts";
import { sha256 } from "../model/digest.ts";
import type { Runtime } from "../model/env.ts";
import type { DocumentKey, FeedDocument, Finished, StoredDocument, StoredKey } from "../model/feed.ts";
import { toInstant } from "../model/time.ts";
import { ALWAYS, feedRow } from "../store/feeds.ts";
import { forgetAbsences } from "./absence.ts";
import { admit } from "./admission.ts";
import { buildDocument } from "./build.ts";

const HELD_MILLISECONDS = 30_000;
/** Bytes of documents, gzipped and not, that one isolate holds at most; an isolate has 128 MB in all. */
const HELD_BYTES_LIMIT = 24_000_000;
const DAY_MILLISECONDS = 86_400_000;
/** KV takes no shorter one. */
const SHORTEST_LIFE_MILLISECONDS = 60_000;

// KV takes 1,024 bytes of metadata: the places stand behind the gzipped bytes.
type Metadata = Omit<FeedDocument, "feed" | "format" | "gzip" | "places"> & {
  readonly gzipLength: number;
  /** SHA-256 of the value: what isn't whole, or an older version of this code wrote, is as good as missing. */
  readonly digest: string;
};

interface Held {
  readonly document: FeedDocument;
  /** Milliseconds since 1970; the document is used without a question until then. */
  readonly until: number;
}

// Oldest first, as a Map keeps them; its size is what bounds the memory of an isolate.
const held = new Map<string, Held>();
let heldBytes = 0;
/** What this isolate changed and hasn't built since, with the number of the change. */
const changedHere = new Map<string, number>();
let changes = 0;
/** An import may change more documents than anybody asks this isolate for; those forgotten are at most 30 s old. */
const CHANGED_LIMIT = 10_000;

const nameOf = ({ feed, format }: StoredKey): string => `feed:${feed}:${format}`;

/** The document that this isolate holds and may serve without a question; undefined for none. Does no I/O. */
export function heldDocument(key: DocumentKey, nowMilliseconds: number): FeedDocument | undefined {
  const inMemory = held.get(nameOf(key));
  return inMemory && inMemory.until > nowMilliseconds ? inMemory.document : undefined;
}

/** Instead of a document: there is no such feed, or that page of the archive isn't full yet. */
export type Absence = "unknown" | "not-closed";

/**
 * The document as it is now: from memory, else KV, else D1; the last good one when D1 is down.
 * `background` keeps a promise alive after the response (waitUntil).
 * @throws Error, when no source has it.
 */
export async function currentDocument(
  runtime: Runtime,
  key: DocumentKey,
  nowMilliseconds: number,
  background: (work: Promise<unknown>) => void,
): Promise<FeedDocument | Absence> {
  const usable = heldDocument(key, nowMilliseconds);
  if (usable) return usable;
  const name = nameOf(key);
  const admitted = await admit(runtime, key, toInstant(new Date(nowMilliseconds)), background);
  if (admitted === "unknown" || admitted === "not-closed") return admitted;
  // While it was not kept built nobody told KV, nor this isolate, of changes.
  if (admitted === "new") return buildAndHold(runtime, key, nowMilliseconds);
  const inMemory = held.get(name);
  const cached = await readCache(runtime.env.CACHE, key);
  // Of one version the copy in memory knows better when it is due: it asked D1.
  const newest = newer(cached, inMemory?.document);
  // Of what was last asked for on an earlier day nobody may have been told since, nor when it is due.
  const isOfToday = inMemory !== undefined && dayOf(inMemory.until) === dayOf(nowMilliseconds);
  const trusted = newest === cached || isOfToday;
  if (newest && trusted && !changedHere.has(name) && dueAt(newest) > nowMilliseconds) {
    // Another request may have brought a newer one while KV was read.
    const current = hold(newest, nowMilliseconds);
    background(refresh(runtime, key, current, nowMilliseconds));
    return current;
  }
  try {
    return await buildAndHold(runtime, key, nowMilliseconds);
  } catch (error) {
    if (!newest) throw error;
    log("error", {
      ...key,
      what: "D1 could not be read; the last good document stands",
      reason: reasonOf(error),
    });
    return hold(newest, nowMilliseconds);
  }
}

/**
 * The document as KV has it, if that is `version` or newer, else as `build` makes it from D1. This isolate's memory isn't
 * asked. @throws Error, when D1 fails too.
 */
export async function documentSince<Key extends StoredKey>(
  { env }: Runtime,
  key: Key,
  version: number,
  build: () => Promise<Key & Finished>,
): Promise<Key & Finished> {
  const cached = await readCache(env.CACHE, key);
  return cached && cached.version >= version ? cached : build();
}

/** How often this isolate has made documents stale: what it knew before it last did may be no longer true. */
export const changesHere = (): number => changes;

/** Notes that this isolate has made documents stale: it builds them from D1 when next asked. */
export function distrust(keys: readonly StoredKey[]): void {
  changes++;
  forgetAbsences();
  if (changedHere.size > CHANGED_LIMIT) changedHere.clear();
  for (const name of keys.map(nameOf)) {
    const before = held.get(name);
    if (before) held.set(name, { ...before, until: 0 });
    changedHere.set(name, changes);
  }
}

/**
 * Writes a document to KV, where it stays until the end of the day `keptUntil`. Only the consumer of REBUILDS may: KV
 * takes one write a second and key.
 */
export async function writeCache(
  kv: KVNamespace,
  document: StoredDocument,
  keptUntil: string | null,
  nowMilliseconds: number,
): Promise<void> {
  const { feed, format, gzip, places, ...rest } = document;
  const end = keptUntil === null ? 0 : Date.parse(keptUntil) + DAY_MILLISECONDS;
  const gone = Math.max(end, nowMilliseconds + SHORTEST_LIFE_MILLISECONDS);
  const value = await new Blob([gzip, JSON.stringify(places)]).arrayBuffer();
  const metadata: Metadata = { ...rest, gzipLength: gzip.byteLength, digest: await sha256(value) };
  const lifetime = keptUntil === ALWAYS ? {} : { expiration: Math.ceil(gone / 1000) };
  await kv.put(nameOf(document), value, { metadata, ...lifetime });
}

/** Takes a document out of KV. Only the consumer of REBUILDS may. */
export const dropCached = (kv: KVNamespace, key: StoredKey): Promise<void> => kv.delete(nameOf(key));

/** The version that KV holds; 0 for none, or one that is of no use. @throws Error, when KV fails. */
export async function cachedVersion(kv: KVNamespace, key: StoredKey): Promise<number> {
  return (await wholeCopy(kv, key))?.version ?? 0;
}

/** Asks D1, behind the response, whether the document is still the newest; builds it if not. */
async function refresh(
  runtime: Runtime,
  key: DocumentKey,
  known: FeedDocument,
  nowMilliseconds: number,
): Promise<void> {
  try {
    const row = await feedRow(runtime.env.DB, key);
    if (!row) return;
    const nextChange = row.next_change ?? known.nextChange;
    const next = nextChange === undefined ? known : { ...known, nextChange };
    if (row.version > known.version || row.stale_since !== null || dueAt(next) <= Date.now()) {
      await buildAndHold(runtime, key, nowMilliseconds);
    } else if (nextChange !== known.nextChange) {
      // Scheduling an article changes no byte, so KV's copy doesn't know of it.
      hold(next, nowMilliseconds);
    }
  } catch (error) {
    log("error", { ...key, what: "D1 could not be asked for the newest version", reason: reasonOf(error) });
  }
}

async function buildAndHold(
  runtime: Runtime,
  key: DocumentKey,
  nowMilliseconds: number,
): Promise<FeedDocument> {
  const name = nameOf(key);
  const change = changedHere.get(name);
  const { document } = await buildDocument(runtime, key, toInstant(new Date(nowMilliseconds)));
  // Not before: whoever asks meanwhile is not to get the copy from before the change.
  if (changedHere.get(name) === change) changedHere.delete(name);
  return hold(document, nowMilliseconds);
}

async function readCache<Key extends StoredKey>(
  kv: KVNamespace,
  key: Key,
): Promise<(Key & Finished) | undefined> {
  try {
    return await wholeCopy(kv, key);
  } catch (error) {
    log("error", { ...key, what: "KV could not be read", reason: reasonOf(error) });
    return undefined;
  }
}

/** KV's copy, if it is as this code wrote it. */
async function wholeCopy<Key extends StoredKey>(
  kv: KVNamespace,
  key: Key,
): Promise<(Key & Finished) | undefined> {
  const { value, metadata } = await kv.getWithMetadata<Metadata>(nameOf(key), "arrayBuffer");
  if (!value || metadata?.digest !== (await sha256(value))) return undefined;
  const { gzipLength, digest: _, ...rest } = metadata;
  const places = new TextDecoder().decode(new Uint8Array(value, gzipLength));
  return { ...key, ...rest, gzip: value.slice(0, gzipLength), places: JSON.parse(places) };
}

/** Keeps a document, unless a higher version is held already; returns the one that is held then. */
function hold(document: FeedDocument, nowMilliseconds: number): FeedDocument {
  const name = nameOf(document);
  const before = held.get(name);
  const kept = newer(before?.document, document) ?? document;
  held.delete(name);
  // An article may have been changed here while the document was being built.
  const until = changedHere.has(name) ? 0 : Math.min(nowMilliseconds + HELD_MILLISECONDS, dueAt(kept));
  held.set(name, { document: kept, until });
  heldBytes += bytesOf(kept) - (before ? bytesOf(before.document) : 0);
  for (const [oldest, { document: dropped }] of held) {
    if (heldBytes <= HELD_BYTES_LIMIT || oldest === name) break;
    held.delete(oldest);
    heldBytes -= bytesOf(dropped);
  }
  return kept;
}

const dayOf = (milliseconds: number): number => Math.floor(milliseconds / DAY_MILLISECONDS);

/** What a document takes once a client without gzip has asked for it. */
const bytesOf = ({ gzip, length }: FeedDocument): number => gzip.byteLength + length;

/** When a document changes by itself: milliseconds since 1970, or never. */
const dueAt = ({ nextChange }: FeedDocument): number =>
  nextChange === undefined ? Number.POSITIVE_INFINITY : Date.parse(nextChange);

/** The one of higher version; of two with the same, the second. */
function newer(a: FeedDocument | undefined, b: FeedDocument | undefined): FeedDocument | undefined {
  if (!a || !b) return a ?? b;
  return a.version > b.version ? a : b;
}
