// `wireroom publish`: pictures first, then articles, then partners' policies; only what the Worker doesn't hold already.

import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import type { ArticleSummary, ProblemDetails } from "../model/api.ts";
import type { PartnerSummary } from "../model/partner-api.ts";
import type { Problem } from "../model/problem.ts";
import { plural } from "../model/text.ts";
import type { Instant } from "../model/time.ts";
import type { ReadyArticle } from "./article.ts";
import { articleAsOf } from "./as-of.ts";
import { type CheckedContent, checkContent } from "./check.ts";
import type { Client, Reply } from "./client.ts";
import type { LocalImage } from "./local-image.ts";
import { parallel } from "./parallel.ts";
import { sendPolicies, vanishedPartners } from "./partner/send.ts";
import { makePlan, type Plan } from "./plan.ts";
import type { Output } from "./progress.ts";
import { findingIn, formatFinding, pathInFile, refusalLines } from "./report.ts";
import { Stop } from "./stop.ts";
import { removal, takeBack, withdrawal } from "./take-back.ts";

const REQUESTS_AT_ONCE = 4;

/** What to publish, and how. */
export interface PublishOptions {
  readonly dir: string;
  /** Say what would be done, and do nothing. */
  readonly dryRun?: boolean;
  /** Withdraw articles, and remove partners, that the folder no longer has. */
  readonly prune?: boolean;
  /** Look at these alone: slugs of articles, names of policies' files. */
  readonly only?: ReadonlySet<string>;
  /** Leave out the last line, which counts. */
  readonly quiet?: boolean;
  /** Send articles as they stood then, as far as their files tell. */
  readonly asOf?: Instant;
}

/** Publishes a content folder. Returns the exit code: 1 if anything was wrong or refused; the rest is published. */
export async function runPublish(options: PublishOptions, client: Client, out: Output): Promise<number> {
  const { dir, dryRun = false, prune = false, only, asOf } = options;
  const found = await checkContent(dir, only, client.url);
  const checked = asOf
    ? { ...found, articles: found.articles.map((article) => articleAsOf(article, asOf)) }
    : found;
  if (prune && checked.articles.length === 0) {
    throw new Stop(`There is no article in ${dir}: with --prune, every article would be withdrawn.`);
  }
  const errors = checked.findings.filter((finding) => finding.level === "error");
  for (const finding of checked.findings) out.warn(formatFinding(finding));

  const plan = planFor(checked, await client.articles(), only);
  tellNotes(plan, dir, prune, out);
  const tally = new Map<string, number>();
  const count = counterIn(tally);
  let steps = 0;
  const stepDone = () => out.progress(++steps, plan.send.length);
  out.progress(0, plan.send.length);

  const pictures = pictureSender(client, dryRun);
  await parallel(plan.send, REQUESTS_AT_ONCE, async (article) => {
    const outcome = await sendArticle(article, client, dryRun, pictures);
    if (outcome.ok) {
      out.say(`${outcome.value.change.padEnd(9)} ${article.folder.slug}  ${outcome.value.url}`.trim());
      for (const line of warningLines(article, outcome.value.warnings)) out.warn(line);
    } else for (const line of outcome.lines) out.warn(line);
    count(outcome.ok ? outcome.value.change : "refused");
    stepDone();
  });

  const partners = new Map<string, number>();
  await sendPolicies(checked.partners, client, dryRun, counterIn(partners), out);
  const gone = await vanishedPartners(checked.partners, client, only);
  tellPartners(gone, checked.partners.exists, prune, out);

  const refused = (tally.get("refused") ?? 0) + (partners.get("refused") ?? 0) + errors.length;
  if (prune) {
    const how = { dryRun, refused, out };
    await takeBack(plan.vanished.map(withdrawal(client)), { ...how, count });
    // A checkout has no folder `partners` once its last file is gone, nor where somebody never had one.
    const removals = checked.partners.exists ? gone.map(removal(client)) : [];
    await takeBack(removals, { ...how, count: counterIn(partners) });
  }
  if (!options.quiet) out.say(summary(tally, partners, plan, checked, await pictures.sent()));
  return refused + (tally.get("failed") ?? 0) + (partners.get("failed") ?? 0) > 0 ? 1 : 0;
}

const counterIn = (tally: Map<string, number>) => (what: string) =>
  void tally.set(what, (tally.get(what) ?? 0) + 1);

