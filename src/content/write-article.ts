// Writes an article's file from what the API gave, for export (`index.html`) and pull (Markdown if it can
// be), so that it reads back as the same article; and into any file, which slug its article had before. Pure.

import { fromHtml } from "hast-util-from-html";
import { minifyWhitespace } from "hast-util-minify-whitespace";
import { toHtml } from "hast-util-to-html";
import { isMap, isScalar, parseDocument, stringify } from "yaml";
import type { ArticleInput } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import { cleanBody, cleanOptionsFor } from "../html/clean.ts";
import { TooMuchMarkup } from "../html/parse.ts";
import { MEDIA_PATH } from "../lib/address.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { fail, ok, type Result } from "../lib/problem.ts";
import { type FrontMatter, splitFrontMatter } from "./front-matter.ts";
import { htmlBody } from "./html-body.ts";
import { htmlToMarkdown, markdownBody, tightenItems } from "./markdown.ts";

const SHORT_HASH_LENGTH = 12;

/**
 * The name of a picture's file beside its article; undefined for an address that isn't one of this Worker's
 * pictures.
 */
export function pictureFile(address: string): string | undefined {
  const [, sha256, extension] = MEDIA_PATH.exec(address) ?? [];
  return sha256 && extension && `${sha256.slice(0, SHORT_HASH_LENGTH)}.${extension}`;
}

/** An article's file, and the addresses (`/media/…`) of the pictures that must lie beside it. */
export interface ExportedArticle {
  readonly file: string;
  readonly pictures: readonly string[];
}

/** How an article's file is written. */
interface Writing {
  /** The name of the file of a picture (`/media/…`) that is one of this Worker's. */
  readonly nameOf?: (address: string) => string | undefined;
  /** Writes the body, which is HTML with local addresses. */
  readonly writeBody?: (html: string) => string;
  /** Fields that only files have. */
  readonly own?: Partial<Pick<FrontMatter, "draft" | "movedFrom">>;
}

/** Writes an article as a file, as HTML. Leaves out what the API fills in or measures itself. */
export function articleFile(article: ArticleInput, writing: Writing = {}): ExportedArticle {
  const { nameOf = pictureFile, writeBody = (html: string) => html, own = {} } = writing;
  const { body, restore: _restore, syndicate, sponsored, images, ...fields } = article;
  const pictures = new Set<string>();
  const local = (address: string) => {
    const name = nameOf(address);
    if (name !== undefined) pictures.add(address);
    return name ?? address;
  };
  const frontMatter = {
    ...Object.fromEntries(Object.entries({ ...own, ...fields }).filter(([, value]) => !isEmptyList(value))),
    ...omitUndefined({
      images: images.length === 0 ? undefined : images.map((image) => exportImage(image, local)),
      syndicate: syndicate ? undefined : false,
      sponsored: sponsored ? true : undefined,
    }),
  };
  const html = htmlBody(`${body.html}\n`, 1, (address) => MEDIA_PATH.test(address)).html(({ address }) =>
    local(address),
  );
  return {
    file: `---\n${stringify(frontMatter, { lineWidth: 0 })}---\n${writeBody(html)}\n`,
    pictures: [...pictures],
  };
}

