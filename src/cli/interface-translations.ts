// The desk's texts in a language, read from `src/words/interface`.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Translations } from "../words/translations.ts";
import { FALLBACK, languageOfOurs } from "../words/words.ts";
import { PROJECT_DIR } from "./target.ts";

/** The desk's texts for a site in a language (BCP 47): English, where we have no others. */
export async function interfaceTranslations(language: string): Promise<Translations> {
  const ours = languageOfOurs(language) ?? FALLBACK;
  if (ours === FALLBACK) return { language: FALLBACK, texts: {} };
  const file = join(PROJECT_DIR, "src/words/interface", `${ours}.json`);
  return { language, texts: JSON.parse(await readFile(file, "utf8")) as Translations["texts"] };
}
