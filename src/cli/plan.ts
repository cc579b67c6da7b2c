// What publishing a content folder comes to, given what the Worker holds. Pure.

import type { ArticleSummary } from "../model/api.ts";
import type { ArticleState, ReadyArticle } from "./article.ts";
import { type Errand, overOf } from "./send-article.ts";

/** What to do, and what to tell. */
export interface Plan {
  /** New or changed articles, the oldest first. */
  readonly send: readonly Errand[];
  /** How many the Worker holds exactly so. */
  readonly unchanged: number;
  /** Articles that git has published and the folder no longer has. */
  readonly vanished: readonly ArticleSummary[];
  /** The same of unknown home: stored before homes were noted, so nobody knows whether git ever had them. */
  readonly unclaimed: readonly ArticleSummary[];
  /** Articles that were withdrawn from the Worker and not asked back. */
  readonly withdrawn: readonly ReadyArticle[];
  /** Drafts that readers can see, since the Worker holds an earlier state. */
  readonly publicDrafts: readonly string[];
}

/**
 * Compares a folder with what is stored. `slugs` are the names of all the folder's articles, broken ones included. With
 * `force` an article is sent over whatever is stored.
 */
export function makePlan(
  articles: readonly ArticleState[],
  slugs: ReadonlySet<string>,
  stored: readonly ArticleSummary[],
  force = false,
): Plan {
  const bySlug = new Map(stored.map((summary) => [summary.slug, summary]));
  const ready = articles.filter((article) => article.kind === "article");
  const changed = new Set(
    ready.filter(({ folder, digest }) => {
      const held = bySlug.get(folder.slug);
      // One of unknown home is sent once more: its home is git from then on.
      return held?.digest !== digest || held.home === null;
    }),
  );
  // A withdrawal is never undone by leaving a file where it is: the file must ask for it, and be new.
  const withdrawn = ready.filter((article) => {
    const held = bySlug.get(article.folder.slug);
    return held?.status === "withdrawn" && !(article.input.restore && held.digest !== article.digest);
  });
  const send = ready.filter((article) => changed.has(article) && !withdrawn.includes(article));
  const gone = stored.filter(({ slug, status }) => status !== "withdrawn" && !slugs.has(slug));
  const drafts = articles.filter((article) => article.kind === "draft").map((article) => article.folder.slug);
  return {
    send: send.sort(byAge).map((article) => ({
      article,
      sending: { home: "git", ...(force ? {} : overOf(bySlug.get(article.folder.slug))) },
    })),
    unchanged: ready.filter((article) => !changed.has(article) && !withdrawn.includes(article)).length,
    vanished: gone.filter(({ home }) => home === "git"),
    unclaimed: gone.filter(({ home }) => home === null),
    withdrawn,
    publicDrafts: drafts.filter((slug) => bySlug.has(slug) && bySlug.get(slug)?.status !== "withdrawn"),
  };
}

const byAge = (a: ReadyArticle, b: ReadyArticle): number => {
  const [x, y] = [a.input.published + a.folder.slug, b.input.published + b.folder.slug];
  return x < y ? -1 : 1;
};