function exportImage(image: ArticleInput["images"][number], local: (address: string) => string): object {
  const { src, alt, syndicate, width, height, type, length, ...written } = image;
  const name = local(src);
  // The size of a picture elsewhere was typed; that of a picture beside the file is measured again.
  const typed = name === src ? { width, height, type, length } : {};
  return {
    src: name,
    ...omitUndefined({ alt: alt === "" ? undefined : alt }),
    ...written,
    ...omitUndefined({ ...typed, syndicate: syndicate ? undefined : false }),
  };
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/**
 * Adds `slug` to an article's file as the last of `movedFrom`, and changes nothing else, except that an `id`
 * that repeats the slug is removed: the article keeps the id that it has. Fails if the file has no front
 * matter, or front matter with errors.
 */
export function withMovedFrom(file: string, slug: string): Result<string> {
  const parts = splitFrontMatter(file);
  if ("problem" in parts) return fail(parts.problem);
  const { yaml, yamlStart } = parts;
  const document = parseDocument(yaml);
  if (document.errors.length > 0 || !isMap(document.contents))
    return fail({ path: "", message: "has front matter with errors: npx wireroom check lists them" });
  const pairs = document.contents.items.flatMap(({ key, value }) => {
    const [from, to] = [rangeOf(key)?.[0], rangeOf(value)?.[1] ?? rangeOf(key)?.[1]];
    return isScalar(key) && from !== undefined && to !== undefined ? [{ name: key.value, from, to }] : [];
  });
  const edits: { from: number; to: number; text: string }[] = [];
  const id = pairs.find(({ name }) => name === "id");
  if (id && document.get("id") === slug) edits.push({ from: id.from, to: endOfLine(yaml, id.to), text: "" });
  const before: unknown = document.toJS().movedFrom;
  const slugs = (Array.isArray(before) ? before : []).filter((each) => each !== slug);
  const field = `movedFrom: [${[...slugs, slug].join(", ")}]`;
  const old = pairs.find(({ name }) => name === "movedFrom");
  const newline = yaml.includes("\r\n") ? "\r\n" : "\n";
  if (old) {
    // The node of a list over several lines includes the line break after its last entry.
    const text = yaml.slice(old.from, old.to).trimEnd();
    edits.push({ from: old.from, to: old.from + text.length, text: field });
  } else edits.push({ from: yaml.length, to: yaml.length, text: field + newline });
  const edited = edits
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), yaml);
  return ok(file.slice(0, yamlStart) + edited + file.slice(yamlStart + yaml.length));
}

const rangeOf = (node: unknown): readonly [number, number, number] | null | undefined =>
  typeof node === "object" && node !== null && "range" in node
    ? (node.range as readonly [number, number, number] | null)
    : undefined;

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end + 1;
}

/** An article's file, with its name. */
export interface PulledArticle extends ExportedArticle {
  readonly name: "index.md" | "index.html";
}

/** What the folder has already. */
export interface Known {
  /** Names of pictures in the folder, by their addresses (`/media/…`). */
  readonly pictures?: ReadonlyMap<string, string>;
  readonly movedFrom?: readonly string[];
  readonly isHtml?: boolean;
  /** It isn't to be published. */
  readonly draft?: boolean;
}

/**
 * The file that `wireroom pull` writes: Markdown where that reads back as the same article, else HTML.
 * Without `site` it can't be known what Markdown would become, so it is HTML.
 */
export function pulledArticle(
  slug: string,
  article: ArticleInput,
  site: Site | undefined,
  { pictures, movedFrom = [], isHtml = false, draft = false }: Known = {},
): PulledArticle {
  const nameOf = (address: string) => pictures?.get(address) ?? pictureFile(address);
  const writing = { nameOf, own: { ...(draft ? { draft: true } : {}), movedFrom: [...movedFrom] } };
  const html = articleFile(article, writing);
  if (isHtml || !site) return { ...html, name: "index.html" };
  let markdown = "";
  const writeBody = (body: string) => {
    markdown = htmlToMarkdown(body).trimEnd();
    return markdown;
  };
  const file = articleFile(article, { ...writing, writeBody });
  const addresses = new Map(html.pictures.map((address) => [nameOf(address), address]));
  const isSame = readsAs(slug, article, site, () =>
    markdownBody(markdown).html(({ address }) => addresses.get(address) ?? address),
  );
  return isSame ? { ...file, name: "index.md" } : { ...html, name: "index.html" };
}

/** True if readers get of this HTML what they get of the article's body. */
export function readsAs(slug: string, article: ArticleInput, site: Site, html: () => string): boolean {
  const options = cleanOptionsFor(slug, article, site);
  try {
    const wanted = stored(article.body.html, options);
    return wanted !== undefined && stored(html(), options) === wanted;
  } catch (error) {
    if (error instanceof TooMuchMarkup) return false;
    throw error;
  }
}

/** A body as the Worker would store it and readers would see it; undefined if the Worker would refuse it. */
function stored(html: string, options: Parameters<typeof cleanBody>[1]): string | undefined {
  const cleaned = cleanBody(html, options);
  if (!cleaned.ok) return undefined;
  const { body, captions, alts, unlisted } = cleaned.value;
  return JSON.stringify([asSeen(body), [...captions], [...alts], unlisted]);
}

/**
 * A body without what browsers don't show: Markdown puts each block on a line of its own, ends code with a
 * line break, and has no paragraph in a list's short items.
 */
export function asSeen(body: string): string {
  const tree = fromHtml(body, { fragment: true });
  tightenItems(tree);
  minifyWhitespace(tree);
  return toHtml(tree).replace(/\n(?=(?:<\/code>)?<\/pre>)/g, "");
}
