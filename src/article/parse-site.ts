// `content/site.yaml` as the Site that everything reads.

import { ok, type Result } from "../lib/problem.ts";
import { checkYaml } from "../lib/yaml.ts";
import { type Site, siteSchema } from "./site.ts";

/** Reads site.yaml's text. Problems carry lines. */
export function parseSite(source: string): Result<Site> {
  const checked = checkYaml(siteSchema, source);
  return checked.ok ? ok(checked.value.value) : checked;
}
