// What `wireroom check PATH` looks at: a whole content folder, or an article, a policy or site.yaml in one.

import { type Stats, statSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { isMissing, list } from "../../content/folder.ts";
import { REDIRECTS_FILE } from "../../content/redirects.ts";
import { CliError } from "../../lib/cli-error.ts";
import { didYouMean } from "../../lib/did-you-mean.ts";

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
