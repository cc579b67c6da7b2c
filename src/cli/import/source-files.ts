// The files that an import reads: those that were named, and in folders those that can be sources.

import type { Dirent } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { isMissing } from "../../content/folder.ts";
import { unreadable } from "../../content/text-file.ts";
import { fail, ok, type Result } from "../../lib/problem.ts";
import { decode } from "./decode.ts";
import { type Recognised, recognise } from "./recognise.ts";

// Exports are read as a whole, and what is made of them is held until it is written.
const MAX_SOURCE_BYTES = 64_000_000;
// A page is one article, which is 512 kB at most; what stands round it in HTML can be many times that.
const MAX_PAGE_CHARACTERS: Partial<Record<Recognised["kind"], number>> = {
  text: 1_000_000,
  page: 16_000_000,
};

const SOURCE_ENDINGS: ReadonlySet<string> = new Set([
  ...[".txt", ".text", ".html", ".htm", ".xhtml", ".xml", ".rss", ".rdf", ".atom", ".wxr", ".json"],
]);
// What a browser puts beside a page that it saves: frames, scripts and pictures.
const PARTS_OF_A_PAGE = /(?:_files|[_-](?:Dateien|fichiers|archivos|arquivos)|\.fld)$/;

/** Files to read, and how many in the folders were passed over. */
export interface SourceFiles {
  readonly files: readonly string[];
  readonly passedOver: number;
}

/** Finds the files. Folders are searched to their ends, in the order of names; links in them are not followed. */
export async function findSources(paths: readonly string[]): Promise<Result<SourceFiles>> {
  const files = new Set<string>();
  let passedOver = 0;
  const visit = async (dir: string): Promise<void> => {
    for (const entry of await visibleEntries(dir)) {
      const path = join(dir, entry.name);
      if (entry.isDirectory()) {
        if (!PARTS_OF_A_PAGE.test(entry.name)) await visit(path);
      } else if (entry.isFile() && SOURCE_ENDINGS.has(extname(entry.name).toLowerCase())) files.add(path);
      else passedOver++;
    }
  };
  const missing: string[] = [];
  for (const path of paths) {
    const kind = await kindOf(path);
    if (kind === "dir") await visit(path);
    else if (kind === "file") files.add(path);
    else missing.push(path);
  }
  if (missing.length > 0)
    return fail(...missing.map((path) => ({ path, message: "is no file and no folder" })));
  return ok({ files: [...files], passedOver });
}

/** A source, decoded, and who reads it. */
export interface ReadableSource extends Recognised {
  readonly content: string;
  /** What was wrong with its bytes, and is mended. */
  readonly notes: readonly string[];
}

/** Reads a file. Problems have an empty path. */
export async function readSource(file: string): Promise<Result<ReadableSource>> {
  const bytes = await bytesOf(file);
  if (!bytes.ok) return bytes;
  const decoded = decode(bytes.value);
  if (!decoded.ok) return decoded;
  const { text: content, notes } = decoded.value;
  const recognised = recognise(content, file);
  if (!recognised.ok) return recognised;
  if (content.length > (MAX_PAGE_CHARACTERS[recognised.value.kind] ?? Number.POSITIVE_INFINITY))
    return fail({ path: "", message: "is too long for one article's page: save the article by itself" });
  return ok({ ...recognised.value, content, notes });
}

async function bytesOf(file: string): Promise<Result<Uint8Array>> {
  try {
    const { size } = await stat(file);
    if (size > MAX_SOURCE_BYTES) {
      return fail({
        path: "",
        message: `is larger than ${MAX_SOURCE_BYTES / 1_000_000} MB: export it in parts, such as a year at a time`,
      });
    }
    return ok(await readFile(file));
  } catch (error) {
    return fail({ path: "", message: unreadable(error) });
  }
}

async function visibleEntries(dir: string): Promise<readonly Dirent[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries.filter((entry) => !entry.name.startsWith(".")).sort((a, b) => (a.name < b.name ? -1 : 1));
}

async function kindOf(path: string): Promise<"file" | "dir" | undefined> {
  try {
    const found = await stat(path);
    return found.isDirectory() ? "dir" : found.isFile() ? "file" : undefined;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}
