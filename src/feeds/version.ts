// Which version a build is: the one before for the same bytes, else a later one.

import { addSeconds, type Instant } from "../lib/time.ts";
import type { StoredKey } from "./feed.ts";
import type { FeedRow } from "./sql.ts";
import type { DocumentState } from "./sql-object.ts";

// 80 bits: two documents of one feed never share a tag.
const HASH_DIGITS = 20;

/** The part of a document's SHA-256 by which its versions are told apart. */
export const shortHash = (digest: string): string => digest.slice(0, HASH_DIGITS);

/** Which version of a document it is. */
export interface Identity {
  readonly version: number;
  readonly changedAt: Instant;
  readonly etag: string;
}

/** Which version a build is, by what its object and D1 know of the one before. */
export function identityOf<Key extends StoredKey>(
  { hash, etag }: { readonly hash: string; readonly etag: string },
  own: DocumentState<Key> | undefined,
  row: FeedRow | undefined,
  now: Instant,
): Identity {
  const stored =
    row && row.built_hash !== null && row.etag && row.changed_at
      ? { hash: row.built_hash, etag: row.etag, changed_at: row.changed_at }
      : undefined;
  // D1 may have been restored to an earlier time, or the object be a new one.
  const before = own && stored ? (stored.changed_at > own.changed_at ? stored : own) : (own ?? stored);
  if (before?.hash === hash) return { ...versionAt(before.changed_at), etag: before.etag };
  // Two versions never share a second, or If-Modified-Since could miss the later one.
  const after = before?.changed_at ? addSeconds(before.changed_at, 1) : now;
  return { ...versionAt(after > now ? after : now), etag };
}

/** A version is the second in which it was made, since 1970: so it never falls, whatever gets lost. */
export const versionAt = (changedAt: Instant) => ({ version: Date.parse(changedAt) / 1000, changedAt });
