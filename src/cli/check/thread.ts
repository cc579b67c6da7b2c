// A thread that article-reports.ts starts: it lints the articles of each message, and answers with their
// reports.

import { parentPort, workerData } from "node:worker_threads";
import type { ArticleFolder } from "../../content/folder.ts";
import { lintArticle, type ThreadData } from "./article-reports.ts";

const { content, now }: ThreadData = workerData;

parentPort?.on("message", (folders: readonly ArticleFolder[]) => {
  parentPort?.postMessage(folders.map((folder) => lintArticle(folder, content, now)));
});
