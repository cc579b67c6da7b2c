// What publishing a content folder comes to, given what the Worker holds. Pure.

import type { ArticleSummary } from "../model/api.ts";
import type { ArticleState, ReadyArticle } from "./article.ts";

/** What to do, and what to tell. */
export interface Plan {
  /** New or changed articles, the oldest first. */
  readonly send: readonly ReadyArticle[];
  /** How many the Worker holds exactly so. */
  readonly unchanged: number;
  /** Articles that the Worker shows and the folder no longer has. */
  readonly vanished: readonly ArticleSummary[];
  /** Articles that were withdrawn from the Worker and not asked back. */
  readonly withdrawn: readonly ReadyArticle[];
  /** Drafts that readers can see, since the Worker holds an earlier state. */
  readonly publicDrafts: readonly string[];
}

/**
 * Compares a folder with what is stored. `slugs` are the names of all the folder's articles, broken ones included;
 * an article that moved to another slug under its `id` has not vanished.
 */
export function makePlan(
  articles: readonly ArticleState[],
  slugs: ReadonlySet<string>,
  stored: readonly ArticleSummary[],
): Plan {
  const bySlug = new Map(stored.map((summary) => [summary.slug, summary]));
  const ready = articles.filter((article) => article.kind === "article");
  const changed = ready.filter((article) => bySlug.get(article.folder.slug)?.digest !== article.digest);
  // A withdrawal is never undone by leaving a file where it is: the file must ask for it, and be new.
  const withdrawn = ready.filter(
    (article) =>
      bySlug.get(article.folder.slug)?.status === "withdrawn" &&
      !(article.input.restore && changed.includes(article)),
  );
  const ids = new Set(ready.map((article) => article.input.id));
  const drafts = articles.filter((article) => article.kind === "draft").map((article) => article.folder.slug);
  return {
    send: changed.filter((article) => !withdrawn.includes(article)).sort(byAge),
    unchanged: ready.filter((article) => !changed.includes(article) && !withdrawn.includes(article)).length,
    vanished: stored.filter(
      ({ slug, id, status }) => status !== "withdrawn" && !slugs.has(slug) && !ids.has(id),
    ),
    withdrawn,
    publicDrafts: drafts.filter((slug) => bySlug.has(slug) && bySlug.get(slug)?.status !== "withdrawn"),
  };
}

const byAge = (a: ReadyArticle, b: ReadyArticle): number => {
  const [x, y] = [a.input.published + a.folder.slug, b.input.published + b.folder.slug];
  return x < y ? -1 : 1;
};
