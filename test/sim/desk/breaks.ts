// The desk broken on purpose, one edit of its source at a time. `npm run sim -- --desk --breaks` prints which walk notices each.

import type { Edit } from "../bundle.ts";

/** Edits of the source, by the fault that each causes. */
export const DESK_BREAKS: Readonly<Record<string, Edit>> = {
  "a save doesn't check that it follows the newest revision": {
    file: "src/desk/stories/stories.ts",
    find: "if (await addRevision(env.DB, id, head, save))",
    replace:
      'if (await addRevision(env.DB, id, (await env.DB.prepare("SELECT head FROM stories WHERE id = ?").bind(id).first("head")) ?? head, save))',
  },
  "an undo reports success, but changes nothing": {
    file: "src/desk/stories/sql.ts",
    find: "SET due = NULL, due_at = NULL, due_published = NULL, due_by = NULL\n         WHERE id = ?1 AND due IS NOT NULL AND due_claimed = 0`",
    replace: "SET due_by = due_by\n         WHERE id = ?1 AND due IS NOT NULL AND due_claimed = 0`",
  },
  "the newest revision is published instead of the named one": {
    file: "src/desk/stories/sql.ts",
    find: "return due === null ? undefined : readStory(db, id, due);",
    replace: "return due === null ? undefined : readStory(db, id);",
  },
  "git's version of an article of the desk replaces it": {
    file: "src/publish/put.ts",
    find: 'if (request.home === "git" && existing?.origin.home === "desk" &&',
    replace: 'if (request.home === "git" && existing?.origin.home === "nowhere" &&',
  },
  "an article can be taken over more than once": {
    file: "src/desk/homes/sql-homes.ts",
    find: "AND (SELECT max(head) FROM stories\n           WHERE slug = ?1 AND live IS NOT NULL) IS ?3`",
    replace: "AND ?3 IS ?3`",
  },
};
