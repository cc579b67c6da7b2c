// An article of the Worker as the file that `wireroom pull` writes: Markdown where that reads back as the same
// article, else HTML. Pure.

import { fromHtml } from "hast-util-from-html";
import { minifyWhitespace } from "hast-util-minify-whitespace";
import { toHtml } from "hast-util-to-html";
import type { ArticleInput } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import { cleanBody, cleanOptionsFor } from "../html/clean.ts";
import { TooMuchMarkup } from "../html/parse.ts";
import { htmlToMarkdown, tightenItems } from "./html-to-markdown.ts";
import { markdownBody } from "./markdown-body.ts";
import { articleFile, type ExportedArticle, pictureFile } from "./write-article.ts";

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

/** Writes an article. Without `site` it can't be known what Markdown would become, so it is HTML. */
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
