// The phrases that we add to an article or a feed, in its own language, or in English where we have none.

import type { Correction } from "../article/article.ts";
import { type Byline, bylineOf, inByline, ROLES, type Role } from "../article/byline.ts";
import { direction, isolated } from "../lib/bidi.ts";
import { type Text, text } from "../lib/text.ts";
import {
  type ArticleWords,
  articleWords,
  counted,
  fill,
  inNumber,
  place,
  type SiteWords,
  siteWords,
} from "../words/words.ts";

/** Phrases of one language. A credit starts with a small letter, except at the start of a line. */
interface Phrases
  extends Omit<
    ArticleWords,
    "credits" | "correctionLabel" | "updated" | "place" | "withdrawnOn" | "watchOn"
  > {
  /** A credit for `names`, which are joined; `count` is the number of people, 1 by default. */
  readonly credit: (role: Role, names: string, count?: number) => string;
  /** The label before a correction's text. */
  readonly correction: (kind: Correction["kind"], date: string) => string;
  readonly updated: (time: string) => string;
  /** The number of a picture in a gallery, from 1. */
  readonly place: (number: number, count: number) => string;
  readonly withdrawnOn: (date: string) => string;
  readonly watchOn: (service: string) => string;
}

interface FeedPhrases extends Omit<SiteWords, "feedArchive"> {
  readonly archive: (page: number) => string;
}

/** The phrases of a language (BCP 47), and the language that they are in. */
export function phrasesFor(language: string): { readonly phrases: Phrases; readonly language: string } {
  const { words, language: spoken } = articleWords(language);
  const phrases: Phrases = {
    ...words,
    credit: (role, names, count = 1) => place(inNumber(words.credits[role], count, spoken), { names }),
    correction: (kind, date) => fill(words.correctionLabel, { kind: words.corrections[kind], date }, spoken),
    updated: (time) => fill(words.updated, { time }, spoken),
    place: (number, count) => counted(words.place, { number, count }, spoken),
    withdrawnOn: (date) => fill(words.withdrawnOn, { date }, spoken),
    watchOn: (service) => fill(words.watchOn, { service }, spoken),
  };
  return { phrases, language: spoken };
}

/**
 * The phrases of feeds and of the list of feeds for a site's language (BCP 47), and the language that they
 * are in.
 */
export function feedPhrases(language: string): { readonly words: FeedPhrases; readonly language: string } {
  const { words, language: spoken } = siteWords(language);
  const archive = (page: number) => counted(words.feedArchive, { page }, spoken);
  return { words: { ...words, archive }, language: spoken };
}

// Names joined as the language joins a list: `A, B and C`.
const joinNames = (names: readonly string[], language: string): string =>
  new Intl.ListFormat(language === "en" ? "en-GB" : language, { type: "conjunction" }).format(names);

/** Joined names for running text. A name in the other writing direction is isolated (Unicode UAX #9). */
const joinSetApart = (names: readonly string[], language: string): string =>
  joinNames(
    names.map((name) => isolated(name, direction(language))),
    language,
  );

/** The joined names of the byline, for fields that hold names; undefined where nobody is named. */
export function creatorText(bylines: readonly Byline[], language: string): Text | undefined {
  const names = bylineOf(bylines).map((byline) => byline.name);
  return names.length === 0 ? undefined : text(joinNames(names, language));
}

/**
 * The byline as people read it: the names of the writers, `A and B`. Without a writer it is the credits:
 * `Photographs by A; editing by B`. Undefined where nobody is named.
 */
export const bylineText = (bylines: readonly Byline[], language: string): Text | undefined =>
  bylines.some(inByline)
    ? creatorText(bylines, language)
    : creditLine(bylines, language, [...new Set(bylines.map(({ role }) => role))]);

/** The words of a credit before and after the name: `Photographs by ` and an empty string. */
export function creditWords(role: Role, language: string): readonly [before: string, after: string] {
  const { phrases, language: spoken } = phrasesFor(language);
  const [before = "", after = ""] = phrases.credit(role, NAME).split(NAME);
  return [capitalised(before, spoken), after];
}

/**
 * The credits of everyone, as people read them: `Reporting by A and B; editing by C.` Undefined where they
 * say no more than the byline does: for nobody, and for one author.
 */
export function creditsText(bylines: readonly Byline[], language: string): Text | undefined {
  if (bylines.length === 1 && bylines[0]?.role === "author") return undefined;
  const line = creditLine(bylines, language, ROLES);
  return line && text(line + phrasesFor(language).phrases.creditsEnd);
}

// Stands in for a name, to find the words before and after it. No name contains it.
const NAME = "\uffff";

/** The credits of these roles, in their order. */
function creditLine(bylines: readonly Byline[], language: string, roles: readonly Role[]): Text | undefined {
  if (bylines.length === 0) return undefined;
  const { phrases, language: spoken } = phrasesFor(language);
  const parts = roles.flatMap((role) => {
    const names = bylines.filter((byline) => byline.role === role).map((byline) => byline.name);
    return names.length === 0 ? [] : [phrases.credit(role, joinSetApart(names, spoken), names.length)];
  });
  return text(capitalised(parts.join(phrases.creditsSeparator), spoken));
}

const capitalised = (line: string, language: string): string =>
  line.charAt(0).toLocaleUpperCase(language) + line.slice(1);
