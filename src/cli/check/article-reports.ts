// Checks and lints articles for `wireroom check`, on all processors if they are many: parsing Markdown takes
// nearly all the time, and one thread uses one processor.

import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Finding } from "../../content/finding.ts";
import type { ArticleFolder, Content } from "../../content/folder.ts";
import { hexSha256 } from "../../content/local-image.ts";
import { type ArticleState, readArticle } from "../../content/read-article.ts";
import { slices } from "../../lib/batches.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Instant } from "../../lib/time.ts";
import { comparableText } from "../same-text.ts";

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
