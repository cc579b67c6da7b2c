// The texts that the Worker serves and reads from its static files (http/static-files.ts), as the build writes
// them: style sheets joined, all without the space that only people read.

import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { transform } from "esbuild";
import type { StaticFile } from "../lib/static-file.ts";
import { replaceFile } from "./replace-file.ts";
import { PROJECT_DIR } from "./target.ts";

/** What each file is made of, in this order: paths below src/. */
export const MADE_OF: Readonly<Record<StaticFile, readonly string[]>> = {
  "style.css": [
    ...["pages/style.css", "pages/article.css", "pages/lists.css"],
    ...["pages/picture.css", "pages/record.css", "pages/print.css"],
  ],
  "feed.css": ["pages/feed.css"],
  "desk.css": [
    ...["desk/desk.css", "desk/stories/list.css", "desk/partners/partners.css"],
    ...["desk/publish/publish.css", "desk/pictures/pictures.css"],
  ],
  "preview.css": ["desk/preview/preview.css"],
  "openapi.json": ["api/openapi.json"],
};

/** Writes the files into `dir`. */
export async function writeStaticFiles(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const [name, sources] of Object.entries(MADE_OF)) {
    const texts = await Promise.all(sources.map((path) => readFile(join(PROJECT_DIR, "src", path), "utf8")));
    await replaceFile(join(dir, name), await packed(name, texts.join("\n")));
  }
}

async function packed(name: string, text: string): Promise<string> {
  if (name.endsWith(".json")) return JSON.stringify(JSON.parse(text));
  // White space and comments only: no rule is written in another way.
  return (await transform(text, { loader: "css", minifyWhitespace: true, charset: "utf8" })).code;
}
