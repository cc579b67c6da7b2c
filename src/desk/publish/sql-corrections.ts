// Corrections that were written at the desk, in D1. They stand beside a story's revisions, so no save can lose one.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { Correction } from "../../article/article.ts";
import type { Instant } from "../../lib/time.ts";

/** A correction of a story. */
export interface StoryCorrection {
  readonly id: number;
  /** When it comes out, or came out; null where that was undone, and its text waits in the form. */
  readonly at: Instant | null;
  readonly kind: Correction["kind"];
  readonly text: Correction["text"];
}

/** A query for a story's corrections, oldest first: rows are `StoryCorrection`. */
export const correctionsQuery = (db: D1Database, story: string): D1PreparedStatement =>
  db.prepare("SELECT id, at, kind, text FROM corrections WHERE story = ? ORDER BY id").bind(story);

/** Behind a statement that notes what is due: adds a correction that comes out then, if that changed something. */
export const addCorrection = (
  db: D1Database,
  story: string,
  at: Instant,
  { kind, text }: Pick<StoryCorrection, "kind" | "text">,
): D1PreparedStatement =>
  db
    .prepare("INSERT INTO corrections (story, at, kind, text) SELECT ?, ?, ?, ? WHERE changes() > 0")
    .bind(story, at, kind, text);

/** Behind that: what waited in the form is no longer needed. */
export const forgetWaiting = (db: D1Database, story: string, at: Instant): D1PreparedStatement =>
  db
    .prepare(
      `DELETE FROM corrections WHERE story = ?1 AND at IS NULL
         AND EXISTS (SELECT 1 FROM corrections WHERE story = ?1 AND at = ?2)`,
    )
    .bind(story, at);

/** What waits in a story's form from now on: this correction alone, or none. @throws Error, when D1 fails. */
export async function keepWaiting(
  db: D1Database,
  story: string,
  note: Pick<StoryCorrection, "kind" | "text"> | undefined,
): Promise<void> {
  const forget = db.prepare("DELETE FROM corrections WHERE story = ? AND at IS NULL").bind(story);
  if (!note) return void (await forget.run());
  const add = db
    .prepare(
      `INSERT INTO corrections (story, at, kind, text)
         SELECT ?1, NULL, ?2, ?3 WHERE EXISTS (SELECT 1 FROM stories WHERE id = ?1)`,
    )
    .bind(story, note.kind, note.text);
  await db.batch([forget, add]);
}

/** Behind a publication that was undone: what was to come out with it waits in the form. */
export const takeBackCorrections = (db: D1Database, story: string): D1PreparedStatement =>
  db
    .prepare(
      `UPDATE corrections SET at = NULL WHERE story = ?1 AND is_out = 0
         AND EXISTS (SELECT 1 FROM stories WHERE id = ?1 AND due IS NULL)`,
    )
    .bind(story);

/** Notes that a story's corrections up to `last` are out. */
export const noteOut = (db: D1Database, story: string, last: number): D1PreparedStatement =>
  db
    .prepare("UPDATE corrections SET is_out = 1 WHERE story = ? AND id <= ? AND at IS NOT NULL")
    .bind(story, last);
