// What publishing a content folder comes to, given what the Worker holds. Pure.

import type { ArticleSummary } from "../api/answers.ts";
import type { ArticleState, ReadyArticle } from "../content/read-article.ts";
import { type Errand, overOf } from "./send-article.ts";

/** What to do, and what to tell. */
export interface Plan {
  /** Articles that the Worker holds nothing of. */
  readonly fresh: readonly ReadyArticle[];
  /** Articles that the Worker holds, in whichever state. */
  readonly known: readonly ReadyArticle[];
  /** New or changed articles, the oldest first. */
  readonly send: readonly Errand[];
  /** How many the Worker holds exactly so. */
  readonly unchanged: number;
  /** Articles that git has published and the folder no longer has. */
  readonly vanished: readonly ArticleSummary[];
  /** The same of unknown home: stored before homes were noted, so nobody knows whether git ever had them. */
  readonly unclaimed: readonly ArticleSummary[];
  /** Articles that were withdrawn from the Worker and not asked back, with the slugs that they have there. */
  readonly withdrawn: readonly { readonly article: ReadyArticle; readonly slug: string }[];
  /** Drafts that readers can see, since the Worker holds an earlier state. */
  readonly publicDrafts: readonly string[];
}

/** What the Worker holds of an article in the folder. */
interface Held {
  readonly article: ReadyArticle;
  /** Under its slug. */
  readonly there: ArticleSummary | undefined;
  /** Under a slug that it had before: it is to move. */
  readonly before: ArticleSummary | undefined;
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
  const held = ready.map((article): Held => {
    const there = bySlug.get(article.folder.slug);
    return { article, there, before: formerly(article, there, bySlug) };
  });
  const withdrawn = held.flatMap((each) => withdrawnOf(each));
  const rest = held.filter(({ article }) => !withdrawn.some((each) => each.article === article));
  const send = rest.filter(isChanged).sort((a, b) => byAge(a.article, b.article));
  const moving = new Set(rest.map(({ before }) => before?.slug));
  const gone = stored.filter(
    ({ slug, status }) => status !== "withdrawn" && !slugs.has(slug) && !moving.has(slug),
  );
  const drafts = articles.filter((article) => article.kind === "draft").map((article) => article.folder.slug);
  const isFresh = ({ there, before }: Held) => !there && !before;
  return {
    fresh: held.filter(isFresh).map(({ article }) => article),
    known: held.filter((each) => !isFresh(each)).map(({ article }) => article),
    send: send.map((each) => errand(each, force)),
    unchanged: rest.length - send.length,
    vanished: gone.filter(({ home }) => home === "git"),
    unclaimed: gone.filter(({ home }) => home === null),
    withdrawn,
    publicDrafts: drafts.filter((slug) => bySlug.has(slug) && bySlug.get(slug)?.status !== "withdrawn"),
  };
}

/** The article under the last slug that it had before and still has there. One of the API's is another article. */
const formerly = (
  { movedFrom, folder }: ReadyArticle,
  there: ArticleSummary | undefined,
  bySlug: ReadonlyMap<string, ArticleSummary>,
): ArticleSummary | undefined =>
  movedFrom
    .map((slug) => bySlug.get(slug))
    .findLast((before) => before && before.slug !== folder.slug && !(there && before.home === "api"));

/** One of unknown home is sent once more: its home is git from then on. One that is to move is sent in any case. */
const isChanged = ({ article, there, before }: Held): boolean =>
  before !== undefined || there?.digest !== article.digest || there.home === null;

/** A withdrawal is never undone by leaving a file where it is: the file must ask for it, and be new. */
function withdrawnOf({ article, there, before }: Held): Plan["withdrawn"] {
  const stored = [there, before].filter((each) => each !== undefined);
  const [first] = stored;
  if (!first || stored.some(({ status }) => status !== "withdrawn")) return [];
  return article.input.restore && first.digest !== article.digest ? [] : [{ article, slug: first.slug }];
}

function errand({ article, there, before }: Held, force: boolean): Errand {
  const home = "git";
  if (!before) return { article, sending: { home, ...(force ? {} : overOf(there)) } };
  const sending = { home, from: before.slug } as const;
  if (force) return { article, sending };
  // Of two that become one the Worker keeps the older, so no version can be named here.
  if (there) return { article, sending, changedBy: [there, before].find(wasChanged) };
  return before.home === "api"
    ? { article, sending, changedBy: before }
    : { article, sending: { ...sending, ...overOf(before) } };
}

/** True for an article that git has sent, and somebody else has changed since. */
const wasChanged = ({ version, gitVersion }: ArticleSummary): boolean =>
  gitVersion !== null && gitVersion !== version;

const byAge = (a: ReadyArticle, b: ReadyArticle): number => {
  const [x, y] = [a.input.published + a.folder.slug, b.input.published + b.folder.slug];
  return x < y ? -1 : 1;
};
