// Builds the desk's editor for browsers.

import { build, type Plugin } from "esbuild";
import type { Translations } from "../words/translations.ts";
import { PROJECT_DIR } from "./target.ts";

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
