// The journal in D1: who did what at the desk, and when.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { Instant } from "../../lib/time.ts";
import type { Act } from "./acts.ts";

/** One act. */
export interface JournalRow {
  readonly id: number;
  readonly at: Instant;
  readonly by: string;
  readonly act: string;
  /** The story's id; null for what was about none. */
  readonly story: string | null;
  readonly headline: string | null;
  readonly revision: number | null;
  /** The person whom it was about, the name of a passkey, or when what was scheduled was to come out. */
  readonly about: string | null;
  /** The partner's id. */
  readonly partner: string | null;
}

/** Which acts are asked for; without a field, all. */
export interface JournalFilter {
  readonly story?: string;
  readonly by?: string;
  readonly act?: string;
  /** Only acts with a lower id. */
  readonly before?: number;
}

/** Notes an act, if the statement before it in the same batch has changed something. */
export const journal = (
  db: D1Database,
  { at, by }: { readonly at: Instant; readonly by: string },
  act: Act,
  story: string | null = null,
  revision: number | null = null,
  about: string | null = null,
): D1PreparedStatement =>
  db
    .prepare(
      "INSERT INTO journal (at, by, act, story, revision, about) SELECT ?, ?, ?, ?, ?, ? WHERE changes() > 0",
    )
    .bind(at, by, act, story, revision, about);

/** Up to `limit` acts, the newest first. */
export async function readJournal(
  db: D1Database,
  { story, by, act, before }: JournalFilter,
  limit: number,
): Promise<readonly JournalRow[]> {
  // One index gives the order; a plus keeps another one from being taken.
  const wanted = [
    ["story", story],
    ["by", by],
    ["act", act],
  ].filter(([, value]) => value !== undefined);
  const where = wanted.map(([column], index) => `${index === 0 ? "" : "+"}j.${column} = ?${index + 3}`);
  const sql = `SELECT j.id, j.at, j.by, j.act, j.story, s.headline, j.revision, j.about, j.partner
    FROM journal j LEFT JOIN stories s ON s.id = j.story
    WHERE ${[...where, "j.id < ?1"].join(" AND ")} ORDER BY j.id DESC LIMIT ?2`;
  const bound = wanted.map(([, value]) => value);
  return (
    await db
      .prepare(sql)
      .bind(before ?? Number.MAX_SAFE_INTEGER, limit, ...bound)
      .all<JournalRow>()
  ).results;
}
