// Which version a build is: the one that D1 has for the same bytes, else the next.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import type { StoredDocument, StoredKey } from "../model/feed.ts";
import { addSeconds, type Instant } from "../model/time.ts";
import { commitVersion, type FeedRow } from "../store/feeds.ts";

/** Builds that may be lost to others before one gives up. */
export const ATTEMPT_LIMIT = 5;
// 80 bits: two documents of one feed never share a tag.
const HASH_DIGITS = 20;

/** Of a document's SHA-256 what tells its versions apart. */
export const shortHash = (digest: string): string => digest.slice(0, HASH_DIGITS);

/** What is noted of a build. */
export interface BuildFacts {
  readonly hash: string;
  readonly etag: string;
  readonly items: number;
  readonly bytes: number;
}

/**
 * The document's version, tag and date: those of `row` for the same hash, else the next. What `also` gives for it is done
 * in the same transaction; with a version that stays, too, for not every change shows in the bytes. Undefined when the race
 * was lost.
 */
export async function versionOf(
  db: D1Database,
  key: StoredKey,
  row: FeedRow | undefined,
  { hash, etag, items, bytes }: BuildFacts,
  now: Instant,
  also?: (version: number) => readonly D1PreparedStatement[],
): Promise<Pick<StoredDocument, "version" | "etag" | "changedAt"> | undefined> {
  if (row?.built_hash === hash && row.etag && row.changed_at) {
    const unseen = also?.(row.version) ?? [];
    if (unseen.length > 0) await db.batch([...unseen]);
    return { version: row.version, etag: row.etag, changedAt: row.changed_at };
  }
  // Two versions never share a second, or If-Modified-Since could miss the later one.
  const after = row?.changed_at ? addSeconds(row.changed_at, 1) : now;
  const changedAt = after > now ? after : now;
  const from = row?.version ?? 0;
  const build = { hash, etag, changedAt, items, bytes };
  const won = await commitVersion(db, key, { version: from, mark: row?.mark ?? 0 }, build, also?.(from + 1));
  return won ? { version: from + 1, etag, changedAt } : undefined;
}
