// Drafts in D1 that nobody has typed into, and the deletion of drafts.

import type { D1Database } from "@cloudflare/workers-types";
import { addSeconds, type Instant } from "../../lib/time.ts";
import { journal } from "../journal/sql-journal.ts";

/** True of a row of `stories` that nobody has typed into. */
export const UNTYPED = `(head = 1 AND headline = '' AND live IS NULL AND due IS NULL AND review IS NULL AND EXISTS (
  SELECT 1 FROM revisions r WHERE r.story = stories.id AND r.number = 1 AND r.model = '{}'))`;

/** A draft is offered again for so long. */
const OFFERED_SECONDS = 7 * 86_400;
/** A browser that has a story open says so each minute. */
const OPEN_SECONDS = 150;

/** The id of the newest story that `name` has made, has typed nothing into, and hasn't open. */
export async function untypedStoryOf(
  db: D1Database,
  name: string,
  now: Instant,
): Promise<string | undefined> {
  const sql = `SELECT id FROM stories WHERE changed_at > ?2 AND changed_by = ?1 AND ${UNTYPED}
      AND NOT EXISTS (SELECT 1 FROM presence p WHERE p.story = stories.id AND p.seen_at > ?3)
    ORDER BY changed_at DESC LIMIT 1`;
  const bounds = [addSeconds(now, -OFFERED_SECONDS), addSeconds(now, -OPEN_SECONDS)];
  return (
    (await db
      .prepare(sql)
      .bind(name, ...bounds)
      .first<string>("id")) ?? undefined
  );
}

/** Who made a story; undefined for nobody. */
export async function authorOf(db: D1Database, id: string): Promise<string | undefined> {
  const sql = "SELECT by FROM journal WHERE story = ? AND +act = 'created' ORDER BY id LIMIT 1";
  return (await db.prepare(sql).bind(id).first<string>("by")) ?? undefined;
}

/**
 * Deletes a draft with all that belongs to it; `headline` is noted in the journal. False if it has another
 * newest revision than `head`, was ever published or scheduled, or is about to be. One transaction.
 */
export async function deleteDraft(
  db: D1Database,
  { id, head, headline }: { readonly id: string; readonly head: number; readonly headline: string },
  by: string,
  at: Instant,
): Promise<boolean> {
  const isGone = "NOT EXISTS (SELECT 1 FROM stories WHERE id = ?1)";
  const [deleted] = await db.batch([
    db
      .prepare("DELETE FROM stories WHERE id = ? AND head = ? AND live IS NULL AND due IS NULL")
      .bind(id, head),
    journal(db, { at, by }, "deleted", id, null, headline === "" ? null : headline),
    ...[
      `DELETE FROM story_words WHERE rowid IN (SELECT row FROM story_rows WHERE story = ?1) AND ${isGone}`,
      ...["story_rows", "revisions", "corrections", "story_media", "preview_links", "presence"].map(
        (table) => `DELETE FROM ${table} WHERE story = ?1 AND ${isGone}`,
      ),
    ].map((sql) => db.prepare(sql).bind(id)),
  ]);
  return deleted?.meta.changes === 1;
}
