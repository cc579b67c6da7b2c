// The desk in D1: stories with their revisions.

import type { D1Database } from "@cloudflare/workers-types";
import type { Home } from "../../article/article.ts";
import type { Problem } from "../../lib/problem.ts";
import { addSeconds, type Instant } from "../../lib/time.ts";
import type { Role } from "../inputs.ts";
import { journal } from "../journal/sql-journal.ts";
import { notePictures } from "../pictures/sql-pictures.ts";
import {
  addCorrection,
  correctionsQuery,
  forgetWaiting,
  noteOut,
  type StoryCorrection,
  takeBackCorrections,
} from "../publish/sql-corrections.ts";

/** Somebody who works at the desk. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
}

/** A story without its text. */
export interface StoryRow {
  readonly id: string;
  readonly slug: string | null;
  readonly head: number;
  readonly headline: string;
  readonly changedAt: Instant;
  readonly changedBy: string;
  readonly live: number | null;
  readonly liveVersion: number | null;
  /** When its article was published, or will be; null for a draft, and for one taken off the schedule. */
  readonly published: Instant | null;
  readonly due: number | null;
  readonly dueAt: Instant | null;
  /** The publication date that was asked for; null for at once. */
  readonly duePublished: Instant | null;
  readonly dueBy: string | null;
  readonly problems: readonly Problem[];
  /** When its article was withdrawn, here or elsewhere; null for one that is not. */
  readonly withdrawn: Instant | null;
  /** Where its article is edited; null for a draft. */
  readonly home: Home | null;
  /** The revision that was last said to be ready for review; null where that was taken back. */
  readonly review: number | null;
  readonly reviewAt: Instant | null;
  readonly reviewBy: string | null;
  readonly reviewNote: string | null;
}

/** One revision; `model` is the draft as JSON. */
export interface Revision {
  readonly number: number;
  /** The slug chosen for it; null for none. */
  readonly slug: string | null;
  readonly model: string;
  readonly at: Instant;
  readonly by: string;
}

/** The content of one save. */
export interface Save {
  readonly slug: string | null;
  readonly headline: string;
  readonly model: string;
  readonly by: string;
  readonly at: Instant;
  /** It is saved behind the newest revision without going on from it; that one is never deleted. */
  readonly replaces: boolean;
}

/** The columns of a `Row` of `stories`. */
export const STORY_COLUMNS = `id, slug, head, headline, changed_at AS changedAt, changed_by AS changedBy, live,
  live_version AS liveVersion, published, due, due_at AS dueAt, due_published AS duePublished, due_by AS dueBy, problems,
  (SELECT withdrawn_at FROM articles WHERE articles.slug = stories.slug AND stories.published IS NOT NULL) AS withdrawn,
  (SELECT home FROM articles WHERE articles.slug = stories.slug AND stories.live IS NOT NULL) AS home,
  review, review_at AS reviewAt, review_by AS reviewBy, review_note AS reviewNote`;

/** True of a row of `stories` whose article isn't edited elsewhere. */
const IS_HERE = `NOT EXISTS (SELECT 1 FROM articles a
  WHERE a.slug = stories.slug AND stories.live IS NOT NULL AND a.home IN ('git', 'api'))`;

/** A story as D1 gives it. */
export interface Row extends Omit<StoryRow, "problems"> {
  readonly problems: string | null;
}

/** A row as a story. */
export const storyOf = (row: Row): StoryRow => ({
  ...row,
  problems: row.problems === null ? [] : (JSON.parse(row.problems) as readonly Problem[]),
});

/** Makes a story with its first revision. */
export async function addStory(db: D1Database, id: string, save: Save): Promise<void> {
  const { slug, headline, model, by, at } = save;
  await db.batch([
    db
      .prepare(
        "INSERT INTO stories (id, slug, head, headline, changed_at, changed_by) VALUES (?, ?, 1, ?, ?, ?)",
      )
      .bind(id, slug, headline, at, by),
    db
      .prepare("INSERT INTO revisions (story, number, slug, model, at, by) VALUES (?, 1, ?, ?, ?, ?)")
      .bind(id, slug, model, at, by),
    journal(db, save, "created", id, 1),
    ...notePictures(db, id, 1, save),
  ]);
}

