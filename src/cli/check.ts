// `wireroom check`: everything wrong with every article, every partner's policy and site.yaml; nothing is sent.

import { basename } from "node:path";
import { type Finding, findingIn, formatFinding } from "../content/finding.ts";
import { type Content, readContent } from "../content/folder.ts";
import { type PolicyFolder, readPolicies } from "../content/partner-file.ts";
import { type ArticleState, readArticle } from "../content/read-article.ts";
import { plural } from "../lib/text.ts";
import { toInstant } from "../lib/time.ts";
import { doublesIn, slugsAsIds } from "./check/doubles.ts";
import { FORMATS, type Format } from "./check/formats.ts";
import { type ArticleReport, reportOn } from "./check/judge.ts";
import type { Scope } from "./check/scope.ts";
import { judgeArticles } from "./check/threads.ts";
import { demonstrationIn } from "./demonstration.ts";
import type { Output } from "./progress.ts";

/** A content folder, read and checked as a whole. */
export interface CheckedContent {
  readonly content: Content;
  readonly articles: readonly ArticleState[];
  readonly partners: PolicyFolder;
  /** Everything there is to say, in the order of the files. */
  readonly findings: readonly Finding[];
}

/**
 * Reads and checks every article and policy in the folder `dir` to publish them, or only those in `only`: slugs, and names
 * of policies' files. `url` is where they go, if that isn't the site's own address: at home a webhook may be at home too.
 * Throws `CliError` if there is no such folder.
 */
export async function checkContent(
  dir: string,
  only?: ReadonlySet<string>,
  url?: string,
): Promise<CheckedContent> {
  const content = await readContent(dir);
  const folders = content.folders.filter((folder) => !only || only.has(folder.slug));
  const read = folders.map((folder) => readArticle(folder, content));
  const articles = withoutSharedIds(read);
  const { site } = content;
  const partners = await readPolicies(dir, site && { ...site, url: url ?? site.url }, only);
  const general = content.findings.filter((finding) => !only || only.has(basename(finding.file)));
  const inArticles = articles.flatMap((article) => article.findings);
  return { content, articles, partners, findings: [...general, ...inArticles, ...partnerFindings(partners)] };
}

/**
 * Judges what is in a scope as a sub-editor would, in a `format`; `ask` says what a Worker has against it. Returns the exit code: 1 if anything is wrong.
 */
export async function runCheck(
  { dir, only }: Scope,
  out: Output,
  format: Format = "text",
  ask?: (scope: Scope) => Promise<readonly Finding[]>,
): Promise<number> {
  const content = await inScope(dir, only);
  const onJudged = (done: number) => out.progress(done, content.folders.length);
  const articles = await judgeArticles(content, toInstant(new Date()), onJudged);
  const shared = sharedIds(articles);
  const partners = await readPolicies(dir, content.site, only);
  const findings = [
    ...content.findings,
    ...articles.flatMap(({ folder, findings }) => [...findings, ...(shared.get(folder.slug) ?? [])]),
    ...partnerFindings(partners),
    ...doublesIn(articles),
    ...slugsAsIds(articles, content.slugs),
    ...((await ask?.({ dir, ...(only ? { only } : {}) })) ?? []),
    ...(only ? [] : await demonstrationIn(dir)),
  ];
  const drafts = articles.filter((article) => article.kind === "draft").length;
  const counts = [
    plural(articles.length, "article"),
    ...(drafts > 0 ? [plural(drafts, "draft")] : []),
    ...(partners.policies.length > 0 ? [plural(partners.policies.length, "partner")] : []),
  ];
  for (const line of FORMATS[format](findings, counts)) out.say(line);
  return findings.some((finding) => finding.level === "error") ? 1 : 0;
}

/** A content folder with those articles alone whose names are in `only`; what is wrong with site.yaml concerns them too. */
async function inScope(dir: string, only: ReadonlySet<string> | undefined): Promise<Content> {
  const content = await readContent(dir);
  if (!only) return content;
  const concerned = ({ file }: Finding) => only.has(basename(file)) || basename(file) === "site.yaml";
  return {
    ...content,
    folders: content.folders.filter(({ slug }) => only.has(slug)),
    findings: content.findings.filter(concerned),
  };
}

/** What a sub-editor would remark of the articles in `only`, beside what `checkContent` says of them. */
export async function remarksOn(dir: string, only: ReadonlySet<string>): Promise<readonly Finding[]> {
  const content = await inScope(dir, only);
  const now = toInstant(new Date());
  return content.folders.flatMap((folder) => {
    const said = new Set(readArticle(folder, content).findings.map(formatFinding));
    const remarks = readArticle(folder, content, now).findings;
    return remarks.filter((finding) => finding.level === "warning" && !said.has(formatFinding(finding)));
  });
}

const partnerFindings = ({ policies, findings }: PolicyFolder): readonly Finding[] => [
  ...policies.flatMap((policy) => (policy.kind === "broken" ? policy.findings : [])),
  ...findings,
];

function withoutSharedIds(articles: readonly ArticleState[]): readonly ArticleState[] {
  const shared = sharedIds(articles.map(reportOn));
  return articles.map((article) => {
    const errors = shared.get(article.folder.slug) ?? [];
    if (errors.length === 0) return article;
    return { kind: "broken", folder: article.folder, findings: [...article.findings, ...errors] };
  });
}

/** For each slug whose article has the id of another one: what is wrong. */
function sharedIds(articles: readonly ArticleReport[]): ReadonlyMap<string, readonly Finding[]> {
  const withId = articles.filter(({ id }) => id !== undefined);
  const groups = [...Map.groupBy(withId, ({ id }) => id).values()].filter((group) => group.length > 1);
  return new Map(
    groups.flatMap((group) =>
      group.map(({ folder, idLine }) => {
        const others = group.filter((other) => other.folder !== folder).map((other) => other.folder.slug);
        const message = `is also the id of ${others.join(" and ")}`;
        return [folder.slug, [findingIn(folder.file)("error")({ path: "id", line: idLine, message })]];
      }),
    ),
  );
}
