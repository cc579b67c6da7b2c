// The state of a building object, in its own SQLite: whether there is something to build, and the version of
// each document. All of it can be recreated; D1 has the versions too.

import type { DurableObjectStorage } from "@cloudflare/workers-types";
import type { Instant } from "../lib/time.ts";
import type { DocumentKey, StoredKey } from "./feed.ts";

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS state (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    feed TEXT NOT NULL,
    touches INTEGER NOT NULL DEFAULT 0,
    built INTEGER NOT NULL DEFAULT 0,
    touched_at INTEGER,
    retry_at INTEGER,
    failures INTEGER NOT NULL DEFAULT 0,
    next_change TEXT
  );
  CREATE TABLE IF NOT EXISTS documents (
    format TEXT PRIMARY KEY,
    hash TEXT NOT NULL,
    etag TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    misses INTEGER NOT NULL DEFAULT 0,
    wanted INTEGER NOT NULL DEFAULT 0,
    put_at INTEGER,
    put_version INTEGER,
    put_next_change TEXT
  );`;

/** The state of a feed, the row of `state`. Times are milliseconds since 1970. */
export type FeedState<Key extends StoredKey> = {
  /** The object's own name, which an alarm doesn't carry. */
  readonly feed: Key["feed"];
  /** Touches so far. */
  readonly touches: number;
  /** How many of them the last published build included. */
  readonly built: number;
  /** The first touch that no build has included. */
  readonly touched_at: number | null;
  /** When to retry after a failure. */
  readonly retry_at: number | null;
  readonly failures: number;
  readonly next_change: Instant | null;
};

/** The state of one of its documents, a row of `documents`. */
export type DocumentState<Key extends StoredKey = DocumentKey> = {
  readonly format: Key["format"];
  readonly hash: string;
  readonly etag: string;
  readonly changed_at: Instant;
  /** How often KV had no copy when it was requested. */
  readonly misses: number;
  /** Above 0: a build writes it to KV, whatever KV has. It is the number of the touch that asked for that. */
  readonly wanted: number;
  /** When it was last written to KV, even if that failed, in milliseconds since 1970. */
  readonly put_at: number | null;
  /** What KV's copy certainly has. */
  readonly put_version: number | null;
  readonly put_next_change: Instant | null;
};

/** The tables of one object. Every call is synchronous, and on disk before the object sends anything. */
export class FeedStateStore<Key extends StoredKey> {
  readonly #sql: DurableObjectStorage["sql"];

  constructor(storage: Pick<DurableObjectStorage, "sql">) {
    this.#sql = storage.sql;
    this.#sql.exec(SCHEMA);
  }

  /** Stores the object's own name, the first time. */
  open(feed: Key["feed"]): void {
    this.#sql.exec("INSERT INTO state (only, feed) VALUES (1, ?) ON CONFLICT DO NOTHING", feed);
  }

  /** @throws Error, when it was never opened. */
  state(): FeedState<Key> {
    return this.#sql.exec<FeedState<Key>>("SELECT * FROM state").one();
  }

  documents(): ReadonlyMap<Key["format"], DocumentState<Key>> {
    const rows = this.#sql.exec<DocumentState<Key>>("SELECT * FROM documents").toArray();
    return new Map(rows.map((row) => [row.format, row]));
  }

  /** Counts a change. */
  touch(now: number): void {
    const sql = "UPDATE state SET touched_at = iif(touches > built, touched_at, ?), touches = touches + 1";
    this.#sql.exec(sql, now);
  }

  /** Notes that a build was published which included the first `touches` changes. */
  published(touches: number, now: number): void {
    const sql = `UPDATE state SET built = max(built, ?1), touched_at = iif(touches > ?1, ?2, NULL),
      retry_at = NULL, failures = 0`;
    this.#sql.exec(sql, touches, now);
  }

  /**
   * Notes that building or publishing failed, and is to be retried at `retryAt`, in milliseconds since 1970.
   */
  failed(retryAt: number): void {
    const sql = "UPDATE state SET retry_at = ?, failures = failures + 1, built = min(built, touches - 1)";
    this.#sql.exec(sql, retryAt);
  }

  /** Notes the versions of a build, and when the feed changes by itself. */
  built(
    documents: Iterable<
      Pick<DocumentState<Key>, "format" | "hash" | "etag"> & { readonly changedAt: Instant }
    >,
    nextChange: Instant | undefined,
  ): void {
    const sql = `INSERT INTO documents (format, hash, etag, changed_at) VALUES (?1, ?2, ?3, ?4)
      ON CONFLICT (format) DO UPDATE SET hash = ?2, etag = ?3, changed_at = ?4`;
    for (const { format, hash, etag, changedAt } of documents)
      this.#sql.exec(sql, format, hash, etag, changedAt);
    this.#sql.exec("UPDATE state SET next_change = ?", nextChange ?? null);
  }

  /** Counts a miss in KV. Returns the number of misses so far, and when a copy was last put there. */
  missed(format: Key["format"]): Pick<DocumentState, "misses" | "put_at"> {
    const sql = "UPDATE documents SET misses = misses + 1 WHERE format = ? RETURNING misses, put_at";
    return this.#sql.exec<Pick<DocumentState, "misses" | "put_at">>(sql, format).one();
  }

  /** Has the build after the next touch write it to KV. */
  want(format: Key["format"]): void {
    const sql = `INSERT INTO documents (format, hash, etag, changed_at, wanted)
      SELECT ?, '', '', '', touches + 1 FROM state WHERE true
      ON CONFLICT (format) DO UPDATE SET wanted = excluded.wanted`;
    this.#sql.exec(sql, format);
  }

  /** Notes that a write to KV begins or has ended: KV may have the copy, even if the write failed. */
  putting(format: Key["format"], now: number): void {
    this.#sql.exec("UPDATE documents SET put_at = ? WHERE format = ?", now, format);
  }

  /**
   * Notes that it was put into KV by a build that included the first `touches` changes. What was asked for
   * since then is still to be done.
   */
  put(format: Key["format"], version: number, nextChange: Instant | undefined, touches: number): void {
    const sql = `UPDATE documents SET wanted = iif(wanted > ?4, wanted, 0), put_version = ?2, put_next_change = ?3
      WHERE format = ?1`;
    this.#sql.exec(sql, format, version, nextChange ?? null, touches);
  }

  /** Notes that it was deleted from KV; a later build is a new version, even with the same bytes. */
  dropped(format: Key["format"], now: number): void {
    const sql = "UPDATE documents SET hash = '', put_version = NULL, put_at = ? WHERE format = ?";
    this.#sql.exec(sql, now, format);
  }
}
