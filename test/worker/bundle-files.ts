// The files in the folder of bundles that `bundles.ts` makes.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "esbuild";
import type { Site } from "../../src/article/site.ts";
import { parseSite } from "../../src/content/folder.ts";
import english, { type Translations } from "../../src/lib/translations.ts";
import { bundledWords } from "../../src/words/overrides.ts";

const ROOT = join(import.meta.dirname, "../..");

/**
 * The bundled Workers, each in its `NAME.js`: `index`, as it is deployed; `faulty`, whose bindings fail on demand; `moved`,
 * which is `faulty` with a clock that a test sets.
 */
export type BundleName = "index" | "faulty" | "moved";

/** Bindings and queues of wrangler.toml, as Miniflare's options of one Worker. */
export const OPTIONS_FILE = "options.json";
/** The module with the settings of content/site.yaml. A deploy has them in its index.js. */
export const SETTINGS_MODULE = "site.js";
/** The module with the words in the site's languages. */
export const WORDS_MODULE = "words.js";
/** The module with the desk's texts in another language. */
export const TRANSLATIONS_MODULE = "translations.js";
/** The modules above. They aren't in the bundle, so that a test can replace them. */
export const SETTINGS_MODULES: ReadonlySet<string> = new Set([
  SETTINGS_MODULE,
  WORDS_MODULE,
  TRANSLATIONS_MODULE,
]);

/** Parses content/site.yaml, or another text. @throws Error, if it is invalid */
export function readSite(yaml = readFileSync(join(ROOT, "content/site.yaml"), "utf8")): Site {
  const site = parseSite(yaml);
  if (!site.ok) throw new Error(`the test's site.yaml is broken: ${JSON.stringify(site.problems)}`);
  return site.value;
}

/**
 * What wrangler.toml has in the place of packages and their parts, as wrangler itself takes it: whoever imports
 * them. The rest of its `alias` are settings, which each test brings itself.
 */
export const packagesInstead = (alias: Readonly<Record<string, string>> = {}): Plugin => ({
  name: "parts of packages",
  setup: ({ onResolve }) =>
    onResolve({ filter: /./ }, ({ path }) => {
      const file = alias[path];
      return file?.startsWith("./src/") ? { path: join(ROOT, file) } : undefined;
    }),
});

/** The modules that a site's settings come to, by name, and the desk's texts in a language. */
export const modulesOf = (site: Site, translations: Translations = english): ReadonlyMap<string, string> =>
  new Map(
    [
      [SETTINGS_MODULE, site] as const,
      [WORDS_MODULE, bundledWords(site.language, site.words)] as const,
      [TRANSLATIONS_MODULE, translations] as const,
    ].map(([name, value]) => [name, `export default ${JSON.stringify(value)};`]),
  );
