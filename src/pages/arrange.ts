// Chooses the lead article of a page and the order of the others. Pure. It looks only at the articles on that
// page, when the page is rendered. So no table stores priorities, and a forgotten `lead` ends when its
// article leaves the page.

import type { Article } from "../article/article.ts";

/** A page's articles, each once. */
export interface Arranged<A> {
  /** Missing if no article may lead. */
  readonly lead?: A;
  readonly others: readonly A[];
}

/** The fields that the order depends on. */
export type Arrangeable = Pick<Article, "priority" | "sponsored" | "images">;

/**
 * Chooses the lead of a page whose articles come newest first: the newest with priority `lead`, else the
 * newest with a picture, else the newest. An article that is sponsored, or has priority `low`, never leads.
 * The others stay newest first.
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
 * The same for a front page, where priority `top` comes before the others, and `low` after them. A sponsored
 * article stands in its place, but never first, beside the lead, if there is any other.
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
 * The height of the column beside a lead with a picture, in stories without a picture. A story with one
 * counts as two.
 */
const BESIDE_HEIGHT = 4;

/**
 * The first articles, as many as fill the column beside the lead. The last one loses its picture if there is
 * no room for it.
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
