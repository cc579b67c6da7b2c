// Finds the files of an import, decodes them, and passes each to its importer. Returns the articles, the
// problems, and how each line was classified and why.

import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { basename, dirname, extname, join, relative, sep } from "node:path";
import type { Site } from "../../article/site.ts";
import { CliError } from "../../content/finding.ts";
import { isMissing } from "../../content/folder.ts";
import { unreadable } from "../../content/text-file.ts";
import { TooMuchMarkup } from "../../html/parse.ts";
import type { Explained, Imported, ImportedArticle } from "../../import/importer.ts";
import { PROJECT_FILES } from "../../import/markdown/generators.ts";
import { readMarkdownSite } from "../../import/markdown/markdown-site.ts";
import type { MarkdownSite } from "../../import/markdown/site.ts";
import { parseExport, readExports } from "../../import/wordpress/wordpress.ts";
import type { Wxr } from "../../import/wordpress/wxr.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { fail, ok, type Result } from "../../lib/problem.ts";
import { plural, text } from "../../lib/text.ts";
import { toInstant } from "../../lib/time.ts";
import type { Output } from "../terminal.ts";
import { decode, headOf, piecesOf } from "./decode-text.ts";
import { type DetectedSource, detectSource } from "./detect-source.ts";
import {
  type GeneratorSite,
  generatorIn,
  isMarkdown,
  isOurs,
  postsIn,
  siteOf,
  surroundingsOf,
  toHtml,
} from "./generator-site.ts";
import type { Origin } from "./import-plan.ts";
import { ownFolders } from "./place-pictures.ts";

/** An article, and which file it was in. */
export interface ReadArticle {
  readonly article: ImportedArticle;
  readonly file: string;
  /** Folders beside the file that hold its pictures. */
  readonly folders: readonly string[];
  /** True where pictures that aren't there are known to be somewhere: an export names all, and holds none. */
  readonly waitsForPictures?: boolean;
  /** Where the paths of its pictures start; missing where that is the file's own folder. */
  readonly picturesDir?: string;
  readonly origin: Origin;
}

/** All that an import has to go by. */
export interface ReadSources {
  readonly articles: readonly ReadArticle[];
  /** True if the only source is one page, and so one article. */
  readonly isOnePage: boolean;
  /** What is in no article, a line each, with its file and why. */
  readonly leftOut: readonly string[];
  /** Problems that were told. */
  readonly problems: number;
}

/** Settings for importers, besides their sources. */
interface Given {
  /** The site's words that replace ours. */
  readonly words: Site["words"];
  /** Where the sources' site was, in case they don't say so. */
  readonly base: string | undefined;
}

/**
 * Reads the files and folders `paths`. `articlesDir` is what origins are relative to; `explain` gets each
 * source's lines.
 */
