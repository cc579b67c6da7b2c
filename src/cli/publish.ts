// `wireroom publish`: pictures first, then articles, then partners' policies; only what the Worker doesn't hold already.

import type { ArticleSummary } from "../api/answers.ts";
import { formatFinding } from "../content/finding.ts";
import type { ReadyArticle } from "../content/read-article.ts";
import { CliError } from "../lib/cli-error.ts";
import { check } from "../lib/problem.ts";
import { plural, slugField } from "../lib/text.ts";
import type { Instant } from "../lib/time.ts";
import { articleAsOf } from "./as-of.ts";
import { type CheckedContent, checkContent } from "./check.ts";
import type { Client } from "./client.ts";
import { refuseDemonstration } from "./demonstration.ts";
import { withLocalTimes } from "./local-times.ts";
import { parallel } from "./parallel.ts";
import { isRemovable, sendPolicies, vanishedPartners } from "./partner/send.ts";
import type { Ask } from "./partner/terminal.ts";
import { makePlan, type Plan } from "./plan.ts";
import type { Output } from "./progress.ts";
import { pruneAll, removal, withdrawal } from "./prune.ts";
import { prunable, reportNotes, reportPartners, stopRenamed } from "./report-plan.ts";
import { pictureSender, sendArticle } from "./send-article.ts";

const REQUESTS_AT_ONCE = 4;

/** What to publish, and how. */
export interface PublishOptions {
  readonly dir: string;
  /** Say what would be done, and do nothing. */
  readonly dryRun?: boolean;
  /** Withdraw articles, and remove partners, that git has published and the folder no longer has. */
  readonly prune?: boolean;
  /** Prune without asking. */
  readonly yes?: boolean;
  /** Asks somebody before anything is pruned; missing where there is nobody. */
  readonly ask?: Ask | undefined;
  /** Slugs of new articles that have the text of one that vanished, and are others all the same. */
  readonly asNew?: readonly string[];
  /** Send articles over what others have changed. */
  readonly force?: boolean;
  /** Look at these alone: slugs of articles, names of policies' files. */
  readonly only?: ReadonlySet<string>;
  /** Leave out the last line, which counts. */
  readonly quiet?: boolean;
  /** Send articles as they stood then, as far as their files tell. */
  readonly asOf?: Instant;
}

/** Publishes a content folder. Returns the exit code: 1 if anything was wrong or refused; the rest is published. */
export async function runPublish(options: PublishOptions, client: Client, out: Output): Promise<number> {
  const { dir, dryRun = false, prune = false, yes = false, ask, force = false, only, asOf } = options;
  await refuseDemonstration(dir, client.url);
  const found = await checkContent(dir, only, client.url);
  const checked = asOf
    ? { ...found, articles: found.articles.map((article) => articleAsOf(article, asOf)) }
    : found;
  if (prune && checked.articles.length === 0) {
    throw new CliError(`There is no article in ${dir}: with --prune, every article would be withdrawn.`);
  }
  const errors = checked.findings.filter((finding) => finding.level === "error");
  for (const finding of checked.findings) out.warn(formatFinding(finding));

  const stored = await storedOf(checked, only, client);
  const whole = makePlan(checked.articles, checked.content.slugs, stored, force);
  const stopped = await stopRenamed(whole, stored, new Set(options.asNew), client);
  for (const finding of stopped.findings) out.warn(formatFinding(finding));
  const plan = only ? limitedTo(stopped.plan, only) : stopped.plan;
  const timezone = checked.content.site?.timezone;
  reportNotes(plan, dir, prune, { ...out, warn: (line) => out.warn(withLocalTimes(line, timezone)) });
  const tally = new Map<string, number>();
  const count = counterIn(tally);
  let steps = 0;
  const stepDone = () => out.progress(++steps, plan.send.length);
  out.progress(0, plan.send.length);

  const pictures = pictureSender(client, dryRun);
  try {
    await parallel(plan.send, REQUESTS_AT_ONCE, async (errand) => {
      const outcome = await sendArticle(errand, client, dryRun, pictures, timezone);
      const { slug } = errand.article.folder;
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
  const gone = await vanishedPartners(checked.partners, client, only);
  reportPartners(gone, checked.partners.exists, prune, out);

  if (stopped.findings.length > 0) tally.set("stopped", stopped.findings.length);
  const refused =
    (tally.get("refused") ?? 0) + (partners.get("refused") ?? 0) + errors.length + stopped.findings.length;
  let asked = true;
  if (prune) {
    // A checkout has no folder `partners` once its last file is gone, nor where somebody never had one.
    const removals = checked.partners.exists
      ? gone.filter(isRemovable).map(removal(client, counterIn(partners)))
      : [];
    const withdrawals = prunable(plan).map(withdrawal(client, count));
    asked = await pruneAll([...withdrawals, ...removals], { dryRun, refused, yes, ask, out });
  }
  if (!options.quiet) out.say(summary(tally, partners, plan, checked, await pictures.sent()));
  return !asked || refused + (tally.get("failed") ?? 0) + (partners.get("failed") ?? 0) > 0 ? 1 : 0;
}

/**
 * What the Worker holds of the articles in `only`, each asked for by itself where they are few. All of it where one of them is
 * new: it may have the text of one that vanished.
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
  const isHeld = ({ folder, movedFrom }: ReadyArticle) =>
    stored.some(({ slug }) => slug === folder.slug || movedFrom.includes(slug));
  return ready.every(isHeld) ? stored : client.articles();
}

/** What is told where the Worker can't be asked any more. */
function unfinished(tally: ReadonlyMap<string, number>, left: number): string {
  const counts = [...tally].map(([what, count]) => `${count} ${what}`);
  return `Ended early: ${[...counts, `${left} not sent`].join(", ")}.`;
}

const counterIn = (tally: Map<string, number>) => (what: string) =>
  void tally.set(what, (tally.get(what) ?? 0) + 1);

/** Vanished articles whose folder somebody has just removed. */
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
  const unsound = checked.partners.policies.filter((policy) => policy.kind === "broken").length;
  if (unsound > 0) counts.push(`${plural(unsound, "partner")} broken`);
  return `${counts.length === 0 ? "Nothing to publish" : counts.join(", ")}.`;
}
