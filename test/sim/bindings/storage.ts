// A Durable Object's storage over node:sqlite. Writes reach the disk together some milliseconds later. If the instance is
// lost before that, either all of them are on disk or none.

import { DatabaseSync, type SQLInputValue, type StatementSync } from "node:sqlite";
import { deserialize, serialize } from "node:v8";
import type { Random } from "../random.ts";
import type { World } from "../world.ts";

const TABLES = `CREATE TABLE _cf_KV (key TEXT PRIMARY KEY, value BLOB NOT NULL);
  CREATE TABLE _cf_METADATA (key TEXT PRIMARY KEY, value INTEGER NOT NULL)`;
const READS = /^\s*(?:SELECT|EXPLAIN|PRAGMA|WITH\b(?![\s\S]*\b(?:INSERT|UPDATE|DELETE)\b))/i;
const TRANSACTIONS = /^\s*(?:BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE)\b/i;

/** What an object has stored, whether or not it has an instance. */
export class StoredState {
  readonly sqlite = emptyDatabase();
  readonly #prepared = new Map<string, StatementSync>();

  prepare(query: string): StatementSync {
    const known = this.#prepared.get(query) ?? this.sqlite.prepare(query);
    this.#prepared.set(query, known);
    return known;
  }

  /** When the alarm is due: milliseconds since 1970; undefined for none. */
  get alarm(): number | undefined {
    const row = this.prepare("SELECT value FROM _cf_METADATA WHERE key = 'alarm'").get();
    return row && Number(row.value);
  }
}

function emptyDatabase(): DatabaseSync {
  const sqlite = new DatabaseSync(":memory:");
  sqlite.exec(TABLES);
  return sqlite;
}

/** `ctx.storage` of one instance. */
export class ObjectStorage {
  readonly #state: StoredState;
  readonly #world: World;
  readonly #random: Random;
  readonly #onDisk: () => void;
  #isDetached = false;
  #alarmRunning: number | undefined;
  /** Transactions under way that wait for something; no write reaches the disk before they end. */
  #held = 0;
  #savepoints = 0;
  /** Resolves when what was written is on disk; undefined while there is nothing to write. */
  pending: Promise<void> | undefined;

  constructor(state: StoredState, world: World, random: Random, onDisk: () => void) {
    this.#state = state;
    this.#world = world;
    this.#random = random;
    this.#onDisk = onDisk;
  }

  readonly sql = {
    exec: (query: string, ...parameters: readonly unknown[]) => {
      if (TRANSACTIONS.test(query))
        throw new Error("To execute a transaction, please use the state.storage.transaction() APIs");
      if (!READS.test(query)) this.#write();
      return this.#exec(query, parameters);
    },
    get databaseSize(): number {
      return 0;
    },
  };