export async function readAll(
  paths: readonly string[],
  articlesDir: string,
  given: Given,
  out: Output,
  explain?: (file: string, lines: readonly Explained[]) => void,
): Promise<ReadSources> {
  const found = await findSources(paths);
  if (!found.ok)
    throw new CliError(found.problems.map(({ path, message }) => `${path} ${message}.`).join("\n"));
  const { files, passedOver, sites } = found.value;
  for (const { dir, site, settingsFile } of new Set(sites.values()))
    if (settingsFile !== undefined)
      out.warn(
        `${relative(process.cwd(), dir) || "."} is a site of ${site.generator.name}, by its ${settingsFile}.`,
      );
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
  const sources: KnownSource[] = [];
  for (const [index, file] of files.entries()) {
    out.progress(index, files.length);
    const site = sites.get(file);
    const source = await readSource(file, site !== undefined);
    if (!source.ok) {
      for (const { message } of source.problems) tell(file, message);
      continue;
    }
    const { kind, read, content, notes } = source.value;
    for (const note of notes) out.warn(`${relative(process.cwd(), file)}  ${note}`);
    isOnePage &&= kind === "text" || kind === "page" || kind === "markdown";
    sources.push(
      site
        ? { file, kind, site, content: Array.from(content).join("") }
        : kind === "wordpress"
          ? { file, kind, wxr: parseExport(content) }
          : {
              file,
              kind,
              imported: read({
                name: basename(file),
                content: Array.from(content).join(""),
                ...given,
                toHtml: readable,
              }),
            },
    );
  }
  for (const { file, kind, site, imported } of [
    ...withExports(sources),
    ...withSites(sources, given.base),
  ].sort(byFile(files))) {
    for (const { path, message } of imported.problems) tell(file, `${path} ${message}`.trim());
    explain?.(file, imported.explained);
    const others = imported.explained.filter(({ as }) => as === "left out");
    for (const { text: piece, why } of others)
      leftOut.push(`${relative(process.cwd(), file)}  left out: ${piece} (${why})`);
    if (imported.articles.length + imported.problems.length + others.length === 0)
      tell(file, NO_ARTICLE[kind]);
    const place = site
      ? { folders: ["."], picturesDir: site.dir }
      : { folders: ownFolders(file, kind), waitsForPictures: kind === "ghost" };
    const from = relative(articlesDir, file).split(sep).join("/");
    for (const [article, item] of named(imported.articles))
      articles.push({ article, file, ...place, origin: originOf(kind, from, article, item, imported.names) });
  }
  out.progress(files.length, files.length);
  if (passedOver > 0) out.warn(`${plural(passedOver, "file")} of other kinds skipped.`);
  return { articles, isOnePage, leftOut, problems };
}

/** What a file holds; of an export of WordPress and of a site's Markdown, which are several files, what it says. */
type KnownSource = { readonly file: string; readonly kind: DetectedSource["kind"] } & (
  | { readonly imported: Imported }
  | { readonly wxr: Wxr }
  | { readonly site: GeneratorSite; readonly content: string }
);

/** A file that was read. */
interface ReadFile {
  readonly file: string;
  readonly kind: DetectedSource["kind"];
  readonly site?: GeneratorSite;
  readonly imported: Imported;
}

function withExports(sources: readonly KnownSource[]): readonly ReadFile[] {
  const files = sources.flatMap((source) => ("wxr" in source ? [source.wxr] : []));
  const read = new Map(readExports(files).map((imported, index) => [files[index], imported]));
  return sources.flatMap((source) => {
    if ("imported" in source) return [source];
    const imported = "wxr" in source ? read.get(source.wxr) : undefined;
    return imported === undefined ? [] : [{ file: source.file, kind: source.kind, imported }];
  });
}

function withSites(sources: readonly KnownSource[], base: string | undefined): readonly ReadFile[] {
  const ours = sources.flatMap((source) => ("site" in source ? [source] : []));
  const now = toInstant(new Date());
  return [...Map.groupBy(ours, ({ site }) => site)].flatMap(([site, group]) => {
    const files = group.map(({ file, content }) => ({ path: pathIn(site, file), content }));
    const read = readMarkdownSite(files, withBase(site.site, base), surroundingsOf(site, now));
    return group.flatMap(({ file, kind }, index) => {
      const imported = read[index];
      return imported ? [{ file, kind, site, imported }] : [];
    });
  });
}

const withBase = (site: MarkdownSite, base: string | undefined): MarkdownSite =>
  base === undefined ? site : { ...site, settings: { url: base, ...site.settings } };

/** Markdown as HTML; undefined for what is too much of it. */
function readable(markdown: string): string | undefined {
  try {
    return toHtml(markdown);
  } catch (error) {
    if (error instanceof TooMuchMarkup) return undefined;
    throw error;
  }
}

const pathIn = ({ dir }: GeneratorSite, file: string): string => relative(dir, file).split(sep).join("/");

function byFile(files: readonly string[]) {
  const order = new Map(files.map((file, index) => [file, index]));
  return (one: ReadFile, other: ReadFile): number =>
    (order.get(one.file) ?? 0) - (order.get(other.file) ?? 0);
}

