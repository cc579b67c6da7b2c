// The build's first step (`wrangler.toml`): content/site.yaml, checked, as the JSON that the Worker is built with.

import { mkdir, rename, writeFile } from "node:fs/promises";
import { readSite } from "./content.ts";
import { formatFinding } from "./report.ts";
import { plainMessage, Stop } from "./stop.ts";

try {
  const { site, findings } = await readSite("content");
  if (!site) throw new Stop(findings.map(formatFinding).join("\n"));
  await mkdir(".wrangler", { recursive: true });
  // Replaced as a whole: another wrangler of this folder may be reading it.
  const draft = `.wrangler/site-${process.pid}.json`;
  await writeFile(draft, JSON.stringify(site));
  await rename(draft, ".wrangler/site.json");
} catch (error) {
  const message = plainMessage(error);
  if (message === undefined) throw error;
  console.error(message);
  process.exitCode = 1;
}
