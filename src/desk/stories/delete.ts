// Deleting a draft that was never published.

import type { Runtime } from "../../env.ts";
import type { Instant } from "../../lib/time.ts";
import { isAtLeast } from "../people/people.ts";
import { type Person, readStory, type Story } from "./sql.ts";
import { authorOf, deleteDraft } from "./sql-drafts.ts";

/**
 * How a deletion ended. `outdated`: somebody has saved a newer revision. `published`: it was published or scheduled, or
 * is about to be. `forbidden`: neither an editor nor who made it asked for it.
 */
export type Deletion = "deleted" | "outdated" | "published" | "forbidden" | "unknown";

/** Why a draft can't be deleted; undefined if `person` may delete it. @throws Error, when D1 fails. */
export async function whyKept(
  { env }: Pick<Runtime, "env">,
  { story }: Story,
  person: Person,
): Promise<"published" | "forbidden" | undefined> {
  if (story.live !== null || story.due !== null) return "published";
  if (isAtLeast(person, "editor")) return undefined;
  return (await authorOf(env.DB, story.id)) === person.name ? undefined : "forbidden";
}

/**
 * Deletes a draft whose newest revision is `head`, with its revisions. It can't be brought back. @throws Error, when D1
 * fails.
 */
export async function deleteStory(
  runtime: Runtime,
  id: string,
  head: number,
  person: Person,
  now: Instant,
): Promise<Deletion> {
  const { DB } = runtime.env;
  const read = await readStory(DB, id);
  if (!read) return "unknown";
  const kept = await whyKept(runtime, read, person);
  if (kept) return kept;
  const { headline } = read.story;
  return (await deleteDraft(DB, { id, head, headline }, person.name, now)) ? "deleted" : "outdated";
}
