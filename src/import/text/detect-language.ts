// Which language a text is in, by its commonest words.

import { LANGUAGES } from "./languages/all-languages.ts";
import { wordList } from "./text-lines.ts";

const SAMPLE_LENGTH = 20_000;
const LEAST_WORDS = 6;
/** Of all words, as many are of the commonest ones of their language. */
const LEAST_SHARE = 0.15;
/** By so much the first language must lead the second. */
const LEAD = 1.6;

const SWEDISH =
  "och att det som en på är av för med den till inte har de ett om han var men jag från vi kan så sig hade när eller hon efter sin vid där också under säger";

const COMMONEST: Readonly<Record<string, ReadonlySet<string>>> = {
  ...Object.fromEntries(LANGUAGES.map(({ language, commonest }) => [language, wordList(commonest)])),
  sv: wordList(SWEDISH),
};

const SCRIPTS: readonly (readonly [language: string, letters: RegExp])[] = [
  ["ja", /[\p{sc=Hiragana}\p{sc=Katakana}]/gu],
  ["ko", /\p{sc=Hangul}/gu],
  ["el", /\p{sc=Greek}/gu],
  ["th", /\p{sc=Thai}/gu],
];

/** A language (BCP 47), where the words leave no doubt. */
export function languageOf(text: string): string | undefined {
  const sample = text.slice(0, SAMPLE_LENGTH).toLowerCase();
  const script = SCRIPTS.find(([, letters]) => {
    const count = sample.match(letters)?.length ?? 0;
    return count >= 20 && count > sample.length * 0.25;
  });
  if (script !== undefined) return script[0];
  const all = sample.match(/\p{L}+/gu) ?? [];
  const ranked = Object.entries(COMMONEST)
    .map(([language, common]) => ({ language, count: all.filter((word) => common.has(word)).length }))
    .toSorted((a, b) => b.count - a.count);
  const [first, second] = ranked;
  if (first === undefined || first.count < Math.max(LEAST_WORDS, all.length * LEAST_SHARE)) return undefined;
  return first.count >= (second?.count ?? 0) * LEAD ? first.language : undefined;
}
