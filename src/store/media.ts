// Images: bytes in R2 under their SHA-256, facts in D1. A killed image leaves an empty object behind, so that its
// address can say 410 without asking D1.

import type { D1Database, R2Bucket, R2Object, R2ObjectBody, R2Range } from "@cloudflare/workers-types";
import type { ImageFacts } from "../model/image.ts";
import type { Instant } from "../model/time.ts";

/** What D1 knows of an image. */
export interface MediaRecord extends ImageFacts {
  readonly sha256: string;
  readonly killedAt?: Instant;
}

/** A row of `media`. */
export interface MediaRow extends ImageFacts {
  readonly sha256: string;
  readonly killed_at: Instant | null;
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
export const mediaOf = ({ killed_at, ...facts }: MediaRow): MediaRecord =>
  killed_at ? { ...facts, killedAt: killed_at } : facts;

// What has its name already is the same bytes, or was killed and must not come back.
const UNLESS_THERE = { etagDoesNotMatch: "*" };

/** Stores an image: bytes first, so that what D1 knows of is there. */
export async function storeMedia(
  db: D1Database,
  bucket: R2Bucket,
  sha256: string,
  facts: ImageFacts,
  bytes: ArrayBuffer,
): Promise<void> {
  await bucket.put(sha256, bytes, { onlyIf: UNLESS_THERE, httpMetadata: { contentType: facts.type } });
  await db
    .prepare(
      "INSERT INTO media (sha256, type, width, height, length) VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
    )
    .bind(sha256, facts.type, facts.width, facts.height, facts.length)
    .run();
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
