// Writes what an import planned: an article's file, and the pictures beside it.

import { copyFile, lstat, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "../content.ts";
import type { PictureFile } from "./pictures.ts";
import type { Candidate, Step } from "./plan.ts";

/** A candidate with everything that is written for it. */
export interface Writable extends Candidate {
  readonly fileName: "index.md" | "index.html";
  readonly files: readonly PictureFile[];
}

/** Writes one article into its folder in `articlesDir`. Returns what kept it from being written. */
export async function writeArticle(step: Step<Writable>, articlesDir: string): Promise<string | undefined> {
  const { candidate, slug, existing, text, change } = step;
  const folder = join(articlesDir, slug);
  if (await isLink(folder)) return "is a symbolic link, and isn't followed";
  if (change === "moved" && existing) await rename(join(articlesDir, existing.slug), folder);
  await mkdir(folder, { recursive: true });
  for (const { name, from } of candidate.files) await copyFile(from, join(folder, name));
  const file = join(folder, candidate.fileName);
  if (await isLink(file)) return "holds a symbolic link, which isn't written through";
  if (change !== "unchanged") await writeFile(file, text);
  const other = candidate.fileName === "index.md" ? "index.html" : "index.md";
  if (existing?.file.endsWith(other)) await rm(join(folder, other));
  return undefined;
}

async function isLink(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isSymbolicLink();
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
