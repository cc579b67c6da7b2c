// The content folder: `site.yaml`, and a folder for each article, `articles/<slug>/` with `index.md` or
// `index.html`.

import type { Dirent } from "node:fs";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { type Site, siteSchema } from "../article/site.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { check, ok, type Result } from "../lib/problem.ts";
import { slugField } from "../lib/text.ts";
import { checkYaml } from "../lib/yaml.ts";
import { CliError, type Finding, findingIn } from "./finding.ts";
import type { Redirects } from "./redirects.ts";
import { readText, unreadable } from "./text-file.ts";

/** An article's folder, and the file in it that holds the article. */
export interface ArticleFolder {
  readonly slug: string;
  readonly dir: string;
  readonly file: string;
}

/** The content folder, listed: its articles aren't read yet. `findings` are about the folder as a whole. */
export interface Content {
  readonly dir: string;
  /** Missing if site.yaml is missing or has errors; then people and sections can't be checked. */
  readonly site?: Site;
  /** Sorted by slug. */
  readonly folders: readonly ArticleFolder[];
  /** The name of every entry of the folder `articles`, whether it is an article or not. */
  readonly slugs: ReadonlySet<string>;
  /** The lines of redirects.txt, where they were asked for. */
  readonly redirects?: Redirects;
  readonly findings: readonly Finding[];
}

/** Lists the content folder `dir`, and reads its site.yaml. @throws CliError if there is no such folder */
export async function readContent(dir: string): Promise<Content> {
  const articlesDir = join(dir, "articles");
  if (!(await list(dir))) throw new CliError(`There is no folder ${dir}.`);
  const findings: Finding[] = [];
  const entries = await list(articlesDir);
  if (!entries)
    findings.push(
      findingIn(articlesDir)("error")({ path: "", message: "is missing: this is where articles are kept" }),
    );

  const folders: ArticleFolder[] = [];
  const visible = (entries ?? []).filter((entry) => !entry.name.startsWith("."));
  for (const entry of visible.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const folder = await articleFolder(articlesDir, entry);
    if ("level" in folder) findings.push(folder);
    else folders.push(folder);
  }
  const site = await readSite(dir);
  return {
    dir,
    ...omitUndefined({ site: site.site }),
    folders,
    slugs: new Set(visible.map((entry) => entry.name)),
    findings: [...site.findings, ...findings],
  };
}

/**
 * Reads `site.yaml` in `dir`. If it is missing, that is a warning only, because the Worker has its own copy.
 */
export async function readSite(
  dir: string,
): Promise<{ readonly site?: Site; readonly findings: readonly Finding[] }> {
  const file = join(dir, "site.yaml");
  const at = findingIn(file);
  if (!(await list(dir))?.some((entry) => entry.name === "site.yaml")) {
    return {
      findings: [at("warning")({ path: "", message: "is missing: people and sections weren't checked" })],
    };
  }
  const source = readText(file);
  const parsed = source.ok ? parseSite(source.value) : source;
  return parsed.ok ? { site: parsed.value, findings: [] } : { findings: parsed.problems.map(at("error")) };
}

async function articleFolder(articlesDir: string, entry: Dirent): Promise<ArticleFolder | Finding> {
  const dir = join(articlesDir, entry.name);
  const wrong = (level: Finding["level"], message: string) => findingIn(dir)(level)({ path: "", message });
  if (entry.isSymbolicLink())
    return wrong("error", "is a symbolic link: articles must lie in the content folder");
  if (!entry.isDirectory()) return wrong("warning", "is not an article's folder, and isn't published");
  const slug = check(slugField, entry.name);
  if (!slug.ok)
    return wrong(
      "error",
      `has a name that can't be an address: ${slug.problems.map((p) => p.message).join("; ")}`,
    );
  const entries = await list(dir).catch(unreadable);
  if (typeof entries === "string") return wrong("error", entries);
  const names = (entries ?? []).filter((file) => /^index\.(md|html)$/.test(file.name));
  const [first, second] = names;
  if (!first) return wrong("error", "has neither index.md nor index.html");
  if (second) return wrong("error", "has both index.md and index.html: keep one");
  if (!first.isFile()) return wrong("error", `has an ${first.name} that is not a file`);
  return { slug: basename(dir), dir, file: join(dir, first.name) };
}

/** What a folder holds; undefined if there is no such folder. */
export async function list(dir: string): Promise<readonly Dirent[] | undefined> {
  try {
    return await readdir(dir, { withFileTypes: true });
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** True for the error that a file or folder doesn't exist. */
export const isMissing = (error: unknown): boolean =>
  error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");

/** The settings in the text of `site.yaml`. Problems carry lines. */
export function parseSite(source: string): Result<Site> {
  const checked = checkYaml(siteSchema, source);
  return checked.ok ? ok(checked.value.value) : checked;
}
