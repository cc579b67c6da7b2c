// Words that a site replaces with its own, in site.yaml: `words: { en: { continueReading: "Read on" } }`. How
// they are checked, and which words the Worker is built with.

import all from "./all.ts";
import {
  type ArticleWords,
  FALLBACK,
  type Languages,
  languageOfOurs,
  type Word,
  type Words,
} from "./words.ts";

type Deep<T> = { readonly [K in keyof T]?: T[K] extends Word ? T[K] : Partial<T[K]> };

/** The replaced words, by language. */
export type Overrides = Readonly<Record<string, Deep<Words>>>;

/** Our words of one language with a site's replacements. */
export const withOverrides = (ours: Words, theirs: Overrides[string] = {}): Words => ({
  ...ours,
  ...theirs,
  credits: { ...ours.credits, ...theirs.credits },
  corrections: { ...ours.corrections, ...theirs.corrections },
  roles: { ...ours.roles, ...theirs.roles },
});

/** What is wrong with one word, and where. */
export interface WordProblem {
  readonly path: readonly string[];
  readonly message: string;
  /** The known names, if the problem is an unknown one. */
  readonly names?: readonly string[];
}

const LONGEST_CHARACTERS = 500;
// Control characters, and those that reorder text.
const UNWANTED = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

/** Everything that is wrong with `words` of site.yaml. */
export const wordProblems = (words: unknown): readonly WordProblem[] => groupProblems(words, all, []);

function groupProblems(theirs: unknown, ours: object, path: readonly string[]): readonly WordProblem[] {
  if (!isGroup(theirs)) return [{ path, message: "must be a set of fields" }];
  return Object.entries(theirs).flatMap(([name, value]): readonly WordProblem[] => {
    const place = [...path, name];
    const own = at(ours, name);
    if (own === undefined) {
      const what = path.length === 0 ? "a language that there are words in" : "a word that we use";
      return [{ path: place, message: `is not ${what}`, names: Object.keys(ours) }];
    }
    if (isWord(own)) return sayProblems(value, own, place);
    return isGroup(own) ? groupProblems(value, own, place) : [];
  });
}

function sayProblems(value: unknown, own: Word, path: readonly string[]): readonly WordProblem[] {
  if (typeof value !== "string") return [{ path, message: "must be text" }];
  if (value.trim() === "" && own !== "") return [{ path, message: "must not be empty" }];
  if (value.length > LONGEST_CHARACTERS)
    return [{ path, message: `must be at most ${LONGEST_CHARACTERS} characters long` }];
  if (UNWANTED.test(value)) return [{ path, message: "must hold no control character" }];
  const wanted = bracesOf(typeof own === "string" ? own : own.other);
  if (wanted.join() === bracesOf(value).join()) return [];
  const all = wanted.length === 0 ? "no braces" : `${wanted.join(" and ")} once each, and no other braces`;
  return [{ path, message: `must have ${all}` }];
}

/** Everything in braces, by name. */
export const bracesOf = (word: string): readonly string[] => (word.match(/\{[^}]*\}?|\}/g) ?? []).toSorted();

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** True for a word, in one form or in several. */
const isWord = (value: unknown): value is Word =>
  typeof value === "string" || (isGroup(value) && typeof value.other === "string");

/** The own field `name` of an object; undefined where there is none. */
const at = (of: unknown, name: string): unknown =>
  isGroup(of) && Object.hasOwn(of, name) ? of[name] : undefined;

/**
 * The words that the Worker is built with, for a site in `language` (BCP 47): those for articles in every
 * language, those for pages in the site's language alone. All of them would add 12 kB, gzipped, that no page
 * ever shows.
 */
export function bundledWords(language: string, overrides: Overrides = {}): Languages {
  const own = languageOfOurs(language) ?? FALLBACK;
  return Object.fromEntries(
    Object.entries<Words>(all).map(([name, ours]) => {
      const words = withOverrides(ours, overrides[name]);
      return [name, name === own ? words : forArticles(words)];
    }),
  );
}

const forArticles = ({
  credits,
  creditsSeparator,
  creditsEnd,
  corrections,
  correctionLabel,
  corrected,
  updated,
  place,
  continueReading,
  watchOn,
  sponsored,
  withdrawn,
  withdrawnOn,
}: Words): ArticleWords => ({
  credits,
  creditsSeparator,
  creditsEnd,
  corrections,
  correctionLabel,
  corrected,
  updated,
  place,
  continueReading,
  watchOn,
  sponsored,
  withdrawn,
  withdrawnOn,
});
