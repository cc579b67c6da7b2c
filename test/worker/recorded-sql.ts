// The SQL of every `sql.ts`, as its functions really make it: each is called with a database that notes statements, has
// nothing or a few rows, and with arguments that pass for anything.

import { globSync } from "node:fs";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";

/** A statement, and the file that makes it. */
export interface Recorded {
  readonly file: string;
  readonly sql: string;
}

const SRC = join(import.meta.dirname, "../../src");
/** Answers with a row before a database has no more: a loop that goes on while there are rows must end. */
const ROWS_LIMIT = 3;
const ARGUMENTS = 8;

/** A string, a number, a list of one, an object with every property, a function: whatever is asked of it. */
const anything: object = new Proxy(() => anything, {
  get: (_, name) => {
    if (name === "then") return undefined;
    if (name === Symbol.toPrimitive || name === "toJSON" || name === "toString") return () => "1";
    if (name === Symbol.iterator) return [anything][Symbol.iterator].bind([anything]);
    if (name === "length" || name === "size") return 1;
    const own: unknown = typeof name === "string" ? Reflect.get(Array.prototype, name) : undefined;
    return typeof own === "function" ? own.bind([anything]) : anything;
  },
  apply: () => anything,
});

/** A row in which every column is 1. */
const ones = new Proxy({}, { get: () => 1 });

/** How functions are called: with what their database holds, and with which arguments. */
const CALLS = [
  { rows: [], argument: anything },
  { rows: Array(ROWS_LIMIT).fill(anything), argument: anything },
  { rows: Array(ROWS_LIMIT).fill(ones), argument: anything },
  { rows: [], argument: false },
  // Of one feed alone more is read than of others.
  { rows: [], argument: "site" },
] as const;

/** The files of D1's statements; those of objects have tables of their own (test/hub/subscribers.test.ts). */
export const SQL_FILES = globSync("**/sql*.ts", {
  cwd: SRC,
  exclude: ["*/sql-object.ts", "hub/sql-subscribers.ts"],
});

/** Every statement that the exported functions of the files make, each once a function. */
export async function recordedSql(): Promise<readonly Recorded[]> {
  const found = new Map<string, Recorded>();
  for (const file of SQL_FILES) {
    const module: Readonly<Record<string, unknown>> = await import(join(SRC, file));
    for (const [name, call] of Object.entries(module)) {
      if (typeof call !== "function") continue;
      for (const { rows, argument } of CALLS) {
        const db = recording(rows, (sql) => found.set(`${file} ${name} ${sql}`, { file, sql }));
        // Some take no database, and some can't do with these arguments; what they made until then counts.
        await Promise.resolve()
          .then(() => call(db, ...Array(ARGUMENTS).fill(argument)))
          .catch(() => undefined);
      }
    }
  }
  return [...found.values()];
}

function recording(rows: readonly unknown[], note: (sql: string) => void): D1Database {
  const left = [...rows];
  const answer = () => left.splice(0, 1);
  const result = () => ({ results: answer(), meta: { changes: 1 }, success: true });
  const statement = {
    bind: () => statement,
    all: async () => result(),
    run: async () => result(),
    first: async () => answer()[0] ?? null,
  };
  const db = {
    prepare: (sql: string) => {
      note(sql);
      return statement;
    },
    batch: async (statements: readonly unknown[]) => statements.map(result),
  };
  return db as unknown as D1Database;
}
