// Every source of an import, read: its articles, what could not be read, and why each line was taken for what it was.

import { basename, relative, sep } from "node:path";
import type { Site } from "../../article/site.ts";
import type { Explained, ImportedArticle } from "../../import/importer.ts";
import { pageName, sourceName } from "../../import/source-name.ts";
import { CliError } from "../../lib/cli-error.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { plural, text } from "../../lib/text.ts";
import type { Output } from "../progress.ts";
import type { Origin } from "./existing.ts";
import { ownFolders } from "./pictures.ts";
import type { Recognised } from "./recognise.ts";
import { findSources, readSource } from "./source-files.ts";

/** An article, and which file it was in. */
export interface ReadArticle {
  readonly article: ImportedArticle;
  readonly file: string;
  /** Folders beside the file that hold its pictures. */
  readonly folders: readonly string[];
  readonly origin: Origin;
}

/** All that an import has to go by. */
export interface ReadSources {
  readonly articles: readonly ReadArticle[];
  /** True where all there is to read is one page, and so one article. */
  readonly isOnePage: boolean;
  /** What is in no article, a line each, with its file and why. */
  readonly leftOut: readonly string[];
  /** Problems that were told. */
  readonly problems: number;
}

/**
 * Reads the files and folders `paths`. `articlesDir` is what origins are relative to; `words` are those that the site has in
 * place of ours. `explain` gets each source's lines.
 */
export async function readAll(
  paths: readonly string[],
  articlesDir: string,
  words: Site["words"],
  out: Output,
  explain?: (file: string, lines: readonly Explained[]) => void,
): Promise<ReadSources> {
  const found = await findSources(paths);
  if (!found.ok)
    throw new CliError(found.problems.map(({ path, message }) => `${path} ${message}.`).join("\n"));
  const { files, passedOver } = found.value;
  if (files.length === 0) {
    const others =
      passedOver > 0 ? `: ${plural(passedOver, "file")} of kinds that an import doesn't read` : "";
    throw new CliError(`There is nothing to import in ${paths.join(", ")}${others}.`);
  }
  const articles: ReadArticle[] = [];
  const leftOut: string[] = [];
  let problems = 0;
  let isOnePage = paths.length === 1 && files.length === 1;
  const tell = (file: string, what: string) => {
    problems++;
    out.warn(`${relative(process.cwd(), file)}  ${what}`);
  };
  for (const [index, file] of files.entries()) {
    out.progress(index, files.length);
    const source = await readSource(file);
    if (!source.ok) {
      for (const { message } of source.problems) tell(file, message);
      continue;
    }
    const { kind, read, content, notes } = source.value;
    for (const note of notes) out.warn(`${relative(process.cwd(), file)}  ${note}`);
    const isPage = kind === "text" || kind === "page";
    isOnePage &&= isPage;
    const imported = read({ name: basename(file), content, words });
    for (const { path, message } of imported.problems) tell(file, `${path} ${message}`.trim());
    explain?.(file, imported.explained);
    const others = imported.explained.filter(({ as }) => as === "left out");
    for (const { text: piece, why } of others)
      leftOut.push(`${relative(process.cwd(), file)}  left out: ${piece} (${why})`);
    if (imported.articles.length + imported.problems.length + others.length === 0)
      tell(file, NO_ARTICLE[kind]);
    const folders = ownFolders(file, kind);
    const from = relative(articlesDir, file).split(sep).join("/");
    for (const [article, item] of named(imported.articles))
      articles.push({ article, file, folders, origin: originOf(kind, from, article, item, imported.names) });
  }
  out.progress(files.length, files.length);
  if (passedOver > 0) out.warn(`${plural(passedOver, "file")} of other kinds passed over.`);
  return { articles, isOnePage, leftOut, problems };
}

// Importers say why an item is left out; these hold none.
const NO_ARTICLE: Readonly<Record<Recognised["kind"], string>> = {
  text: "holds no text",
  page: "holds no article",
  feed: "holds no items",
  wordpress: "is a WordPress export without posts: choose “All content” or “Posts” when you export",
  ghost: "is a Ghost export without posts",
};

function originOf(
  kind: Recognised["kind"],
  from: string,
  article: ImportedArticle,
  item: string,
  names: readonly string[] = [],
): Origin {
  if (kind === "page" || kind === "text") return omitUndefined({ from, source: pageName(article) });
  // A feed can say that it is another's; what readers get of it are its articles' addresses.
  const { url } = article;
  const source = sourceName(kind === "feed" && url !== undefined ? [...names, url] : names);
  return omitUndefined({ from, source, item });
}

/** Items with names that tell them apart: the second of one name is `name #2`. */
function* named(articles: readonly ImportedArticle[]): Generator<readonly [ImportedArticle, string]> {
  const counts = new Map<string, number>();
  for (const article of articles) {
    const name = text(article.item);
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    yield [article, count === 1 ? name : `${name} #${count}`];
  }
}
