// What `publish` tells of what it doesn't send: withdrawn articles, drafts, what the folder has no more, folders that were renamed.

import { relative } from "node:path";
import type { ArticleSummary } from "../api/answers.ts";
import { type Finding, findingIn } from "../content/finding.ts";
import type { ReadyArticle } from "../content/read-article.ts";
import type { PartnerSummary } from "../partners/answers.ts";
import type { Client } from "./client.ts";
import { isRemovable } from "./partner/send.ts";
import type { Plan } from "./plan.ts";
import type { Output } from "./progress.ts";
import { doubleOf, findRenamed } from "./renamed.ts";

/** True for an article that stands there as git sent it. */
const isAsSent = ({ version, gitVersion }: ArticleSummary): boolean => version === gitVersion;

/** What `--prune` withdraws: not what others have changed, nor what another folder has the text of. */
export const prunable = ({ vanished, known }: Plan): readonly ArticleSummary[] =>
  vanished.filter((summary) => isAsSent(summary) && !doubleOf(summary, known));

/** A plan without the articles that must not be sent, and what is wrong with each. */
export interface StoppedPlan {
  readonly plan: Plan;
  readonly findings: readonly Finding[];
}

/**
 * Takes out of a plan what would make a second article: a new folder that has the text of one that vanished, or its id or
 * slug as `id`. Those in `asNew` pass.
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
    (article) => slugAsId(article, slugs) && !renamed.some((each) => each.article === article),
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

const slugAsId = ({ input: { id }, folder }: ReadyArticle, slugs: ReadonlySet<string>): boolean =>
  id !== undefined && id !== folder.slug && slugs.has(id);

const findingOf = ({ folder, lineOf }: ReadyArticle, path: string, message: string): Finding =>
  findingIn(folder.file, lineOf)("error")({ path, message });

const renamedMessage = (was: string, { folder: { slug } }: ReadyArticle): string =>
  `has the text of ${was}, which is published and no longer in this folder: sent like this, readers would see it twice. npx wireroom mv ${was} ${slug} keeps its id, and its old address redirects. If it is another article: npx wireroom withdraw ${was} first, or publish --as-new ${slug}`;

const slugAsIdMessage = ({ input: { id }, folder: { slug } }: ReadyArticle): string =>
  `is the slug of another article, not an id: take it out; or, if this is that article under another name, npx wireroom mv ${id} ${slug}`;

/** Tells what is not sent, and what the folder `dir` has no more. */
export function reportNotes(plan: Plan, dir: string, prune: boolean, out: Output): void {
  for (const { article, slug } of plan.withdrawn) {
    out.warn(
      `${relative(process.cwd(), article.folder.file)}  was withdrawn, and is not sent; npx wireroom restore ${slug} brings it back`,
    );
  }
  for (const slug of plan.publicDrafts) {
    out.warn(`${slug}  is a draft here, but readers still see what was published before`);
  }
  const folder = relative(process.cwd(), dir) || "this folder";
  const pruned = new Set(prune ? prunable(plan) : []);
  for (const summary of plan.vanished) {
    if (!pruned.has(summary)) {
      const { slug, headline } = summary;
      out.warn(`${slug}  is published, but not in ${folder}; ${wayFor(summary, plan)} (“${headline}”)`);
    }
  }
  const [first, ...others] = plan.unclaimed;
  if (!first) return;
  const some = others.length === 0 ? `${first.slug} is` : `${first.slug} and ${others.length} more are`;
  out.warn(
    `${some} published, but not in ${folder}; whether they ever came from a folder isn't known, so --prune leaves them. npx wireroom withdraw SLUG takes one down`,
  );
}

/** What can be done about an article that the folder has no more. */
function wayFor(summary: ArticleSummary, { known }: Plan): string {
  const { slug, sentAt, sentBy } = summary;
  const double = doubleOf(summary, known)?.folder.slug;
  if (double !== undefined)
    return `${double} has its text: npx wireroom mv ${slug} ${double} makes one article of the two, and no reader sees a notice`;
  if (isAsSent(summary)) return "--prune would withdraw it";
  return `it was changed there by ${sentBy ?? "somebody"} on ${sentAt ?? "an unknown day"}, so --prune leaves it; npx wireroom withdraw ${slug} takes it down`;
}

/** Tells of partners that have no file any more. */
export function reportPartners(
  gone: readonly PartnerSummary[],
  exists: boolean,
  prune: boolean,
  out: Output,
): void {
  for (const partner of gone) {
    const prunable = exists && isRemovable(partner);
    if (prunable && prune) continue;
    const { id, name } = partner;
    const how = prunable ? "--prune would remove it" : `npx wireroom partner remove ${id} removes it`;
    out.warn(`partners/${id}  is a partner, but has no file; ${how} (“${name}”)`);
  }
}
