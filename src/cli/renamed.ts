// Folders that were renamed: the Worker has an article whose folder has vanished, and a new folder has its
// text. Published as they are, they would be two articles, so the new one isn't sent.

import type { ArticleSummary } from "../api/answers.ts";
import { type Finding, findingIn } from "../content/finding.ts";
import type { ReadyArticle } from "../content/read-article.ts";
import { Unreachable } from "./api-request.ts";
import { comparableText, isSameText } from "./check/article-reports.ts";
import { checkContent, type Scope } from "./check.ts";
import type { Client } from "./client.ts";
import { makePlan, type Plan } from "./publish-plan.ts";
import { NoToken } from "./target.ts";
import type { Output } from "./terminal.ts";

/**
 * How many vanished articles are downloaded at most. Those with the headline or date of a new one come first.
 */
const DOWNLOAD_LIMIT = 50;

/** A new folder, and the vanished article that it holds. */
interface Renamed {
  readonly article: ReadyArticle;
  readonly was: ArticleSummary;
}

/** Finds new articles that are vanished ones under another name. Each vanished article is found once. */
async function findRenamed(
  fresh: readonly ReadyArticle[],
  vanished: readonly ArticleSummary[],
  client: Pick<Client, "article">,
): Promise<readonly Renamed[]> {
  const found: Renamed[] = [];
  const left = () => vanished.filter((was) => !found.some((each) => each.was === was));
  const open = () => fresh.filter((article) => !found.some((each) => each.article === article));
  for (const article of fresh) {
    const was = left().find((each) => isNamed(article, each) || each.digest === article.digest);
    if (was) found.push({ article, was });
  }
  if (open().length === 0) return found;
  const isLikely = (was: ArticleSummary) => open().some((article) => looksLike(article, was));
  const candidates = left().sort((a, b) => Number(isLikely(b)) - Number(isLikely(a)));
  for (const was of candidates.slice(0, DOWNLOAD_LIMIT)) {
    const stored = await client.article(was.slug);
    const article = stored.ok && open().find((each) => isSameText(each.input, stored.value));
    if (article) found.push({ article, was });
  }
  return found;
}

/** The article in the folder that seems to be a second copy of a stored one. */
export const duplicateOf = (
  { digest, headline, published }: ArticleSummary,
  articles: readonly ReadyArticle[],
): ReadyArticle | undefined =>
  articles.find(
    ({ digest: own, input }) =>
      (own === digest || (input.headline === headline && input.published === published)) &&
      comparableText(input) !== undefined,
  );

/**
 * True if the new article's `id` names the vanished one: by its id, or, as some people expect, by its slug.
 */
const isNamed = ({ input: { id } }: ReadyArticle, was: ArticleSummary): boolean =>
  id !== undefined && (id === was.id || id === was.slug);

const looksLike = ({ input }: ReadyArticle, { headline, published }: ArticleSummary): boolean =>
  input.headline === headline || input.published === published;

/** A plan without the articles that must not be sent, and an error for each of them. */
interface StoppedPlan {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
}

/**
 * Takes new folders out of a plan that would make a second article: they have the text of a vanished one, or
 * its id or slug as `id`. Slugs in `asNew` may be sent all the same.
 */
export async function stopRenamed(
  plan: Plan,
  stored: readonly ArticleSummary[],
  asNew: ReadonlySet<string>,
  client: Pick<Client, "article">,
): Promise<StoppedPlan> {
  const fresh = plan.fresh.filter(({ folder }) => !asNew.has(folder.slug));
  const renamed = await findRenamed(fresh, [...plan.vanished, ...plan.unclaimed], client);
  const slugs = new Set(stored.map(({ slug }) => slug));
  const misnamed = fresh.filter(
    (article) => hasSlugAsId(article, slugs) && !renamed.some((each) => each.article === article),
  );
  const stopped = new Set([...renamed.map(({ article }) => article), ...misnamed]);
  const was = new Set(renamed.map((each) => each.was));
  return {
    plan: {
      ...plan,
      send: plan.send.filter(({ article }) => !stopped.has(article)),
      vanished: plan.vanished.filter((summary) => !was.has(summary)),
      unclaimed: plan.unclaimed.filter((summary) => !was.has(summary)),
    },
    findings: [
      ...renamed.map(({ article, was: { slug } }) => findingOf(article, "", renamedMessage(slug, article))),
      ...misnamed.map((article) => findingOf(article, "id", slugAsIdMessage(article))),
    ],
  };
}

const hasSlugAsId = ({ input: { id }, folder }: ReadyArticle, slugs: ReadonlySet<string>): boolean =>
  id !== undefined && id !== folder.slug && slugs.has(id);

const findingOf = ({ folder, lineOf }: ReadyArticle, path: string, message: string): Finding =>
  findingIn(folder.file, lineOf)("error")({ path, message });

const renamedMessage = (was: string, { folder: { slug } }: ReadyArticle): string =>
  `has the text of ${was}, which is published, but no longer in this folder: readers would see the article twice. If it was renamed, npx wireroom mv ${was} ${slug} keeps its id, and its old address redirects. If it is another article, npx wireroom withdraw ${was} first, or publish --as-new ${slug}`;

const slugAsIdMessage = ({ input: { id }, folder: { slug } }: ReadyArticle): string =>
  `is the slug of another article, not an id: take it out. If this is that article under another name: npx wireroom mv ${id} ${slug}`;

/**
 * A Worker that `check` may ask. `named` is true if a flag of this command names it, false if the environment
 * does.
 */
interface CheckedWorker {
  readonly connect: () => Promise<Client>;
  readonly named: boolean;
}

/**
 * Finds new folders in a scope that are articles of the Worker under another name, for `check`. If the Worker
 * can't be asked: throws `CliError` if it was named by a flag; else warns and finds nothing.
 */
export async function renamedSince(
  { dir, only }: Scope,
  { connect, named }: CheckedWorker,
  out: Output,
): Promise<readonly Finding[]> {
  try {
    const client = await connect();
    const { articles, content } = await checkContent(dir, only, client.url);
    const stored = await client.articles();
    const plan = makePlan(articles, content.slugs, stored);
    return (await stopRenamed(plan, stored, new Set(), client)).findings;
  } catch (error) {
    if (named || !(error instanceof Unreachable || error instanceof NoToken)) throw error;
    out.warn(`The folder was not compared with the Worker: ${error.message}`);
    return [];
  }
}
