// `node migrate.ts STATE`: applies new migrations to the local database. wrangler's own command starts a
// Worker for each migration; this starts one for all. Each migration is a transaction with its row in
// wrangler's table.

import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { D1Database } from "@cloudflare/workers-types";
import { getPlatformProxy } from "wrangler";
import { MIGRATIONS_DIR } from "./local-worker.ts";

const [state = ".wireroom"] = process.argv.slice(2);
// The layout of `wrangler dev --persist-to`.
const platform = await getPlatformProxy<{ readonly DB: D1Database }>({
  persist: { path: join(state, "v3") },
});
try {
  await applyNew(platform.env.DB);
} finally {
  await platform.dispose();
}

async function applyNew(db: D1Database): Promise<void> {
  const sql = await readFile(join(import.meta.dirname, "applied-migrations.sql"), "utf8");
  const [makeTable = "", list = "", add = ""] = sql.split(/;\n/);
  await db.prepare(makeTable).run();
  const { results } = await db.prepare(list).all<{ name: string }>();
  const applied = new Set(results.map(({ name }) => name));
  for (const name of (await readdir(MIGRATIONS_DIR)).sort()) {
    if (applied.has(name)) continue;
    const migration = await readFile(join(MIGRATIONS_DIR, name), "utf8");
    await db.batch([db.prepare(migration), db.prepare(add).bind(name)]);
  }
}
