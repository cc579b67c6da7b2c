// The build's first step (`wrangler.toml`): content/site.yaml, checked, as the JSON that the Worker is built with.

import { mkdir, rename, writeFile } from "node:fs/promises";
import { readSite } from "./content.ts";
import { formatFinding } from "./report.ts";

const { site, findings } = await readSite("content");
if (site) {
  await mkdir(".wrangler", { recursive: true });
  // Replaced as a whole: another wrangler of this folder may be reading it.
  const draft = `.wrangler/site-${process.pid}.json`;
  await writeFile(draft, JSON.stringify(site));
  await rename(draft, ".wrangler/site.json");
} else {
  console.error(findings.map(formatFinding).join("\n"));
  process.exitCode = 1;
}