/**
 * Adds a revision after `head`. False if there is a newer one, if the slug of a published article would
 * change, or if its article is edited elsewhere. One transaction.
 */
export async function addRevision(db: D1Database, id: string, head: number, save: Save): Promise<boolean> {
  const { slug, headline, model, by, at, replaces } = save;
  const [added] = await db.batch([
    db
      .prepare(
        `INSERT INTO revisions (story, number, slug, model, at, by)
         SELECT id, head + 1, iif(live IS NULL, ?6, slug), ?3, ?4, ?5 FROM stories
         WHERE id = ?1 AND head = ?2 AND (live IS NULL OR coalesce(?6, slug) = slug) AND ${IS_HERE}`,
      )
      .bind(id, head, model, at, by, slug),
    db
      .prepare(
        `UPDATE stories SET head = head + 1, slug = iif(live IS NULL, ?3, slug), headline = ?4,
           changed_at = ?5, changed_by = ?6
         WHERE id = ?1 AND head = ?2 AND (live IS NULL OR coalesce(?3, slug) = slug) AND ${IS_HERE}`,
      )
      .bind(id, head, slug, headline, at, by),
    // `by` and `at` tell this save from another one that came first.
    ...(replaces
      ? [
          db
            .prepare(
              `UPDATE revisions SET kept = 1 WHERE story = ?1 AND number = ?2 AND EXISTS (
                 SELECT 1 FROM revisions n WHERE n.story = ?1 AND n.number = ?2 + 1 AND n.at = ?3 AND n.by = ?4)`,
            )
            .bind(id, head, at, by),
        ]
      : []),
    ...notePictures(db, id, head + 1, save),
  ]);
  return added?.meta.changes === 1;
}

/** A story and one of its revisions, as read from D1. */
export interface Story {
  readonly story: StoryRow;
  readonly revision: Revision;
  /** The corrections written at the desk, oldest first. */
  readonly corrections: readonly StoryCorrection[];
}

/** A story with its newest revision, or with the given one; undefined if there is none. */
export async function readStory(db: D1Database, id: string, number?: number): Promise<Story | undefined> {
  const [stories, revisions, corrections] = await db.batch([
    db.prepare(`SELECT ${STORY_COLUMNS} FROM stories WHERE id = ?`).bind(id),
    db
      .prepare(
        `SELECT number, slug, model, at, by FROM revisions
         WHERE story = ?1 AND number = coalesce(?2, (SELECT head FROM stories WHERE id = ?1))`,
      )
      .bind(id, number ?? null),
    correctionsQuery(db, id),
  ]);
  const row = stories?.results[0] as Row | undefined;
  const revision = revisions?.results[0] as Revision | undefined;
  if (!row || !revision) return undefined;
  return {
    story: storyOf(row),
    revision,
    corrections: (corrections?.results ?? []) as readonly StoryCorrection[],
  };
}

/** Up to `limit` revisions without their texts, of those before `before`, the newest first. */
export async function listRevisions(
  db: D1Database,
  id: string,
  limit: number,
  before = Number.MAX_SAFE_INTEGER,
): Promise<readonly Omit<Revision, "model" | "slug">[]> {
  const sql =
    "SELECT number, at, by FROM revisions WHERE story = ? AND number < ? ORDER BY number DESC LIMIT ?";
  return (await db.prepare(sql).bind(id, before, limit).all<Omit<Revision, "model" | "slug">>()).results;
}

/** A revision in a story's history. */
export interface PastRevision extends Omit<Revision, "model" | "slug"> {
  /** 1 if readers could see it. */
  readonly wasPublished: 0 | 1;
}

/** True of a row `j` of the journal with which a revision came out by `now`: its time wasn't changed or taken back before. */
const cameOut = (
  now: string,
): string => `(+j.act IN ('published', 'taken-over') OR +j.act = 'scheduled' AND j.about <= ${now}
  AND NOT EXISTS (SELECT 1 FROM journal l WHERE l.story = j.story AND l.id > j.id AND l.at < j.about
    AND +l.act IN ('scheduled', 'published', 'unscheduled', 'withdrawn')))`;

