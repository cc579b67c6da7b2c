// Pictures at the desk in D1: the library with what uses each, and which pictures a story has.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { ImageType } from "../../lib/image-file.ts";
import type { Instant } from "../../lib/time.ts";
import { describePictures, folded } from "../../pictures/sql-library.ts";
import { journal } from "../journal/sql-journal.ts";
import { picturesIn } from "./picture.ts";

/** A picture of the library. */
export interface LibraryPicture {
  readonly sha256: string;
  readonly addedAt: Instant;
  readonly type: ImageType;
  readonly width: number;
  readonly height: number;
  readonly length: number;
  readonly alt: string;
  readonly caption: string;
  readonly credit: string;
  readonly copyright: string;
  /** How many articles and stories use it. */
  readonly articles: number;
  readonly stories: number;
}

/** What uses a picture. */
export interface PictureUses {
  readonly articles: readonly { readonly slug: string; readonly headline: string }[];
  readonly stories: readonly { readonly id: string; readonly headline: string }[];
}

/** What a save says about pictures. */
interface SavedPictures {
  readonly model: string;
  readonly by: string;
  readonly at: Instant;
}

const OWN = /\/media\/([0-9a-f]{64})\./g;

/**
 * Statements that note the pictures of a story's revision, behind those that add it. They do nothing if the
 * revision is another one.
 */
export function notePictures(
  db: D1Database,
  story: string,
  number: number,
  { model, by, at }: SavedPictures,
): readonly D1PreparedStatement[] {
  const hashes = [...new Set(Array.from(model.matchAll(OWN), ([, hash]) => hash))];
  const values = [story, number, by, model];
  // The same person may have saved another text in another window in the same second.
  const isThis =
    "EXISTS (SELECT 1 FROM revisions WHERE at = ?2 AND story = ?3 AND number = ?4 AND by = ?5 AND model = ?6)";
  const run = (sql: string) => db.prepare(sql).bind(JSON.stringify(hashes), at, ...values);
  const gone = run(
    `DELETE FROM story_media WHERE story = ?3 AND sha256 NOT IN (SELECT value FROM json_each(?1)) AND ${isThis}`,
  );
  if (hashes.length === 0) return [gone];
  const { images } = JSON.parse(model) as { readonly images?: unknown };
  return [
    gone,
    run(
      `INSERT INTO story_media (sha256, story) SELECT value, ?3 FROM json_each(?1) WHERE ${isThis} ON CONFLICT DO NOTHING`,
    ),
    ...describePictures(db, picturesIn(images), at, "last", { sql: isThis, values }),
  ];
}

const TERMS = 8;

const PICTURE = `l.sha256, l.added_at AS addedAt, m.type, m.width, m.height, m.length, l.alt, l.caption, l.credit, l.copyright,
  (SELECT count(*) FROM article_media a WHERE a.sha256 = l.sha256) AS articles,
  (SELECT count(*) FROM story_media s WHERE s.sha256 = l.sha256) AS stories
  FROM library l JOIN media m ON m.sha256 = l.sha256`;

/**
 * Up to `limit` pictures with every word of `search`, the newest first, of those after `cursor`, which is
 * `{addedAt} {sha256}`. A search reads the library until it has found enough.
 */
export async function listPictures(
  db: D1Database,
  search: string,
  cursor: string | undefined,
  limit: number,
): Promise<readonly LibraryPicture[]> {
  const [at = "9", sha256 = ""] = cursor?.split(" ") ?? [];
  const terms = folded(search).split(/\s+/).filter(Boolean).slice(0, TERMS);
  const sql = `SELECT ${PICTURE} WHERE (l.added_at, l.sha256) < (?1, ?2) AND m.killed_at IS NULL
    AND NOT EXISTS (SELECT 1 FROM json_each(?3) WHERE instr(l.words, value) = 0)
    ORDER BY l.added_at DESC, l.sha256 DESC LIMIT ?4`;
  return (await db.prepare(sql).bind(at, sha256, JSON.stringify(terms), limit).all<LibraryPicture>()).results;
}

/** A picture of the library; undefined for none, or one that was removed. */
export async function readPicture(db: D1Database, sha256: string): Promise<LibraryPicture | undefined> {
  const sql = `SELECT ${PICTURE} WHERE l.sha256 = ? AND m.killed_at IS NULL`;
  return (await db.prepare(sql).bind(sha256).first<LibraryPicture>()) ?? undefined;
}

/** What uses a picture, up to `limit` articles and as many stories; the newest first. */
export async function pictureUses(db: D1Database, sha256: string, limit: number): Promise<PictureUses> {
  const [articles, stories] = await db.batch([
    db
      .prepare(
        `SELECT a.slug, a.model->>'headline' AS headline FROM article_media m JOIN articles a ON a.id = m.article_id
         WHERE m.sha256 = ? ORDER BY a.published DESC LIMIT ?`,
      )
      .bind(sha256, limit),
    db
      .prepare(
        `SELECT s.id, s.headline FROM story_media m JOIN stories s ON s.id = m.story
         WHERE m.sha256 = ? ORDER BY s.changed_at DESC LIMIT ?`,
      )
      .bind(sha256, limit),
  ]);
  return {
    articles: (articles?.results ?? []) as PictureUses["articles"],
    stories: (stories?.results ?? []) as PictureUses["stories"],
  };
}

/** Notes in the journal that somebody has removed a picture for good. */
export async function noteRemoval(db: D1Database, sha256: string, by: string, at: Instant): Promise<void> {
  const touch = db.prepare("UPDATE media SET killed_at = killed_at WHERE sha256 = ?").bind(sha256);
  await db.batch([touch, journal(db, { at, by }, "picture-removed", null, null, sha256.slice(0, 12))]);
}
