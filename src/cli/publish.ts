// `wireroom publish`: sends pictures, then articles, then partners' policies; only what the Worker doesn't
// have yet.

import { relative } from "node:path";
import type { ArticleSummary } from "../api/answers.ts";
import { CliError, formatFinding } from "../content/finding.ts";
import type { ReadyArticle } from "../content/read-article.ts";
import { check } from "../lib/problem.ts";
import { plural, slugField } from "../lib/text.ts";
import type { Instant } from "../lib/time.ts";
import { withLocalTimes } from "../lib/time.ts";
import { parallel, REQUESTS_AT_ONCE } from "./api-request.ts";
import { type CheckedContent, checkContent } from "./check.ts";
import type { Client } from "./client.ts";
import { refuseDemonstration } from "./demonstration.ts";
import {
  isRemovable,
  prunable,
  pruneAll,
  removal,
  reportPartners,
  reportVanished,
  vanishedPartners,
  withdrawal,
} from "./prune.ts";
import { articleAsOf, makePlan, type Plan } from "./publish-plan.ts";
import { stopRenamed } from "./renamed.ts";
import { pictureSender, sendArticle, sendPolicies } from "./send.ts";
import type { Ask, Output } from "./terminal.ts";

/** What to publish, and how. */
export interface PublishOptions {
  readonly dir: string;
  /** Only say what would be done. */
  readonly dryRun?: boolean;
  /** Withdraw articles and remove partners that came from a folder, if the folder no longer has them. */
  readonly prune?: boolean;
  /** Prune without asking. */
  readonly yes?: boolean;
  /** Asks the user before anything is pruned; missing without a terminal. */
  readonly ask?: Ask | undefined;
  /** Slugs of articles that are new, though they have the text of one that vanished. */
  readonly asNew?: readonly string[];
  /** Overwrite what others have changed on the Worker. */
  readonly force?: boolean;
  /** Publish only these: slugs of articles, names of policies' files. */
  readonly only?: ReadonlySet<string>;
  /** Leave out the last line, which is a summary. */
  readonly quiet?: boolean;
  /** Send articles as they were at that time, as far as their files show. */
  readonly asOf?: Instant;
}

/**
 * Publishes a content folder. Returns the exit code: 1 if anything was invalid or refused. The rest is
 * published all the same.
 */
export async function runPublish(options: PublishOptions, client: Client, out: Output): Promise<number> {
  const { dir, dryRun = false, prune = false, yes = false, ask, force = false, only, asOf } = options;
  await refuseDemonstration(dir, client.url);
  const current = await checkContent(dir, only, client.url);
  const checked = asOf
    ? { ...current, articles: current.articles.map((article) => articleAsOf(article, asOf)) }
    : current;
  if (prune && checked.articles.length === 0) {
    throw new CliError(`There is no article in ${dir}: with --prune, every article would be withdrawn.`);
  }
  const errors = checked.findings.filter((finding) => finding.level === "error");
  for (const finding of checked.findings) out.warn(formatFinding(finding));

  const stored = await storedOf(checked, only, client);
  const fullPlan = makePlan(checked.articles, checked.content.slugs, stored, force);
  const stopped = await stopRenamed(fullPlan, stored, new Set(options.asNew), client);
  for (const finding of stopped.findings) out.warn(formatFinding(finding));
  const plan = only ? limitedTo(stopped.plan, only) : stopped.plan;
  const timezone = checked.content.site?.timezone;
  const localOut: Output = { ...out, warn: (line) => out.warn(withLocalTimes(line, timezone)) };
  reportUnsent(plan, localOut);
  reportVanished(plan, dir, prune, localOut);
  const tally = new Map<string, number>();
  const count = counterIn(tally);
  let steps = 0;
  const stepDone = () => out.progress(++steps, plan.send.length);
  out.progress(0, plan.send.length);

  const pictures = pictureSender(client, dryRun);
  try {
    await parallel(plan.send, REQUESTS_AT_ONCE, async (job) => {
      const outcome = await sendArticle(job, client, dryRun, pictures, timezone);
      const { slug } = job.article.folder;
      if (outcome.ok) {
        out.say(`${outcome.value.change.padEnd(9)} ${slug}  ${outcome.value.where}`.trim());
        for (const line of outcome.value.warnings) out.warn(line);
      } else for (const line of outcome.lines) out.warn(line);
      count(outcome.ok ? outcome.value.change : "refused");
      stepDone();
    });
  } catch (error) {
    out.progress(1, 1);
    out.warn(unfinished(tally, plan.send.length - steps));
    throw error;
  }

  const partners = new Map<string, number>();
  await sendPolicies(checked.partners, client, dryRun, counterIn(partners), out);
  const vanished = await vanishedPartners(checked.partners, client, only);
  reportPartners(vanished, checked.partners.exists, prune, out);

  if (stopped.findings.length > 0) tally.set("stopped", stopped.findings.length);
  const refused =
    (tally.get("refused") ?? 0) + (partners.get("refused") ?? 0) + errors.length + stopped.findings.length;
  let isDecided = true;
  if (prune) {
    // Git keeps no empty folder: without `partners`, it isn't known whether the last policy was deleted or
    // there never was one.
    const removals = checked.partners.exists
      ? vanished.filter(isRemovable).map(removal(client, counterIn(partners)))
      : [];
    const withdrawals = prunable(plan).map(withdrawal(client, count));
    isDecided = await pruneAll([...withdrawals, ...removals], { dryRun, refused, yes, ask, out });
  }
  if (!options.quiet) out.say(summary(tally, partners, plan, checked, await pictures.sent()));
  return !isDecided || refused + (tally.get("failed") ?? 0) + (partners.get("failed") ?? 0) > 0 ? 1 : 0;
}

