// Links that show a preview to somebody outside, in D1.

import type { D1Database } from "@cloudflare/workers-types";
import type { Instant } from "../../lib/time.ts";
import { journal } from "../journal/sql-journal.ts";

/** A link, without its secret. */
export interface PreviewLink {
  readonly id: number;
  readonly revision: number;
  readonly madeAt: Instant;
  readonly madeBy: string;
  readonly expires: Instant;
}

/** What a link leads to. */
export interface LinkTarget {
  readonly story: string;
  readonly revision: number;
  readonly expires: Instant;
  readonly revokedAt: Instant | null;
}

/**
 * Adds a link to a revision, which is then kept for good, and forgets links that ended before `forgotten`. Its id;
 * undefined if there is no such revision. One transaction.
 */
export async function addPreviewLink(
  db: D1Database,
  link: {
    readonly hash: string;
    readonly story: string;
    readonly revision: number;
    readonly expires: Instant;
  },
  by: string,
  now: Instant,
  forgotten: Instant,
): Promise<number | undefined> {
  const { hash, story, revision, expires } = link;
  const [, , added] = await db.batch<{ id: number }>([
    db.prepare("DELETE FROM preview_links WHERE expires < ?").bind(forgotten),
    db.prepare("UPDATE revisions SET kept = 1 WHERE story = ? AND number = ?").bind(story, revision),
    db
      .prepare(
        `INSERT INTO preview_links (hash, story, revision, made_at, made_by, expires)
         SELECT ?1, story, number, ?4, ?5, ?6 FROM revisions WHERE story = ?2 AND number = ?3 RETURNING id`,
      )
      .bind(hash, story, revision, now, by, expires),
    journal(db, { at: now, by }, "shared", story, revision),
  ]);
  return added?.results[0]?.id;
}

/** Up to `limit` links of a story that work at `now`, the newest first. */
export async function previewLinks(
  db: D1Database,
  story: string,
  now: Instant,
  limit: number,
): Promise<readonly PreviewLink[]> {
  const sql = `SELECT id, revision, made_at AS madeAt, made_by AS madeBy, expires FROM preview_links
    WHERE story = ? AND expires > ? AND revoked_at IS NULL ORDER BY id DESC LIMIT ?`;
  return (await db.prepare(sql).bind(story, now, limit).all<PreviewLink>()).results;
}

/** Ends a story's link. False if it has none with this id that works. */
export async function revokePreviewLink(
  db: D1Database,
  story: string,
  id: number,
  by: string,
  now: Instant,
): Promise<boolean> {
  const [revoked] = await db.batch([
    db
      .prepare(
        `UPDATE preview_links SET revoked_at = ?3
         WHERE id = ?2 AND story = ?1 AND revoked_at IS NULL AND expires > ?3`,
      )
      .bind(story, id, now),
    journal(db, { at: now, by }, "unshared", story),
  ]);
  return revoked?.meta.changes === 1;
}

/** What a link's secret leads to; undefined if it is none. */
export const linkTarget = async (db: D1Database, hash: string): Promise<LinkTarget | undefined> =>
  (await db
    .prepare("SELECT story, revision, expires, revoked_at AS revokedAt FROM preview_links WHERE hash = ?")
    .bind(hash)
    .first<LinkTarget>()) ?? undefined;
