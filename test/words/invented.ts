// A language in which each text of the interface is the English one in brackets, so that a test sees what isn't translated.

import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Translations } from "../../src/lib/translations.ts";
import { textsOf } from "./interface-texts.ts";

const SRC = join(import.meta.dirname, "../../src");
const OPEN = "⟦";
const CLOSE = "⟧";

/** Each text of the code that is translated -> whether it has plural forms. */
export function interfaceTexts(): ReadonlyMap<string, "one" | "plural"> {
  const files = globSync("**/*.{ts,tsx}", { cwd: SRC });
  return new Map(files.flatMap((file) => [...textsOf(file, readFileSync(join(SRC, file), "utf8")).texts]));
}

/** The invented language. It has the dates of Japanese, which hold no Latin letter. */
export function inventedLanguage(): Translations {
  const inBrackets = (text: string): string => OPEN + text + CLOSE;
  return {
    language: "ja",
    texts: Object.fromEntries(
      Array.from(interfaceTexts(), ([text, kind]) => [
        text,
        kind === "plural" ? { other: inBrackets(text) } : inBrackets(text),
      ]),
    ),
  };
}

/** Names and codes that are the same in every language. */
const SAME_EVERYWHERE =
  /https?:\S+|\b(?:\w+\/\w+|article\.\w+|RSS(?: 2\.0)?|Atom(?: 1\.0)?|JSON Feed(?: 1\.1)?|OPML|HTML|Wireroom|GMT|UTC|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b/g;

/**
 * The pieces of a page's texts, in their order, that are in Latin letters and not in the invented language; `own` are the
 * newsroom's.
 */
export function notTranslated(texts: readonly string[], own: readonly string[] = []): readonly string[] {
  // A bracket may open in one text and close in another, behind an element.
  let rest = texts
    .filter((text) => !own.includes(text.trim()))
    .join("\n")
    .replace(SAME_EVERYWHERE, "");
  for (let before = ""; before !== rest; ) {
    before = rest;
    rest = rest.replace(/⟦[^⟦⟧]*⟧/g, "");
  }
  const pieces = rest.split("\n").map((piece) => piece.replace(/[\s·:]+/g, " ").trim());
  return [...new Set(pieces)].filter((piece) => /\p{Script=Latin}{2}/u.test(piece) && !own.includes(piece));
}
