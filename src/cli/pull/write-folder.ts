// Writes a pulled article with its pictures into its folder. Each file is there as a whole or not at all.

import { lstat, mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isMissing } from "../../content/folder.ts";
import { hexSha256 } from "../../content/local-image.ts";
import type { PulledArticle } from "../../content/pulled-article.ts";
import { pictureFile } from "../../content/write-article.ts";
import { MEDIA_PATH } from "../../lib/address.ts";
import type { Client } from "../client.ts";
import { place, unfinished } from "../import/write-articles.ts";

/** Pictures by the names of their files. */
export type Pictures = ReadonlyMap<string, Uint8Array>;

/** Downloads pictures by their addresses (`/media/…`), named as `articleFile` names them. */
export async function download(
  addresses: readonly string[],
  client: Client,
): Promise<{ readonly ok: true; readonly files: Pictures } | { readonly ok: false; readonly why: string }> {
  const files = new Map<string, Uint8Array>();
  for (const address of addresses) {
    const name = pictureFile(address);
    if (name === undefined) continue;
    const reply = await client.image(address);
    if (!reply.ok) return { ok: false, why: `${address} ${reply.problem.detail ?? reply.problem.title}` };
    const { bytes, sha256 } = reply.value;
    const hash = hexSha256(bytes);
    if (hash !== sha256 && hash !== MEDIA_PATH.exec(address)?.[1])
      return { ok: false, why: `${address} arrived damaged, so nothing was written` };
    files.set(name, bytes);
  }
  return { ok: true, files };
}

/** Writes a folder. Without `force`, no other file is overwritten than `index.md` or `index.html`. */
export async function writeArticleFolder(
  folder: string,
  { file, name }: Pick<PulledArticle, "file" | "name">,
  pictures: Pictures,
  force: boolean,
): Promise<{ readonly path: string } | { readonly why: string }> {
  const path = join(folder, name);
  try {
    for (const [picture, bytes] of pictures) {
      if (force || (await isFree(join(folder, picture), bytes))) continue;
      return {
        why: `has another file ${picture}, which would be overwritten: rename it, or pull with --force`,
      };
    }
    if (await isThere(folder)) {
      await fill(folder, path, file, pictures);
      await rm(join(folder, name === "index.md" ? "index.html" : "index.md"), { force: true });
      return { path };
    }
    // A new folder gets its name when all is in it.
    const made = join(dirname(folder), unfinished(basename(folder)));
    try {
      await mkdir(made, { recursive: true });
      await fill(made, join(made, name), file, pictures);
      await rename(made, folder);
    } finally {
      await rm(made, { recursive: true, force: true });
    }
    return { path };
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
    return { why: `can't be written (${error.code})` };
  }
}

async function fill(folder: string, path: string, file: string, pictures: Pictures): Promise<void> {
  for (const [name, bytes] of pictures) {
    const picture = join(folder, name);
    await mkdir(dirname(picture), { recursive: true });
    if (!(await isThere(picture)) || hexSha256(await readFile(picture)) !== hexSha256(bytes))
      await place(picture, (temporary) => writeFile(temporary, bytes));
  }
  await place(path, (temporary) => writeFile(temporary, file));
}

/** True where nothing but these bytes would be overwritten. */
async function isFree(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    return (await lstat(path)).isFile() && hexSha256(await readFile(path)) === hexSha256(bytes);
  } catch (error) {
    if (isMissing(error)) return true;
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}
