// Names of people, as bylines write them.

import {
  ARTICLES,
  LOWERED,
  MAC,
  NEVER_FIRST,
  NEVER_IN_NAMES,
  PARTICLES,
  SHORT_WORDS,
  SUFFIX,
  VIETNAMESE,
} from "./name-words.ts";
import { isRegion } from "./regions.ts";

const NEVER = [NEVER_IN_NAMES, NEVER_FIRST];

/** Longer is no name. UTF-16 code units. */
const NAME_LIMIT = 80;
const WORDS_LIMIT = 7;

const CASED = /^[\p{Lu}\p{Lt}][\p{L}\p{M}'’ʼ‘`·-]*(?<!-)$/u;
const INITIALS = /^(?:\p{Lu}\p{M}*\p{Ll}?\.-?)+(?:\p{Lu}\p{M}*)?$/u;
const ABBREVIATION = /^\p{Lu}[\p{L}\p{M}]{1,3}\.$/u;
const PREFIXED = /^(?:al|el|ad|an|ar|as|ash|at|az|ul|d|l|dell|dall|degl)['’-]\p{Lu}[\p{L}\p{M}'’-]*$/u;
const NICKNAME = /^["“‘'«](\p{Lu}[\p{L}\p{M}'’-]*)["”’'»]$/u;
// Scripts without capitals; Georgian has them, but not at the start of names.
const UNCASED = /^[\p{Lo}\p{Script=Georgian}][\p{Lo}\p{Lm}\p{M}\p{Script=Georgian}·・•＝=.'’ʼ-]*$/u;
const ONE_WORD =
  /^(?:\p{Script=Han}{2,6}|\p{Script=Hangul}{2,5}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー・·＝=]{2,20})$/u;

/**
 * A person's name in its usual spelling (`MARTA QUILL` is `Marta Quill`); undefined for what is no name. Scripts with
 * capitals need two words, as a single one could be anything; of the others any short run of letters is taken.
 */
export function personName(written: string): string | undefined {
  const name = written.trim();
  if (name.length > NAME_LIMIT) return undefined;
  const words = name.split(/\s+/);
  if (words.length > WORDS_LIMIT || !words.every(isNameWord)) return undefined;
  if (words.every((word) => UNCASED.test(word)))
    return words.length > 1 || ONE_WORD.test(name) ? words.join(" ") : undefined;
  const usual = usualCase(words);
  const [first = "", last = ""] = [usual[0], usual.at(-1)];
  if (PARTICLES.has(first) || PARTICLES.has(last) || NEVER_FIRST.has(first.toLowerCase())) return undefined;
  if (ABBREVIATION.test(last) && !SUFFIX.test(last)) return undefined;
  if ((words.length === 2 && ARTICLES.has(first.toLowerCase())) || isRegion(name)) return undefined;
  const full = usual.filter((word) => !PARTICLES.has(word) && !SUFFIX.test(word));
  if (full.length < 2 || full.every((word) => INITIALS.test(word) || word.length < 2)) return undefined;
  return usual.join(" ");
}

/** One word that could be a name (`Banksy`), in its usual spelling; undefined where it can't. */
export function singleName(written: string): string | undefined {
  const word = written.trim();
  if (word.length > NAME_LIMIT || NEVER.some((never) => never.has(word.toLowerCase()))) return undefined;
  if (UNCASED.test(word)) return word;
  return word.length > 2 && CASED.test(word) ? usualCase([word])[0] : undefined;
}

/** True for letters that are capitals all through, as `MARTA McDONALD` is. */
export const isShouted = (written: string): boolean => {
  const letters = written.replace(/(?<!\p{L})Ma?c(?=\p{Lu}{2})/gu, "");
  return /\p{Lu}\p{M}*['’-]?\p{Lu}/u.test(letters) && !/\p{Ll}/u.test(letters);
};

/** A word in capitals with its customary ones alone: `O'NEIL` is `O'Neil`. */
export function capitalised(word: string, locale = "en"): string {
  return word
    .toLocaleLowerCase(locale)
    .replace(/(?<=^|-|(?:^|-)\p{L}['’‘`]|^["“‘'«])\p{L}/gu, (letter) => letter.toLocaleUpperCase(locale))
    .replace(/(?<=(?:^|-)Mc)\p{L}(?=\p{L})/gu, (letter) => letter.toUpperCase())
    .replace(MAC, (_, letter: string) => `Mac${letter.toUpperCase()}`);
}

const isNameWord = (word: string): boolean =>
  PARTICLES.has(word) ||
  (!NEVER_IN_NAMES.has(word.toLowerCase()) &&
    [CASED, INITIALS, ABBREVIATION, PREFIXED, NICKNAME, UNCASED].some((shape) => shape.test(word)));

function usualCase(words: readonly string[]): readonly string[] {
  const whole = isShouted(words.join(" "));
  // İ and Ğ are Turkish or Azerbaijani, whose I has a small letter of its own.
  const locale = words.some((word) => /[İĞ]/.test(word)) ? "tr" : "en";
  const plain = (words[0] ?? "").normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d").toLowerCase();
  return words.map((word, index) => {
    const letters = word.replace(/[^\p{L}]/gu, "");
    // In a name of which only a part is in capitals a short part may be an honour or initials.
    if (!isShouted(word) || (!whole && letters.length < 4 && words.length > 2) || keepsCapitals(word))
      return word;
    const inside = index > 0 && index < words.length - 1 && !VIETNAMESE.has(plain);
    const small = word.toLocaleLowerCase(locale);
    if (inside && (LOWERED.has(small) || (small === "la" && words[index - 1] === "DE"))) return small;
    const usual = capitalised(word, locale);
    return index > 0 ? usual.replace(/^(?:Al|El)-/, (article) => article.toLowerCase()) : usual;
  });
}

const keepsCapitals = (word: string): boolean =>
  INITIALS.test(word) ||
  /^(?:I{2,3}|IV)$/.test(word) ||
  (/^[B-DF-HJ-NP-TV-XZ]{2,3}$|^[A-Z]J$/.test(word) && !SHORT_WORDS.has(word));
