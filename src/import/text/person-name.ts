// Recognizes names: people's, which get their usual spelling, agencies' and countries'.

import { allPhrases, allWords, LANGUAGES, wordList } from "./languages/languages.ts";

/** Words that are never part of a person's name; May, Grace, Page and the like are not among them. */
const NEVER_IN_NAMES = allWords("bylines", "never");

/** Lower case. First words of places, papers and headlines, but never of people. */
const NEVER_FIRST = wordList(`
  new north south east west northern southern eastern western central united great saudi san santa los las el il der die das
  our your a in up top press best big first last next special breaking hong
`);

/** Lower case: a name of two words starting with one of these is a paper's (Le Phare); longer ones may be people's. */
const ARTICLES = wordList("le la les lo gli de het een o os as");

/** Lower case. Particles that become small in a name in capitals; and others, which may have one (Di Maio, Le Blanc). */
const LOWERED = wordList(
  "van der den de het 't von zu zum zur vom da das do dos du des del ten ter te tot af av bin bint ibn",
);
const PARTICLES = new Set([
  ...LOWERED,
  ...wordList("di della delle dello dei degli la le los las y e i op al el ould ap ab"),
]);

/** Family names of Viet Nam, without marks: in names that start with them "Van" and "Do" are no particles. */
const VIETNAMESE = wordList(
  "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong doan",
);

/** Words of two or three letters without a vowel that are no initials. */
const SHORT_WORDS = wordList("NG DR MR MRS MS ST JR SR");

/** Abbreviations that a name may end in. */
export const SUFFIX = /^(?:jr|sr|ph\.?d|m\.?d|esq|ii|iii|iv)\.?$/i;

/** Names with Mac that have a second capital by custom, after their Mac. */
const MAC =
  /(?<=^|-)Mac(?=(?:arthur|donald|dougall|farlane|gregor|intosh|intyre|kay|kenna|kenzie|kinnon|leod|mahon|namara|neil|neill|pherson|queen|rae)(?:$|-))(.)/gu;

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
 * A person's name in its usual spelling (`MARTA QUILL` is `Marta Quill`); undefined for what is no name.
 * Scripts with capitals need two words, as a single one could be anything; of the others any short run of
 * letters is taken.
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
  const small = word.toLowerCase();
  if (word.length > NAME_LIMIT || NEVER_IN_NAMES.has(small) || NEVER_FIRST.has(small)) return undefined;
  if (UNCASED.test(word)) return word;
  return word.length > 2 && CASED.test(word) ? usualCase([word])[0] : undefined;
}

/** True for words in capitals, such as `MARTA McDONALD`. */
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

const NEWS_AGENCIES = allPhrases("bylines", "agencies");
const BY_LOWER_CASE = new Map(NEWS_AGENCIES.map((name) => [name.toLowerCase(), name]));
const PICTURE_AGENCIES = new Set(
  [...NEWS_AGENCIES, ...allPhrases("pictures", "agencies")].flatMap((name) => [name, name.toUpperCase()]),
);

/** A news agency's name, as it writes it itself where the source has capitals alone; undefined for other words. */
export function agencyName(written: string): string | undefined {
  const name = written.trim();
  const known = BY_LOWER_CASE.get(name.toLowerCase());
  // A short mark in small letters is a word (`ap`, `apa`), unless the agency writes itself so.
  if (!known || (name === name.toLowerCase() && name !== known)) return undefined;
  return /\p{Ll}/u.test(name) ? name : known;
}

/** Whether words are an agency's name or mark (`AP Photo`) in a credit; case matters: "ESA" is one, "esa" a word. */
export const isAgency = (words: string): boolean =>
  PICTURE_AGENCIES.has(words.replace(/ (?:(?:file )?photos?|images|wire|news)$/i, "")) ||
  PICTURE_AGENCIES.has(words);

let regions: ReadonlySet<string> | undefined;

/** True for the name of a country (ISO 3166-1), or of a state or province that is named as if it were one. */
export function isRegion(written: string): boolean {
  // Made when first asked for: thousands of questions to Intl.
  regions ??= new Set([...allPhrases("bylines", "regions"), ...countries()].map(folded));
  return regions.has(folded(written)) || /^(?:\p{Lu}\.){2,3}$/u.test(written.trim());
}

const folded = (name: string): string => name.trim().replace(/\s+/g, " ").toLowerCase();

function countries(): readonly string[] {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  return LANGUAGES.flatMap(({ language }) => {
    const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    return letters.flatMap((first) => letters.flatMap((second) => names.of(first + second) ?? []));
  });
}
