// Pictures made out of others, in D1: what was made of which one. Their bytes and facts are kept as any image's (media.ts).

import type { D1Database } from "@cloudflare/workers-types";
import { type MediaRecord, type MediaRow, mediaOf } from "./sql.ts";

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
