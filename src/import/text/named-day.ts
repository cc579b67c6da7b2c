// Days with the month in words, in the languages that chrono knows: `March 3, 2025`, `1er mars 2025`, `3. Jänner 2025`.
// Chrono reads days alone: of clocks it drops minutes ("18 h 04"), and it guesses what CST is.

import * as chrono from "chrono-node";

/** A day as far as it was written, and where. */
export interface NamedDay {
  readonly start: number;
  readonly end: number;
  readonly year?: number;
  readonly month: number;
  readonly day: number;
}

const { en, de, fr, es, it, pt, nl, sv, fi, ru, uk } = chrono;
const READERS = { en, de, fr, es, it, pt, nl, sv, fi, ru, uk };
const isKnown = (language: string): language is keyof typeof READERS => Object.hasOwn(READERS, language);

// Chrono fills in what a text leaves out from this day. Nothing that it fills in is used.
const REFERENCE = { instant: new Date(Date.UTC(2000, 0, 1)), timezone: 0 };

/** The days that `text` names, read in the language that makes the most of it; `language`, then English, are tried first. */
export function namedDays(text: string, language: string): readonly NamedDay[] {
  if (!/\d/.test(text) || !/\p{L}{3}/u.test(text)) return [];
  let best: readonly NamedDay[] = [];
  for (const next of new Set([language.slice(0, 2), "en", ...Object.keys(READERS)])) {
    if (!isKnown(next)) continue;
    const days = READERS[next].strict.parse(text, REFERENCE).flatMap(toNamedDay);
    if (days.length > 0 && days.every((day) => day.year !== undefined)) return days;
    if (days.length > best.length) best = days;
  }
  return best;
}

function toNamedDay({ index, text, start, end }: chrono.ParsedResult): NamedDay[] {
  const [year, month, day] = [start.get("year"), start.get("month"), start.get("day")];
  const certain = start.isCertain("month") && start.isCertain("day") && !start.isCertain("hour") && !end;
  if (!certain || month === null || day === null || !/\p{L}/u.test(text)) return [];
  // A year of two figures is a guess.
  const known = year !== null && start.isCertain("year") && text.includes(String(year));
  return [{ start: index, end: index + text.length, month, day, ...(known && { year }) }];
}
