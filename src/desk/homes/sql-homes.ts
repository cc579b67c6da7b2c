// Where articles are edited, in D1: what the desk takes over from git and the API, and gives back.

import type { D1Database } from "@cloudflare/workers-types";
import type { Home } from "../../article/article.ts";
import type { Instant } from "../../lib/time.ts";
import { notePictures } from "../pictures/sql-pictures.ts";
import type { Save } from "../stories/sql.ts";

/** An article that isn't edited at the desk, in a list. */
export interface ElsewhereRow {
  readonly slug: string;
  readonly headline: string;
  readonly published: Instant;
  readonly withdrawn: Instant | null;
  /** Null for one that was stored before homes were noted. */
  readonly home: Exclude<Home, "desk"> | null;
  readonly sentAt: Instant | null;
  readonly sentBy: string | null;
}

/**
 * Up to `limit` articles that aren't edited at the desk, the newest first, of those after `cursor`, which is
 * `{published} {slug}`.
 */
export async function articlesElsewhere(
  db: D1Database,
  cursor: string | undefined,
  limit: number,
): Promise<readonly ElsewhereRow[]> {
  const [published = "9", slug = ""] = cursor?.split(" ") ?? [];
  const sql = `SELECT slug, model->>'headline' AS headline, published, withdrawn_at AS withdrawn, home,
      sent_at AS sentAt, sent_by AS sentBy
    FROM articles INDEXED BY articles_by_time
    WHERE published <= ?1 AND (published < ?1 OR slug > ?2) AND home IS NOT 'desk'
    ORDER BY published DESC, slug LIMIT ?3`;
  return (await db.prepare(sql).bind(published, slug, limit).all<ElsewhereRow>()).results;
}

/** The story of a published article, if it has one. */
export async function storyOfArticle(
  db: D1Database,
  slug: string,
): Promise<{ readonly id: string; readonly head: number } | undefined> {
  const sql = "SELECT id, head FROM stories WHERE slug = ? AND live IS NOT NULL LIMIT 1";
  return (await db.prepare(sql).bind(slug).first()) ?? undefined;
}

/** An article that is to be edited at the desk from now on, and the story that it gets. */
export interface TakenOver {
  readonly slug: string;
  /** The version whose text `save` has. */
  readonly version: number;
  readonly published: Instant;
  readonly id: string;
  /** The newest revision of the story that the article has already; 0 for none. */
  readonly head: number;
  readonly save: Save;
}

/**
 * Takes an article over: its story gets the text as its next revision, which counts as published. False if
 * the article or the story was changed meanwhile. One transaction.
 */
export async function takeOverArticle(db: D1Database, taken: TakenOver): Promise<boolean> {
  const { slug, version, published, id, head, save } = taken;
  const { headline, model, by, at } = save;
  const [changed] = await db.batch([
    db
      .prepare(
        // Before folders' digests were noted, git's was the article's while nobody else had changed it.
        `UPDATE articles SET home = 'desk',
           folder_digest = coalesce(folder_digest, iif(git_version = version, digest, NULL))
         WHERE slug = ?1 AND version = ?2 AND (SELECT max(head) FROM stories
           WHERE slug = ?1 AND live IS NOT NULL) IS ?3`,
      )
      .bind(slug, version, head === 0 ? null : head),
    db
      .prepare(
        `INSERT INTO revisions (story, number, slug, model, at, by, kept) SELECT ?, ?, ?, ?, ?, ?, 1 WHERE changes() > 0`,
      )
      .bind(id, head + 1, slug, model, at, by),
    db
      .prepare(
        `INSERT INTO stories (id, slug, head, headline, changed_at, changed_by, live, live_version, published)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?3, ?7, ?8 WHERE changes() > 0
         ON CONFLICT (id) DO UPDATE SET head = ?3, headline = ?4, changed_at = ?5, changed_by = ?6, live = ?3,
           live_version = ?7, published = ?8, problems = NULL`,
      )
      .bind(id, slug, head + 1, headline, at, by, version, published),
    db
      .prepare(
        `INSERT INTO journal (at, by, act, story, revision) SELECT ?, ?, 'taken-over', ?, ? WHERE changes() > 0`,
      )
      .bind(at, by, id, head + 1),
    db
      .prepare("UPDATE revisions SET kept = 1 WHERE story = ? AND number = ? AND changes() > 0")
      .bind(id, head),
    ...notePictures(db, id, head + 1, save),
  ]);
  return changed?.meta.changes === 1;
}

/** What a content folder has of an article, and whether it is to be edited there from now on. */
export interface Pulled {
  readonly slug: string;
  readonly version: number;
  /** Lower-case hex SHA-256 of what `wireroom publish` would send. */
  readonly digest: string;
  readonly giveBack: boolean;
}

/**
 * Notes that a content folder has an article of the desk. False if the article was changed meanwhile, isn't
 * edited at the desk any more, or has text that isn't published and is to be given back. One transaction.
 */
export async function notePulled(db: D1Database, pulled: Pulled, by: string, now: Instant): Promise<boolean> {
  const { slug, version, digest, giveBack } = pulled;
  const [noted] = await db.batch([
    db
      .prepare(
        `UPDATE articles SET digest = ?3, folder_digest = ?3, home = iif(?4, 'git', home),
           git_version = iif(?4, version, git_version)
         WHERE slug = ?1 AND version = ?2 AND home = 'desk' AND NOT (?4 AND EXISTS (SELECT 1 FROM stories
           WHERE slug = ?1 AND live IS NOT NULL AND (due IS NOT NULL OR head > live)))`,
      )
      .bind(slug, version, digest, giveBack ? 1 : 0),
    db
      .prepare(
        `INSERT INTO journal (at, by, act, story, revision) SELECT ?1, ?2, 'given-back', id, live FROM stories
         WHERE ?4 AND changes() > 0 AND slug = ?3 AND live IS NOT NULL`,
      )
      .bind(now, by, slug, giveBack ? 1 : 0),
  ]);
  return noted?.meta.changes === 1;
}
