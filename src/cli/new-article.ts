// `wireroom new`: creates an article's folder with a draft.

import { mkdir, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { stringify } from "yaml";
import type { Site } from "../article/site.ts";
import { CliError, formatFinding } from "../content/finding.ts";
import { list, readSite } from "../content/folder.ts";
import { slugOf } from "../import/slug.ts";
import { check } from "../lib/problem.ts";
import { slugField, text } from "../lib/text.ts";
import { inZone } from "../lib/wall-clock.ts";
import type { Output } from "./terminal.ts";

/** Which article to create, and where. */
export interface NewArticle {
  readonly headline: string;
  /** The content folder. */
  readonly dir: string;
  /** Made from the headline if missing. */
  readonly slug?: string;
}

/**
 * Writes `articles/<slug>/index.md`, dated `at` in the site's time zone. Throws `CliError` if no slug can be
 * made from the headline, if the folder exists, or if there is no valid site.yaml, which has the time zone.
 */
export async function newArticle(
  { headline, dir, slug = slugOf(headline) }: NewArticle,
  out: Output,
  at = new Date(),
): Promise<void> {
  const { site, findings } = await readSite(dir);
  if (!site)
    throw new CliError(findings.map(formatFinding).join("\n") || `There is no content folder ${dir}.`);
  if (text(headline) === "") throw new CliError("The headline is empty.");
  const checked = check(slugField, slug);
  if (!checked.ok) {
    const why = checked.problems.map(({ message }) => message).join("; ");
    throw new CliError(
      slug === ""
        ? "No address can be made from this headline: give one with --slug."
        : `--slug ${slug} ${why}.`,
    );
  }
  const folder = join(dir, "articles", slug);
  if (await list(folder))
    throw new CliError(`${relative(process.cwd(), folder)} exists already; --slug takes another name.`);
  await mkdir(folder, { recursive: true });
  const file = join(folder, "index.md");
  await writeFile(file, draft(text(headline), site, at), { flag: "wx" });
  const path = relative(process.cwd(), file);
  out.say(`Written: ${path}. It is not published as long as it has draft: true. Next:

  npx wireroom check ${relative(process.cwd(), folder)}`);
}

function draft(headline: string, site: Site, at: Date): string {
  const [section] = Object.keys(site.sections);
  const [person] = Object.keys(site.people);
  const options = { dateStyle: "short", timeStyle: "medium", timeZone: site.timezone } as const;
  // Swedish writes `2026-03-02 18:04:05`.
  const wall = new Intl.DateTimeFormat("sv", options).format(at).replace(" ", "T");
  const field = (name: string, value: string) => stringify({ [name]: value }, { lineWidth: 0 });
  const hint = (name: string, key: string | undefined) => (key === undefined ? "" : `# ${name}: ${key}\n`);
  return `---
${field("headline", headline)}# dek: What it is about, in a sentence.
${field("published", inZone(wall, site.timezone))}${hint("section", section)}${hint("bylines", person && `[${person}]`)}draft: true
---

`;
}
