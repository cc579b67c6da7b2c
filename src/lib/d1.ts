// Statements of D1: one in a call, or several in one.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";

/**
 * A statement with its values, for `db.batch`. A list or another object goes as JSON, for `json_each`, and
 * undefined as NULL.
 */
export const statement = (db: D1Database, sql: string, ...values: readonly unknown[]): D1PreparedStatement =>
  db.prepare(sql).bind(...values.map(bindable));

const bindable = (value: unknown): unknown =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : (value ?? null);

/** The rows that a statement gives. */
export const rowsOf = async <Row>(
  db: D1Database,
  sql: string,
  ...values: readonly unknown[]
): Promise<readonly Row[]> => (await statement(db, sql, ...values).all<Row>()).results;

/** The only column of the rows that a statement gives. */
export const columnOf = async <Value>(
  db: D1Database,
  sql: string,
  ...values: readonly unknown[]
): Promise<readonly Value[]> =>
  (await rowsOf<Readonly<Record<string, Value>>>(db, sql, ...values)).flatMap((row) => Object.values(row));

/** A row without the columns that are NULL: in the model a field is missing, never null. */
export const omitNulls = <Row extends object>(
  row: Row,
): { readonly [Name in keyof Row]?: NonNullable<Row[Name]> } =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as never;

/** The first row that a statement gives; undefined if there is none. */
export const firstRow = async <Row>(
  db: D1Database,
  sql: string,
  ...values: readonly unknown[]
): Promise<Row | undefined> => (await statement(db, sql, ...values).first<Row>()) ?? undefined;

/** Runs a statement that gives no rows. */
export async function run(db: D1Database, sql: string, ...values: readonly unknown[]): Promise<void> {
  await statement(db, sql, ...values).run();
}

/** The rows that each of several statements gives, in one call and one transaction. */
export const rowsOfEach = async <Rows extends readonly unknown[]>(
  db: D1Database,
  ...statements: readonly D1PreparedStatement[]
): Promise<{ readonly [Index in keyof Rows]: readonly Rows[Index][] }> =>
  (await db.batch([...statements])).map(({ results }) => results) as never;
