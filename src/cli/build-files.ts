// What the build makes besides the Worker (site-json.ts): the lines of redirects.txt as static files, and the
// desk's editor for browsers in the site's language.

import { mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { build, type Plugin } from "esbuild";
import type { Redirects } from "../content/redirects.ts";
import { oldAddressOf, partOf } from "../lib/old-address.ts";
import type { Translations } from "../words/translations.ts";
import { FALLBACK, languageOfOurs } from "../words/words.ts";
import { replaceFile } from "./replace-file.ts";
import { PROJECT_DIR } from "./target.ts";

/**
 * Writes the lines of redirects.txt as files into `dir`, each a part of them, and takes out those that have no lines any
 * more. The Worker reads the one that may answer an address (pages/redirects.ts).
 */
export async function writeRedirectFiles(dir: string, redirects: Redirects): Promise<void> {
  const parts = Map.groupBy(redirects, ([, { from }]) => partOf(oldAddressOf(from)));
  const files = new Map(
    Array.from(parts, ([part, lines]) => [
      `${part}.json`,
      JSON.stringify(Object.fromEntries(lines.map(([key, { to }]) => [key, to]))),
    ]),
  );
  await mkdir(dir, { recursive: true });
  const stale = (await readdir(dir)).filter((name) => /^[0-9a-f]{2}\.json$/.test(name) && !files.has(name));
  for (const name of stale) await rm(join(dir, name), { force: true });
  for (const [name, text] of files) await replaceFile(join(dir, name), text);
}

/**
 * Bundles what the desk runs in browsers into a folder, a path from the project's: `editor.js`; `photo.js`, the
 * worker that reads pictures' files; `passkey.js`, which the editor loads only when a session is over;
 * `revision.js`, for the page of an old revision. They speak the language of `translations`; English without them.
 */
export async function buildEditor(outdir: string, translations?: Translations): Promise<void> {
  await build({
    absWorkingDir: PROJECT_DIR,
    entryPoints: {
      editor: "src/desk/editor/main.ts",
      photo: "src/desk/editor/pictures/photo.ts",
      passkey: "src/desk/editor/passkey.ts",
      revision: "src/desk/editor/revision.ts",
    },
    outdir,
    bundle: true,
    external: ["/desk/*"],
    minify: true,
    format: "esm",
    target: "es2022",
    logLevel: "error",
    plugins: translations ? [inLanguageOf(translations)] : [],
  });
}

/** Puts `translations` in the place of `words/translations.ts`. */
const inLanguageOf = (translations: Translations): Plugin => ({
  name: "translations",
  setup(build) {
    build.onLoad({ filter: /\/words\/translations\.ts$/ }, () => ({
      contents: JSON.stringify(translations),
      loader: "json",
    }));
  },
});

/** The desk's texts of `words/interface` for a site in a language (BCP 47): English, where we have no others. */
export async function interfaceTranslations(language: string): Promise<Translations> {
  const ours = languageOfOurs(language) ?? FALLBACK;
  if (ours === FALLBACK) return { language: FALLBACK, texts: {} };
  const file = join(PROJECT_DIR, "src/words/interface", `${ours}.json`);
  return { language, texts: JSON.parse(await readFile(file, "utf8")) as Translations["texts"] };
}
