// `wireroom publish`: pictures first, then articles; only what the Worker doesn't hold already.

import { readFile } from "node:fs/promises";
import { relative } from "node:path";
import type { ArticleSummary, ProblemDetails } from "../model/api.ts";
import type { ReadyArticle } from "./article.ts";
import { type CheckedContent, checkContent } from "./check.ts";
import type { Client, Reply } from "./client.ts";
import type { LocalImage } from "./local-image.ts";
import { parallel } from "./parallel.ts";
import { makePlan, type Plan } from "./plan.ts";
import type { Output } from "./progress.ts";
import { findingIn, formatFinding, plural } from "./report.ts";
import { Stop } from "./stop.ts";

const REQUESTS_AT_ONCE = 4;

/** What to publish, and how. */
export interface PublishOptions {
  readonly dir: string;
  /** Say what would be done, and do nothing. */
  readonly dryRun?: boolean;
  /** Withdraw what the folder no longer has. */
  readonly prune?: boolean;
  /** Look at these articles alone. */
  readonly only?: ReadonlySet<string>;
  /** Leave out the last line, which counts. */
  readonly quiet?: boolean;
}

/** Publishes a content folder. Returns the exit code: 1 if anything was wrong or refused; the rest is published. */
export async function runPublish(options: PublishOptions, client: Client, out: Output): Promise<number> {
  const { dir, dryRun = false, prune = false, only } = options;
  const checked = await checkContent(dir, only);
  if (prune && checked.articles.length === 0) {
    throw new Stop(`There is no article in ${dir}: with --prune, every article would be withdrawn.`);
  }
  const errors = checked.findings.filter((finding) => finding.level === "error");
  for (const finding of checked.findings) out.warn(formatFinding(finding));

  const plan = planFor(checked, await client.articles(), only);
  tellNotes(plan, dir, prune, out);
  const tally = new Map<string, number>();
  const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);
  let steps = 0;
  const stepDone = () => out.progress(++steps, plan.send.length);
  out.progress(0, plan.send.length);

  const pictures = pictureSender(client, dryRun);
  await parallel(plan.send, REQUESTS_AT_ONCE, async (article) => {
    const outcome = await sendArticle(article, client, dryRun, pictures);
    if (outcome.ok)
      out.say(`${outcome.value.change.padEnd(9)} ${article.folder.slug}  ${outcome.value.url}`.trim());
    else for (const line of outcome.lines) out.warn(line);
    count(outcome.ok ? outcome.value.change : "refused");
    stepDone();
  });

  const refused = (tally.get("refused") ?? 0) + errors.length;
  if (prune) await withdrawAll(plan.vanished, { client, dryRun, refused, count, out });
  if (!options.quiet) out.say(summary(tally, plan, checked, await pictures.sent()));
  return refused + (tally.get("failed") ?? 0) > 0 ? 1 : 0;
}

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

type Outcome =
  | { readonly ok: true; readonly value: { readonly change: string; readonly url: string } }
  | { readonly ok: false; readonly lines: readonly string[] };

async function sendArticle(
  article: ReadyArticle,
  client: Client,
  dryRun: boolean,
  pictures: PictureSender,
): Promise<Outcome> {
  for (const image of article.images) {
    const reply = await pictures.send(image);
    if (!reply.ok)
      return { ok: false, lines: refusal(article, reply.problem, relative(article.folder.dir, image.file)) };
  }
  if (dryRun) return { ok: true, value: { change: "to send", url: "" } };
  const reply = await client.putArticle(article.folder.slug, article.json);
  if (!reply.ok) return { ok: false, lines: refusal(article, reply.problem) };
  return { ok: true, value: { change: reply.value.change ?? "sent", url: reply.value.url } };
}

function refusal(
  { folder, lineOf }: ReadyArticle,
  problem: ProblemDetails,
  picture?: string,
): readonly string[] {
  const at = findingIn(folder.file, lineOf)("error");
  const said = problem.detail ?? problem.title;
  if (problem.errors && problem.errors.length > 0 && picture === undefined) {
    return problem.errors.map((error) => formatFinding(at(error)));
  }
  return [
    formatFinding(at({ path: "", message: `${picture ?? "the Worker"}: ${said} (${problem.status})` })),
  ];
}

interface Withdrawing {
  readonly client: Client;
  readonly dryRun: boolean;
  readonly refused: number;
  readonly count: (what: string) => void;
  readonly out: Output;
}

async function withdrawAll(vanished: readonly ArticleSummary[], how: Withdrawing): Promise<void> {
  const { client, dryRun, refused, count, out } = how;
  if (vanished.length === 0) return;
  // A renamed folder with a mistake in it looks like one that vanished.
  if (refused > 0)
    return out.warn(`Nothing was withdrawn: ${plural(refused, "problem")} must be mended first.`);
  await parallel(vanished, REQUESTS_AT_ONCE, async ({ slug }) => {
    const reply = dryRun ? undefined : await client.withdraw(slug);
    if (reply && !reply.ok) out.warn(`${slug}  ${reply.problem.detail ?? reply.problem.title}`);
    else out.say(`${dryRun ? "to withdraw" : "withdrawn"} ${slug}`);
    count(reply && !reply.ok ? "failed" : dryRun ? "to withdraw" : "withdrawn");
  });
}

function summary(
  tally: ReadonlyMap<string, number>,
  plan: Plan,
  checked: CheckedContent,
  pictures: number,
): string {
  const broken = checked.articles.filter((article) => article.kind === "broken").length;
  const counts = [...tally].map(([what, count]) => `${count} ${what}`);
  if (plan.unchanged > 0) counts.push(`${plan.unchanged} as before`);
  if (broken > 0) counts.push(`${broken} broken`);
  if (pictures > 0) counts.push(plural(pictures, "picture"));
  return `${counts.length === 0 ? "Nothing to publish" : counts.join(", ")}.`;
}
