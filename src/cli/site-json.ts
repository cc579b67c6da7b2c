// The first step of the build (`wrangler.toml`): checks content/site.yaml and writes it as JSON, with the
// words of its language, which the Worker is built with; and bundles the desk's editor for browsers.

import { mkdir, rename, writeFile } from "node:fs/promises";
import { formatFinding } from "../content/finding.ts";
import { readSite } from "../content/folder.ts";
import { CliError, plainMessage } from "../lib/cli-error.ts";
import { bundledWords } from "../words/overrides.ts";
import { buildEditor } from "./build-editor.ts";

try {
  const { site, findings } = await readSite("content");
  if (!site) throw new CliError(findings.map(formatFinding).join("\n"));
  await mkdir(".wrangler", { recursive: true });
  await put("site", site);
  await put("words", bundledWords(site.language, site.words));
  await buildEditor("public/desk/editor.js");
} catch (error) {
  const message = plainMessage(error);
  if (message === undefined) throw error;
  console.error(message);
  process.exitCode = 1;
}

/** Replaces a file at once, because another wrangler in this folder may be reading it. */
async function put(name: string, value: unknown): Promise<void> {
  const draft = `.wrangler/${name}-${process.pid}.json`;
  await writeFile(draft, JSON.stringify(value));
  await rename(draft, `.wrangler/${name}.json`);
}
