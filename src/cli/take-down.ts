// `wireroom withdraw` and `wireroom restore`: takes an article down, or brings it back as it was.

import { basename } from "node:path";
import { CliError } from "../content/finding.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { check } from "../lib/problem.ts";
import { slugField } from "../lib/text.ts";
import type { Refusal } from "./api-request.ts";
import type { Client } from "./client.ts";
import type { Output } from "./terminal.ts";

/** How an article is withdrawn. */
export interface WithdrawFlags {
  /** Shown to readers. */
  readonly reason?: string;
  /** Take it out of the feeds without a notice. */
  readonly silent?: boolean;
}

/** Withdraws an article, named by its slug or its folder. Throws `CliError` if there is none. */
export async function runWithdraw(
  name: string,
  { reason, silent = false }: WithdrawFlags,
  client: Client,
  out: Output,
): Promise<void> {
  const slug = slugIn(name);
  const reply = await client.withdraw(slug, { reason, silent });
  if (!reply.ok) throw await noArticle(slug, reply, client);
  const feeds = silent ? "its feeds no longer have it, without a notice" : "its feeds have a notice";
  out.say(`withdrawn ${slug}  its page answers 410, and ${feeds}`);
  out.say(
    `You can keep its file in content/: it isn't sent while the article is withdrawn. npx wireroom restore ${slug} brings it back.`,
  );
}

/** Restores a withdrawn article unchanged. Throws `CliError` if there is none, or if the Worker refuses it. */
export async function runRestore(name: string, client: Client, out: Output): Promise<void> {
  const slug = slugIn(name);
  const stored = await client.article(slug);
  if (!stored.ok) throw await noArticle(slug, stored, client);
  const json = Buffer.from(JSON.stringify({ ...stored.value, restore: true }));
  const reply = await client.putArticle(slug, json);
  if (!reply.ok) throw new CliError(`${slug} could not be restored: ${reasonOf(reply)}`);
  const { change, url } = reply.value;
  if (change === "unchanged") out.say(`${slug} is not withdrawn: nothing has changed.`);
  else out.say(`restored  ${slug}  ${url}`);
}

/**
 * The slug of an article that is named by its slug, its folder or its file, like
 * `content/articles/harbour-vote/index.md`. Throws `CliError` if it isn't a valid slug.
 */
export function slugIn(name: string): string {
  const slug = basename(name.replace(/[\\/]+index\.(?:md|html)$/, ""));
  if (check(slugField, slug).ok) return slug;
  throw new CliError(`${JSON.stringify(name)} is not a slug: a-z, 0-9 and single hyphens.`);
}

/** The error if the Worker doesn't give out an article. */
export async function noArticle(slug: string, refusal: Refusal, client: Client): Promise<CliError> {
  if (refusal.problem.status !== 404) return new CliError(`${slug}: ${reasonOf(refusal)}`);
  if (refusal.problem.detail !== undefined) return new CliError(`${slug}: ${refusal.problem.detail}`);
  const slugs = (await client.articles()).map((article) => article.slug);
  return new CliError(`There is no article ${slug} at ${client.url}${didYouMean(slug, slugs)}`);
}

/** The Worker's reason, with its problems, on one line. */
export function reasonOf({ problem: { title, detail, errors = [] } }: Refusal): string {
  const fields = errors.map(({ path, message }) => `${path} ${message}`);
  return [detail ?? title, ...fields].join("; ");
}
