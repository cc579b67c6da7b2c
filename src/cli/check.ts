// `wireroom check`: reports every problem of articles, partners' policies and site.yaml; nothing is sent.
// Reading and checking a content folder for `publish` is here too.

import { basename } from "node:path";
import { type Finding, findingIn, formatFinding } from "../content/finding.ts";
import { type Content, readContent } from "../content/folder.ts";
import { type PolicyFolder, readPolicies } from "../content/partner-file.ts";
import { type ArticleState, readArticle } from "../content/read-article.ts";
import { REDIRECTS_FILE, readRedirects, redirectFindings } from "../content/redirects.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { plural } from "../lib/text.ts";
import { toInstant } from "../lib/time.ts";
import { type ArticleReport, lintArticles, reportOn } from "./check/article-reports.ts";
import { FORMATS, type Format } from "./check/formats.ts";
import type { Scope } from "./check/scope.ts";
import { demonstrationIn } from "./demonstration.ts";
import type { Output } from "./progress.ts";

/** A content folder, read and checked as a whole. */
export interface CheckedContent {
  readonly content: Content;
  readonly articles: readonly ArticleState[];
  readonly partners: PolicyFolder;
  /** All findings, in the order of the files. */
  readonly findings: readonly Finding[];
}

/**
 * Reads and checks every article and policy in the folder `dir` to publish them, or only those in `only`:
 * slugs, and names of policies' files. `url` is where they are sent, if that isn't the site's own address: a
 * Worker on this machine may call webhooks on this machine. Throws `CliError` if there is no such folder.
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
 * Checks and lints what is in a scope, and prints it in a `format`. `askWorker` finds what only a Worker can
 * know. Returns the exit code: 1 if there is any error.
 */
export async function runCheck(
  { dir, only }: Scope,
  out: Output,
  format: Format = "text",
  askWorker?: (scope: Scope) => Promise<readonly Finding[]>,
): Promise<number> {
  const read = await inScope(dir, only);
  const { redirects, findings: unread } = readRedirects(dir);
  const content = { ...read, redirects };
  const onProgress = (done: number) => out.progress(done, content.folders.length);
  const articles = await lintArticles(content, toInstant(new Date()), onProgress);
  const shared = sharedIds(articles);
  const partners = await readPolicies(dir, content.site, only);
  const findings = [
    ...content.findings,
    ...(only && !only.has(REDIRECTS_FILE) ? [] : [...unread, ...redirectFindings(dir, redirects, content)]),
    ...articles.flatMap(({ folder, findings }) => [...findings, ...(shared.get(folder.slug) ?? [])]),
    ...partnerFindings(partners),
    ...duplicates(articles),
    ...slugsAsIds(articles, content.slugs),
    ...((await askWorker?.({ dir, ...omitUndefined({ only }) })) ?? []),
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

/** A content folder with only the articles in `only`. Findings about site.yaml concern them too. */
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

/** The lint warnings on the articles in `only`, without those that `checkContent` gives too. */
export async function lintWarnings(dir: string, only: ReadonlySet<string>): Promise<readonly Finding[]> {
  const content = await inScope(dir, only);
  const now = toInstant(new Date());
  return content.folders.flatMap((folder) => {
    const known = new Set(readArticle(folder, content).findings.map(formatFinding));
    const { findings } = readArticle(folder, content, now);
    return findings.filter((finding) => finding.level === "warning" && !known.has(formatFinding(finding)));
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

/** Errors for articles that have the same id, by slug. */
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

/**
 * A warning for each article whose id is another folder's name: some people try that when they rename a
 * folder.
 */
const slugsAsIds = (articles: readonly ArticleReport[], slugs: ReadonlySet<string>): readonly Finding[] =>
  articles
    .filter(({ id, folder }) => id !== undefined && id !== folder.slug && slugs.has(id))
    .map(({ id, idLine, folder }) => {
      const message = `is the name of another article's folder, not an id: take it out. If this is that article renamed: npx wireroom mv ${id} ${folder.slug}`;
      return findingIn(folder.file)("warning")({ path: "id", line: idLine, message });
    });

/**
 * A warning for each article whose text is also in another folder: one may have been renamed, and its old
 * folder left.
 */
function duplicates(articles: readonly ArticleReport[]): readonly Finding[] {
  const withText = articles.filter(({ textDigest }) => textDigest !== undefined);
  const groups = [...Map.groupBy(withText, ({ textDigest }) => textDigest).values()].filter(
    (group) => group.length > 1,
  );
  return groups.flatMap((group) =>
    group.map(({ folder }) => {
      const others = group.filter((other) => other.folder !== folder).map((other) => other.folder.slug);
      const message = `has the same text as ${others.join(" and ")}: readers see it twice. If one was renamed, delete its old folder, then run npx wireroom mv OLD NEW`;
      return findingIn(folder.file)("warning")({ path: "body", line: 1, message });
    }),
  );
}
