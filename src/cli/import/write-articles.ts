// Writes what an import planned: an article's file, and the pictures beside it. Each is there as a whole or
// not at all, whenever the process ends, and nothing is written through a link.

import { copyFile, lstat, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isMissing } from "../../content/folder.ts";
import { hexSha256 } from "../../content/local-image.ts";
import { MAX_TEXT_BYTES } from "../../content/text-file.ts";
import type { Candidate, Step } from "./import-plan.ts";
import type { PictureFile } from "./place-pictures.ts";

/** A candidate with everything that is written for it. */
export interface Writable extends Candidate {
  readonly fileName: "index.md" | "index.html";
  readonly files: readonly PictureFile[];
}

/**
 * True where a picture would be written over what is neither that picture nor what an earlier import wrote.
 */
export async function holdsOtherPictures({ candidate, existing }: Step<Writable>): Promise<boolean> {
  if (!existing) return false;
  for (const { name, sha256 } of candidate.files) {
    const found = await sha256Of(join(dirname(existing.file), name));
    if (![undefined, sha256, existing.pictures?.[name]].includes(found)) return true;
  }
  return false;
}

/** Of a file; undefined where there is none, and no digest where it is a link or a folder. */
async function sha256Of(path: string): Promise<string | undefined> {
  try {
    return (await lstat(path)).isFile() ? hexSha256(await readFile(path)) : "no file";
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Writes one article into its folder in `articlesDir`. Returns what kept it from being written. */
export async function writeArticle(step: Step<Writable>, articlesDir: string): Promise<string | undefined> {
  if (Buffer.byteLength(step.text) > MAX_TEXT_BYTES)
    return `makes a file of more than ${MAX_TEXT_BYTES / 1_000_000} MB, which is too long for one article, and is left out`;
  try {
    await (step.existing ? replace(step, step.existing.slug, articlesDir) : create(step, articlesDir));
    return undefined;
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    const { code } = error;
    return code === "ENOTEMPTY" || code === "EEXIST"
      ? "was made by something else while this ran: import again"
      : `can't be written (${code})`;
  }
}

/**
 * A new folder gets its name when all is in it: two imports at once can't both have it, and none is left half
 * made.
 */
async function create(step: Step<Writable>, articlesDir: string): Promise<void> {
  const folder = join(articlesDir, unfinished(step.slug));
  try {
    await mkdir(folder, { recursive: true });
    await writeInto(folder, step);
    await rename(folder, join(articlesDir, step.slug));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function replace(step: Step<Writable>, slug: string, articlesDir: string): Promise<void> {
  const folder = join(articlesDir, step.slug);
  if (step.change === "moved") await rename(join(articlesDir, slug), folder);
  await writeInto(folder, step);
  const other = step.candidate.fileName === "index.md" ? "index.html" : "index.md";
  if (step.existing?.file.endsWith(other)) await rm(join(folder, other));
}

async function writeInto(folder: string, { candidate, change, text }: Step<Writable>): Promise<void> {
  for (const { name, from } of candidate.files)
    await place(join(folder, name), (file) => copyFile(from, file));
  if (change !== "unchanged") await place(join(folder, candidate.fileName), (file) => writeFile(file, text));
}

/** Writes a file, which is there as a whole or not at all. */
export async function place(path: string, write: (file: string) => Promise<void>): Promise<void> {
  const file = join(dirname(path), unfinished("file"));
  await write(file);
  await rename(file, path);
}

/** The name of an unfinished file or folder. It starts with a dot, so that all readers of the content folder skip it. */
export const unfinished = (name: string): string => `.${name}.${process.pid}`;