// Importers say why an item is left out; these hold none.
const NO_ARTICLE: Readonly<Record<DetectedSource["kind"], string>> = {
  text: "holds no text",
  page: "holds no article",
  feed: "holds no items",
  wordpress: "is a WordPress export without posts: choose “All content” or “Posts” when you export",
  ghost: "is a Ghost export without posts",
  markdown: "holds no text",
};

function originOf(
  kind: DetectedSource["kind"],
  from: string,
  article: ImportedArticle,
  item: string,
  names: readonly string[] = [],
): Origin {
  if (kind === "page" || kind === "text") return omitUndefined({ from, source: pageName(article) });
  if (kind === "markdown") return omitUndefined({ from, source: sourceName(names) });
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

// Exports are read as a whole, and what is made of them is held until it is written.
const MAX_SOURCE_BYTES = 64_000_000;
// Of a larger one of WordPress only the posts and the media library are held.
const MAX_EXPORT_BYTES = 1_000_000_000;
// A page is one article, of at most 512 kB; the HTML around it can be many times larger.
const MAX_PAGE_CHARACTERS: Partial<Record<DetectedSource["kind"], number>> = {
  text: 1_000_000,
  page: 16_000_000,
  markdown: 1_000_000,
};

const SOURCE_ENDINGS: ReadonlySet<string> = new Set([
  ...[".txt", ".text", ".html", ".htm", ".xhtml", ".xml", ".rss", ".rdf", ".atom", ".wxr", ".json"],
]);
// Files that a browser saves beside a page: frames, scripts and pictures.
const PARTS_OF_A_PAGE = /(?:_files|[_-](?:Dateien|fichiers|archivos|arquivos)|\.fld)$/;

/** Files to read, and how many in the folders were passed over. */
interface SourceFiles {
  readonly files: readonly string[];
  /** The site of each file that is Markdown, or a post of a generator's site. */
  readonly sites: ReadonlyMap<string, GeneratorSite>;
  readonly passedOver: number;
}

/**
 * Finds the files. Folders are searched to their ends, in the order of names; links in them are not followed.
 */
async function findSources(paths: readonly string[]): Promise<Result<SourceFiles>> {
  const files = new Set<string>();
  const sites = new Map<string, GeneratorSite>();
  const siteAt = new Map<string, GeneratorSite>();
  let passedOver = 0;
  const addMarkdown = (file: string) => {
    const dir = dirname(file);
    const site = siteAt.get(dir) ?? siteOf(dir);
    // Files of one site share it.
    const same = [...siteAt.values()].find((one) => one.dir === site.dir) ?? site;
    siteAt.set(dir, same);
    files.add(file);
    sites.set(file, same);
  };
  const visit = async (dir: string): Promise<void> => {
    const site = generatorIn(dir);
    if (site) {
      const posts = postsIn(site);
      passedOver += posts.passedOver;
      for (const file of posts.files) {
        files.add(file);
        sites.set(file, site);
      }
      return;
    }
    for (const entry of await visibleEntries(dir)) {
      const path = join(dir, entry.name);
      const isSource = SOURCE_ENDINGS.has(extname(entry.name).toLowerCase());
      if (entry.isDirectory()) {
        if (!PARTS_OF_A_PAGE.test(entry.name)) await visit(path);
      } else if (entry.isFile() && isMarkdown(entry.name) && !PROJECT_FILES.test(entry.name))
        addMarkdown(path);
      else if (entry.isFile() && isSource) files.add(path);
      else passedOver++;
    }
  };
  const missing: string[] = [];
  for (const path of paths) {
    const kind = await kindOf(path);
    if (kind === "dir") await visit(path);
    else if (kind === "file" && isMarkdown(path)) addMarkdown(path);
    else if (kind === "file") files.add(path);
    else missing.push(path);
  }
  if (missing.length > 0)
    return fail(...missing.map((path) => ({ path, message: "is no file and no folder" })));
  return ok({ files: [...files], sites, passedOver });
}

/** A source, decoded, and who reads it. */
interface ReadableSource extends DetectedSource {
  /** In pieces, where it is large. */
  readonly content: Iterable<string>;
  /** The invalid bytes that were repaired. */
  readonly notes: readonly string[];
}

/** Reads a file. Problems have an empty path. */
async function readSource(file: string, isPost: boolean): Promise<Result<ReadableSource>> {
  const size = await sizeOf(file);
  if (!size.ok) return size;
  if (size.value > MAX_SOURCE_BYTES) return largeSource(file, size.value);
  const bytes = await bytesOf(file);
  if (!bytes.ok) return bytes;
  const decoded = decode(bytes.value);
  if (!decoded.ok) return decoded;
  const { text: content, notes } = decoded.value;
  if (isPost && isOurs(content)) return fail({ path: "", message: OURS });
  const detected = isPost ? ok(MARKDOWN_SOURCE) : detectSource(content, file);
  if (!detected.ok) return detected;
  if (content.length > (MAX_PAGE_CHARACTERS[detected.value.kind] ?? Number.POSITIVE_INFINITY))
    return fail({ path: "", message: "is too long for one article's page: save the article by itself" });
  return ok({ ...detected.value, content: [content], notes });
}

const OURS = "is an article of Wireroom already: put its folder into content/articles/";
/** Markdown is read with the other files of its site. */
const MARKDOWN_SOURCE: DetectedSource = {
  kind: "markdown",
  read: () => ({ articles: [], problems: [], explained: [] }),
};

/** A file that is too large to be read as a whole: an export of WordPress is read piece by piece. */
function largeSource(file: string, size: number): Result<ReadableSource> {
  const head = headOf(file);
  if (!head.ok) return head;
  const detected = detectSource(head.value, file);
  if (detected.ok && detected.value.kind === "wordpress" && size <= MAX_EXPORT_BYTES)
    return ok({ ...detected.value, content: piecesOf(file), notes: [] });
  const most = detected.ok && detected.value.kind === "wordpress" ? MAX_EXPORT_BYTES : MAX_SOURCE_BYTES;
  const message = `is larger than ${most / 1_000_000} MB: export it in parts, such as a year at a time`;
  return fail({ path: "", message });
}

async function sizeOf(file: string): Promise<Result<number>> {
  try {
    return ok((await stat(file)).size);
  } catch (error) {
    return fail({ path: "", message: unreadable(error) });
  }
}

async function bytesOf(file: string): Promise<Result<Uint8Array>> {
  try {
    return ok(await readFile(file));
  } catch (error) {
    return fail({ path: "", message: unreadable(error) });
  }
}

async function visibleEntries(dir: string): Promise<readonly Dirent[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries.filter((entry) => !entry.name.startsWith(".")).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function kindOf(path: string): Promise<"file" | "dir" | undefined> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? "dir" : found.isFile() ? "file" : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

// Names of sources: an import notices by them that a file holds another source than before.

const LONGEST_CHARACTERS = 200;

/**
 * The name of a feed or an export, by its id and addresses, or else its title; undefined where it has none of
 * them.
 */
const sourceName = (names: readonly string[]): string | undefined =>
  [...new Set(names.map(hostOf).filter((name) => name !== ""))].join(", ") || undefined;

/** The name of a page: its address, or else its headline. */
function pageName({ url, headline }: { readonly url?: string; readonly headline?: string }) {
  const { host, pathname, search } = addressOf(url ?? "") ?? {};
  return host === undefined ? headline && short(headline) : host + pathname?.replace(/\/$/, "") + search;
}

/** Of an address its host, of a tag URI its authority; other ids and titles as they are. */
const hostOf = (name: string): string =>
  addressOf(name)?.host ?? /^\s*tag:([^,:]+),/i.exec(name)?.[1]?.toLowerCase() ?? short(name);

function addressOf(written: string) {
  const url = URL.canParse(written) ? new URL(written) : undefined;
  return url && /^https?:$/.test(url.protocol)
    ? { host: url.host.replace(/^www\./, ""), pathname: url.pathname, search: url.search }
    : undefined;
}

const short = (words: string): string => text(words).slice(0, LONGEST_CHARACTERS);
