// Lines that a Wireroom writes under an article, read again: credits, and the label of a correction, in the languages
// that it has words of its own for (`formats/phrases.ts` writes them).

import { languageField } from "../../model/article.ts";
import { ROLES, type Role } from "../../model/byline.ts";
import { check } from "../../model/problem.ts";
import { humanDate, parseInstant } from "../../model/time.ts";
import { withoutIsolates } from "../../words/bidi.ts";
import { articleWords, place, type Word } from "../../words/words.ts";
import type { ImportedCorrection } from "../imported.ts";

const LONGEST_LIST_CHARACTERS = 20_000;

type Kind = ImportedCorrection["kind"];

/** A name and what somebody did, as a line of credits says it. */
export interface Credit {
  readonly name: string;
  readonly role: Role;
}

/**
 * Reads `Reporting by A and B; editing by C.` in `language` (BCP 47). Names that are known are found whole, whatever
 * stands in them.
 */
export function readCredits(written: string, language: string, known: readonly string[]): readonly Credit[] {
  const { words, language: locale } = articleWords(tagOf(language));
  const line = withoutIsolates(written);
  const folded = line.toLocaleLowerCase(locale);
  // Lower case may be longer than what it is made of; then the places would not be the same.
  const search = folded.length === line.length ? folded : line;
  const starts = ROLES.flatMap((role) => {
    const found = formsOf(words.credits[role]).flatMap((form) => {
      const word = form.toLocaleLowerCase(locale);
      const later = words.creditsSeparator + word;
      const at = search.startsWith(word) ? 0 : search.indexOf(later);
      return at === -1 ? [] : [{ role, at, names: at + (at === 0 ? word : later).length }];
    });
    return found.slice(0, 1);
  }).sort((a, b) => a.at - b.at);
  return starts.flatMap(({ role, names }, index) => {
    const end =
      starts[index + 1]?.at ?? line.length - (line.endsWith(words.creditsEnd) ? words.creditsEnd.length : 0);
    return splitJoined(line.slice(names, end), locale, known).map((name) => ({ name, role }));
  });
}

/** What stands before the names, in each form of a credit. */
const formsOf = (credit: Word): readonly string[] =>
  [...new Set(typeof credit === "string" ? [credit] : Object.values(credit))].map((form) =>
    form.replace("{names}", ""),
  );

/** Names that were joined the way `language` joins a list: `A, B and C`. */
export function splitJoined(written: string, language: string, known: readonly string[]): readonly string[] {
  const joined = withoutIsolates(written);
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
  const { words, language: locale } = articleWords(tagOf(language));
  const written = withoutIsolates(label);
  for (const kind of Object.keys(words.corrections) as Kind[]) {
    const [before = "", after = ""] = place(words.correctionLabel, { kind: words.corrections[kind] }).split(
      "{date}",
    );
    if (!written.startsWith(before) || !written.endsWith(after)) continue;
    const date = written.slice(before.length, after === "" ? undefined : -after.length);
    const day = dayOf(date, locale);
    return {
      at: day === undefined ? { kind: "unclear", value: date } : { kind: "day", value: day },
      kind,
      text,
    };
  }
  return undefined;
}

// Intl throws at what is no language.
function tagOf(language: string): string {
  const checked = check(languageField, language);
  return checked.ok ? checked.value : "en";
}

// The day whose long form this is: its numbers are in it, and its month is the one of twelve that reads the same.
function dayOf(date: string, language: string): string | undefined {
  const numbers = inAscii(date).match(/\d+/g) ?? [];
  const year = numbers.find((number) => number.length === 4);
  if (year === undefined) return undefined;
  // Where the month is a number too, either may be the day.
  const days = numbers
    .filter((number) => number.length < 3)
    .flatMap((day) =>
      Array.from(
        { length: 12 },
        (_, month) => `${year}-${String(month + 1).padStart(2, "0")}-${day.padStart(2, "0")}`,
      ),
    );
  return days.find((one) => {
    const instant = parseInstant(`${one}T12:00:00Z`);
    return instant !== undefined && humanDate(instant, language, "UTC") === date;
  });
}

/** Arabic-Indic digits, and their eastern forms, as those of ASCII. */
const inAscii = (date: string): string =>
  date.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

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
