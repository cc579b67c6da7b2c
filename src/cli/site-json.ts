// The build's first step (`wrangler.toml`): content/site.yaml, checked, as the JSON that the Worker is built with.

import { mkdir, writeFile } from "node:fs/promises";
import { readSite } from "./content.ts";
import { formatFinding } from "./report.ts";

const { site, findings } = await readSite("content");
if (site) {
  await mkdir(".wrangler", { recursive: true });
  await writeFile(".wrangler/site.json", JSON.stringify(site));
} else {
  console.error(findings.map(formatFinding).join("\n"));
  process.exitCode = 1;
}
