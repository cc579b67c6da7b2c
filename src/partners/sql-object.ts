// What a partner's object stores besides the state of its document (feeds/sql-object.ts): who may read the
// document, and the fetches that D1 hasn't been told of. All of it may be lost: D1 has who may read, and counts
// of fetches are a lower bound.

import type { DurableObjectStorage } from "@cloudflare/workers-types";
import type { PartnerAccess } from "../env.ts";
import { NEVER } from "../lib/time.ts";
import { addFetches, type CountedMinute } from "./sql-ledger.ts";

// `partner`: `access` is JSON, NULL while it may be outdated; `written_version` is the highest version of the
// document whose fetch D1 has, 0 if nothing was served yet, -1 without any fetch; `retry_at` is when to try
// again after D1 has failed. `fetches`: all of a minute, as the JSON of a CountedMinute (D1 gets the sums, so
// that it may be told twice); `noted_at` is the first fetch that D1 doesn't have, NULL if it has all. Times are
// milliseconds since 1970.
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS partner (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    access TEXT,
    written_version INTEGER NOT NULL DEFAULT -1,
    retry_at INTEGER
  );
  INSERT OR IGNORE INTO partner (only) VALUES (1);
  CREATE TABLE IF NOT EXISTS fetches (
    minute TEXT PRIMARY KEY,
    counted TEXT NOT NULL,
    noted_at INTEGER
  );`;

/** Fetches of a version that D1 has already are written together after so long. */
const WRITE_MILLISECONDS = 300_000;

/** The tables of one partner's object. Every call is synchronous. */
export class PartnerStateStore {
  readonly #sql: DurableObjectStorage["sql"];

  constructor(storage: Pick<DurableObjectStorage, "sql">) {
    this.#sql = storage.sql;
    this.#sql.exec(SCHEMA);
  }

  /** Who may read the document; undefined if that has to be read from D1. */
  access(): PartnerAccess | undefined {
    const { access } = this.#sql.exec<{ access: string | null }>("SELECT access FROM partner").one();
    return access === null ? undefined : (JSON.parse(access) as PartnerAccess);
  }

  setAccess(access: PartnerAccess | undefined): void {
    const json = access === undefined ? null : JSON.stringify(access);
    if (JSON.stringify(this.access() ?? null) !== (json ?? "null"))
      this.#sql.exec("UPDATE partner SET access = ?", json);
  }

  /** Forgets the fetches: there is no such partner any more. */
  clear(): void {
    this.#sql.exec("DELETE FROM fetches");
    this.#sql.exec("UPDATE partner SET written_version = -1, retry_at = NULL");
  }

  /** Counts fetches of a minute. */
  count(minute: CountedMinute, nowMilliseconds: number): void {
    const [before] = this.#minutes("SELECT counted FROM fetches WHERE minute = ?", minute.minute);
    const sum = JSON.stringify(addFetches(before, minute));
    const sql = `INSERT INTO fetches (minute, counted, noted_at) VALUES (?1, ?2, ?3)
      ON CONFLICT (minute) DO UPDATE SET counted = ?2, noted_at = coalesce(noted_at, ?3)`;
    this.#sql.exec(sql, minute.minute, sum, nowMilliseconds);
  }

  /** The minutes that D1 is to be told of, oldest first. */
  waiting(): readonly CountedMinute[] {
    return this.#minutes("SELECT counted FROM fetches WHERE noted_at IS NOT NULL ORDER BY minute");
  }

  #minutes(sql: string, ...values: readonly string[]): readonly CountedMinute[] {
    const rows = this.#sql.exec<{ counted: string }>(sql, ...values).toArray();
    return rows.map(({ counted }) => JSON.parse(counted) as CountedMinute);
  }

  /** When D1 is to be told: milliseconds since 1970; `NEVER` if it has everything. */
  writeDueAt(): number {
    return this.#sql.exec<{ due: number | null }>(DUE, WRITE_MILLISECONDS).one().due ?? NEVER;
  }

  /** Notes that D1 has these minutes. */
  written(minutes: readonly CountedMinute[]): void {
    // More may have been counted while D1 was written.
    const sql = "UPDATE fetches SET noted_at = NULL WHERE minute = ? AND counted = ?";
    for (const one of minutes) this.#sql.exec(sql, one.minute, JSON.stringify(one));
    this.#sql.exec(FORGET);
    const version = Math.max(0, ...minutes.map((one) => one.version));
    this.#sql.exec("UPDATE partner SET written_version = max(written_version, ?), retry_at = NULL", version);
  }

  /** Notes that D1 failed, and is told again then: milliseconds since 1970. */
  failed(retryAt: number): void {
    this.#sql.exec("UPDATE partner SET retry_at = ?", retryAt);
  }
}

const FORGET = `DELETE FROM fetches WHERE noted_at IS NULL AND minute < (SELECT max(minute) FROM fetches)`;

// A version whose fetch D1 doesn't have is written at once: the ledger says by it who has fetched what.
const DUE = `SELECT max(coalesce(retry_at, 0), iif(newest > written_version, since, since + ?1)) AS due
  FROM partner, (SELECT max(counted->>'version') AS newest, min(noted_at) AS since FROM fetches WHERE noted_at IS NOT NULL)`;