function planFor(
  checked: CheckedContent,
  stored: readonly ArticleSummary[],
  only?: ReadonlySet<string>,
): Plan {
  const plan = makePlan(checked.articles, checked.content.slugs, stored);
  if (!only) return plan;
  return { ...plan, vanished: plan.vanished.filter((summary) => only.has(summary.slug)) };
}

function tellNotes(plan: Plan, dir: string, prune: boolean, out: Output): void {
  for (const { folder } of plan.withdrawn) {
    out.warn(
      `${relative(process.cwd(), folder.file)}  was withdrawn, and is not sent; to bring it back, add restore: true (or, where that stands already, change the text)`,
    );
  }
  for (const slug of plan.publicDrafts) {
    out.warn(`${slug}  is a draft here, but readers still see what was published before`);
  }
  if (prune) return;
  for (const { slug, headline } of plan.vanished) {
    out.warn(
      `${slug}  is published, but not in ${relative(process.cwd(), dir) || "this folder"}; --prune would withdraw it (“${headline}”)`,
    );
  }
}

function tellPartners(gone: readonly PartnerSummary[], exists: boolean, prune: boolean, out: Output): void {
  if (prune && exists) return;
  for (const { id, name } of gone) {
    const how = exists ? "--prune would remove it" : `wireroom partner remove ${id} would remove it`;
    out.warn(`partners/${id}  is a partner, but has no file; ${how} (“${name}”)`);
  }
}

interface PictureSender {
  /** Sends a picture unless the Worker has it; once, however many articles show it. */
  readonly send: (image: LocalImage) => Promise<Reply<boolean>>;
  /** How many were sent. */
  readonly sent: () => Promise<number>;
}

function pictureSender(client: Client, dryRun: boolean): PictureSender {
  const replies = new Map<string, Promise<Reply<boolean>>>();
  const upload = async ({ sha256, file, facts }: LocalImage): Promise<Reply<boolean>> => {
    const held = await client.hasImage(sha256);
    if (!held.ok || held.value) return held.ok ? { ok: true, value: false } : held;
    if (dryRun) return { ok: true, value: true };
    const stored = await client.putImage(sha256, await readFile(file), facts.type);
    return stored.ok ? { ok: true, value: true } : stored;
  };
  return {
    send(image) {
      const reply = replies.get(image.sha256) ?? upload(image);
      replies.set(image.sha256, reply);
      return reply;
    },
    sent: async () => (await Promise.all(replies.values())).filter((reply) => reply.ok && reply.value).length,
  };
}

interface Sent {
  readonly change: string;
  readonly url: string;
  readonly warnings: readonly Problem[];
}

type Outcome =
  | { readonly ok: true; readonly value: Sent }
  | { readonly ok: false; readonly lines: readonly string[] };

async function sendArticle(
  article: ReadyArticle,
  client: Client,
  dryRun: boolean,
  pictures: PictureSender,
): Promise<Outcome> {
  const refusal = (problem: ProblemDetails, what?: string) =>
    refusalLines(article.folder.file, article.lineOf, problem, what);
  for (const image of article.images) {
    const reply = await pictures.send(image);
    if (!reply.ok)
      return { ok: false, lines: refusal(reply.problem, relative(article.folder.dir, image.file)) };
  }
  if (dryRun) return { ok: true, value: { change: "to send", url: "", warnings: article.losses() } };
  const reply = await client.putArticle(article.folder.slug, article.json);
  if (!reply.ok) return { ok: false, lines: refusal(reply.problem) };
  const { change = "sent", url, warnings = [] } = reply.value;
  return { ok: true, value: { change, url, warnings } };
}

/** What the Worker accepted but not as it came, a line each; the place of a loss in the body is found here. */
function warningLines(article: ReadyArticle, warnings: readonly Problem[]): readonly string[] {
  const places = warnings.some(({ path }) => path === "body.html") ? article.losses() : [];
  const lineOf = ({ code, path, message }: Problem): number =>
    places.find((place) => place.code === code && place.message === message)?.line ?? article.lineOf(path);
  return warnings.map((warning) => {
    const inFile = { ...warning, path: pathInFile(warning.path), line: warning.line ?? lineOf(warning) };
    return formatFinding(findingIn(article.folder.file)("warning")(inFile));
  });
}

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
