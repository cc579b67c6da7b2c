// `wireroom withdraw` and `wireroom restore`: one article is taken down, or comes back as it was.

import { basename } from "node:path";
import { CliError } from "../lib/cli-error.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { check } from "../lib/problem.ts";
import { slugField } from "../lib/text.ts";
import type { Client } from "./client.ts";
import type { Output } from "./progress.ts";
import type { Refusal } from "./request.ts";

/** How an article is withdrawn. */
export interface WithdrawFlags {
  /** Told to readers. */
  readonly reason?: string;
  /** Take it out at once, without a notice in the feeds. */
  readonly silent?: boolean;
}

/** Withdraws an article, named by its slug or its folder. Throws `CliError` where there is none. */
export async function runWithdraw(
  name: string,
  { reason, silent = false }: WithdrawFlags,
  client: Client,
  out: Output,
): Promise<void> {
  const slug = slugIn(name);
  const reply = await client.withdraw(slug, { reason, silent });
  if (!reply.ok) throw await noArticle(slug, reply, client);
  const feeds = silent ? "it is out of the feeds, without a notice" : "a notice stands in the feeds";
  out.say(`withdrawn ${slug}  its page answers 410, and ${feeds}`);
  out.say(
    `A file in content/ can stay: it isn't sent while this is so. npx wireroom restore ${slug} brings it back.`,
  );
}

/** Brings an article back, as it was. Throws `CliError` where there is none, or where it can't be as it was. */
export async function runRestore(name: string, client: Client, out: Output): Promise<void> {
  const slug = slugIn(name);
  const stored = await client.article(slug);
  if (!stored.ok) throw await noArticle(slug, stored, client);
  const json = Buffer.from(JSON.stringify({ ...stored.value, restore: true }));
  const reply = await client.putArticle(slug, json);
  if (!reply.ok) throw new CliError(`${slug} could not be restored: ${reasonOf(reply)}`);
  const { change, url } = reply.value;
  if (change === "unchanged") out.say(`${slug} is not withdrawn: nothing was changed.`);
  else out.say(`restored  ${slug}  ${url}`);
}

/** A slug, or the folder of an article or its file: `content/articles/harbour-vote/index.md`. Throws `CliError` for what is none. */
export function slugIn(name: string): string {
  const slug = basename(name.replace(/[\\/]+index\.(?:md|html)$/, ""));
  if (check(slugField, slug).ok) return slug;
  throw new CliError(`${JSON.stringify(name)} is no article's slug: a-z, 0-9 and single hyphens.`);
}

/** Why there is nothing to do it with. */
export async function noArticle(slug: string, refusal: Refusal, client: Client): Promise<CliError> {
  if (refusal.problem.status !== 404) return new CliError(`${slug}: ${reasonOf(refusal)}`);
  if (refusal.problem.detail !== undefined) return new CliError(`${slug}: ${refusal.problem.detail}`);
  const slugs = (await client.articles()).map((article) => article.slug);
  return new CliError(`There is no article ${slug} at ${client.url}${didYouMean(slug, slugs)}`);
}

/** What the Worker said of it, in one sentence. */
export function reasonOf({ problem: { title, detail, errors = [] } }: Refusal): string {
  const fields = errors.map(({ path, message }) => `${path} ${message}`);
  return [detail ?? title, ...fields].join("; ");
}
