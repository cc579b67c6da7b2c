// Writes one imported article: `index.md` or `index.html` with its front matter, in which comments name what
// is still missing; or the same as JSON, for programs.

import { copyFile, lstat, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { gfmToMarkdown } from "mdast-util-gfm";
import { toMarkdown } from "mdast-util-to-markdown";
import { stringify } from "yaml";
import type { Site } from "../../article/site.ts";
import { isMissing } from "../../content/folder.ts";
import { readArticleFile } from "../../content/front-matter.ts";
import { htmlBody } from "../../content/html-body.ts";
import { hexSha256, type LocalImage } from "../../content/images.ts";
import { htmlToMarkdown, markdownBody } from "../../content/markdown.ts";
import { futureChanges, MAX_ARTICLE_BYTES } from "../../content/read-article.ts";
import { MAX_TEXT_BYTES } from "../../content/text-file.ts";
import { asSeen } from "../../content/write-article.ts";
import { TooMuchMarkup } from "../../html/parse.ts";
import type { ImportedBody, ImportedImage } from "../../import/importer.ts";
import { textOfHtml } from "../../import/normalize-html.ts";
import { slugOf } from "../../import/slug.ts";
import {
  type BylineFields,
  type Choices,
  type ModelFields,
  type Need,
  toModel,
  withPeople,
} from "../../import/to-model.ts";
import { escapeHtml, isVisible, legal, text } from "../../lib/text.ts";
import type { Instant } from "../../lib/time.ts";
import type { Candidate, Step } from "./import-plan.ts";
import type { NewAddress } from "./old-addresses.ts";
import { type Fetched, type PictureFile, type Placed, placePictures } from "./place-pictures.ts";
import type { ReadArticle } from "./read-sources.ts";

/** Settings for all articles of an import. */
export interface MakeOptions {
  readonly choices: Choices;
  /** The publisher's own files for the pictures. */
  readonly images: readonly LocalImage[];
  readonly site: Site | undefined;
  readonly fetched: Fetched;
  /** Brings pictures that stand beside a source, too. */
  readonly beside: boolean;
  /** Resolves links to other imported articles; missing until all slugs are known. */
  readonly newAddress?: NewAddress;
  readonly now: Instant;
}

/** An article that can be written, with the notes for its report. */
export interface Made extends Writable {
  readonly file: ArticleText;
  readonly model: ModelFields;
  readonly placed: Placed;
  /** True if the source doesn't show the article to readers. */
  readonly heldBack: boolean;
}

/** Makes the file of one article; a draft without the text, if the text is nested too deep to be walked. */
export function makeArticle(read: ReadArticle, options: MakeOptions): Made {
  try {
    return makeWithText(read, options);
  } catch (error) {
    // Trees are walked recursively: what overflows the stack is thousands of elements deep.
    if (!(error instanceof RangeError)) throw error;
    const { article } = read;
    const notes = [...(article.notes ?? []), "the text is nested too deeply, and was left out"];
    const body = { kind: "text", paragraphs: [] } as const;
    return makeWithText({ ...read, article: { ...article, body, notes, draft: true } }, options);
  }
}

function makeWithText(read: ReadArticle, options: MakeOptions): Made {
  const { article, file: source, folders, picturesDir = dirname(source), waitsForPictures, origin } = read;
  const model = toModel(article, options.choices, options.site);
  const place = {
    file: source,
    dir: picturesDir,
    folders,
    beside: options.beside,
    waitsForPictures,
    newAddress: options.newAddress,
  };
  const placed = placePictures(article, place, options.images, options.fetched);
  const heldBack = article.draft ?? false;
  const file = articleText(model, placed, heldBack, options.site, options.now);
  const { id, headline } = model.fields;
  return {
    origin,
    slug: slugFor(article.slug, headline, source, file.text),
    ...(typeof id === "string" ? { id } : {}),
    ...(typeof headline === "string" ? { headline } : {}),
    incomplete: file.needs.length > 0,
    text: file.text,
    fileName: file.name,
    files: placed.files,
    ...(placed.files.length === 0
      ? {}
      : { pictures: Object.fromEntries(placed.files.map(({ name, sha256 }) => [name, sha256])) }),
    ...{ file, model, placed, heldBack },
  };
}

const HASH_CHARACTERS = 8;

/** The slug: from the source's name for it, the headline or the file's name; else a hash, which is stable. */
function slugFor(slug: string | undefined, headline: unknown, source: string, text: string): string {
  const names = [slug, headline, basename(source, extname(source))];
  const found = names
    .map((name) => (typeof name === "string" ? slugOf(name) : ""))
    .find((name) => name !== "");
  return found ?? `article-${hexSha256(Buffer.from(text)).slice(0, HASH_CHARACTERS)}`;
}

/** An article's file. */
interface ArticleText {
  readonly name: "index.md" | "index.html";
  /** All of it but the line that says where it came from. */
  readonly text: string;
  readonly needs: readonly Need[];
  readonly notes: readonly string[];
}

/**
 * Writes the file. An article that needs something is a draft; so is one that the source itself held back.
 */
function articleText(
  model: ModelFields,
  placed: Placed,
  heldBack: boolean,
  site: Site | undefined,
  now: Instant,
): ArticleText {
  const { bylines, ...fields } = model.fields;
  const frontMatter = {
    ...fields,
    ...(bylines === undefined ? {} : { bylines: withPeople(bylines as readonly BylineFields[], site) }),
    ...(placed.images.length === 0 ? {} : { images: placed.images.map(imageFields) }),
  };
  const [name, body] =
    placed.body.kind === "text"
      ? (["index.md", paragraphsToMarkdown(placed.body.paragraphs)] as const)
      : bodyFile(placed.body);
  const known = [
    ...model.needs,
    ...placed.needs,
    ...(showsSomething(placed) ? [] : [NO_TEXT]),
    ...(fits(name, body, frontMatter) ? [] : [TOO_LONG]),
  ];
  // YAML writes an object without fields as one that nothing can follow.
  const yaml = Object.keys(frontMatter).length === 0 ? "" : stringify(frontMatter, { lineWidth: 0 });
  const needs = [...known, ...refusals(yaml, known, now)];
  const notes = [...model.notes, ...placed.notes];
  const draft = needs.length > 0 || heldBack;
  const comments = [
    ...needs.map(({ path, why, flag }) =>
      [`needs: ${path}`, why && `: ${why}`, flag && ` (${flag})`].filter(Boolean).join(""),
    ),
    ...notes.map((note) => `note: ${note}`),
  ];
  return {
    name,
    text: [
      "---\n",
      ...comments.map((comment) => `# ${text(comment)}\n`),
      ...(draft ? ["draft: true\n"] : []),
      yaml,
      "---\n",
      body,
    ].join(""),
    needs,
    notes,
  };
}

type ImportedHtml = Extract<ImportedBody, { readonly kind: "html" }>;

/** Keeps Markdown as Markdown, if it gives readers the same HTML. */
function bodyFile({ html, isMarkdown }: ImportedHtml): readonly [ArticleText["name"], string] {
  const markdown = isMarkdown ? htmlToMarkdown(html) : undefined;
  return markdown !== undefined && readsAs(markdown, html)
    ? ["index.md", markdown]
    : ["index.html", `${html}\n`];
}

function readsAs(markdown: string, html: string): boolean {
  try {
    return asSeen(markdownBody(markdown).html(({ address }) => address)) === asSeen(html);
  } catch (error) {
    if (error instanceof TooMuchMarkup) return false;
    throw error;
  }
}

const NO_TEXT: Need = { path: "body", why: "the source has no text for it, and no picture" };
const SHOWN = /<(?:img|picture|iframe|video|audio|math|svg|object|embed)\b/;

/** True for an article with text, pictures, sound or video. */
const showsSomething = ({ images, body }: Placed): boolean =>
  images.length > 0 ||
  (body.kind === "text"
    ? body.paragraphs.some(isVisible)
    : SHOWN.test(body.html) || isVisible(textOfHtml(body.html) ?? ""));

const TOO_LONG: Need = {
  path: "body",
  why: `is more than ${MAX_ARTICLE_BYTES / 1000} kB: make several articles of it`,
};
// In JSON, `<` can take six characters, and a quotation mark two.
const MOST_GROWTH = 6;
// Addresses and sizes of pictures are put in when they are sent.
const PICTURES_BYTES = 12_000;

/**
 * Whether the Worker takes a body of that size. It is read, which takes its time, only where it could be too
 * long.
 */
function fits(name: ArticleText["name"], body: string, frontMatter: object): boolean {
  const limit = MAX_ARTICLE_BYTES - PICTURES_BYTES;
  const length = Buffer.byteLength(body);
  if (length * MOST_GROWTH < limit || length > limit) return length <= limit;
  const read = name === "index.md" ? markdownBody(body, 1) : htmlBody(body, 1);
  const html = read.html(({ address }) => address);
  return Buffer.byteLength(JSON.stringify({ ...frontMatter, body: { html } })) <= limit;
}

/** The problems for which `publish` would refuse the file, which is read as `publish` reads it. */
function refusals(yaml: string, known: readonly Need[], now: Instant): readonly Need[] {
  const file = readArticleFile(`---\n${yaml}---\n`);
  const problems = [
    ...(file.kind === "article" ? [] : file.problems),
    ...(file.kind === "unreadable" ? [] : futureChanges(file.fields, now)),
  ];
  return problems
    .filter(({ path }) => !known.some((need) => need.path === path))
    .map(({ path, message }) => ({ path, why: message }));
}

/** An image's fields in the order of article.md. */
const imageFields = ({ src, alt, caption, credit, creditRole, ...others }: ImportedImage): object =>
  Object.fromEntries(
    Object.entries({
      src,
      alt,
      caption,
      credit: credit !== undefined && creditRole !== undefined ? { name: credit, role: creditRole } : credit,
      ...others,
    }).filter(([, value]) => value !== undefined && value !== ""),
  );

/**
 * The model's fields, with `slug`, and with `draft` where something is missing. Bylines are written out, with
 * their roles.
 */
export function modelJson(
  slug: string,
  { fields }: ModelFields,
  { images, body }: Placed,
  draft: boolean,
): Readonly<Record<string, unknown>> {
  return {
    slug,
    ...fields,
    ...("bylines" in fields ? {} : { bylines: [] satisfies BylineFields[] }),
    images: images.map(imageFields),
    body: {
      html:
        body.kind === "html"
          ? body.html
          : body.paragraphs.map((paragraph) => `<p>${escapeHtml(legal(paragraph))}</p>`).join("\n"),
    },
    ...(draft ? { draft } : {}),
  };
}

/** Markdown for `content/markdown.ts`, in which each of `paragraphs` is one paragraph. */
export const paragraphsToMarkdown = (paragraphs: readonly string[]): string =>
  toMarkdown(
    {
      type: "root",
      children: paragraphs.map((value) => ({
        type: "paragraph",
        children: [{ type: "text", value: legal(value) }],
      })),
    },
    { extensions: [gfmToMarkdown()] },
  );

// Writes a planned article: its file, and the pictures beside it. Each write is atomic, even if the process
// is killed, and symbolic links aren't followed.

/** A candidate with everything that is written for it. */
export interface Writable extends Candidate {
  readonly fileName: "index.md" | "index.html";
  readonly files: readonly PictureFile[];
}

/**
 * True if a picture would overwrite a file that is neither that picture nor written by an earlier import.
 */
export async function holdsOtherPictures({ candidate, existing }: Step<Writable>): Promise<boolean> {
  if (!existing) return false;
  for (const { name, sha256 } of candidate.files) {
    const found = await sha256Of(join(dirname(existing.file), name));
    if (![undefined, sha256, existing.pictures?.[name]].includes(found)) return true;
  }
  return false;
}

/** The state of a path: undefined if nothing is there; no digest for a link or a folder. */
async function sha256Of(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isFile() ? hexSha256(await readFile(path)) : "no file";
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Writes one article into its folder in `articlesDir`. Returns why it couldn't be written. */
export async function writeArticle(step: Step<Writable>, articlesDir: string): Promise<string | undefined> {
  if (Buffer.byteLength(step.text) > MAX_TEXT_BYTES)
    return `makes a file of more than ${MAX_TEXT_BYTES / 1_000_000} MB, which is too long for one article, and is left out`;
  try {
    await (step.existing ? replace(step, step.existing.slug, articlesDir) : create(step, articlesDir));
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const { code } = error;
    return code === "ENOTEMPTY" || code === "EEXIST"
      ? "was made by something else while this ran: import again"
      : `can't be written (${code})`;
  }
}

/**
 * A new folder gets its name when all its files are in it: two imports at once can't both create it, and no
 * unfinished one is left.
 */
async function create(step: Step<Writable>, articlesDir: string): Promise<void> {
  const folder = join(articlesDir, unfinished(step.slug));
  try {
    await mkdir(folder, { recursive: true });
    await writeInto(folder, step);
    await rename(folder, join(articlesDir, step.slug));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function replace(step: Step<Writable>, slug: string, articlesDir: string): Promise<void> {
  const folder = join(articlesDir, step.slug);
  if (step.change === "moved") await rename(join(articlesDir, slug), folder);
  await writeInto(folder, step);
  const other = step.candidate.fileName === "index.md" ? "index.html" : "index.md";
  if (step.existing?.file.endsWith(other)) await rm(join(folder, other));
}

async function writeInto(folder: string, { candidate, change, text }: Step<Writable>): Promise<void> {
  for (const { name, from } of candidate.files)
    await place(join(folder, name), (file) => copyFile(from, file));
  if (change !== "unchanged") await place(join(folder, candidate.fileName), (file) => writeFile(file, text));
}

/** Writes a file atomically. */
export async function place(path: string, write: (file: string) => Promise<void>): Promise<void> {
  const file = join(dirname(path), unfinished("file"));
  await write(file);
  await rename(file, path);
}

/**
 * The name of an unfinished file or folder. It starts with a dot, so that all readers of the content folder
 * skip it.
 */
export const unfinished = (name: string): string => `.${name}.${process.pid}`;
