// What the content folder no longer has, but the Worker does. `publish` reports it; `publish --prune` lists
// it, asks, and withdraws the articles and removes the partners.

import { relative } from "node:path";
import type { ArticleSummary } from "../api/answers.ts";
import { POLICY_EXTENSION, type PolicyFolder } from "../content/partner-file.ts";
import { plural } from "../lib/text.ts";
import type { PartnerSummary } from "../partners/answers.ts";
import { parallel, REQUESTS_AT_ONCE } from "./api-request.ts";
import type { Client, Reply } from "./client.ts";
import type { Plan } from "./publish-plan.ts";
import { duplicateOf } from "./renamed.ts";
import type { Ask, Output } from "./terminal.ts";

/** What `--prune` withdraws: not what others have changed, nor what a folder has under another name. */
export const prunable = ({ vanished, known }: Plan): readonly ArticleSummary[] =>
  vanished.filter((summary) => isAsSent(summary) && !duplicateOf(summary, known));

/** True for an article that is stored as git sent it. */
const isAsSent = ({ version, gitVersion }: ArticleSummary): boolean => version === gitVersion;

/**
 * Warns of articles that are published, but no longer in the folder `dir`; with `prune`, only of those that
 * it leaves.
 */
export function reportVanished(plan: Plan, dir: string, prune: boolean, out: Output): void {
  const folder = relative(process.cwd(), dir) || "this folder";
  const pruned = new Set(prune ? prunable(plan) : []);
  for (const summary of plan.vanished) {
    if (pruned.has(summary)) continue;
    const { slug, headline } = summary;
    out.warn(`${slug}  is published, but not in ${folder}; ${remedyFor(summary, plan)} (“${headline}”)`);
  }
  const [first, ...others] = plan.unclaimed;
  if (!first) return;
  const some = others.length === 0 ? `${first.slug} is` : `${first.slug} and ${others.length} more are`;
  out.warn(
    `${some} published, but not in ${folder}. It isn't known whether a folder ever had them, so --prune leaves them; npx wireroom withdraw SLUG takes one down`,
  );
}

function remedyFor(summary: ArticleSummary, { known }: Plan): string {
  const { slug, sentAt, sentBy } = summary;
  const duplicate = duplicateOf(summary, known)?.folder.slug;
  if (duplicate !== undefined)
    return `${duplicate} has its text: npx wireroom mv ${slug} ${duplicate} makes one article of the two, without a notice to readers`;
  if (isAsSent(summary)) return "--prune would withdraw it";
  return `it was changed there by ${sentBy ?? "somebody"} on ${sentAt ?? "an unknown day"}, so --prune leaves it; npx wireroom withdraw ${slug} takes it down`;
}

/**
 * Partners of the Worker that the folder has no file for; with `only`, those whose file it names. Partners
 * that another program sent to the API, or that are kept at the desk, aren't the folder's concern.
 */
export async function vanishedPartners(
  { policies }: PolicyFolder,
  client: Client,
  only?: ReadonlySet<string>,
): Promise<readonly PartnerSummary[]> {
  if (only && ![...only].some((name) => name.endsWith(POLICY_EXTENSION))) return [];
  const ids = new Set(policies.map(({ id }) => id));
  return (await client.partners()).filter(
    ({ id, home }) =>
      !ids.has(id) && (home === "git" || home === null) && (!only || only.has(id + POLICY_EXTENSION)),
  );
}

/** True for a partner whose policy is stored as git sent it; `--prune` removes no other. */
export const isRemovable = ({ home }: PartnerSummary): boolean => home === "git";

/**
 * Warns of partners without a file. `hasFolder` is false if there is no folder `partners`; then nothing is
 * pruned.
 */
export function reportPartners(
  vanished: readonly PartnerSummary[],
  hasFolder: boolean,
  prune: boolean,
  out: Output,
): void {
  for (const partner of vanished) {
    const isPrunable = hasFolder && isRemovable(partner);
    if (isPrunable && prune) continue;
    const { id, name } = partner;
    const remedy = isPrunable ? "--prune would remove it" : `npx wireroom partner remove ${id} removes it`;
    out.warn(`partners/${id}  is a partner, but has no file; ${remedy} (“${name}”)`);
  }
}

