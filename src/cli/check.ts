// `wireroom check`: reports every problem of articles, partners' policies and site.yaml; nothing is sent.
// Reading and checking a content folder for `publish` is here too.

import { type Stats, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { CliError, type Finding, findingIn, formatFinding } from "../content/finding.ts";
import { type Content, isMissing, list, readContent } from "../content/folder.ts";
import { type PolicyFolder, readPolicies } from "../content/partner-file.ts";
import { type ArticleState, readArticle } from "../content/read-article.ts";
import { REDIRECTS_FILE, readRedirects, redirectFindings } from "../content/redirects.ts";
import { didYouMean } from "../lib/did-you-mean.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { plural } from "../lib/text.ts";
import { toInstant } from "../lib/time.ts";
import { type ArticleReport, lintArticles, reportOn } from "./check/article-reports.ts";
import { demonstrationIn } from "./demonstration.ts";
import type { Output } from "./terminal.ts";

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
const sharedIds = (articles: readonly ArticleReport[]): ReadonlyMap<string, readonly Finding[]> =>
  new Map(
    sharing(articles, ({ id }) => id).map(([{ folder, idLine }, others]) => {
      const message = `is also the id of ${others}`;
      return [folder.slug, [findingIn(folder.file)("error")({ path: "id", line: idLine, message })]];
    }),
  );

/** The articles that have a key in common with others, each with the names of those. */
function sharing(
  articles: readonly ArticleReport[],
  keyOf: (article: ArticleReport) => string | undefined,
): readonly (readonly [ArticleReport, string])[] {
  const withKey = articles.filter((article) => keyOf(article) !== undefined);
  const groups = [...Map.groupBy(withKey, keyOf).values()].filter((group) => group.length > 1);
  return groups.flatMap((group) =>
    group.map((one) => {
      const others = group.filter((other) => other !== one).map((other) => other.folder.slug);
      return [one, others.join(" and ")] as const;
    }),
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
const duplicates = (articles: readonly ArticleReport[]): readonly Finding[] =>
  sharing(articles, ({ textDigest }) => textDigest).map(([{ folder }, others]) => {
    const message = `has the same text as ${others}: readers see it twice. If one was renamed, delete its old folder, then run npx wireroom mv OLD NEW`;
    return findingIn(folder.file)("warning")({ path: "body", line: 1, message });
  });

// The output formats of `check`: text for people, JSON for editors' programs, annotations for GitHub.

/** Writes findings as lines. `counts` are how many things were checked: `3 articles`. */
type Formatter = (findings: readonly Finding[], counts: readonly string[]) => readonly string[];

/** The formats by their names on the command line. */
export const FORMATS = { text, json, github } as const satisfies Readonly<Record<string, Formatter>>;

/** The name of a format. */
export type Format = keyof typeof FORMATS;

/** Warnings, then errors, then a summary: the most important comes last, where a terminal shows it. */
function text(findings: readonly Finding[], counts: readonly string[]): readonly string[] {
  const { warning = [], error = [] } = Object.groupBy(findings, ({ level }) => level);
  const groups = [warning, error].filter((group) => group.length > 0);
  return [...groups.flatMap((group) => [...group.map(formatFinding), ""]), summary(findings, counts)];
}

/** One JSON array. Files are relative to the current folder. */
function json(findings: readonly Finding[]): readonly string[] {
  const list = findings.map(({ file, line, level, path, code, message }) => ({
    file: relative(process.cwd(), file),
    ...omitUndefined({ line }),
    level,
    field: path,
    ...omitUndefined({ code }),
    message,
  }));
  return [JSON.stringify(list, null, 2)];
}

/** GitHub's workflow commands, which a pull request shows beside the lines. */
function github(findings: readonly Finding[], counts: readonly string[]): readonly string[] {
  const root = process.env.GITHUB_WORKSPACE ?? process.cwd();
  const commands = findings.map(({ file, line, level, path, message }) => {
    const properties = {
      file: relative(root, file).replaceAll(sep, "/"),
      ...omitUndefined({ line: line?.toString(), title: path === "" ? undefined : path }),
    };
    const list = Object.entries(properties).map(([name, value]) => `${name}=${property(value)}`);
    return `::${level} ${list.join(",")}::${data(message)}`;
  });
  return [...commands, summary(findings, counts)];
}

// Escaped as the runner expects it (actions/toolkit, command.ts).
const data = (value: string): string =>
  value.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (value: string): string => data(value).replaceAll(":", "%3A").replaceAll(",", "%2C");

function summary(findings: readonly Finding[], counts: readonly string[]): string {
  const errors = findings.filter(({ level }) => level === "error").length;
  return `${[...counts, plural(errors, "error"), plural(findings.length - errors, "warning")].join(", ")}.`;
}

// What `wireroom check PATH` looks at: a whole content folder, or an article, a policy or site.yaml in one.

const PARTS: ReadonlySet<string> = new Set(["articles", "partners"]);

/**
 * A content folder, and the names of articles' folders and of files in it that are meant; without `only`, all
 * of it.
 */
export interface Scope {
  readonly dir: string;
  readonly only?: ReadonlySet<string>;
}

/**
 * Finds what `path` means: a folder or file of content; if there is no such path, an article of `contentDir`
 * by its slug. Throws `CliError`, with a suggestion, if there is nothing like that.
 */
export async function scopeOf(path: string, contentDir: string): Promise<Scope> {
  const full = resolve(path);
  const found = statOf(full);
  if (!found) {
    const article = join(contentDir, "articles", path);
    if (statOf(article)?.isDirectory()) return scopeOf(article, contentDir);
    throw new CliError(
      `There is no ${relative(process.cwd(), full) || full}${await suggestion(full, contentDir)}`,
    );
  }
  if (found.isDirectory() && PARTS.has(basename(full)) && !(await holdsContent(full))) {
    const names = (await list(full))?.map(({ name }) => name);
    return { dir: dirname(full), only: new Set(names) };
  }
  if (found.isFile() && ["site.yaml", REDIRECTS_FILE].includes(basename(full)))
    return { dir: dirname(full), only: new Set([basename(full)]) };
  if (found.isDirectory() && (await holdsContent(full))) return { dir: full };
  for (let inner = full; dirname(inner) !== inner; inner = dirname(inner)) {
    if (PARTS.has(basename(dirname(inner))))
      return { dir: dirname(dirname(inner)), only: new Set([basename(inner)]) };
  }
  if (found.isDirectory()) return { dir: full };
  throw new CliError(
    `${relative(process.cwd(), full)} is not in a content folder: an article is articles/NAME/index.md or index.html, a policy is partners/NAME.yaml.`,
  );
}

const holdsContent = async (dir: string): Promise<boolean> =>
  ((await list(dir)) ?? []).some(({ name }) => name === "articles" || name === "site.yaml");

/** The end of the sentence: a similar name beside `path`, or of an article. */
async function suggestion(path: string, contentDir: string): Promise<string> {
  for (const folder of [dirname(path), join(contentDir, "articles")]) {
    const names = ((await list(folder)) ?? []).map(({ name }) => name);
    const near = didYouMean(basename(path), names);
    if (near !== "") return near;
  }
  return ".";
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path);
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
