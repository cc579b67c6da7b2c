// The words of all languages, ready for looking up: a saved page may have its chrome in another language
// than its article.

import { wordList } from "../text-lines.ts";
import { GERMAN } from "./de.ts";
import { ENGLISH } from "./en.ts";
import { SPANISH } from "./es.ts";
import { FRENCH } from "./fr.ts";
import { ITALIAN } from "./it.ts";
import {
  BOILERPLATE_KINDS,
  type BoilerplateKind,
  type BoilerplatePhrases,
  type LanguageWords,
} from "./language-words.ts";
import { DUTCH } from "./nl.ts";
import { PORTUGUESE } from "./pt.ts";

/** Every language, the most read first. */
export const LANGUAGES: readonly LanguageWords[] = [
  ENGLISH,
  FRENCH,
  GERMAN,
  SPANISH,
  ITALIAN,
  PORTUGUESE,
  DUTCH,
];

type ByKind = "whole" | "starts" | "within" | "weak" | "hints";

const list = (phrases: string): string[] => phrases.split("|").map((phrase) => phrase.trim());

/** Which kind a phrase is of; the first language and kind that have it decide. */
const table = (of: ByKind): ReadonlyMap<string, BoilerplateKind> =>
  new Map(
    LANGUAGES.flatMap((language) =>
      BOILERPLATE_KINDS.flatMap((kind) =>
        list(language[of][kind] ?? "").map((phrase) => [phrase, kind] as const),
      ),
    )
      .filter(([phrase]) => phrase !== "")
      .reverse(),
  );

const words = (of: "calls" | "offers" | "ours"): ReadonlySet<string> =>
  new Set(LANGUAGES.flatMap((language: BoilerplatePhrases) => list(language[of])));

/** All of a line. */
export const WHOLE = table("whole");
/** The first words of a line. */
export const STARTS = table("starts");
/** Anywhere in a line, sure. */
export const WITHIN = table("within");
/** All of a line, not sure. */
export const WEAK = table("weak");
/** Anywhere in a line, not sure. */
export const HINTS = table("hints");
/** First words of a line that asks for something. */
export const CALLS = words("calls");
/** What such a line offers. */
export const OFFERS = words("offers");
/** How a site calls itself and its readers. */
export const OURS = words("ours");

const all = (of: "weekdays" | "months"): ReadonlySet<string> =>
  wordList(LANGUAGES.map((each) => each[of]).join(" "));

/** Weekdays, written out. */
export const WEEKDAYS = all("weekdays");
/** Months and their abbreviations. */
export const MONTHS = all("months");
