// D1 over node:sqlite. Each statement runs at one moment of simulated time, and so does a batch, as one transaction.

import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import type { Call } from "../calls.ts";

type Row = Record<string, unknown>;

interface Result {
  readonly success: true;
  readonly results: readonly Row[];
  readonly meta: { readonly changes: number; readonly last_row_id: number; readonly changed_db: boolean };
}

const WRITES = /^\s*(?:INSERT|UPDATE|DELETE|REPLACE|WITH\b[\s\S]*\b(?:INSERT|UPDATE|DELETE)\b)/i;

interface Prepared {
  readonly statement: StatementSync;
  readonly writes: boolean;
}

/** One database, shared by all isolates. */
export class Database {
  #sqlite: DatabaseSync;
  #prepared = new Map<string, Prepared>();

  /** Opens a snapshot (bytes), or an empty database with the tables that the SQL makes. */
  constructor(from: Uint8Array | string) {
    this.#sqlite = open(from);
  }

  /** The whole database as bytes. */
  snapshot(): Uint8Array {
    return this.#sqlite.serialize();
  }

  /** Replaces everything by a snapshot. */
  restore(snapshot: Uint8Array): void {
    this.#sqlite.close();
    this.#sqlite = open(snapshot);
    this.#prepared.clear();
  }

  close(): void {
    this.#sqlite.close();
  }

  /** Runs one statement. @throws Error with D1's message */
  run(sql: string, parameters: readonly unknown[]): Result {
    try {
      const { statement, writes } = this.#prepare(sql);
      const before = writes ? this.#number("SELECT total_changes() AS n") : 0;
      const rows = statement.all(...parameters.map(bindable)) as Row[];
      const changes = writes ? this.#number("SELECT total_changes() AS n") - before : 0;
      const last_row_id = changes > 0 ? this.#number("SELECT last_insert_rowid() AS n") : 0;
      const results = rows.map((row) => ({ ...row }));
      return { success: true, results, meta: { changes, last_row_id, changed_db: changes > 0 } };
    } catch (error) {
      throw inWordsOfD1(error);
    }
  }

  /** Runs the statements in one transaction. */
  batch(statements: readonly Statement[]): readonly Result[] {
    this.#sqlite.exec("BEGIN");
    try {
      const results = statements.map(({ sql, parameters }) => this.run(sql, parameters));
      this.#sqlite.exec("COMMIT");
      return results;
    } catch (error) {
      this.#sqlite.exec("ROLLBACK");
      throw error;
    }
  }

  #prepare(sql: string): Prepared {
    let known = this.#prepared.get(sql);
    if (known) return known;
    known = { statement: this.#sqlite.prepare(sql), writes: WRITES.test(sql) };
    this.#prepared.set(sql, known);
    return known;
  }

  #number(sql: string): number {
    return Number(this.#prepare(sql).statement.get()?.n ?? 0);
  }
}

function open(from: Uint8Array | string): DatabaseSync {
  const sqlite = new DatabaseSync(":memory:");
  if (typeof from === "string") sqlite.exec(from);
  else sqlite.deserialize(from);
  sqlite.exec("PRAGMA foreign_keys = ON");
  return sqlite;
}

function bindable(value: unknown): SQLInputValue {
  if (value === null || typeof value === "number" || typeof value === "string") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  throw new Error(`D1_TYPE_ERROR: Type '${typeof value}' not supported for value '${String(value)}'`);
}

function inWordsOfD1(error: unknown): Error {
  const { message } = error as Error;
  if (message.startsWith("D1_")) return error as Error;
  const isConstraint = /constraint failed/.test(message);
  return new Error(`D1_ERROR: ${message}: ${isConstraint ? "SQLITE_CONSTRAINT" : "SQLITE_ERROR"}`, {
    cause: error,
  });
}

/** A prepared statement with its bound parameters, as a Worker holds it. */
class Statement {
  readonly sql: string;
  readonly parameters: readonly unknown[];
  readonly #database: Database;
  readonly #call: Call;

  constructor(database: Database, call: Call, sql: string, parameters: readonly unknown[] = []) {
    this.sql = sql;
    this.parameters = parameters;
    this.#database = database;
    this.#call = call;
  }

  bind(...parameters: readonly unknown[]): Statement {
    return new Statement(this.#database, this.#call, this.sql, parameters);
  }

  all(): Promise<Result> {
    return this.#call("d1", () => this.#database.run(this.sql, this.parameters));
  }

  run(): Promise<Result> {
    return this.all();
  }

  async first(column?: string): Promise<unknown> {
    const [row] = (await this.all()).results;
    if (row === undefined) return null;
    if (column === undefined) return row;
    if (!(column in row)) throw new Error("D1_COLUMN_NOTFOUND: Column not found");
    return row[column];
  }

  async raw(): Promise<readonly unknown[][]> {
    return (await this.all()).results.map((row) => Object.values(row));
  }
}

/** The binding of one isolate. */
export function d1Binding(database: Database, call: Call) {
  const binding = {
    prepare: (sql: string) => new Statement(database, call, sql),
    batch: (statements: readonly Statement[]) => call("d1", () => database.batch(statements)),
    withSession: () => ({ ...binding, getBookmark: () => null }),
  };
  return binding;
}
