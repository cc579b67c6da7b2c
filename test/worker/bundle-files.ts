// What is in the folder of bundles that `bundles.ts` makes.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Site } from "../../src/model/site.ts";
import { parseSite } from "../../src/site.ts";

const ROOT = join(import.meta.dirname, "../..");

/**
 * Which of the bundled Workers, each in its `NAME.js`: `index` as it is deployed; `faulty`, whose bindings fail on
 * demand; `moved`, which is faulty and has a clock that a test sets.
 */
export type BundleName = "index" | "faulty" | "moved";

/** What wrangler.toml says of bindings and queues, as Miniflare's options of one Worker. */
export const OPTIONS_FILE = "options.json";
/** The module with the settings of content/site.yaml. A deploy has them in its index.js. */
export const SETTINGS_MODULE = "site.js";

/** content/site.yaml, checked, unless another text is given. @throws Error, when it is broken. */
export function readSite(yaml = readFileSync(join(ROOT, "content/site.yaml"), "utf8")): Site {
  const site = parseSite(yaml);
  if (!site.ok) throw new Error(`the test's site.yaml is broken: ${JSON.stringify(site.problems)}`);
  return site.value;
}

/** The text of `SETTINGS_MODULE`. */
export const settingsModule = (site: Site): string => `export default ${JSON.stringify(site)};`;
