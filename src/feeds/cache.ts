// The read path: a document comes from this isolate's memory, else from KV, else (where KV has none, or one that is due)
// from its feed's Durable Object. A poll queries D1 only if that document hasn't been requested lately.
//
// An isolate holds a document for 10 s, and never replaces a version by a lower one. What an isolate changed itself it
// reads from the object the next time, so that who publishes sees it at once. A partner's document it never holds.

import type { Runtime } from "../env.ts";
import { forgetAbsences, notePresent } from "../http/absence.ts";
import { log, reasonOf } from "../lib/log.ts";
import { toInstant } from "../lib/time.ts";
import { type Absence, admit } from "./admission.ts";
import { type Copy, copyName, isInR2, readCopy } from "./copies.ts";
import type { DocumentKey, FeedDocument, Finished, StoredKey } from "./feed.ts";

const HELD_MILLISECONDS = 10_000;
/** Bytes of documents, gzipped and not, that one isolate holds at most; an isolate has 128 MB in all. */
const HELD_BYTES_LIMIT = 24_000_000;
const DAY_MILLISECONDS = 86_400_000;
/** What is kept built for fewer days than these is asked to be kept for longer. */
const KEEP_DAYS = 5;

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
/** Bounds `changedHere`, since an import may change more; once cleared, they come from KV, as in any other isolate. */
const CHANGED_LIMIT = 10_000;

/** The document that this isolate holds and may serve without a question; undefined for none. Does no I/O. */
export function heldDocument(key: DocumentKey, nowMilliseconds: number): FeedDocument | undefined {
  const inMemory = held.get(copyName(key));
  return inMemory && inMemory.until > nowMilliseconds ? inMemory.document : undefined;
}

/**
 * The document as it is now: from memory, else KV, else its feed's object; the last good one when that fails.
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
  const { env } = runtime;
  const name = copyName(key);
  const copy = await copyOf(runtime, key);
  if (copy) notePresent(key.feed);
  // Another request may have changed it, or brought a newer one, while KV was read.
  const change = changedHere.get(name);
  const newest = newer(held.get(name)?.document, copy);
  if (copy && newest === copy && change === undefined && dueAt(copy) > nowMilliseconds) {
    if (isToBeKept(copy, nowMilliseconds)) background(keepLonger(runtime, key));
    return hold(copy, nowMilliseconds);
  }
  if (!copy) {
    const absence = await admit(runtime, key, toInstant(new Date(nowMilliseconds)));
    if (absence) return absence;
  }
  try {
    const why = change !== undefined ? "changed" : copy ? "old" : "missing";
    const document = await env.FEEDS.getByName(key.feed).current(key.feed, key.format, why);
    // Only now: a request that came in meanwhile must not be given the copy from before the change.
    if (changedHere.get(name) === change) changedHere.delete(name);
    return hold(document, nowMilliseconds);
  } catch (error) {
    if (!newest) throw error;
    log("error", {
      ...key,
      what: "the feed's object could not be asked; the last good document stands",
      reason: reasonOf(error),
    });
    return hold(newest, nowMilliseconds);
  }
}

/**
 * The document as KV has it, if that is `version` or newer, else as `build` makes it. This isolate's memory isn't asked.
 * @throws Error, when `build` does.
 */
export async function documentSince<Key extends StoredKey>(
  runtime: Runtime,
  key: Key,
  version: number,
  build: () => Promise<Key & Finished>,
): Promise<Key & Finished> {
  const copy = await copyOf(runtime, key);
  return copy && copy.version >= version ? copy : build();
}

/** How often this isolate has made documents stale: anything cached at a lower count may be outdated. */
export const localWrites = (): number => changes;

/** Notes that this isolate has made documents stale: it asks their objects when it next wants them. */
export function invalidateLocal(keys: readonly StoredKey[]): void {
  changes++;
  forgetAbsences();
  if (changedHere.size > CHANGED_LIMIT) changedHere.clear();
  for (const name of keys.map(copyName)) {
    const before = held.get(name);
    if (before) held.set(name, { ...before, until: 0 });
    changedHere.set(name, changes);
  }
}

/** KV's copy; undefined where it has none, or fails, which is logged. */
export async function copyOf<Key extends StoredKey>(
  { env }: Runtime,
  key: Key,
): Promise<Copy<Key> | undefined> {
  try {
    return await readCopy(env, key);
  } catch (error) {
    log("error", {
      ...key,
      what: isInR2(key) ? "R2 could not be read" : "KV could not be read",
      reason: reasonOf(error),
    });
    return undefined;
  }
}

/** True for a copy that will soon be kept built no longer. */
const isToBeKept = ({ keptUntil }: Copy<DocumentKey>, nowMilliseconds: number): boolean =>
  keptUntil !== undefined && Date.parse(keptUntil) < nowMilliseconds + KEEP_DAYS * DAY_MILLISECONDS;

async function keepLonger({ env }: Runtime, { feed, format }: DocumentKey): Promise<void> {
  try {
    await env.FEEDS.getByName(feed).keep(feed, format);
  } catch (error) {
    log("error", { feed, format, what: "the feed could not be kept for longer", reason: reasonOf(error) });
  }
}

/** Keeps a document, unless a higher version is held already; returns the one that is held then. */
function hold(document: FeedDocument, nowMilliseconds: number): FeedDocument {
  const name = copyName(document);
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

/** Memory that a document takes once it has also been decompressed for a client without gzip. */
const bytesOf = ({ gzip, length }: FeedDocument): number => gzip.byteLength + length;

/** When a document changes by itself: milliseconds since 1970, or never. */
const dueAt = ({ nextChange }: FeedDocument): number =>
  nextChange === undefined ? Number.POSITIVE_INFINITY : Date.parse(nextChange);

/** The one of higher version; of two with the same, the second. */
function newer(a: FeedDocument | undefined, b: FeedDocument | undefined): FeedDocument | undefined {
  if (!a || !b) return a ?? b;
  return a.version > b.version ? a : b;
}
