// What the build makes besides the Worker (site-json.ts): static files of style sheets, the OpenAPI document
// and the lines of redirects.txt, and the desk's editor for browsers in the site's language.

import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type BuildOptions, build, type Plugin, transform } from "esbuild";
import { isMissing } from "../content/folder.ts";
import type { Redirects } from "../content/redirects.ts";
import { oldAddressOf, partOf } from "../lib/old-address.ts";
import type { StaticFile } from "../lib/static-file.ts";
import type { Translations } from "../lib/translations.ts";
import { FALLBACK, languageOfOurs } from "../words/words.ts";
import { PROJECT_DIR } from "./target.ts";

/**
 * Writes the lines of redirects.txt as files into `dir`, each a part of them, and takes out those that have
 * no lines any more. The Worker reads the one that may answer an address (pages/redirects.ts).
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
 * Bundles what the desk runs in browsers into a folder, a path from the project's: `editor.js`; `photo.js`
 * and `docx.js`, the workers that read pictures' files and Word documents; `passkey.js`, which the editor
 * loads only when a session is over; `revision.js`, for the page of an old revision; `copy.js`, for pages that
 * show a secret. They speak the language of `translations`; English without them.
 */
export async function buildEditor(outdir: string, translations?: Translations): Promise<void> {
  await Promise.all(
    Object.entries(EDITOR_MODULES).map(async ([name, entry]) => {
      const options: BuildOptions = { ...EDITOR_BUILD, entryPoints: { [name]: entry }, outdir };
      if (!translations || translations.language === FALLBACK) return build(options);
      const english = await build({ ...options, write: false, charset: "utf8" });
      const texts = textsIn(english.outputFiles?.[0]?.text ?? "", translations.texts);
      return build({ ...options, plugins: [inLanguageOf({ ...translations, texts })] });
    }),
  );
}

const EDITOR_MODULES = {
  editor: "src/desk/editor/main.ts",
  photo: "src/desk/editor/pictures/photo.ts",
  docx: "src/desk/editor/word/docx.ts",
  passkey: "src/desk/editor/passkey.ts",
  revision: "src/desk/editor/revision.ts",
  copy: "src/desk/editor/copy.ts",
};

const EDITOR_BUILD = {
  absWorkingDir: PROJECT_DIR,
  bundle: true,
  external: ["/desk/*"],
  minify: true,
  format: "esm",
  target: "es2022",
  logLevel: "error",
} satisfies BuildOptions;

/** The texts that stand in a module, of all: it needs no others. esbuild may write signs of these kinds otherwise. */
const textsIn = (code: string, texts: Translations["texts"]): Translations["texts"] =>
  Object.fromEntries(
    Object.entries(texts).filter(([english]) => /[`\\]|'.*"|".*'/.test(english) || code.includes(english)),
  );

/** Puts `translations` in the place of `lib/translations.ts`. */
const inLanguageOf = (translations: Translations): Plugin => ({
  name: "translations",
  setup({ onLoad }) {
    onLoad({ filter: /\/lib\/translations\.ts$/ }, () => ({
      contents: JSON.stringify(translations),
      loader: "json",
    }));
  },
});

/**
 * The desk's texts of `words/interface` for a site in a language (BCP 47): English, where we have no others.
 */
export async function interfaceTranslations(language: string): Promise<Translations> {
  const ours = languageOfOurs(language) ?? FALLBACK;
  if (ours === FALLBACK) return { language: FALLBACK, texts: {} };
  const file = join(PROJECT_DIR, "src/words/interface", `${ours}.json`);
  return { language, texts: JSON.parse(await readFile(file, "utf8")) as Translations["texts"] };
}

/**
 * Replaces a file at once, since a Worker on this machine may be reading it, and only if its text changes.
 */
async function replaceFile(file: string, text: string): Promise<void> {
  if ((await textOf(file)) === text) return;
  const draft = `${file}.${process.pid}`;
  await writeFile(draft, text);
  await rename(draft, file);
}

async function textOf(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** What each file is made of, in this order: paths below src/. */
export const MADE_OF: Readonly<Record<StaticFile, readonly string[]>> = {
  "style.css": [
    ...["pages/style.css", "pages/article.css", "pages/lists.css"],
    ...["pages/picture.css", "pages/record.css", "pages/print.css"],
  ],
  "feed.css": ["pages/feed.css"],
  "desk.css": [
    ...["desk/desk.css", "desk/stories/list.css", "desk/partners/partners.css"],
    ...["desk/publish/publish.css", "desk/pictures/pictures.css"],
  ],
  "preview.css": ["desk/preview/preview.css"],
  "openapi.json": ["api/openapi.json"],
};

/**
 * Writes the texts that the Worker reads from its static files (http/static-files.ts) into `dir`: style
 * sheets joined, all without the space that only people read.
 */
export async function writeStaticFiles(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  for (const [name, sources] of Object.entries(MADE_OF)) {
    const texts = await Promise.all(sources.map((path) => readFile(join(PROJECT_DIR, "src", path), "utf8")));
    await replaceFile(join(dir, name), await packed(name, texts.join("\n")));
  }
}

async function packed(name: string, text: string): Promise<string> {
  if (name.endsWith(".json")) return JSON.stringify(JSON.parse(text));
  // White space and comments only: no rule is written in another way.
  return (await transform(text, { loader: "css", minifyWhitespace: true, charset: "utf8" })).code;
}