/** Warns of withdrawn articles and of drafts, which aren't sent. */
function reportUnsent({ withdrawn, publicDrafts }: Plan, out: Output): void {
  for (const { article, slug } of withdrawn) {
    out.warn(
      `${relative(process.cwd(), article.folder.file)}  was withdrawn, and is not sent; npx wireroom restore ${slug} brings it back`,
    );
  }
  for (const slug of publicDrafts) {
    out.warn(`${slug}  is a draft here, but readers still see what was published before`);
  }
}

/**
 * The Worker's summaries of the articles in `only`; if they are few, each is requested by itself. All
 * summaries if one of the articles is new, because it may have the text of one that vanished.
 */
async function storedOf(
  { articles }: CheckedContent,
  only: ReadonlySet<string> | undefined,
  client: Client,
): Promise<readonly ArticleSummary[]> {
  const ready = articles.filter((article) => article.kind === "article");
  const names = [...(only ?? []), ...ready.flatMap(({ movedFrom }) => movedFrom)];
  const slugs = new Set(names.filter((name) => check(slugField, name).ok));
  if (!only || slugs.size > REQUESTS_AT_ONCE) return client.articles();
  const found = await Promise.all(Array.from(slugs, (slug) => client.summary(slug)));
  const stored = found.filter((summary) => summary !== undefined);
  const isStored = ({ folder, movedFrom }: ReadyArticle) =>
    stored.some(({ slug }) => slug === folder.slug || movedFrom.includes(slug));
  return ready.every(isStored) ? stored : client.articles();
}

/** The last line if publishing ended early. */
function unfinished(tally: ReadonlyMap<string, number>, left: number): string {
  const counts = [...tally].map(([what, count]) => `${count} ${what}`);
  return `Ended early: ${[...counts, `${left} not sent`].join(", ")}.`;
}

const counterIn = (tally: Map<string, number>) => (outcome: string) =>
  void tally.set(outcome, (tally.get(outcome) ?? 0) + 1);

/** A plan that reports no vanished article but those in `only`, whose folder was just deleted. */
const limitedTo = (plan: Plan, only: ReadonlySet<string>): Plan => ({
  ...plan,
  vanished: plan.vanished.filter((summary) => only.has(summary.slug)),
  unclaimed: [],
});

function summary(
  tally: ReadonlyMap<string, number>,
  partners: ReadonlyMap<string, number>,
  plan: Plan,
  checked: CheckedContent,
  pictures: number,
): string {
  const broken = checked.articles.filter((article) => article.kind === "broken").length;
  const counts = [...tally].map(([what, count]) => `${count} ${what}`);
  if (plan.unchanged > 0) counts.push(`${plan.unchanged} as before`);
  if (broken > 0) counts.push(`${broken} broken`);
  if (pictures > 0) counts.push(plural(pictures, "picture"));
  counts.push(...Array.from(partners, ([what, count]) => `${plural(count, "partner")} ${what}`));
  const brokenPolicies = checked.partners.policies.filter((policy) => policy.kind === "broken").length;
  if (brokenPolicies > 0) counts.push(`${plural(brokenPolicies, "partner")} broken`);
  return `${counts.length === 0 ? "Nothing to publish" : counts.join(", ")}.`;
}
