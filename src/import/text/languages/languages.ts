// The words by which articles are read: a file for each language, and at the end a few words of others. A saved page
// may have its chrome in another language than its article, so those of all languages are looked for in every line.

import { GERMAN } from "./de.ts";
import { ENGLISH } from "./en.ts";
import { SPANISH } from "./es.ts";
import { FRENCH } from "./fr.ts";
import { ITALIAN } from "./it.ts";
import { BOILERPLATE, type BoilerplateKind, type LanguageWords, type Some } from "./language-words.ts";
import { DUTCH } from "./nl.ts";
import { PORTUGUESE } from "./pt.ts";

/** Of languages without a file we know these words. */
const OTHERS: readonly LanguageWords[] = [
  {
    language: "sv",
    commonest: `
      och att det som en på är av för med den till inte har de ett om han var men jag från vi kan så sig hade när
      eller hon efter sin vid där också under säger`,
  },
  {
    language: "ru",
    commonest: "",
    dates: {
      months: `
        января февраля марта апреля мая июня июля августа сентября октября ноября декабря янв фев мар апр июн июл
        авг сен окт ноя дек`,
    },
  },
  {
    language: "und",
    commonest: "",
    dates: {
      published: `
        opublikowano|data publikacji|dodano|publikováno|zveřejněno|publicerad|publicerat|udgivet|publisert|
        julkaistu|yayın(?:lanma)? tarihi|dipublikasikan|diterbitkan|опубликовано|дата публикации|опубліковано|
        publicat|közzétéve|公開日|投稿日|掲載日|发布时间|发布于|發布時間|발행일|게시일|입력|등록`,
      updated: `
        zaktualizowano|aktualizacja|aktualizováno|uppdaterad|uppdaterat|opdateret|oppdatert|päivitetty|frissítve|
        actualitzat|güncellenme tarihi|son güncelleme|diperbarui|обновлено|оновлено|(?:最終)?更新日|更新时间|
        更新時間|수정일?`,
    },
    bylines: {
      marks: {
        author: `
          автор/авторы/текст/作者/撰文/文/取材・文/글/yazan: | كتب: | γράφει ο/η | بقلم | מאת | 記者 | 记者`,
        perhaps: "av | af",
        photographer: "фото:",
        translator: "перевод:",
      },
      agencies: `
        NTB | TT | Ritzau | STT | PAP | CTK | ČTK | MTI | Tanjug | Hina | STA | TASS | RIA Novosti | Interfax |
        Ukrinform | РИА Новости | ТАСС | Интерфакс | Укринформ`,
      and: "og|och|и|та|και|و",
      andWithin: "i|a",
      before:
        "visa\\s+alla\\s+inlägg\\s+av|(?:посмотреть\\s+)?все\\s+записи(?:\\s+автора)?|yazar|forfatter|автор|af|av",
    },
  },
];

/** All languages, the most read first. */
export const LANGUAGES: readonly LanguageWords[] = [
  ...[ENGLISH, FRENCH, GERMAN, SPANISH, ITALIAN, PORTUGUESE, DUTCH],
  ...OTHERS,
];

/** A kind of words that is one string. */
type Group = "dates" | "bylines" | "bios" | "pictures" | "site";
type Key<G extends Group> = Exclude<
  keyof NonNullable<LanguageWords[G]>,
  "marks" | "whole" | "starts" | "within" | "weak" | "hints"
>;

const all = <G extends Group>(group: G, key: Key<G>): readonly string[] =>
  LANGUAGES.flatMap((words) => (words[group] as Some<string> | undefined)?.[String(key)] ?? []);

const unwrapped = (pattern: string): string => pattern.replace(/\n */g, "");

/** The pattern of each language that has one. */
export const patterns = <G extends Group>(group: G, key: Key<G>): readonly string[] =>
  all(group, key).map(unwrapped);

