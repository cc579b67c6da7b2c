// Judges many articles on all processors. Nearly all of the work is reading Markdown, which one thread does at its own pace.

import { once } from "node:events";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { Content } from "../../content/folder.ts";
import { slices } from "../../lib/batches.ts";
import type { Instant } from "../../lib/time.ts";
import { type ArticleReport, judge } from "./judge.ts";

// A thread that starts costs as much as a hundred articles.
const ARTICLES_PER_THREAD = 200;
const ARTICLES_PER_MESSAGE = 20;

/** What a thread is told once. */
export interface ThreadData {
  readonly content: Pick<Content, "site" | "slugs">;
  readonly now: Instant;
}

/** Judges every article of `content`, as of `now`, in the order of the folders. `onJudged` hears how many are done. */
export async function judgeArticles(
  content: Content,
  now: Instant,
  onJudged: (done: number) => void,
): Promise<readonly ArticleReport[]> {
  const { folders, slugs, site } = content;
  let done = 0;
  const count = (reports: readonly ArticleReport[]) => {
    done += reports.length;
    onJudged(done);
    return reports;
  };
  const threads = Math.min(availableParallelism(), Math.floor(folders.length / ARTICLES_PER_THREAD));
  if (threads < 2) return folders.flatMap((folder) => count([judge(folder, content, now)]));

  const data: ThreadData = { content: site ? { slugs, site } : { slugs }, now };
  const batches = slices(folders, ARTICLES_PER_MESSAGE).entries();
  const judged: (readonly ArticleReport[])[] = [];
  await Promise.all(
    Array.from({ length: threads }, async () => {
      const thread = new Worker(join(import.meta.dirname, "thread.ts"), { workerData: data });
      try {
        for (const [index, batch] of batches) {
          thread.postMessage(batch);
          // What goes wrong in the thread is thrown here.
          const [reports]: (readonly ArticleReport[])[] = await once(thread, "message");
          judged[index] = count(reports ?? []);
        }
      } finally {
        await thread.terminate();
      }
    }),
  );
  return judged.flat();
}
