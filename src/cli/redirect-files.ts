// The lines of redirects.txt as static files, each a part of them: the Worker reads the one that may answer an
// address (pages/old-addresses.ts).

import { mkdir, readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Redirects } from "../content/redirects.ts";
import { oldAddressOf, partOf } from "../lib/old-address.ts";
import { replaceFile } from "./replace-file.ts";

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
  for (const [name, text] of files) await replaceFile(join(dir, name), text);
}
