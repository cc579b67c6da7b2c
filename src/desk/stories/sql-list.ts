// The list of stories in D1: filters, the search and its words, what is ready for review, and the tags in use.

import type { D1Database } from "@cloudflare/workers-types";
import type { Instant } from "../../lib/time.ts";
import type { Shown } from "../inputs.ts";
import { type Row, STORY_COLUMNS, type StoryRow, storyOf } from "./sql.ts";
import { UNTYPED } from "./sql-drafts.ts";

/** Which stories are listed. */
export interface Asked {
  /** All, where it is missing. */
  readonly show?: Shown | undefined;
  /** An FTS5 query; all stories, where it is missing. */
  readonly words?: string | undefined;
  /** Whose list it is, for `mine`. */
  readonly name: string;
  readonly now: Instant;
  /** `{changedAt} {id}` of the last story before. */
  readonly cursor?: string | undefined;
}

/** A condition, and the values of its parameters. */
type Condition = readonly [sql: string, ...values: readonly unknown[]];

const SHOWN: Readonly<Record<Shown, (asked: Asked) => Condition>> = {
  drafts: () => ["(live IS NULL OR published IS NULL) AND due IS NULL"],
  review: () => ["review IS NOT NULL AND review > coalesce(live, 0)"],
  scheduled: ({ now }) => [
    "(due IS NOT NULL OR (live IS NOT NULL AND published > ? AND withdrawn IS NULL))",
    now,
  ],
  live: ({ now }) => ["live IS NOT NULL AND published <= ? AND withdrawn IS NULL", now],
  withdrawn: () => ["live IS NOT NULL AND withdrawn IS NOT NULL"],
  problem: () => ["problems IS NOT NULL"],
  mine: ({ name }) => [
    "(changed_by = ? OR (SELECT by FROM journal WHERE story = stories.id ORDER BY journal.id LIMIT 1) = ?)",
    name,
    name,
  ],
  untyped: () => [UNTYPED],
};
/** Lists that leave out what nobody has typed into. */
const TYPED: readonly (Shown | undefined)[] = [undefined, "drafts", "mine"];
const FOUND = `id IN (SELECT r.story FROM story_words w CROSS JOIN story_rows r ON r.row = w.rowid
  WHERE story_words MATCH ?)`;

/** Up to `limit` stories, the most recently changed first. */
export async function listStories(db: D1Database, asked: Asked, limit: number): Promise<readonly StoryRow[]> {
  const { show, words, cursor } = asked;
  const [at = "9", id = ""] = cursor?.split(" ") ?? [];
  const conditions: readonly Condition[] = [
    ["(changed_at, id) < (?, ?)", at, id],
    ...(show === undefined ? [] : [SHOWN[show](asked)]),
    ...(TYPED.includes(show) ? [[`NOT ${UNTYPED}`] as const] : []),
    ...(words === undefined ? [] : [[FOUND, words] as const]),
  ];
  const where = conditions.map(([sql]) => sql).join(" AND ");
  const values = conditions.flatMap(([, ...bound]) => bound);
  const sql = `SELECT ${STORY_COLUMNS} FROM stories WHERE ${where} ORDER BY changed_at DESC, id DESC LIMIT ?`;
  return (
    await db
      .prepare(sql)
      .bind(...values, limit)
      .all<Row>()
  ).results.map(storyOf);
}

/** A story whose newest revision the search doesn't have. */
export interface Unsearchable {
  readonly id: string;
  readonly number: number;
  readonly model: string;
}

/** Up to `limit` stories whose newest words the search doesn't have, the most recently changed first. */
export async function unsearchableStories(db: D1Database, limit: number): Promise<readonly Unsearchable[]> {
  const sql = `SELECT s.id, r.number, r.model FROM stories s CROSS JOIN revisions r ON r.story = s.id AND r.number = s.head
    WHERE s.searchable < s.head ORDER BY s.changed_at DESC LIMIT ?`;
  return (await db.prepare(sql).bind(limit).all<Unsearchable>()).results;
}

/** What the search is to find a story by. */
export interface StoryWords extends Pick<Unsearchable, "id" | "number"> {
  readonly headline: string;
  readonly dek: string;
  readonly byline: string;
  readonly body: string;
}

/** Gives the search the words of some stories, in place of those that it had. One transaction. */
export async function makeSearchable(db: D1Database, stories: readonly StoryWords[]): Promise<void> {
  const all = JSON.stringify(stories);
  await db.batch(
    [
      "INSERT OR IGNORE INTO story_rows (story) SELECT value->>'id' FROM json_each(?)",
      `DELETE FROM story_words WHERE rowid IN (SELECT r.row FROM json_each(?) j CROSS JOIN story_rows r
         ON r.story = j.value->>'id')`,
      `INSERT INTO story_words (rowid, headline, dek, byline, body)
       SELECT r.row, j.value->>'headline', j.value->>'dek', j.value->>'byline', j.value->>'body'
       FROM json_each(?) j CROSS JOIN story_rows r ON r.story = j.value->>'id'`,
      `UPDATE stories SET searchable = j.value->>'number' FROM json_each(?) j WHERE stories.id = j.value->>'id'`,
    ].map((sql) => db.prepare(sql).bind(all)),
  );
}

/** Notes that a story is ready for review, in its newest revision. False if there is no such story. */
export async function askForReview(
  db: D1Database,
  id: string,
  note: string,
  by: string,
  now: Instant,
): Promise<boolean> {
  const [asked] = await db.batch([
    db
      .prepare(
        "UPDATE stories SET review = head, review_note = ?2, review_by = ?3, review_at = ?4 WHERE id = ?1",
      )
      .bind(id, note, by, now),
    db
      .prepare(
        `INSERT INTO journal (at, by, act, story, revision) SELECT ?2, ?3, 'review', id, head FROM stories WHERE id = ?1`,
      )
      .bind(id, now, by),
  ]);
  return asked?.meta.changes === 1;
}

/** Notes that a story isn't ready for review. False if there is no such story. */
export async function endReview(db: D1Database, id: string): Promise<boolean> {
  const sql =
    "UPDATE stories SET review = NULL, review_note = NULL, review_by = NULL, review_at = NULL WHERE id = ?";
  return (await db.prepare(sql).bind(id).run()).meta.changes === 1;
}

const ARTICLES = 200;

/** Up to `limit` tags of the newest 200 articles, the most frequent first. */
export async function tagsInUse(db: D1Database, limit: number): Promise<readonly string[]> {
  const { results } = await db.prepare(TAGS_IN_USE).bind(ARTICLES, limit).all<{ label: string }>();
  return results.map(({ label }) => label);
}

const TAGS_IN_USE = `SELECT max(t.label) AS label FROM (
    SELECT article_id FROM article_terms WHERE term = 'site' ORDER BY published DESC, article_id LIMIT ?1) s
  CROSS JOIN article_terms t ON t.article_id = s.article_id AND t.term > 'tag/' AND t.term < 'tag0'
  WHERE t.label IS NOT NULL GROUP BY t.term ORDER BY count(*) DESC, t.term LIMIT ?2`;
