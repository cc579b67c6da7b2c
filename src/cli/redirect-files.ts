// The lines of redirects.txt as static files, each a part of them: the Worker reads the one that may answer an
// address (pages/old-addresses.ts).

import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isMissing } from "../content/folder.ts";
import type { Redirects } from "../content/redirects.ts";
import { oldAddressOf, partOf } from "../lib/old-address.ts";

/** Writes the files into `dir`, and takes out those that have no lines any more. */
export async function writeRedirectFiles(dir: string, redirects: Redirects): Promise<void> {
  const parts = Map.groupBy(redirects, ([, { from }]) => partOf(oldAddressOf(from)));
  const files = new Map(
    Array.from(parts, ([part, lines]) => [
      `${part}.json`,
      JSON.stringify(Object.fromEntries(lines.map(([key, { to }]) => [key, to]))),
    ]),
  );
  await mkdir(dir, { recursive: true });
  const stale = (await readdir(dir)).filter((name) => /^[0-9a-f]{2}\.json$/.test(name) && !files.has(name));
  for (const name of stale) await rm(join(dir, name), { force: true });
  for (const [name, text] of files) await put(join(dir, name), text);
}

/** Replaces a file at once if it changes, because a Worker on this machine may be reading it. */
async function put(file: string, text: string): Promise<void> {
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
