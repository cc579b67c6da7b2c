// Compares a content folder with what the Worker has: what `publish` sends, and what it only reports. Pure.

import type { ArticleSummary } from "../api/answers.ts";
import { hexSha256 } from "../content/images.ts";
import type { ArticleState, ReadyArticle } from "../content/read-article.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { type Instant, latest } from "../lib/time.ts";
import { overOf, type SendJob } from "./send.ts";

/** What to send, and what to report. */
export interface Plan {
  /** Articles that the Worker doesn't have. */
  readonly fresh: readonly ReadyArticle[];
  /** Articles that the Worker has, in any status. */
  readonly known: readonly ReadyArticle[];
  /** New or changed articles, the oldest first. */
  readonly send: readonly SendJob[];
  /** How many articles the Worker has exactly like this. */
  readonly unchanged: number;
  /** Articles that came from a folder, and that this folder no longer has. */
  readonly vanished: readonly ArticleSummary[];
  /**
   * The same for articles that were stored before their home was recorded: it isn't known whether a folder
   * ever had them.
   */
  readonly unclaimed: readonly ArticleSummary[];
  /** Withdrawn articles that don't ask to be restored, with their slugs on the Worker. */
  readonly withdrawn: readonly { readonly article: ReadyArticle; readonly slug: string }[];
  /** Drafts whose earlier version readers can still see. */
  readonly publicDrafts: readonly string[];
}

/** An article in the folder, and what the Worker has of it. */
interface StoredState {
  readonly article: ReadyArticle;
  /** The article that is stored under its slug. */
  readonly there: ArticleSummary | undefined;
  /** The article that is stored under a slug that it had before, and that it replaces: it moves. */
  readonly before: ArticleSummary | undefined;
}

/**
 * Compares a folder with what is stored. `slugs` are the names of all articles' folders, also of broken ones.
 * With `force`, whatever is stored is overwritten.
 */
export function makePlan(
  articles: readonly ArticleState[],
  slugs: ReadonlySet<string>,
  stored: readonly ArticleSummary[],
  force = false,
): Plan {
  const bySlug = new Map(stored.map((summary) => [summary.slug, summary]));
  const ready = articles.filter((article) => article.kind === "article");
  const states = ready.map((article): StoredState => {
    const there = bySlug.get(article.folder.slug);
    return { article, there, before: formerly(article, there, bySlug) };
  });
  const withdrawn = states.flatMap((each) => withdrawnOf(each));
  const rest = states.filter(({ article }) => !withdrawn.some((each) => each.article === article));
  const send = rest.filter(isChanged).sort((a, b) => byAge(a.article, b.article));
  const moving = new Set(rest.map(({ before }) => before?.slug));
  const missing = stored.filter(
    ({ slug, status }) => status !== "withdrawn" && !slugs.has(slug) && !moving.has(slug),
  );
  const drafts = articles.filter((article) => article.kind === "draft").map((article) => article.folder.slug);
  const isFresh = ({ there, before }: StoredState) => !there && !before;
  return {
    fresh: states.filter(isFresh).map(({ article }) => article),
    known: states.filter((each) => !isFresh(each)).map(({ article }) => article),
    send: send.map((each) => sendJob(each, force)),
    unchanged: rest.length - send.length,
    vanished: missing.filter(({ home }) => home === "git"),
    unclaimed: missing.filter(({ home }) => home === null),
    withdrawn,
    publicDrafts: drafts.filter((slug) => bySlug.has(slug) && bySlug.get(slug)?.status !== "withdrawn"),
  };
}

/**
 * The article under the latest slug of `movedFrom` that is still stored. If the new slug is stored too, an
 * article that came by the API is another one.
 */
const formerly = (
  { movedFrom, folder }: ReadyArticle,
  there: ArticleSummary | undefined,
  bySlug: ReadonlyMap<string, ArticleSummary>,
): ArticleSummary | undefined =>
  movedFrom
    .map((slug) => bySlug.get(slug))
    .findLast((before) => before && before.slug !== folder.slug && !(there && before.home === "api"));

/** An article whose home isn't recorded is sent again, which records it. One that moves is always sent. */
const isChanged = ({ article, there, before }: StoredState): boolean =>
  before !== undefined || there?.digest !== article.digest || there.home === null;

/** Keeping the file doesn't undo a withdrawal: it must say `restore`, and have changed. */
function withdrawnOf({ article, there, before }: StoredState): Plan["withdrawn"] {
  const stored = [there, before].filter((each) => each !== undefined);
  const [first] = stored;
  if (!first || stored.some(({ status }) => status !== "withdrawn")) return [];
  return article.input.restore && first.digest !== article.digest ? [] : [{ article, slug: first.slug }];
}

function sendJob({ article, there, before }: StoredState, force: boolean): SendJob {
  const home = "git";
  const atDesk = [there, before].find((each) => each?.home === "desk");
  if (atDesk && !force) return { article, sending: { home }, atDesk };
  if (!before) return { article, sending: { home, ...(force ? {} : overOf(there)) } };
  const sending = { home, from: before.slug } as const;
  if (force) return { article, sending };
  // If two articles become one, the Worker keeps the older, so no version can be named.
  if (there) return { article, sending, changedBy: [there, before].find(wasChanged) };
  return before.home === "api"
    ? { article, sending, changedBy: before }
    : { article, sending: { ...sending, ...overOf(before) } };
}

/** True for an article that git has sent and somebody else has changed since. */
const wasChanged = ({ version, gitVersion }: ArticleSummary): boolean =>
  gitVersion !== null && gitVersion !== version;

const byAge = (a: ReadyArticle, b: ReadyArticle): number => {
  const [x, y] = [a.input.published + a.folder.slug, b.input.published + b.folder.slug];
  return x < y ? -1 : 1;
};

/**
 * The article as it was at `instant`, as far as its file shows: without later corrections, and without a
 * later `updated`. If it is scheduled for later, as it will be when it is published.
 */
export function articleAsOf(article: ArticleState, instant: Instant): ArticleState {
  if (article.kind !== "article") return article;
  const { updated, corrections, ...rest } = article.input;
  const limit = latest([instant, rest.published]) ?? instant;
  const isPast = (at: Instant) => at <= limit;
  const input = {
    ...rest,
    ...omitUndefined({ updated: updated !== undefined && isPast(updated) ? updated : undefined }),
    corrections: corrections.filter(({ at }) => isPast(at)),
  };
  if (input.updated === updated && input.corrections.length === corrections.length) return article;
  const json = Buffer.from(JSON.stringify(input));
  return { ...article, input, json, digest: hexSha256(json) };
}
