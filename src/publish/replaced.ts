// Which stored article a PUT replaces. A slug alone replaces what has it. An id never moves an article by itself: whoever
// copies an id, which is public, could take an article over. A move names the slug that the article has had.

import { type ArticleRecord, articleById, articleBySlug, storedFirst } from "../article/sql.ts";
import type { Runtime } from "../env.ts";

/** What a PUT replaces, if anything; or why it can't be stored, as a message. */
export type Replaced =
  | {
      readonly existing: ArticleRecord | undefined;
      /** A second article of the same text, made by mistake: it goes, and its addresses lead to `existing`. */
      readonly double?: ArticleRecord;
    }
  | { readonly message: string };

/** What a PUT says of the article that it is. */
interface Named {
  readonly slug: string;
  readonly id?: string | undefined;
  /** The slug that the article has had so far. */
  readonly from?: string | undefined;
}

/** Finds what a PUT replaces. */
export async function findReplaced({ env }: Runtime, { slug, id, from }: Named): Promise<Replaced> {
  const bySlug = await articleBySlug(env.DB, slug);
  if (from !== undefined && from !== slug) {
    const source = await articleBySlug(env.DB, from);
    if (!source) return { message: `there is no article ${from} to move here` };
    return bySlug?.article.id === source.article.id || source.article.slug === from
      ? moved(env.DB, { slug, id }, source, bySlug)
      : { message: `${from} has moved to ${source.article.slug}: move it from there` };
  }
  if (bySlug && bySlug.article.slug !== slug) {
    const there = bySlug.article.slug;
    return {
      message: `this slug redirects to ${there}; to move that article back, ${howToMove(there, slug)}`,
    };
  }
  if (id === undefined || bySlug?.article.id === id) return { existing: bySlug };
  const byId = await articleById(env.DB, id);
  if (bySlug) return { message: slugIsTaken(slug, bySlug, byId) };
  if (!byId) return { existing: undefined };
  const there = byId.article.slug;
  return {
    message: `this id is that of the article ${there}; to move it here, ${howToMove(there, slug)}; else leave the id out`,
  };
}

async function moved(
  db: Runtime["env"]["DB"],
  { slug, id }: Named,
  source: ArticleRecord,
  bySlug: ArticleRecord | undefined,
): Promise<Replaced> {
  if (bySlug && bySlug.article.id !== source.article.id && bySlug.article.slug !== slug)
    return { message: `this slug redirects to ${bySlug.article.slug}` };
  if (id !== undefined && id !== source.article.id && id !== bySlug?.article.id)
    return { message: `the article ${source.article.slug} has the id ${source.article.id}, not this one` };
  if (!bySlug || bySlug.article.id === source.article.id) return { existing: source };
  const first = await storedFirst(db, source.article.id, bySlug.article.id);
  return first === source.article.id
    ? { existing: source, double: bySlug }
    : { existing: bySlug, double: source };
}

function slugIsTaken(slug: string, bySlug: ArticleRecord, byId: ArticleRecord | undefined): string {
  const taken = `this slug belongs to the article with the id ${bySlug.article.id}`;
  if (!byId) return `${taken}; without an id, what is sent replaces it`;
  const other = byId.article.slug;
  return `${taken}, and the id that was sent to the article ${other}. If the two are one, ${howToMove(other, slug)}: the one that was stored first keeps its id, the other goes without a notice and redirects. Else leave the id out`;
}

/** The way in the API, and that of the command line. */
const howToMove = (from: string, to: string): string =>
  `send it with ?from=${from} (npx wireroom mv ${from} ${to})`;