/**
 * Up to `limit` revisions for a story's history, the newest first: published and scheduled ones, ones replaced by a
 * conflicting version or by a restore, and of the others each person's last one in each ten minutes.
 */
export async function readHistory(
  db: D1Database,
  id: string,
  limit: number,
  now: Instant,
): Promise<readonly PastRevision[]> {
  return (await db.prepare(HISTORY).bind(id, limit, now).all<PastRevision>()).results;
}

// With max(), SQLite takes the other columns from the row that has the maximum. `+act`: the index is that of the story.
const HISTORY = `WITH out AS MATERIALIZED (SELECT revision FROM journal j WHERE story = ?1 AND ${cameOut("?3")})
  SELECT max(number) AS number, at, by, number IN out AS wasPublished FROM revisions WHERE story = ?1
  GROUP BY by, substr(at, 1, length('2026-01-12T18:0')), iif(kept OR number IN out OR number = (SELECT live FROM stories WHERE id = ?1), number, 0)
  ORDER BY number DESC LIMIT ?2`;

/**
 * Thins out old revisions. It keeps all of the last day, each person's last one of each hour for 30 days, and
 * of each day before that. Published, scheduled, pending, replaced and newest revisions are never deleted. Each story is
 * thinned once a day, in the hour of the day in which it was last changed. Returns the number of deleted
 * revisions.
 */
export async function thinRevisions(db: D1Database, now: Instant): Promise<number> {
  const bounds = [addSeconds(now, -DAY_SECONDS), addSeconds(now, -30 * DAY_SECONDS)];
  const changed = addSeconds(now, -33 * DAY_SECONDS);
  return (
    await db
      .prepare(THIN_REVISIONS)
      .bind(now, ...bounds, changed)
      .run()
  ).meta.changes;
}

const DAY_SECONDS = 86_400;
const THIN_REVISIONS = `DELETE FROM revisions WHERE (story, number) IN (
  SELECT story, number FROM (
    SELECT r.story, r.number, r.kept, s.live, s.due, max(r.number) OVER (
      PARTITION BY r.story, r.by, substr(r.at, 1, iif(r.at < ?3, length('2026-01-12'), length('2026-01-12T18')))) AS last
    FROM stories s CROSS JOIN revisions r ON r.story = s.id
    WHERE s.changed_at > ?4 AND substr(s.changed_at, 12, 2) = substr(?1, 12, 2) AND r.at < ?2) o
  WHERE number < last AND NOT kept AND number IS NOT live AND number IS NOT due AND NOT EXISTS (
    SELECT 1 FROM journal j WHERE j.story = o.story AND +j.act IN ('published', 'scheduled', 'taken-over') AND j.revision = o.number))`;

/** A pending publication. */
export interface Due {
  readonly revision: number;
  readonly at: Instant;
  readonly published: Instant | null;
  readonly by: string;
  readonly now: Instant;
  /** An article that is withdrawn comes back. */
  readonly restore: boolean;
  /** Comes out with it. */
  readonly correction?: Pick<StoryCorrection, "kind" | "text"> | undefined;
}

/**
 * Makes a publication pending. False if the revision isn't the newest, or another publication is being
 * carried out. An article that was withdrawn by the API or the command is taken over: only one version came
 * after the desk's, so its text is the desk's.
 */
export async function setDue(db: D1Database, id: string, due: Due): Promise<boolean> {
  const { revision, at, published, by, now, restore, correction } = due;
  const [set] = await db.batch([
    db
      .prepare(
        `UPDATE stories SET due = ?2, due_at = ?3, due_published = ?4, due_by = ?5, problems = NULL,
           live_version = coalesce((SELECT version FROM articles WHERE ?6 AND articles.slug = stories.slug
             AND withdrawn_at IS NOT NULL AND version = live_version + 1), live_version)
         WHERE id = ?1 AND head = ?2 AND due_claimed = 0 AND ${IS_HERE}`,
      )
      .bind(id, revision, at, published, by, restore ? 1 : 0),
    ...(correction ? [addCorrection(db, id, at, correction)] : []),
    journal(db, { at: now, by }, correction ? "correct" : "publish", id, revision),
    ...(correction ? [forgetWaiting(db, id, at)] : []),
  ]);
  return set?.meta.changes === 1;
}

