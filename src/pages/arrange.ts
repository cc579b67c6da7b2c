// Which article leads a page, and in which order the others follow. Pure. It is chosen among the articles of
// that page, when the page is made: so no table knows of priorities, and a pin that somebody forgot goes with
// its article.

import type { Article } from "../article/article.ts";

/** A page's articles, each once. */
export interface Arranged<A> {
  /** Missing where none may lead. */
  readonly lead?: A;
  readonly others: readonly A[];
}

/** What the arrangement depends on. */
export type Arrangeable = Pick<Article, "priority" | "sponsored" | "images">;

/**
 * Chooses the lead of a page whose articles come newest first: the newest with priority `lead`, else the
 * newest with a picture, else the newest. One that is sponsored, or has priority `low`, never leads. The
 * others stay newest first.
 */
export function withLead<A extends Arrangeable>(articles: readonly A[]): Arranged<A> {
  const candidates = articles.filter(({ sponsored, priority }) => !sponsored && priority !== "low");
  const lead =
    candidates.find(({ priority }) => priority === "lead") ??
    candidates.find(({ images }) => images.length > 0) ??
    candidates[0];
  return lead === undefined
    ? { others: articles }
    : { lead, others: articles.filter((article) => article !== lead) };
}

/**
 * The same for a front page, where `top` comes before the others, and `low` after them. What is sponsored is
 * as all others, but isn't the first of them, beside the lead, as long as there is any other.
 */
export function frontPageOrder<A extends Arrangeable>(articles: readonly A[]): Arranged<A> {
  const { others, ...lead } = withLead(articles);
  const sorted = others.toSorted((a, b) => rank(a) - rank(b));
  const first = sorted.findIndex(({ sponsored }) => !sponsored);
  return { ...lead, others: [...sorted.splice(Math.max(first, 0), 1), ...sorted] };
}

// A second article with priority `lead` stands beside the newer one.
function rank({ priority, sponsored }: Arrangeable): number {
  if (priority === "low") return 2;
  return priority === "normal" || sponsored ? 1 : 0;
}

/**
 * How much stands beside a lead with a picture: so many stories of words alone; one with its picture is as
 * high as two.
 */
const BESIDE_HEIGHT = 4;

/**
 * The first of these, as many as fill the column beside the lead; the last is without its picture where there
 * is no room for it.
 */
export function besideLead<A extends Arrangeable>(articles: readonly A[]) {
  const chosen: { readonly article: A; readonly pictured: boolean }[] = [];
  let left = BESIDE_HEIGHT;
  for (const article of articles) {
    if (left === 0) break;
    const pictured = article.images.length > 0 && left > 1;
    left -= pictured ? 2 : 1;
    chosen.push({ article, pictured });
  }
  return chosen;
}