  readonly kv = {
    get: (key: string): unknown => {
      const [row] = this.#exec("SELECT value FROM _cf_KV WHERE key = ?", [key]).toArray();
      return row && deserialize(new Uint8Array(row.value as ArrayBuffer));
    },
    put: (key: string, value: unknown): void => {
      this.#write();
      this.#exec("INSERT OR REPLACE INTO _cf_KV VALUES (?, ?)", [key, serialize(value)]);
    },
    delete: (key: string): boolean => {
      this.#write();
      return this.#exec("DELETE FROM _cf_KV WHERE key = ? RETURNING 1", [key]).toArray().length > 0;
    },
    list: ({ prefix = "" }: { readonly prefix?: string } = {}): Iterable<[string, unknown]> =>
      this.#exec("SELECT key, value FROM _cf_KV WHERE substr(key, 1, ?) = ? ORDER BY key", [
        prefix.length,
        prefix,
      ])
        .toArray()
        .map(({ key, value }) => [String(key), deserialize(new Uint8Array(value as ArrayBuffer))]),
  };

  get = async (key: string) => this.kv.get(key);
  put = async (key: string, value: unknown) => this.kv.put(key, value);
  delete = async (key: string) => this.kv.delete(key);
  list = async (options?: { readonly prefix?: string }) => new Map(this.kv.list(options));

  /** Runs `work` in a transaction. */
  transactionSync<T>(work: () => T): T {
    this.#write();
    const name = `inner${this.#savepoints++}`;
    this.#state.sqlite.exec(`SAVEPOINT ${name}`);
    try {
      const result = work();
      this.#state.sqlite.exec(`RELEASE ${name}`);
      return result;
    } catch (error) {
      this.#state.sqlite.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
      throw error;
    }
  }

  /** Like `transactionSync`, for asynchronous work. */
  async transaction<T>(work: (storage: ObjectStorage) => Promise<T>): Promise<T> {
    this.#write();
    this.#held++;
    const name = `inner${this.#savepoints++}`;
    this.#state.sqlite.exec(`SAVEPOINT ${name}`);
    try {
      const result = await work(this);
      this.#state.sqlite.exec(`RELEASE ${name}`);
      return result;
    } catch (error) {
      if (!this.#isDetached) this.#state.sqlite.exec(`ROLLBACK TO ${name}; RELEASE ${name}`);
      throw error;
    } finally {
      this.#held--;
    }
  }

  async setAlarm(at: number | Date): Promise<void> {
    this.#write();
    this.#alarmRunning = undefined;
    this.#exec("INSERT OR REPLACE INTO _cf_METADATA VALUES ('alarm', ?)", [Math.floor(Number(at))]);
  }

  async getAlarm(): Promise<number | null> {
    this.#check();
    const at = this.#state.alarm;
    return at === undefined || at === this.#alarmRunning ? null : at;
  }

  async deleteAlarm(): Promise<void> {
    this.#write();
    this.#exec("DELETE FROM _cf_METADATA WHERE key = 'alarm'", []);
  }

  async deleteAll(): Promise<void> {
    this.#write();
    const tables = this.#exec(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'",
      [],
    );
    for (const { name } of tables.toArray())
      this.#state.sqlite.exec(
        String(name).startsWith("_cf_") ? `DELETE FROM ${name}` : `DROP TABLE "${name}"`,
      );
  }

  /** Resolves when all that was written is on disk. */
  sync = (): Promise<void> => this.onDisk();

  async onDisk(): Promise<void> {
    while (this.pending) await this.pending;
  }

  /** The alarm that was set for `at` runs: `getAlarm` no longer returns it. */
  alarmBegins(at: number): void {
    this.#alarmRunning = at;
  }

  /** The alarm has ended: it is removed, unless it was set again. */
  alarmEnds(at: number, isOver: boolean): void {
    const isSame = this.#alarmRunning === at;
    this.#alarmRunning = undefined;
    if (!isOver || !isSame || this.#state.alarm !== at) return;
    this.#write();
    this.#exec("DELETE FROM _cf_METADATA WHERE key = 'alarm'", []);
  }

  /** The instance has lost its storage. Writes that weren't confirmed may or may not be on disk. */
  detach(): void {
    if (this.#isDetached) return;
    this.#isDetached = true;
    if (!this.pending) return;
    this.#state.sqlite.exec(this.#held === 0 && this.#random.chance(0.5) ? "COMMIT" : "ROLLBACK");
  }

  #check(): void {
    if (this.#isDetached) throw new Error("Durable Object storage is gone: this instance was replaced.");
  }

  /** Plans the flush of a write to disk, together with the writes that follow until then. */
  #write(): void {
    this.#check();
    if (this.pending) return;
    this.#state.sqlite.exec("BEGIN");
    this.pending = new Promise((resolve) => {
      const commit = () => {
        // The promise of a lost write never settles.
        if (this.#isDetached) return;
        if (this.#held > 0) return this.#world.after(5, commit);
        this.#state.sqlite.exec("COMMIT");
        this.pending = undefined;
        this.#onDisk();
        resolve();
      };
      this.#world.after(this.#random.whole(1, this.#random.chance(0.05) ? 3000 : 10), commit);
    });
  }

  #exec(query: string, parameters: readonly unknown[]) {
    this.#check();
    if (parameters.length === 0 && /;\s*\S/.test(query)) {
      this.#state.sqlite.exec(query);
      return cursor([]);
    }
    const statement = this.#state.prepare(query);
    return cursor(statement.all(...parameters.map(bindable)).map(plain), statement);
  }
}

type Row = Record<string, unknown>;

function cursor(rows: readonly Row[], statement?: StatementSync) {
  const left = rows[Symbol.iterator]();
  return {
    get columnNames(): readonly string[] {
      return statement?.columns().map(({ name }) => name) ?? [];
    },
    rowsRead: rows.length,
    rowsWritten: 0,
    next: () => left.next(),
    toArray: (): Row[] => [...left],
    one: (): Row => {
      const [only, ...more] = left;
      if (!only || more.length > 0)
        throw new Error(`Expected exactly one result from SQL query, but got ${rows.length}`);
      return only;
    },
    raw: () => [...left].map((row) => Object.values(row))[Symbol.iterator](),
    [Symbol.iterator]: () => left,
  };
}

/** A row as the runtime gives it: bytes are an ArrayBuffer. */
function plain(row: Row): Row {
  const given: Row = { ...row };
  for (const name in given) {
    const value = given[name];
    if (value instanceof Uint8Array) given[name] = new Uint8Array(value).buffer;
  }
  return given;
}

function bindable(value: unknown): SQLInputValue {
  if (value === null || value === undefined) return null;
  if (typeof value === "number" || typeof value === "string" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof ArrayBuffer) return new Uint8Array(value);
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  throw new TypeError("SQL bindings must be of type null, boolean, number, string or ArrayBuffer");
}
