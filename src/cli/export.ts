// `wireroom export`: writes everything that a Worker has as a content folder, which `publish` can send again.

import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArticleSummary } from "../api/answers.ts";
import { CliError } from "../content/finding.ts";
import { isMissing } from "../content/folder.ts";
import { POLICY_EXTENSION } from "../content/partner-file.ts";
import { articleFile } from "../content/write-article.ts";
import { check } from "../lib/problem.ts";
import { plural, slugField } from "../lib/text.ts";
import { policyYaml } from "../partners/policy.ts";
import { parallel, REQUESTS_AT_ONCE } from "./api-request.ts";
import type { Client } from "./client.ts";
import { download } from "./pull.ts";
import type { Output } from "./terminal.ts";

/** Where to write. */
export interface ExportOptions {
  readonly dir: string;
  /** Write into a folder that isn't empty. */
  readonly force?: boolean;
  /** The local `site.yaml`, which is copied: the Worker was built with one, but doesn't give it out. */
  readonly siteFile: string;
}

/**
 * Exports everything. Returns the exit code: 1 if anything couldn't be downloaded. The rest is written all
 * the same.
 */
export async function runExport(options: ExportOptions, client: Client, out: Output): Promise<number> {
  const { dir, force = false, siteFile } = options;
  if (!force && !(await isEmpty(dir)))
    throw new CliError(`${dir} is not empty; --force writes into it all the same.`);
  const summaries = await client.articles();
  await mkdir(join(dir, "articles"), { recursive: true });
  const site = await copySite(siteFile, join(dir, "site.yaml"));

  const partners = await exportPartners(dir, client, out);

  let done = 0;
  const problems = await parallel(summaries, REQUESTS_AT_ONCE, async (summary) => {
    const wrong = await exportArticle(summary, dir, client);
    for (const problem of wrong) out.warn(`${summary.slug}  ${problem}`);
    out.progress(++done, summaries.length);
    return wrong.length;
  });

  const withdrawn = summaries.filter((summary) => summary.status === "withdrawn");
  const lost = problems.reduce((sum, count) => sum + count, partners.lost);
  out.say(`${plural(summaries.length - withdrawn.length, "article")} in ${join(dir, "articles")}.`);
  if (withdrawn.length > 0) {
    out.say(
      `${plural(withdrawn.length, "withdrawn article")} in ${join(dir, "withdrawn")}, which publish ignores.`,
    );
  }
  if (partners.written > 0) {
    out.say(
      `${plural(partners.written, "partner")} in ${join(dir, "partners")}, without tokens and secrets.`,
    );
  }
  out.say(
    site
      ? `site.yaml is a copy of ${siteFile}, since a Worker doesn't give out its own.`
      : `There is no site.yaml, since a Worker doesn't give out its own, and ${siteFile} doesn't exist.`,
  );
  if (lost > 0) out.warn(`${plural(lost, "problem")}: see above.`);
  return lost > 0 ? 1 : 0;
}

async function exportArticle(
  { slug, status }: ArticleSummary,
  dir: string,
  client: Client,
): Promise<readonly string[]> {
  // The slug becomes a path here, so a Worker that isn't ours must not choose it freely.
  if (!check(slugField, slug).ok) return ["is not a slug: not written"];
  const reply = await client.article(slug);
  if (!reply.ok) return [reply.problem.detail ?? reply.problem.title];
  const { file, pictures } = articleFile(reply.value);
  const folder = join(dir, status === "withdrawn" ? "withdrawn" : "articles", slug);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "index.html"), file);
  const problems = await parallel(pictures, 1, (address) => exportPicture(address, folder, client));
  return problems.flat();
}

async function exportPartners(
  dir: string,
  client: Client,
  out: Output,
): Promise<{ readonly written: number; readonly lost: number }> {
  const partners = await client.partners();
  if (partners.length > 0) await mkdir(join(dir, "partners"), { recursive: true });
  const problems = await parallel(partners, REQUESTS_AT_ONCE, async ({ id }) => {
    const problem = await exportPartner(id, dir, client);
    if (problem !== undefined) out.warn(`partners/${id}  ${problem}`);
    return problem;
  });
  const lost = problems.filter((problem) => problem !== undefined).length;
  return { written: partners.length - lost, lost };
}

async function exportPartner(id: string, dir: string, client: Client): Promise<string | undefined> {
  if (!check(slugField, id).ok) return "is not an id: not written";
  const reply = await client.partner(id);
  if (!reply.ok) return reply.problem.detail ?? reply.problem.title;
  await writeFile(join(dir, "partners", id + POLICY_EXTENSION), policyYaml(reply.value.policy));
  return undefined;
}

async function exportPicture(address: string, folder: string, client: Client): Promise<readonly string[]> {
  const got = await download([address], client);
  if (!got.ok) return [got.why];
  for (const [name, bytes] of got.files) await writeFile(join(folder, name), bytes);
  return [];
}

async function isEmpty(dir: string): Promise<boolean> {
  try {
    return (await readdir(dir)).length === 0;
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

async function copySite(from: string, to: string): Promise<boolean> {
  try {
    await copyFile(from, to);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
