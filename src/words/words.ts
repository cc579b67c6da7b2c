// The words that we add to what a newsroom writes, by language: in articles and feeds, and on pages. A
// language is a file here (`en.json`), which a translator can edit. {braces} are placeholders, which every
// language must have.

import { direction, isolated } from "../lib/bidi.ts";
import all from "./all.ts";

/** A word, or one for each plural category (CLDR) that the language has. */
export type Word = string | ({ readonly other: string } & Readonly<Partial<Record<Category, string>>>);

type Category = Intl.LDMLPluralRule;
type Role =
  | "author"
  | "reporter"
  | "writer"
  | "contributor"
  | "editor"
  | "photographer"
  | "illustrator"
  | "translator";

/** What is printed in an article, which can be in any language. */
export interface ArticleWords {
  /** Before `{names}`; plural forms go by how many there are. */
  readonly credits: Readonly<Record<Role, Word>>;
  /** Between one role's credit and the next, and after the last. */
  readonly creditsSeparator: string;
  readonly creditsEnd: string;
  readonly corrections: Readonly<Record<"correction" | "clarification" | "update", string>>;
  /** Before a correction's text: `{kind}`, one of `corrections`, and its `{date}`. */
  readonly correctionLabel: string;
  /** In an article's head, before the day: that a mistake was mended. */
  readonly corrected: string;
  readonly updated: string;
  /** Of a picture among those in a row: `{number}`, from 1, and `{count}`. */
  readonly place: string;
  readonly continueReading: string;
  /** A link to a film on a `{service}`, YouTube say. */
  readonly watchOn: string;
  readonly sponsored: string;
  readonly withdrawn: string;
  readonly withdrawnOn: string;
}

/** What feeds and pages say, in the site's language. */
export interface SiteWords {
  /** What a feed is, and how to subscribe: its address follows. */
  readonly feedExplanation: string;
  readonly feedWebsite: string;
  readonly feedHelp: string;
  readonly feedLatest: string;
  readonly feedEmpty: string;
  readonly feedArchive: string;
  /** Folders of the list of feeds. */
  readonly feedTags: string;
  readonly feedAuthors: string;
  readonly skip: string;
  readonly sections: string;
  readonly topics: string;
  readonly latest: string;
  readonly more: string;
  readonly related: string;
  readonly previous: string;
  readonly next: string;
  readonly older: string;
  readonly newer: string;
  readonly page: string;
  readonly subscribe: string;
  readonly subscribeTo: string;
  /** What a feed is, for somebody who has never used one. */
  readonly feeds: string;
  /** Names what is folded away: links that add the feed to an app, and its other formats. */
  readonly otherWays: string;
  /** Names of apps follow. */
  readonly addTo: string;
  readonly copy: string;
  readonly copied: string;
  readonly allFeeds: string;
  readonly makers: string;
  /** What somebody did, beside their name. */
  readonly roles: Readonly<Record<Role, string>>;
  readonly roleAt: string;
  /** The licence follows. */
  readonly license: string;
  readonly nothing: string;
  readonly missing: string;
  readonly missingWhy: string;
  /** The newsroom's own words follow. */
  readonly reason: string;
  /** "Wireroom" follows. */
  readonly madeWith: string;
}

/** All words of one language. */
export type Words = ArticleWords & SiteWords;

/** Words by language; those for pages may be left out where no page is in that language. */
export type Languages = Readonly<Record<string, ArticleWords & Partial<SiteWords>>>;

const LANGUAGES: Languages = all;

/** The language to fall back on. */
export const FALLBACK = "en";

/**
 * The language of ours that a language (BCP 47) is written in: `pt` for `pt-BR`, `zh-Hant` for `zh-TW`;
 * undefined where we have no words.
 */
export function languageOfOurs(language: string): string | undefined {
  const { language: base, script } = new Intl.Locale(language).maximize();
  return [`${base}-${script}`, base].find((name) => name !== undefined && Object.hasOwn(LANGUAGES, name));
}

/**
 * The words for an article in a language, and the language that they are in: English, where we have no
 * others.
 */
export function articleWords(language: string): { readonly words: ArticleWords; readonly language: string } {
  const ours = languageOfOurs(language);
  return { words: wordsIn(ours ?? FALLBACK), language: ours === undefined ? FALLBACK : language };
}

/** The words for feeds and pages of a site in a language, and the language that they are in. */
export function siteWords(language: string): { readonly words: Words; readonly language: string } {
  const { words, language: spoken } = articleWords(language);
  if (!isWhole(words)) throw new Error(`the Worker was built without words for pages in ${language}`);
  return { words, language: spoken };
}

/** A word with its placeholders filled. A value of the other writing direction is isolated. */
export const fill = (word: string, values: Readonly<Record<string, string>>, language: string): string =>
  place(
    word,
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [name, isolated(value, direction(language))]),
    ),
  );

/** A word with its placeholders filled by numbers, in the digits of its language. */
export function counted(word: string, values: Readonly<Record<string, number>>, language: string): string {
  const digits = new Intl.NumberFormat(language);
  return place(
    word,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, digits.format(value)])),
  );
}

/** A word with its placeholders filled, with the values as they are. */
export const place = (word: string, values: Readonly<Record<string, string>>): string =>
  word.replace(/\{(\w+)\}/g, (braces, name: string) => values[name] ?? braces);

/**
 * What separates a word of ours from the text after it: a space, except after a full-width sign, which
 * includes one.
 */
export const gapAfter = (word: string): "" | " " => (/[\u3000-\u303f\uff00-\uffef]$/.test(word) ? "" : " ");

/** The form of a word for a number of things. */
export function inNumber(word: Word, count: number, language: string): string {
  if (typeof word === "string") return word;
  return word[new Intl.PluralRules(language).select(count)] ?? word.other;
}

function wordsIn(language: string): Languages[string] {
  const words = LANGUAGES[language];
  if (!words) throw new Error(`there are no words in ${language}`);
  return words;
}

const isWhole = (words: Languages[string]): words is Words => words.skip !== undefined;
