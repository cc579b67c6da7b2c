// What a line with names says besides these, their roles and a day: a place, a paper that no field has.

import { marksOf } from "./byline-marks.ts";
import { type DateLine, readDateLine } from "./publication-date.ts";

/** What is known of the article that the line is of. */
interface Known {
  /** Names, and all else that fields have of people. */
  readonly people: readonly string[];
  readonly language: string;
  /** True for days that are the article's. */
  readonly isDated: (dates: DateLine) => boolean;
}

// `and`, `Words by`
const MOST_JOINING_WORDS = 3;
const JOINING = /^ ?(?:\p{L}{1,3} )?| $/gu;

/** True for a line that says more. Of a line that may be no byline, a few words more are enough. */
export function saysMore(line: string, { people, language, isDated }: Known, isByline: boolean): boolean {
  const marks = marksOf(line).map(({ words }) => words);
  const rest = [...marks, ...people].reduce(without, line);
  const dates = readDateLine(rest.replace(/[\s|,;·•–—-]+/g, " ").replace(JOINING, ""), language);
  if (dates) return !isDated(dates.value);
  const words = rest.match(/\p{L}+/gu) ?? [];
  if (!isByline && words.length > MOST_JOINING_WORDS) return true;
  return /\p{Lu}\p{L}{3}|\d/u.test(rest.replace(/^\W*\p{Lu}/u, (start) => start.toLowerCase()));
}

/** `line` without `words`, which may be in capitals there. */
function without(line: string, words: string): string {
  const at = line.toLowerCase().indexOf(words.toLowerCase());
  return at < 0 || words === "" ? line : `${line.slice(0, at)} | ${line.slice(at + words.length)}`;
}
