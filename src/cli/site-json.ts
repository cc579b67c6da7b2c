// The first step of the build (`wrangler.toml`): checks content/site.yaml and writes it as JSON, with the
// words and the desk's texts of its language, which the Worker is built with; writes redirects.txt, style
// sheets and the OpenAPI document as static files; and bundles the desk's editor for browsers.

import { mkdir, rename, writeFile } from "node:fs/promises";
import { CliError, formatFinding, plainMessage } from "../content/finding.ts";
import { readSite } from "../content/folder.ts";
import { readRedirects } from "../content/redirects.ts";
import { bundledWords } from "../words/overrides.ts";
import { buildEditor, interfaceTranslations, writeRedirectFiles, writeStaticFiles } from "./build-files.ts";

try {
  const { site, findings } = await readSite("content");
  const { redirects, findings: broken } = readRedirects("content");
  if (!site || broken.length > 0) throw new CliError([...findings, ...broken].map(formatFinding).join("\n"));
  await mkdir(".wrangler", { recursive: true });
  await put("site", site);
  await put("words", bundledWords(site.language, site.words));
  const translations = await interfaceTranslations(site.language);
  await put("translations", translations);
  await writeRedirectFiles("public/redirects", redirects);
  await writeStaticFiles("public/worker");
  await buildEditor("public/desk", translations);
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