/** Something that the folder no longer has, and how it is taken off the Worker. */
interface Removal {
  /** As people know it: `harbour-vote`, `partners/example`. */
  readonly name: string;
  /** Its headline, or the partner's name. */
  readonly title: string;
  readonly kind: "article" | "partner";
  /** The verb in messages, and its participle. */
  readonly verb: "withdraw" | "remove";
  readonly done: "withdrawn" | "removed";
  readonly run: () => Promise<Reply<unknown>>;
  /** Counts the outcome for the summary. */
  readonly count: (outcome: string) => void;
}

/** Withdraws an article, provided that it is still as git sent it. */
export const withdrawal =
  (client: Client, count: (outcome: string) => void) =>
  ({ slug, headline, version }: ArticleSummary): Removal => ({
    ...{ name: slug, title: headline, kind: "article", verb: "withdraw", done: "withdrawn", count },
    run: () => client.withdraw(slug, { over: version }),
  });

/** Removes a partner, with its tokens and its ledger. */
export const removal =
  (client: Client, count: (outcome: string) => void) =>
  ({ id, name }: PartnerSummary): Removal => ({
    ...{ name: `partners/${id}`, title: name, kind: "partner", verb: "remove", done: "removed", count },
    run: () => client.removePartner(id),
  });

/** How to prune. */
interface PruneOptions {
  readonly dryRun: boolean;
  /** How many problems the rest of the folder has; nothing is pruned unless it is 0. */
  readonly refused: number;
  /** Prune without asking. */
  readonly yes: boolean;
  /** Asks the user; missing without a terminal. */
  readonly ask?: Ask | undefined;
  readonly out: Output;
}

/** Withdraws or removes everything, after the user has agreed. False if nobody could be asked. */
export async function pruneAll(removals: readonly Removal[], options: PruneOptions): Promise<boolean> {
  const { dryRun, refused, yes, ask, out } = options;
  if (removals.length === 0) return true;
  // A renamed article with an error in it looks like one that vanished.
  if (refused > 0) {
    out.warn(`${nothingDone(removals)}: ${plural(refused, "problem")} must be solved first.`);
    return true;
  }
  for (const { name, title, verb } of removals) out.say(`to ${verb} ${name}  “${title}”`);
  if (dryRun) {
    for (const { count, verb } of removals) count(`to ${verb}`);
    return true;
  }
  if (!yes && !ask) {
    out.warn(
      `${nothingDone(removals)}: without a terminal, nobody can be asked. --yes does it without asking.`,
    );
    return false;
  }
  if (!yes && !(await isAgreed(ask, removals))) {
    out.say(`${nothingDone(removals)}.`);
    return true;
  }
  await parallel(removals, REQUESTS_AT_ONCE, async ({ name, done, run, count }) => {
    const reply = await run();
    if (!reply.ok) out.warn(`${name}  ${reply.problem.detail ?? reply.problem.title}`);
    else out.say(`${done.padEnd(9)} ${name}`);
    count(reply.ok ? done : "failed");
  });
  return true;
}

const nothingDone = (removals: readonly Removal[]): string =>
  `Nothing was ${[...new Set(removals.map(({ done }) => done))].join(" or ")}`;

async function isAgreed(ask: Ask | undefined, removals: readonly Removal[]): Promise<boolean> {
  const what = [...Map.groupBy(removals, ({ verb }) => verb)].map(
    ([verb, some]) => `${verb} ${plural(some.length, some[0]?.kind ?? "")}`,
  );
  const notices = removals.some(({ kind }) => kind === "article")
    ? " Readers get a notice for each article."
    : "";
  const question = `Shall I ${what.join(" and ")}?${notices} [y/N] `;
  return /^(?:y|yes)$/i.test((await ask?.(question))?.trim() ?? "");
}
