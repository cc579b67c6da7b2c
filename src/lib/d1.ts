// One statement of D1 in one call. Several at once are `db.batch`.

import type { D1Database } from "@cloudflare/workers-types";

/** The rows that a statement gives. */
export const rowsOf = async <Row>(
  db: D1Database,
  sql: string,
  ...values: readonly unknown[]
): Promise<readonly Row[]> =>
  (
    await db
      .prepare(sql)
      .bind(...values)
      .all<Row>()
  ).results;

/** The first row that a statement gives; undefined if there is none. */
export const firstRow = async <Row>(
  db: D1Database,
  sql: string,
  ...values: readonly unknown[]
): Promise<Row | undefined> =>
  (await db
    .prepare(sql)
    .bind(...values)
    .first<Row>()) ?? undefined;

/** Runs a statement that gives no rows. */
export async function run(db: D1Database, sql: string, ...values: readonly unknown[]): Promise<void> {
  await db
    .prepare(sql)
    .bind(...values)
    .run();
}
