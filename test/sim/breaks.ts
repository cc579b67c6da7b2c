// The Worker broken on purpose, one edit of its source at a time. `npm run sim -- --breaks` prints which history notices each.
// An edit whose text is no longer in the source is an error.

import type { Edit } from "./bundle.ts";

/** Edits of the source, by the fault that each causes. */
export const BREAKS: Readonly<Record<string, Edit>> = {
  "an isolate replaces a document by an older one": {
    file: "src/feeds/cache.ts",
    find: "return a.version > b.version ? a : b;",
    replace: "return b;",
  },
  "an isolate doesn't remember what it changed": {
    file: "src/feeds/cache.ts",
    find: "    if (cached) cached.until = 0;\n    isolate.dirty.set(name, isolate.localWrites);",
    replace: "",
  },
  "an object reports a write to KV that it hasn't made": {
    file: "src/feeds/building-object.ts",
    find: "await writeCopy(",
    replace: "if (document.version % 2 === 0) await writeCopy(",
  },
  "a build keeps the time of the one before": {
    file: "src/feeds/feed-object.ts",
    find: "const at = toInstant(new Date());\n    const limit",
    replace: "const at = this.#last?.at ?? toInstant(new Date());\n    const limit",
  },
  "the hub isn't told": {
    file: "src/feeds/feed-object.ts",
    find: "this.announce(",
    replace: "if (one.version % 2 === 0) this.announce(",
  },
  "cron doesn't look for lost rebuilds": {
    file: "src/background.ts",
    find: "[...rebuildMessages(due), ...late, ",
    replace: "[...rebuildMessages(due), ",
  },
  "cron doesn't release scheduled articles": {
    file: "src/background.ts",
    find: "() => invalidateDue(env.DB, fingerprint, now)",
    replace: "async () => []",
  },
  "a feed that an article has left isn't rebuilt": {
    file: "src/publish/commit.ts",
    find: "[...new Set([...before, ...",
    replace: "[...new Set([...",
  },
  "a feed shows articles before their date": {
    file: "src/feeds/sql-entries.ts",
    find: "WHERE term = ?1 AND +visible_from <= ?2 AND (expires_at IS NULL",
    replace: "WHERE term = ?1 AND +visible_from <= max(?2, '9') AND (expires_at IS NULL",
  },
  "a partner gets articles of every section": {
    file: "src/partners/selection.ts",
    find: "section !== undefined && sections.includes(section)",
    replace: "true",
  },
};
