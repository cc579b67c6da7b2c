// Who has a story open, in D1: a row for each person and story, written once a minute.

import type { D1Database } from "@cloudflare/workers-types";
import { addSeconds, type Instant } from "../../lib/time.ts";

/** Somebody else who has the story open. */
export interface Other {
  readonly name: string;
  /** When their browser last said so. */
  readonly seenAt: Instant;
  /** When they last saved it; null if that isn't among the newest revisions. */
  readonly savedAt: Instant | null;
}

/** Browsers say it once a minute; one that has missed two times is gone. */
const GONE_SECONDS = 150;
/** Several tabs of one person write no more than one. */
const SPACING_SECONDS = 30;
/** A person's last save is looked for among this many of the newest revisions. */
const REVISIONS_LIMIT = 50;

/** Notes that `name` has a story open. Returns who else has. One transaction. */
export async function noteOpen(
  db: D1Database,
  story: string,
  name: string,
  now: Instant,
): Promise<readonly Other[]> {
  const [, others] = await db.batch<Other>([
    db
      .prepare(
        `INSERT INTO presence (story, person, seen_at) SELECT id, ?2, ?3 FROM stories WHERE id = ?1
         ON CONFLICT (story, person) DO UPDATE SET seen_at = ?3 WHERE seen_at < ?4`,
      )
      .bind(story, name, now, addSeconds(now, -SPACING_SECONDS)),
    db
      .prepare(
        `SELECT person AS name, seen_at AS seenAt, (SELECT max(at) FROM (SELECT at, by FROM revisions WHERE story = ?1
           ORDER BY number DESC LIMIT ${REVISIONS_LIMIT}) r WHERE r.by = p.person) AS savedAt
         FROM presence p WHERE story = ?1 AND person <> ?2 AND seen_at > ?3 ORDER BY person`,
      )
      .bind(story, name, addSeconds(now, -GONE_SECONDS)),
  ]);
  return others?.results ?? [];
}

/** Notes that `name` has closed a story. */
export async function noteClosed(db: D1Database, story: string, name: string): Promise<void> {
  await db.prepare("DELETE FROM presence WHERE story = ? AND person = ?").bind(story, name).run();
}

/** Forgets who had a story open. */
export async function forgetPresence(db: D1Database, now: Instant): Promise<void> {
  await db.prepare("DELETE FROM presence WHERE seen_at < ?").bind(addSeconds(now, -GONE_SECONDS)).run();
}
