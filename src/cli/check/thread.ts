// One of the threads that `threads.ts` starts: judges the articles that it is sent, a message at a time.

import { parentPort, workerData } from "node:worker_threads";
import type { ArticleFolder } from "../../content/folder.ts";
import { judge } from "./judge.ts";
import type { ThreadData } from "./threads.ts";

const { content, now }: ThreadData = workerData;

parentPort?.on("message", (folders: readonly ArticleFolder[]) => {
  parentPort?.postMessage(folders.map((folder) => judge(folder, content, now)));
});
