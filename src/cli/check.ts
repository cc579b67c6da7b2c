// `wireroom check`: everything wrong with every article, every partner's policy and site.yaml; nothing is sent.

import { basename } from "node:path";
import { plural } from "../model/text.ts";
import { type ArticleState, type ReadyArticle, readArticle } from "./article.ts";
import { type Content, readContent } from "./content.ts";
import { parallel } from "./parallel.ts";
import { type PolicyFolder, readPolicies } from "./partner-file.ts";
import type { Output } from "./progress.ts";
import { type Finding, findingIn, formatFinding } from "./report.ts";

const FILES_AT_ONCE = 4;

/** A content folder, read and checked as a whole. */
export interface CheckedContent {
  readonly content: Content;
  readonly articles: readonly ArticleState[];
  readonly partners: PolicyFolder;
  /** Everything there is to say, in the order of the files. */
  readonly findings: readonly Finding[];
}

/**
 * Reads and checks every article and policy in the folder `dir`, or only those in `only`: slugs, and names of policies'
 * files. `url` is where they go, if that isn't the site's own address: at home a webhook may be at home too.
 * Throws `Stop` if there is no such folder.
 */
export async function checkContent(
  dir: string,
  only?: ReadonlySet<string>,
  url?: string,
): Promise<CheckedContent> {
  const content = await readContent(dir);
  const folders = content.folders.filter((folder) => !only || only.has(folder.slug));
  const read = await parallel(folders, FILES_AT_ONCE, (folder) => readArticle(folder, content));
  const articles = withoutSharedIds(read);
  const { site } = content;
  const partners = await readPolicies(dir, site && { ...site, url: url ?? site.url }, only);
  const general = content.findings.filter((finding) => !only || only.has(basename(finding.file)));
  return {
    content,
    articles,
    partners,
    findings: [
      ...general,
      ...articles.flatMap((article) => article.findings),
      ...partners.policies.flatMap((policy) => (policy.kind === "broken" ? policy.findings : [])),
      ...partners.findings,
    ],
  };
}

/** Runs the command. Returns the exit code: 1 if anything is wrong. */
export async function runCheck(dir: string, out: Output): Promise<number> {
  const { articles, partners, findings } = await checkContent(dir);
  for (const finding of findings) out.say(formatFinding(finding));
  const errors = findings.filter((finding) => finding.level === "error").length;
  const drafts = articles.filter((article) => article.kind === "draft").length;
  const counts = [
    plural(articles.length, "article"),
    ...(drafts > 0 ? [plural(drafts, "draft")] : []),
    ...(partners.policies.length > 0 ? [plural(partners.policies.length, "partner")] : []),
    plural(errors, "error"),
    plural(findings.length - errors, "warning"),
  ];
  out.say(`${counts.join(", ")}.`);
  return errors > 0 ? 1 : 0;
}

function withoutSharedIds(articles: readonly ArticleState[]): readonly ArticleState[] {
  const byId = Map.groupBy(
    articles.filter((article): article is ReadyArticle => article.kind === "article"),
    (article) => article.input.id,
  );
  return articles.map((article) => {
    if (article.kind !== "article" || article.input.id === undefined) return article;
    const others = (byId.get(article.input.id) ?? []).filter((other) => other !== article);
    if (others.length === 0) return article;
    const message = `is also the id of ${others.map((other) => other.folder.slug).join(" and ")}`;
    const error = findingIn(article.folder.file, article.lineOf)("error")({ path: "id", message });
    return { kind: "broken", folder: article.folder, findings: [...article.findings, error] };
  });
}
