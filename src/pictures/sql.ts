// Images: their bytes are in R2, their facts in D1. A removed image leaves an empty object, so that its
// address can answer 410 without a query to D1.
//
//   R2 key               value                customMetadata
//   {sha256 as sent}     the stripped bytes   stripped: "1"; sha256: of the stripped bytes, if stripping changed them
//   {sha256 as sent}     the bytes as sent    stripped: "1"; unreadable: "1"; never served
//   {sha256 as sent}     nothing              killed: when it was removed

import type { D1Database, R2Bucket, R2Object, R2ObjectBody, R2Range } from "@cloudflare/workers-types";
import type { ImageFacts } from "../lib/image-file.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Instant } from "../lib/time.ts";

/** An image's facts in D1. */
export interface MediaRecord extends ImageFacts {
  readonly sha256: string;
  readonly removedAt?: Instant;
}

/** A row of `media`. */
interface MediaRow extends ImageFacts {
  readonly sha256: string;
  readonly killed_at: Instant | null;
  readonly stripped?: number;
}

/** The facts of some images, by their SHA-256. One query for any number. */
export async function findMedia(
  db: D1Database,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, MediaRecord>> {
  if (hashes.length === 0) return new Map();
  const sql = "SELECT * FROM media WHERE sha256 IN (SELECT value FROM json_each(?))";
  const { results } = await db.prepare(sql).bind(JSON.stringify(hashes)).all<MediaRow>();
  return new Map(results.map((row) => [row.sha256, mediaOf(row)]));
}

const mediaOf = ({ killed_at, stripped: _, ...facts }: MediaRow): MediaRecord =>
  killed_at ? { ...facts, removedAt: killed_at } : facts;

/** An image's bytes, with their facts. */
export interface StoredBytes {
  readonly facts: ImageFacts;
  readonly bytes: Uint8Array;
  /** Whether they were stripped (`lib/strip/strip.ts`). */
  readonly stripped: boolean;
  /** Lower-case hex SHA-256 of the bytes, if stripping changed them. */
  readonly sha256?: string;
}

// An object of that name holds the same bytes, or was removed and must not come back.
const UNLESS_THERE = { etagDoesNotMatch: "*" };

/**
 * Stores an image under `name`, the SHA-256 of the bytes as they were sent. R2 is written first, so that D1
 * never names a missing object.
 */
export async function storeMedia(
  db: D1Database,
  bucket: R2Bucket,
  name: string,
  stored: StoredBytes,
): Promise<void> {
  const { facts, stripped } = stored;
  await bucket.put(name, stored.bytes, { onlyIf: UNLESS_THERE, ...labelsOf(stored) });
  await db
    .prepare(
      `INSERT INTO media (sha256, type, width, height, length, stripped) VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET length = excluded.length, stripped = excluded.stripped`,
    )
    .bind(name, facts.type, facts.width, facts.height, facts.length, stripped ? 1 : 0)
    .run();
}

const labelsOf = ({ facts, stripped, sha256 }: Omit<StoredBytes, "bytes">) => ({
  httpMetadata: { contentType: facts.type },
  customMetadata: { ...(stripped ? { stripped: "1" } : {}), ...omitUndefined({ sha256 }) },
});

/**
 * Replaces the object `before` with stripped bytes, or marks its bytes as `unreadable`: then they are never
 * served. Null where another writer has replaced it meanwhile.
 */
export function replaceObject(
  bucket: R2Bucket,
  before: R2ObjectBody,
  stripped: Omit<StoredBytes, "stripped"> | { readonly unreadable: Uint8Array },
): Promise<R2Object | null> {
  const onlyIf = { etagMatches: before.etag };
  if (!("unreadable" in stripped))
    return bucket.put(before.key, stripped.bytes, { onlyIf, ...labelsOf({ ...stripped, stripped: true }) });
  const { contentType } = before.httpMetadata ?? {};
  return bucket.put(before.key, stripped.unreadable, {
    onlyIf,
    ...(contentType === undefined ? {} : { httpMetadata: { contentType } }),
    customMetadata: { stripped: "1", unreadable: "1" },
  });
}

/** The SHA-256 of images that were stored before stripping existed; at most `limit`. */
export async function unstrippedMedia(db: D1Database, limit: number): Promise<readonly string[]> {
  const sql = "SELECT sha256 FROM media WHERE stripped = 0 AND sha256 > '' LIMIT ?";
  const { results } = await db.prepare(sql).bind(limit).all<{ sha256: string }>();
  return results.map((row) => row.sha256);
}

/** Records that an image was stripped, and its length in bytes now. True if that length has changed. */
export async function markStripped(db: D1Database, name: string, length?: number): Promise<boolean> {
  const [before] = await db.batch<{ length: number }>([
    db.prepare("SELECT length FROM media WHERE sha256 = ?").bind(name),
    db
      .prepare("UPDATE media SET stripped = 1, length = coalesce(?2, length) WHERE sha256 = ?1")
      .bind(name, length ?? null),
  ]);
  const was = before?.results[0]?.length;
  return was !== undefined && length !== undefined && was !== length;
}

/**
 * Removes an image and its renditions for good. Returns the SHA-256 of each; none if there is no such image.
 */
export async function removeMedia(
  db: D1Database,
  bucket: R2Bucket,
  sha256: string,
  now: Instant,
): Promise<readonly string[]> {
  const sql = `UPDATE media SET killed_at = coalesce(killed_at, ?2) WHERE sha256 IN (
    WITH RECURSIVE made(sha256) AS (
      SELECT ?1 UNION SELECT r.sha256 FROM made CROSS JOIN renditions r ON r.source = made.sha256)
    SELECT sha256 FROM made) RETURNING sha256`;
  const { results } = await db.prepare(sql).bind(sha256, now).all<{ sha256: string }>();
  const removed = results.map((row) => row.sha256);
  await Promise.all(
    removed.map((name) => bucket.put(name, new Uint8Array(), { customMetadata: { killed: now } })),
  );
  return removed;
}

/** The head of an image's object; null for none. */
export const headMedia = (bucket: R2Bucket, sha256: string): Promise<R2Object | null> => bucket.head(sha256);

/** An image's bytes, or a range of them; null for none. */
export const getMedia = (bucket: R2Bucket, sha256: string, range?: R2Range): Promise<R2ObjectBody | null> =>
  bucket.get(sha256, range ? { range } : {});

/** True for the empty object that a removed image leaves. */
export const isRemoved = (object: R2Object): boolean => object.customMetadata?.killed !== undefined;

/** True for an object that needs no stripping: it was stripped, or is empty. */
export const isStripped = (object: R2Object): boolean =>
  object.customMetadata?.stripped !== undefined || isRemoved(object);

/** True for a file whose metadata couldn't be read, and so couldn't be stripped. */
export const isUnreadable = (object: R2Object): boolean => object.customMetadata?.unreadable !== undefined;

/** Lower-case hex SHA-256 of an object's bytes. */
export const contentHash = (object: R2Object): string => object.customMetadata?.sha256 ?? object.key;

// Renditions: which image was made from which. Their bytes and facts are stored like any image's.

/** The key of a rendition. */
export interface RenditionKey {
  /** SHA-256 of the original. */
  readonly source: string;
  /** Size, type and limits, as `renditions.ts` spells them. */
  readonly wanted: string;
}

/**
 * The renditions that exist, in the order of `keys`; undefined for one that doesn't. A rendition counts as
 * removed if its original was. One query for any number.
 */
export async function findRenditions(
  db: D1Database,
  keys: readonly RenditionKey[],
): Promise<readonly (MediaRecord | undefined)[]> {
  if (keys.length === 0) return [];
  const sql = `SELECT j.key AS place, m.sha256, m.type, m.width, m.height, m.length, coalesce(m.killed_at, s.killed_at) AS killed_at
    FROM json_each(?) j CROSS JOIN renditions r ON r.source = j.value->>'source' AND r.wanted = j.value->>'wanted'
    JOIN media m ON m.sha256 = r.sha256 JOIN media s ON s.sha256 = r.source`;
  const { results } = await db
    .prepare(sql)
    .bind(JSON.stringify(keys.map(({ source, wanted }) => ({ source, wanted }))))
    .all<MediaRow & { readonly place: number }>();
  const found = new Map(results.map(({ place, ...row }) => [place, mediaOf(row)]));
  return keys.map((_, place) => found.get(place));
}

/** The state of one rendition. */
export interface KnownRendition {
  /** Undefined until it is made. */
  readonly rendition: MediaRecord | undefined;
  /** Undefined if there is no such image. */
  readonly original: MediaRecord | undefined;
  /** How many attempts to make it have failed. */
  readonly failures: number;
}

/** One rendition with its original, in one query. */
export async function findRendition(
  db: D1Database,
  { source, wanted }: RenditionKey,
): Promise<KnownRendition> {
  const sql = `SELECT 1 AS made, 0 AS failures, m.sha256, m.type, m.width, m.height, m.length, coalesce(m.killed_at, s.killed_at) AS killed_at
    FROM renditions r JOIN media m ON m.sha256 = r.sha256 JOIN media s ON s.sha256 = r.source WHERE r.source = ?1 AND r.wanted = ?2
    UNION ALL SELECT 0, coalesce((SELECT tries FROM rendition_failures WHERE source = ?1 AND wanted = ?2), 0),
      sha256, type, width, height, length, killed_at FROM media WHERE sha256 = ?1`;
  const { results } = await db
    .prepare(sql)
    .bind(source, wanted)
    .all<MediaRow & { readonly made: number; readonly failures: number }>();
  const pick = (made: number) => results.find((row) => row.made === made);
  const recordOf = (row: ReturnType<typeof pick>) => {
    if (!row) return undefined;
    const { made: _, failures: __, ...facts } = row;
    return mediaOf(facts);
  };
  return {
    rendition: recordOf(pick(1)),
    original: recordOf(pick(0)),
    failures: pick(0)?.failures ?? 0,
  };
}

/**
 * Records a rendition, unless another isolate has recorded one first. Resolves to the recorded one, which
 * counts as removed if its original was removed before. A later removal of the original finds it.
 */
export async function storeRendition(
  db: D1Database,
  key: RenditionKey,
  sha256: string,
): Promise<MediaRecord> {
  await db
    .prepare("INSERT INTO renditions (source, wanted, sha256) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
    .bind(key.source, key.wanted, sha256)
    .run();
  const [stored] = await findRenditions(db, [key]);
  if (!stored) throw new Error(`the table media has lost ${sha256}, or its original`);
  return stored;
}

/** Counts an attempt to make a rendition that failed. Resolves to the number of such attempts. */
export async function countFailure(db: D1Database, { source, wanted }: RenditionKey): Promise<number> {
  const sql = `INSERT INTO rendition_failures (source, wanted, tries) VALUES (?, ?, 1)
    ON CONFLICT DO UPDATE SET tries = tries + 1 RETURNING tries`;
  return (await db.prepare(sql).bind(source, wanted).first<number>("tries")) ?? 1;
}
