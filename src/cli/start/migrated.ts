// Which migrations a folder of local databases is known to have had, so that a start needn't open the database to ask.

import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT_DIR } from "../target.ts";

/** The folder of migrations, one file each, applied in the order of their names. */
export const MIGRATIONS_DIR = join(PROJECT_DIR, "src/migrations");

const noteIn = (state: string): string => join(state, "migrated.txt");

/** True where the folder `state` holds a database with every migration that there is. */
export function isMigrated(state: string): boolean {
  if (!existsSync(join(state, "v3/d1")) || !existsSync(noteIn(state))) return false;
  const noted = new Set(readFileSync(noteIn(state), "utf8").split("\n"));
  return readdirSync(MIGRATIONS_DIR).every((name) => noted.has(name));
}

/** Notes that every migration was applied to the database in `state`. */
export function noteMigrated(state: string): void {
  writeFileSync(noteIn(state), `${readdirSync(MIGRATIONS_DIR).sort().join("\n")}\n`);
}
