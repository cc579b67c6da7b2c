// Inserts millions of rows directly into the file of Miniflare's database, while nothing else has it open. Through D1 this
// takes hours: its cache is small, and each row changes pages in all parts of the indexes.

import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { copyStatements, type Stored, settled, storeFirst } from "./publish.ts";
import { startWorkers, type Workers } from "./workers.ts";

const CACHE_KIBIBYTES = 2_000_000;

/**
 * Starts a Worker with `size` more articles in the folder `store`. The first article is stored through the API. All
 * others are copies of its rows, with one of `tags` tags each; `keep` changes rows of feeds so that they are kept built.
 */
export async function startWithMany(
  folder: string,
  store: string,
  size: number,
  tags: number,
  keep: (database: DatabaseSync) => void,
): Promise<{ readonly workers: Workers; readonly stored: Stored }> {
  const first = await startWorkers(folder, {}, { store });
  try {
    const base = await first.url("wireroom");
    await storeFirst(base, true);
    await settled(first.db);
  } finally {
    await first.stop();
  }
  const database = openFile(store);
  database.exec(
    `PRAGMA cache_size = -${CACHE_KIBIBYTES}; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY`,
  );
  for (const sql of copyStatements(size, tags)) {
    const begun = performance.now();
    database.exec("BEGIN");
    database.prepare(sql).run(size, 1, size);
    database.exec("COMMIT");
    const [, table] = /INSERT INTO (\w+)/.exec(sql) ?? [];
    console.error(`  ${table}: ${Math.round((performance.now() - begun) / 1000)} s`);
  }
  keep(database);
  const { stored } = database.prepare("SELECT count(*) AS stored FROM articles").get() as { stored: number };
  if (stored !== size + 1) throw new Error(`${stored} articles are stored, not ${size + 1}`);
  database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
  database.close();
  const workers = await startWorkers(folder, {}, { store });
  return { workers, stored: { size, db: workers.db, base: await workers.url("wireroom") } };
}

/** The file of the database with articles. */
function openFile(store: string): DatabaseSync {
  const names = readdirSync(store, { recursive: true, encoding: "utf8" });
  for (const name of names.filter((one) => one.endsWith(".sqlite"))) {
    const database = new DatabaseSync(join(store, name));
    if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'article_terms'").get()) return database;
    database.close();
  }
  throw new Error(`${store} has no database with articles`);
}