/** Cancels a pending publication. False if it is too late, or none is pending. */
export async function undoDue(db: D1Database, id: string, by: string, now: Instant): Promise<boolean> {
  const [undone] = await db.batch([
    db
      .prepare(
        `UPDATE stories SET due = NULL, due_at = NULL, due_published = NULL, due_by = NULL
         WHERE id = ?1 AND due IS NOT NULL AND due_claimed = 0`,
      )
      .bind(id),
    journal(db, { at: now, by }, "undone", id),
    takeBackCorrections(db, id),
  ]);
  return undone?.meta.changes === 1;
}

/** Claims a publication that is due, so that it can no longer be undone. A lost claim may be made again. */
export async function claimDue(db: D1Database, id: string, now: Instant): Promise<Story | undefined> {
  const sql = "UPDATE stories SET due_claimed = 1 WHERE id = ? AND due_at <= ? RETURNING due";
  const due = await db.prepare(sql).bind(id, now).first<number>("due");
  return due === null ? undefined : readStory(db, id, due);
}

/** Ids of up to `limit` stories that were due before `before`. */
export async function lateStories(
  db: D1Database,
  before: Instant,
  limit: number,
): Promise<readonly string[]> {
  const sql = "SELECT id FROM stories WHERE due_at < ? ORDER BY due_at LIMIT ?";
  return (await db.prepare(sql).bind(before, limit).all<{ id: string }>()).results.map(({ id }) => id);
}

/** Stores the outcome of a claimed publication. */
export async function endDue(
  db: D1Database,
  id: string,
  revision: number,
  end:
    | {
        readonly slug: string;
        readonly version: number;
        readonly published: Instant;
        /** The last of the corrections that are in it; 0 for none. */
        readonly correction: number;
      }
    | { readonly problems: readonly Problem[] },
  by: string,
  now: Instant,
): Promise<void> {
  const done = "version" in end;
  const later = done && end.published > now ? end.published : null;
  const act = later === null ? (done ? "published" : "failed") : "scheduled";
  await db.batch([
    db
      .prepare(
        `UPDATE stories SET due = NULL, due_at = NULL, due_published = NULL, due_by = NULL, due_claimed = 0,
           live = iif(?3 IS NULL, live, ?2), live_version = coalesce(?3, live_version),
           slug = coalesce(?4, slug), problems = ?5, published = coalesce(?6, published)
         WHERE id = ?1 AND due = ?2`,
      )
      .bind(
        id,
        revision,
        done ? end.version : null,
        done ? end.slug : null,
        done ? null : JSON.stringify(end.problems),
        done ? end.published : null,
      ),
    journal(db, { at: now, by }, act, id, revision, later),
    ...(done && end.correction > 0 ? [noteOut(db, id, end.correction)] : []),
  ]);
}

/**
 * Notes that a story's article was taken back, in its version `version`: what was about to be published isn't any
 * more. One that is `unscheduled` has no date of publication any more.
 */
export async function noteTakenBack(
  db: D1Database,
  id: string,
  version: number,
  how: "withdrawn" | "unscheduled",
  by: string,
  now: Instant,
): Promise<void> {
  await db.batch([
    db
      .prepare(
        // A publication that is under way and not stored yet finds another version, and is refused. One that is stored has
        // made a version before this one, and is yet to note that.
        `UPDATE stories SET due = NULL, due_at = NULL, due_published = NULL, due_by = NULL, due_claimed = 0
         WHERE id = ?1 AND (due_claimed = 0 OR live_version = ?2 - 1)`,
      )
      .bind(id, version),
    db
      .prepare(
        // Where somebody changed the article elsewhere too, the desk goes on to refuse to overwrite that.
        `UPDATE stories SET live_version = iif(live_version = ?2 - 1, ?2, live_version), problems = NULL,
           published = iif(?3 = 'unscheduled', NULL, published) WHERE id = ?1`,
      )
      .bind(id, version, how),
    journal(db, { at: now, by }, how, id),
    takeBackCorrections(db, id),
  ]);
}
