// Texts that the Worker serves and doesn't hold itself: style sheets, the OpenAPI document. The build puts
// them among the static files (cli/build-files.ts), so that they make the Worker no larger, and the Worker
// reads each once. It serves them at its own addresses, with its own headers.

import type { Runtime } from "../env.ts";
import type { StaticFile } from "../lib/static-file.ts";

/** Where the static files are that only the Worker reads. */
const FOLDER = "/worker";

/** The text of a file. @throws Error, when it can't be read: the next call tries again. */
export async function staticFile(
  { env: { ASSETS }, site, isolate }: Pick<Runtime, "env" | "site" | "isolate">,
  name: StaticFile,
): Promise<string> {
  const known = isolate.staticFiles.get(name);
  if (known !== undefined) return known;
  const response = await ASSETS?.fetch(`${site.url}${FOLDER}/${name}`);
  const text = await response?.text();
  if (text === undefined || !response?.ok)
    throw new Error(`the static file ${name} can't be read: ${response?.status ?? "there is no ASSETS"}`);
  isolate.staticFiles.set(name, text);
  return text;
}
