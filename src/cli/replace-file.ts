// Files of a build, which a Worker on this machine may be reading.

import { readFile, rename, writeFile } from "node:fs/promises";
import { isMissing } from "../content/folder.ts";

/** Replaces a file at once, and only if its text changes. */
export async function replaceFile(file: string, text: string): Promise<void> {
  if ((await textOf(file)) === text) return;
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, file);
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
