// The read path: a document comes from the isolate's cache, else from KV, else (if KV has no copy, or an
// outdated one) from its feed's Durable Object. A request queries D1 only if the document hasn't been
// requested lately.
//
// An isolate caches a document for 10 s, and never replaces a version by a lower one. An isolate that wrote a
// change next reads the changed documents from their objects, so that a publisher sees the change at once.
// Partners' documents are never cached here.

import type { Runtime } from "../env.ts";
import { logError, unlessItFails } from "../lib/log.ts";
import { dayOf, type Instant, NEVER, toInstant } from "../lib/time.ts";
import { isInSettings, partsOf } from "./catalogue.ts";
import { type Copy, copyName, isInR2, readCopy } from "./copies.ts";
import type { DocumentKey, FeedDocument, FeedKey, Finished, StoredKey } from "./feed.ts";
import { ALWAYS, keepWarm, warmUntil } from "./sql.ts";
import { type Presence, presenceOf } from "./sql-entries.ts";

const CACHED_MILLISECONDS = 10_000;

type Isolate = Runtime["isolate"];

/** A document in the isolate's cache. */
export interface CachedDocument {
  readonly document: FeedDocument;
  /** Milliseconds since 1970: until then it is served without any I/O. */
  until: number;
}

/** The parts of a response that depend on the document alone. */
export interface Prepared {
  readonly document: FeedDocument;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
  /**
   * Milliseconds since 1970: until then `changedAt` is in the future, and Last-Modified has to be earlier.
   */
  readonly until: number;
  readonly notModified: Headers;
  readonly reader: TypedHeaders;
  /** Browsers show the media types of feeds as plain text, so they get application/xml. */
  readonly browser: TypedHeaders;
  /** The bytes before compression, once a client without gzip has asked. */
  rawBytes?: ArrayBuffer;
}

/** Headers of a response with one Content-Type, for a body with gzip and without. */
export interface TypedHeaders {
  readonly headers: Headers;
  readonly gzipHeaders: Headers;
}

/** The cached document, if it is still fresh; else undefined. Does no I/O. */
export function cachedDocument(
  { documents }: Isolate,
  key: DocumentKey,
  nowMilliseconds: number,
): FeedDocument | undefined {
  const cached = documents.get(copyName(key));
  return cached && cached.until > nowMilliseconds ? cached.document : undefined;
}

/**
 * The current document: from the isolate's cache, else KV, else its feed's object. If the object fails, the
 * last good document. `background` keeps a promise alive after the response (waitUntil).
 * @throws Error, when no source has it.
 */
export async function currentDocument(
  runtime: Runtime,
  key: DocumentKey,
  nowMilliseconds: number,
  background: (work: Promise<unknown>) => void,
): Promise<FeedDocument | Absence> {
  const { env, isolate } = runtime;
  const usable = cachedDocument(isolate, key, nowMilliseconds);
  if (usable) return usable;
  const name = copyName(key);
  const copy = await copyOf(runtime, key);
  if (copy) isolate.absent.notePresent(key.feed);
  // While KV was read, another request may have changed the document, or cached a newer one.
  const change = isolate.dirty.get(name);
  const newest = newer(isolate.documents.get(name)?.document, copy);
  if (copy && newest === copy && change === undefined && dueAt(copy) > nowMilliseconds) {
    if (endsSoon(copy, nowMilliseconds))
      background(
        unlessItFails("the document could not be kept warm for longer", key, () =>
          env.FEEDS.getByName(key.feed).keep(key.feed, key.format),
        ),
      );
    return store(isolate, copy, nowMilliseconds);
  }
  if (!copy) {
    const absence = await noteDemand(runtime, key, toInstant(new Date(nowMilliseconds)));
    // Another request may have found it while this one waited for D1.
    if (absence) return cachedDocument(isolate, key, nowMilliseconds) ?? absence;
  }
  try {
    const why = change !== undefined ? "changed" : copy ? "old" : "missing";
    const document = await env.FEEDS.getByName(key.feed).current(key.feed, key.format, why);
    // Cleared only now: until here, other requests must not be served the copy from before the change.
    if (isolate.dirty.get(name) === change) isolate.dirty.delete(name);
    return store(isolate, document, nowMilliseconds);
  } catch (error) {
    // Another request may have got it from the object meanwhile.
    const lastGood = newer(isolate.documents.get(name)?.document, copy);
    if (!lastGood) throw error;
    logError("the feed's object could not be reached; the last good document is served", error, key);
    return store(isolate, lastGood, nowMilliseconds);
  }
}

/**
 * KV's copy, if its version is `version` or later, else what `build` returns. Doesn't use the isolate's
 * cache.
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

/** Notes that this isolate has changed documents: it will read them from their objects, not from KV. */
export function invalidateLocal(isolate: Isolate, keys: readonly StoredKey[]): void {
  isolate.localWrites++;
  isolate.absent.clear();
  for (const name of keys.map(copyName)) {
    const cached = isolate.documents.get(name);
    if (cached) cached.until = 0;
    isolate.dirty.set(name, isolate.localWrites);
  }
}

/** The copy in KV or R2; undefined if there is none, or if the read fails, which is logged. */
const copyOf = <Key extends StoredKey>({ env }: Runtime, key: Key): Promise<Copy<Key> | undefined> =>
  unlessItFails(`${isInR2(key) ? "R2" : "KV"} could not be read`, key, () => readCopy(env, key));

/** Caches a document, unless a higher version is cached already. Returns the cached one. */
function store({ documents, dirty }: Isolate, document: FeedDocument, nowMilliseconds: number): FeedDocument {
  const name = copyName(document);
  const newest = newer(documents.get(name)?.document, document) ?? document;
  // An article may have been changed here while the document was being built.
  const until = dirty.has(name) ? 0 : Math.min(nowMilliseconds + CACHED_MILLISECONDS, dueAt(newest));
  documents.set(name, { document: newest, until });
  return newest;
}

/** Memory that a document takes once it has also been decompressed for a client without gzip. */
export const bytesOf = ({ gzip, length }: FeedDocument): number => gzip.byteLength + length;

/** When a document changes by itself: milliseconds since 1970, or never. */
const dueAt = ({ nextChange }: FeedDocument): number =>
  nextChange === undefined ? NEVER : Date.parse(nextChange);

/** The document with the higher version; the second one if they are equal. */
function newer(a: FeedDocument | undefined, b: FeedDocument | undefined): FeedDocument | undefined {
  if (!a || !b) return a ?? b;
  return a.version > b.version ? a : b;
}

// Demand: a document that isn't always warm becomes warm when it is requested. If KV has no copy of it, D1 is
// asked whether its feed exists. Misses are cached for a minute per isolate, so that crawlers cost neither KV
// writes nor a D1 query per request.

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
    logError("D1 could not be asked whether the feed exists", error, key);
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
const endsSoon = ({ warmUntil }: Copy<DocumentKey>, nowMilliseconds: number): boolean =>
  warmUntil !== undefined && Date.parse(warmUntil) < nowMilliseconds + EXTEND_DAYS * DAY_MILLISECONDS;