/** Their alternatives, together. */
export const anyOf = <G extends Group>(group: G, key: Key<G>): string => patterns(group, key).join("|");

/** An expression that finds them as whole words. */
export const wholeWords = (pattern: string, flags = "iu"): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{M}])(?:${unwrapped(pattern)})(?![\\p{L}\\p{M}])`, flags);

/** The words in `list`, which have white space between them. */
export const wordList = (list: string): ReadonlySet<string> => new Set(list.match(/\S+/g));

/** All languages' words. */
export const allWords = <G extends Group>(group: G, key: Key<G>): ReadonlySet<string> =>
  wordList(all(group, key).join(" "));

/** All languages' phrases. */
export const allPhrases = <G extends Group>(group: G, key: Key<G>): readonly string[] =>
  all(group, key).flatMap(phrasesIn);

/** What phrases stand for, one by one. */
export const phrasesIn = (phrases: string): readonly string[] =>
  phrases.split("|").flatMap((phrase) => {
    const slots = phrase
      .trim()
      .split(/\s+/)
      .map((slot) => slot.replace(/^\[(.*)\]$/, "/$1").split("/"));
    return slots
      .reduce((made, slot) => made.flatMap((start) => slot.map((word) => `${start} ${word}`.trim())))
      .filter((made) => made !== "");
  });

const KINDS = Object.keys(BOILERPLATE) as readonly BoilerplateKind[];

/** Which kind a phrase is of. */
const table = (of: "whole" | "starts" | "within" | "weak" | "hints"): ReadonlyMap<string, BoilerplateKind> =>
  new Map(
    LANGUAGES.flatMap(({ site }) =>
      KINDS.flatMap((kind) => phrasesIn(site?.[of]?.[kind] ?? "").map((phrase) => [phrase, kind] as const)),
    ).reverse(),
  );

/** What sites say, by the part of a line that it is. */
export const SITE = {
  whole: table("whole"),
  starts: table("starts"),
  within: table("within"),
  weak: table("weak"),
  hints: table("hints"),
  calls: new Set(allPhrases("site", "calls")),
  offers: new Set(allPhrases("site", "offers")),
  ours: new Set(allPhrases("site", "ours")),
};

/** Weekdays, written out. */
export const WEEKDAYS = allWords("dates", "weekdays");

const SAMPLE_LENGTH = 20_000;
const LEAST_WORDS = 6;
/** Of all words, as many are of the commonest ones of their language. */
const LEAST_SHARE = 0.15;
/** By so much the first language must lead the second. */
const LEAD = 1.6;

const COMMONEST = LANGUAGES.map(({ language, commonest }) => ({ language, common: wordList(commonest) }));

const SCRIPTS: readonly (readonly [language: string, letters: RegExp])[] = [
  ["ja", /[\p{sc=Hiragana}\p{sc=Katakana}]/gu],
  ["ko", /\p{sc=Hangul}/gu],
  ["el", /\p{sc=Greek}/gu],
  ["th", /\p{sc=Thai}/gu],
];

/** The language of a text (BCP 47), where its commonest words leave no doubt. */
export function languageOf(text: string): string | undefined {
  const sample = text.slice(0, SAMPLE_LENGTH).toLowerCase();
  const script = SCRIPTS.find(([, letters]) => {
    const count = sample.match(letters)?.length ?? 0;
    return count >= 20 && count > sample.length * 0.25;
  });
  if (script !== undefined) return script[0];
  const all = sample.match(/\p{L}+/gu) ?? [];
  const ranked = COMMONEST.map(({ language, common }) => ({
    language,
    count: all.filter((word) => common.has(word)).length,
  })).toSorted((a, b) => b.count - a.count);
  const [first, second] = ranked;
  if (first === undefined || first.count < Math.max(LEAST_WORDS, all.length * LEAST_SHARE)) return undefined;
  return first.count >= (second?.count ?? 0) * LEAD ? first.language : undefined;
}
