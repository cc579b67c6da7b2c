// Lines that a Wireroom writes under an article, read again: credits, and the label of a correction, in the languages
// that it has words of its own for (`formats/phrases.ts` writes them).

import { languageField } from "../../model/article.ts";
import { ROLES, type Role } from "../../model/byline.ts";
import { check } from "../../model/problem.ts";
import { humanDate, parseInstant } from "../../model/time.ts";
import type { ImportedCorrection } from "../imported.ts";

const LONGEST_LIST_CHARACTERS = 20_000;

type Kind = ImportedCorrection["kind"];

interface OwnWords {
  readonly credits: Readonly<Record<Role, string>>;
  readonly corrections: Readonly<Record<Kind, string>>;
}

const ENGLISH: OwnWords = {
  credits: {
    author: "by",
    reporter: "reporting by",
    writer: "writing by",
    contributor: "with contributions from",
    editor: "editing by",
    photographer: "photographs by",
    illustrator: "illustrations by",
    translator: "translation by",
  },
  corrections: { correction: "Correction", clarification: "Clarification", update: "Update" },
};

/** Our words by language. */
export const OWN_WORDS: Readonly<Record<string, OwnWords>> = {
  en: ENGLISH,
  de: {
    credits: {
      author: "von",
      reporter: "Bericht:",
      writer: "Text:",
      contributor: "Mitarbeit:",
      editor: "Redaktion:",
      photographer: "Fotos:",
      illustrator: "Illustrationen:",
      translator: "Übersetzung:",
    },
    corrections: { correction: "Korrektur", clarification: "Klarstellung", update: "Aktualisierung" },
  },
  fr: {
    credits: {
      author: "par",
      reporter: "reportage :",
      writer: "rédaction :",
      contributor: "avec la contribution de",
      editor: "édition :",
      photographer: "photographies :",
      illustrator: "illustrations :",
      translator: "traduction :",
    },
    corrections: { correction: "Rectificatif", clarification: "Précision", update: "Mise à jour" },
  },
  es: {
    credits: {
      author: "por",
      reporter: "información:",
      writer: "redacción:",
      contributor: "con la colaboración de",
      editor: "edición:",
      photographer: "fotografías:",
      illustrator: "ilustraciones:",
      translator: "traducción:",
    },
    corrections: { correction: "Corrección", clarification: "Aclaración", update: "Actualización" },
  },
};

/** A name and what somebody did, as a line of credits says it. */
export interface Credit {
  readonly name: string;
  readonly role: Role;
}

/**
 * Reads `Reporting by A and B; editing by C.` in `language` (BCP 47). Names that are known are found whole, whatever
 * stands in them.
 */
export function readCredits(line: string, language: string, known: readonly string[]): readonly Credit[] {
  const [locale, words] = wordsFor(language);
  const folded = line.toLocaleLowerCase(locale);
  // Lower case may be longer than what it is made of; then the places would not be the same.
  const search = folded.length === line.length ? folded : line;
  const starts = ROLES.flatMap((role) => {
    const word = words.credits[role].toLocaleLowerCase(locale);
    const at = search.startsWith(`${word} `) ? 0 : search.indexOf(`; ${word} `);
    return at === -1 ? [] : [{ role, at, names: at + word.length + (at === 0 ? 1 : 3) }];
  }).sort((a, b) => a.at - b.at);
  return starts.flatMap(({ role, names }, index) => {
    const end = starts[index + 1]?.at ?? line.length - (line.endsWith(".") ? 1 : 0);
    return splitJoined(line.slice(names, end), locale, known).map((name) => ({ name, role }));
  });
}

/** Names that were joined the way `language` joins a list: `A, B and C`. */
export function splitJoined(joined: string, language: string, known: readonly string[]): readonly string[] {
  // No list of names is longer, and each name costs a search to the end.
  if (joined.length > LONGEST_LIST_CHARACTERS) return [joined];
  const separators = separatorsOf(language);
  const longest = known.toSorted((a, b) => b.length - a.length);
  const names: string[] = [];
  let rest = joined;
  while (rest !== "") {
    const whole = longest.find(
      (name) =>
        name !== "" &&
        rest.startsWith(name) &&
        (rest.length === name.length || separators.some((mark) => rest.startsWith(mark, name.length))),
    );
    const ends = separators.map((mark) => rest.indexOf(mark, 1)).filter((at) => at !== -1);
    const end = whole?.length ?? Math.min(...ends, rest.length);
    names.push(rest.slice(0, end));
    const mark = separators.find((one) => rest.startsWith(one, end)) ?? "";
    rest = rest.slice(end + mark.length);
  }
  return names;
}

/** Reads `Correction, 25 October 2024:` and its text; undefined for any other label. */
export function readCorrection(
  label: string,
  text: string,
  language: string,
): ImportedCorrection | undefined {
  const [locale, words] = wordsFor(language);
  const kind = (Object.keys(words.corrections) as Kind[]).find((one) =>
    label.startsWith(`${words.corrections[one]}, `),
  );
  if (kind === undefined) return undefined;
  const date = label.slice(words.corrections[kind].length + 2).replace(/:$/, "");
  const day = dayOf(date, locale);
  return {
    at: day === undefined ? { kind: "unclear", value: date } : { kind: "day", value: day },
    kind,
    text,
  };
}

/** Our words for a language, English where we have no others, and the language that they are in. */
function wordsFor(language: string): readonly [language: string, words: OwnWords] {
  const tag = tagOf(language);
  const words = OWN_WORDS[tag.split("-")[0] ?? ""];
  return words ? [tag, words] : ["en", ENGLISH];
}

// Intl throws at what is no language.
function tagOf(language: string): string {
  const checked = check(languageField, language);
  return checked.ok ? checked.value : "en";
}

// The day whose long form this is: its numbers are in it, and its month is the one of twelve that reads the same.
function dayOf(date: string, language: string): string | undefined {
  const numbers = date.match(/\d+/g) ?? [];
  const year = numbers.find((number) => number.length === 4);
  const day = numbers.find((number) => number.length < 3);
  if (year === undefined || day === undefined) return undefined;
  const days = Array.from(
    { length: 12 },
    (_, month) => `${year}-${String(month + 1).padStart(2, "0")}-${day.padStart(2, "0")}`,
  );
  return days.find((one) => {
    const instant = parseInstant(`${one}T12:00:00Z`);
    return instant !== undefined && humanDate(instant, language, "UTC") === date;
  });
}

function separatorsOf(language: string): readonly string[] {
  const tag = tagOf(language);
  const format = new Intl.ListFormat(tag === "en" ? "en-GB" : tag, { type: "conjunction" });
  // Spanish has another word for "and" before an i.
  const lists = [
    ["A", "B"],
    ["A", "I"],
    ["A", "B", "C"],
    ["A", "B", "C", "D"],
  ];
  const marks = lists.flatMap((list) =>
    format.formatToParts(list).flatMap(({ type, value }) => (type === "literal" ? [value] : [])),
  );
  return [...new Set(marks)].sort((a, b) => b.length - a.length);
}
