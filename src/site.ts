// `content/site.yaml` as the Site that everything reads; checked once, at start.

import { ok, type Result } from "./model/problem.ts";
import { type Site, siteSchema } from "./model/site.ts";
import { checkYaml } from "./model/yaml.ts";

/** Reads site.yaml's text. `siteUrl` (the variable SITE_URL) overrides its `url`. Problems carry lines. */
export function parseSite(source: string, siteUrl?: string): Result<Site> {
  const checked = checkYaml(siteSchema, source);
  if (!checked.ok) return checked;
  return ok(siteUrl ? { ...checked.value.value, url: new URL(siteUrl).origin } : checked.value.value);
}

/** The same, for the Worker's start: a broken site.yaml throws with every problem, so that a deploy fails. */
export function loadSite(source: string, siteUrl?: string): Site {
  const site = parseSite(source, siteUrl);
  if (site.ok) return site.value;
  const problems = site.problems.map((p) => `  site.yaml:${p.line ?? 1} ${p.path} ${p.message}`);
  throw new Error(`content/site.yaml is broken:\n${problems.join("\n")}`);
}
