// Images: bytes in R2 under the SHA-256 that they were sent with, facts in D1. A killed image leaves an empty object behind, so
// that its address can say 410 without asking D1.
//
//   R2 key               value                customMetadata
//   {sha256 as sent}     the stripped bytes   stripped: "1"; sha256: theirs, where stripping changed them; unreadable: "1"
//   {sha256 as sent}     nothing              killed: when

import type { D1Database, R2Bucket, R2Object, R2ObjectBody, R2Range } from "@cloudflare/workers-types";
import type { ImageFacts } from "../lib/image-file.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Instant } from "../lib/time.ts";

/** What D1 knows of an image. */
export interface MediaRecord extends ImageFacts {
  readonly sha256: string;
  readonly killedAt?: Instant;
}

/** A row of `media`. */
export interface MediaRow extends ImageFacts {
  readonly sha256: string;
  readonly killed_at: Instant | null;
  readonly stripped?: number;
}

/** What is known of some images, by their SHA-256. One query, however many. */
export async function findMedia(
  db: D1Database,
  hashes: readonly string[],
): Promise<ReadonlyMap<string, MediaRecord>> {
  if (hashes.length === 0) return new Map();
  const sql = "SELECT * FROM media WHERE sha256 IN (SELECT value FROM json_each(?))";
  const { results } = await db.prepare(sql).bind(JSON.stringify(hashes)).all<MediaRow>();
  return new Map(results.map((row) => [row.sha256, mediaOf(row)]));
}

/** What a row says. */
export const mediaOf = ({ killed_at, stripped: _, ...facts }: MediaRow): MediaRecord =>
  killed_at ? { ...facts, killedAt: killed_at } : facts;

/** The bytes that are kept under a name, and what is known of them. */
export interface StoredBytes {
  readonly facts: ImageFacts;
  readonly bytes: Uint8Array;
  /** Whether they were stripped (`lib/strip/strip.ts`). */
  readonly stripped: boolean;
  /** Lower-case hex SHA-256 of the bytes, where it isn't their name. */
  readonly sha256?: string;
}

// What has its name already is the same bytes, or was killed and must not come back.
const UNLESS_THERE = { etagDoesNotMatch: "*" };

/** Stores an image: bytes first, so that what D1 knows of is there. */
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

/** Puts stripped bytes in the place of `before`; null when that isn't there any more. Without bytes it is never served. */
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

/** Pictures that were stored before there was stripping; at most `limit`. */
export async function unstrippedMedia(db: D1Database, limit: number): Promise<readonly string[]> {
  const sql = "SELECT sha256 FROM media WHERE stripped = 0 AND sha256 > '' LIMIT ?";
  const { results } = await db.prepare(sql).bind(limit).all<{ sha256: string }>();
  return results.map((row) => row.sha256);
}

/** Notes that a picture was stripped, and how many bytes it has now. True if it had another number before. */
export async function noteStripped(db: D1Database, name: string, length?: number): Promise<boolean> {
  const [before] = await db.batch<{ length: number }>([
    db.prepare("SELECT length FROM media WHERE sha256 = ?").bind(name),
    db
      .prepare("UPDATE media SET stripped = 1, length = coalesce(?2, length) WHERE sha256 = ?1")
      .bind(name, length ?? null),
  ]);
  const was = before?.results[0]?.length;
  return was !== undefined && length !== undefined && was !== length;
}

/** Kills an image for good, and what was made of it. Their hashes; none when there is no such image. */
export async function killMedia(
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
  const killed = results.map((row) => row.sha256);
  await Promise.all(
    killed.map((name) => bucket.put(name, new Uint8Array(), { customMetadata: { killed: now } })),
  );
  return killed;
}

/** The head of an image's object; null for none. */
export const headMedia = (bucket: R2Bucket, sha256: string): Promise<R2Object | null> => bucket.head(sha256);

/** An image's bytes, or a range of them; null for none. */
export const getMedia = (bucket: R2Bucket, sha256: string, range?: R2Range): Promise<R2ObjectBody | null> =>
  bucket.get(sha256, range ? { range } : {});

/** True for the empty object that a killed image leaves. */
export const isKilled = (object: R2Object): boolean => object.customMetadata?.killed !== undefined;

/** True for an object that was stripped, or need not be: it is empty. */
export const isStripped = (object: R2Object): boolean =>
  object.customMetadata?.stripped !== undefined || isKilled(object);

/** True for a file that can't be walked through, so that nobody knows what it tells. */
export const isUnreadable = (object: R2Object): boolean => object.customMetadata?.unreadable !== undefined;

/** Lower-case hex SHA-256 of an object's bytes. */
export const contentHash = (object: R2Object): string => object.customMetadata?.sha256 ?? object.key;

// Renditions: which picture was made out of which. Their bytes and facts are stored like any image's.

/** What a rendition is found by. */
export interface RenditionKey {
  /** SHA-256 of the picture that it is made of. */
  readonly source: string;
  /** What was asked for, in the words of whoever asks. */
  readonly wanted: string;
}

/** What was made already, in the order of the keys. It counts as killed, too, when its source was. One query, however many. */
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

/** What is known of one picture that somebody wants made over. */
export interface KnownRendition {
  /** What was made already, as `findRenditions` gives it. */
  readonly rendition: MediaRecord | undefined;
  /** What it is to be made of; undefined where there is no such picture. */
  readonly original: MediaRecord | undefined;
  /** How often it could not be made. */
  readonly failures: number;
}

/** All that is known of a rendition, in one query. */
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
 * Remembers what was made, unless another maker was faster. Resolves to what stands: it is killed if its source was
 * before this, and who kills that later finds it.
 */
export async function keepRendition(db: D1Database, key: RenditionKey, sha256: string): Promise<MediaRecord> {
  await db
    .prepare("INSERT INTO renditions (source, wanted, sha256) VALUES (?, ?, ?) ON CONFLICT DO NOTHING")
    .bind(key.source, key.wanted, sha256)
    .run();
  const [kept] = await findRenditions(db, [key]);
  if (!kept) throw new Error(`media has lost ${sha256}, or what it was made of`);
  return kept;
}

/** Notes that a picture could not be made over. Resolves to how often that was tried by now. */
export async function noteFailure(db: D1Database, { source, wanted }: RenditionKey): Promise<number> {
  const sql = `INSERT INTO rendition_failures (source, wanted, tries) VALUES (?, ?, 1)
    ON CONFLICT DO UPDATE SET tries = tries + 1 RETURNING tries`;
  return (await db.prepare(sql).bind(source, wanted).first<number>("tries")) ?? 1;
}
