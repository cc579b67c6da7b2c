// Recognizes people's names in bylines, and gives them their usual spelling.

import { isRegion } from "./regions.ts";
import { wordList } from "./text-lines.ts";

/** Lower case. Words that are never part of a person's name; May, Grace, Page and the like are not listed. */
const NEVER_IN_NAMES = wordList(`
  the an and or of for with from at by to on into over under is are was were be been this that these those it its he she
  they we you your our their his her not no yes all any how why what who when where which while after before about more
  most less than as if but so also here there now today yesterday tomorrow
  monday tuesday wednesday thursday friday saturday sunday january february july september october november december
  lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril juillet août septembre octobre novembre décembre
  montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz juli oktober dezember
  lunes martes miércoles jueves viernes sábado enero febrero abril mayo junio julio agosto septiembre octubre noviembre diciembre
  news times press agency herald tribune gazette journal observer telegraph chronicle newspaper magazine media network radio
  television tv bureau staff editor editors editorial newsroom desk team board correspondent reporter reporters writer writers
  journalist columnist contributor photographer agencies wires
  read share subscribe subscription subscribers follow related updated update published photo photos photograph video videos
  image images file source advertisement breaking exclusive live watch listen newsletter newsletters podcast podcasts menu search
  contact copyright rights reserved comments comment story stories latest trending sign log login account website email
  sports sport business politics world weather health science technology travel culture lifestyle entertainment opinion
  analysis education economy climate chief political national international senior foreign diplomatic parliamentary assistant deputy managing contributing
  university college school institute council committee commission department ministry minister president senator governor
  mayor police court bank company corporation inc ltd llc gmbh group foundation association society party union city county
  town state states street road avenue river lake mountain island islands airport hospital museum league government
  presse rédaction agence journaliste abonnés lire aussi publié mis avec pour dans sur par une leur nous vous ministre ville
  zeitung redaktion nachrichten agentur und mit für lesen mehr anzeige artikel teilen wir uhr stadt regierung
  noticias redacción agencia diario leer más suscríbete compartir publicidad ciudad gobierno con para una
`);

/** Lower case. First words of places, papers and headlines, but never of people. */
const NEVER_FIRST = wordList(`
  new north south east west northern southern eastern western central united great saudi san santa los las el il der die das
  our your a in up top press best big first last next special breaking hong
`);

/**
 * Lower case: a name of two words starting with one of these is a paper's (Le Phare); longer ones may be
 * people's.
 */
const ARTICLES = wordList("le la les lo gli de het een o os as");

/** Lower case. Particles that stay small within a name. */
const PARTICLES = wordList(`
  van der den de het 't von zu zum zur vom da das do dos du des del della delle dello dei degli di la le los las y e i ten ter
  te tot op af av bin bint ibn al el ould ap ab
`);

/**
 * The particles that become small in a name in capitals. The others may have a capital (Di Maio, Le Blanc).
 */
const LOWERED = wordList(`
  van der den de het 't von zu zum zur vom da das do dos du des del ten ter te tot af av bin bint ibn
`);

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
  if (word.length > NAME_LIMIT || NEVER.some((never) => never.has(word.toLowerCase()))) return undefined;
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
