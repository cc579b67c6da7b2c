// Checks and lints articles for `wireroom check`, on all processors if they are many: parsing Markdown takes
// nearly all the time, and one thread uses one processor.

import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { ArticleInput } from "../../article/article.ts";
import type { Finding } from "../../content/finding.ts";
import type { ArticleFolder, Content } from "../../content/folder.ts";
import { hexSha256 } from "../../content/images.ts";
import { type ArticleState, readArticle } from "../../content/read-article.ts";
import { slices } from "../../lib/batches.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Instant } from "../../lib/time.ts";

/** What `check` needs of an article, in a form that one thread can send to another. */
export interface ArticleReport {
  readonly kind: ArticleState["kind"];
  readonly folder: ArticleFolder;
  readonly findings: readonly Finding[];
  /** Its own `id`, and the line of that. */
  readonly id?: string;
  readonly idLine: number;
  /** SHA-256 of its text without markup; missing if it has hardly any text. */
  readonly textDigest?: string;
}

/** Reads and lints one article, as of `now`. */
export function lintArticle(
  folder: ArticleFolder,
  content: Pick<Content, "site" | "slugs" | "redirects">,
  now: Instant,
): ArticleReport {
  const article = readArticle(folder, content, now);
  const text = article.kind === "article" ? comparableText(article.input) : undefined;
  const textDigest = text === undefined ? undefined : hexSha256(Buffer.from(text));
  return { ...reportOn(article), ...omitUndefined({ textDigest }) };
}

/** The report on an article that was read. */
export function reportOn(article: ArticleState): ArticleReport {
  const { kind, folder, findings } = article;
  const id = article.kind === "article" ? article.input.id : undefined;
  const idLine = article.kind === "article" ? article.lineOf("id") : 1;
  return { kind, folder, findings, idLine, ...omitUndefined({ id }) };
}

/** Starting a thread takes as long as linting a hundred articles. */
const ARTICLES_PER_THREAD = 200;
const ARTICLES_PER_MESSAGE = 20;

/** What a thread gets when it starts. */
export interface ThreadData {
  readonly content: Pick<Content, "site" | "slugs" | "redirects">;
  readonly now: Instant;
}

/**
 * Lints every article of `content`, as of `now`. Reports are in the folders' order. `onProgress` gets how
 * many are done.
 */
export async function lintArticles(
  content: Content,
  now: Instant,
  onProgress: (done: number) => void,
): Promise<readonly ArticleReport[]> {
  const { folders, slugs, site, redirects } = content;
  let done = 0;
  const count = (reports: readonly ArticleReport[]) => {
    done += reports.length;
    onProgress(done);
    return reports;
  };
  const threads = Math.min(availableParallelism(), Math.floor(folders.length / ARTICLES_PER_THREAD));
  if (threads < 2) return folders.flatMap((folder) => count([lintArticle(folder, content, now)]));

  const data: ThreadData = { content: { slugs, ...omitUndefined({ site, redirects }) }, now };
  const batches = slices(folders, ARTICLES_PER_MESSAGE).entries();
  const results: (readonly ArticleReport[])[] = [];
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const thread = new Worker(join(import.meta.dirname, "thread.ts"), { workerData: data });
      try {
        for (const [index, batch] of batches) {
          thread.postMessage(batch);
          // Rejects with what the thread throws.
          const [reports]: (readonly ArticleReport[])[] = await once(thread, "message");
          results[index] = count(reports ?? []);
        }
      } finally {
        await thread.terminate();
      }
    }),
  );
  return results.flat();
}

// Compares articles' texts by their letters and digits. Markup, spaces and punctuation may differ. Pure.

type Text = Pick<ArticleInput, "headline" | "body">;

/** Two texts are one article's if they share at least this part of the shingles of both (Jaccard index). */
const MIN_SHARED = 0.5;
const SHINGLE_CHARACTERS = 8;
const COMPARED_CHARACTERS = 20_000;
/** Shorter texts show too little: they must be equal, and have the same headline. */
const SHORT_CHARACTERS = 40;

/** True for two states of one article. */
export function isSameText(a: Text, b: Text): boolean {
  const [one, other] = [lettersOf(a.body.html), lettersOf(b.body.html)];
  if (one.length < SHORT_CHARACTERS || other.length < SHORT_CHARACTERS)
    return one === other && a.headline === b.headline;
  const [left, right] = [one, other].map((letters) => shinglesOf(letters.slice(0, COMPARED_CHARACTERS)));
  if (!left || !right) return false;
  let shared = 0;
  for (const shingle of left) if (right.has(shingle)) shared++;
  return shared / (left.size + right.size - shared) >= MIN_SHARED;
}

/**
 * The letters and digits of an article's text, in lower case; undefined if it is too short to be compared.
 */
export function comparableText({ body }: Pick<Text, "body">): string | undefined {
  const letters = lettersOf(body.html);
  return letters.length < SHORT_CHARACTERS ? undefined : letters;
}

const lettersOf = (html: string): string =>
  html
    .replace(/<[^>]*>|&[#\w]+;/g, " ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

function shinglesOf(text: string): ReadonlySet<string> {
  const shingles = new Set<string>();
  for (let at = 0; at + SHINGLE_CHARACTERS <= text.length; at++)
    shingles.add(text.slice(at, at + SHINGLE_CHARACTERS));
  return shingles;
}
