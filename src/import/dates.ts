// Dates as other systems write them (RFC 3339, RFC 822 and its misspellings, W3C-DTF, SQL), and the days in
// any text. Labels such as "Updated on" are read by `text/publication-date.ts`.

import * as chrono from "chrono-node";
import { type Clock, calendarDay, clocksIn, sourceDate } from "./clocks.ts";
import type { SourceDate } from "./importer.ts";

/** No date is longer, not even `Date.toString()` with a zone's long name. UTF-16 code units. */
const MAX_LENGTH = 120;

/** Reads a date of a feed, an export or a page's metadata. What isn't a date comes back as `unclear`. */
export function readDate(written: string): SourceDate {
  const value = written.trim();
  const date = value.length > MAX_LENGTH ? undefined : (readUnix(value) ?? readParts(usual(value)));
  return date ?? { kind: "unclear", value };
}

/** Seconds and milliseconds since 1970, as today's are long. */
function readUnix(value: string): SourceDate | undefined {
  if (!/^(?:\d{10}|\d{13})$/.test(value)) return undefined;
  const date = new Date(Number(value.padEnd(13, "0")));
  return { kind: "instant", value: `${date.toISOString().slice(0, 19)}Z` };
}

// Rewrites the forms of other systems into those that `readParts` reads.
const REWRITES: readonly (readonly [RegExp, string])[] = [
  [/\s+/g, " "],
  // ISO 8601's basic form, and the T of its extended one.
  [/^(\d{4})(\d{2})(\d{2})(?=$|[T ]|\d{6}$)/i, "$1-$2-$3 "],
  [/(\d ?)t(?=\d)/i, "$1 "],
  [/^(\d{4}-\d{2}-\d{2} +\d{2})(\d{2})(?=\d{2}|\D|$)/, "$1:$2"],
  [/^(\d{4}-\d{2}-\d{2} +\d{2}:\d{2})(?=\d{2})/, "$1:"],
  [/(\d)z$/, "$1Z"],
  // An XML Schema day with a zone is still a day.
  [/^(\d{4}-\d{2}-\d{2})(?:Z|[+-]\d{2}:\d{2})$/, "$1"],
  // asctime, date(1): the year comes last.
  [/^(?:\p{L}+,? )?(\p{L}{3,}) (\d{1,2}) (\d{1,2}:.+) (\d{4})$/u, "$2 $1 $4 $3"],
  // Java names the zone after the offset.
  [/([+-]\d{2}:?\d{2}|Z)\[[\w/+-]+\]$/, "$1"],
];

const SHORT_YEAR = /^(?:\p{L}+\.?,? ?)?(\d{1,2}[ -]\p{L}{3,})\.?[ -](\d{2})(?=$| )/u;

const usual = (value: string): string =>
  REWRITES.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), value).replace(
    SHORT_YEAR,
    (_, day: string, year: string) => `${day} ${fullYear(Number(year))}`,
  );

/** Exactly one day, at most one time, and otherwise only words: weekdays, "at", unknown zones. */
function readParts(text: string): SourceDate | undefined {
  const [clock, ...clocks] = clocksIn(text);
  if (clocks.length > 0) return undefined;
  const rest = clock ? `${text.slice(0, clock.start)}|${text.slice(clock.end)}` : text;
  const inFigures = numericDays(rest, "");
  const days = inFigures.length > 0 ? inFigures : namedDays(rest, "en");
  const [found] = days;
  if (found?.month === undefined || found.day === undefined || found.year === undefined) return undefined;
  if (days.length > 1) return undefined;
  if (/[^\p{L}\s.,|()"'-]/u.test(rest.slice(0, found.start) + rest.slice(found.end))) return undefined;
  const day = calendarDay(found.year, found.month, found.day);
  return day === undefined ? undefined : sourceDate(day, clock && american(clock));
}

/**
 * RFC 822 §5.1 says which CST it means. Its letters for zones have none (RFC 2822 §4.3: they were defined the
 * wrong way round, so they say nothing), nor has a zone that it doesn't know.
 */
const american = (clock: Clock): Clock =>
  clock.zone && "several" in clock.zone && clock.zone.name === "CST"
    ? { ...clock, zone: { offset: "-06:00" } }
    : clock;

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

// Chrono fills in missing parts from this day; filled-in parts are not used.
const REFERENCE = { instant: new Date(Date.UTC(2000, 0, 1)), timezone: 0 };

/**
 * The days that `text` names, read in the language that makes the most of it; `language`, then English, are
 * tried first.
 */
export function namedDays(text: string, language: string): readonly NamedDay[] {
  if (!/\d/.test(text) || !/\p{L}{3}/u.test(text)) return [];
  let best: readonly NamedDay[] = [];
  for (const next of new Set([language.slice(0, 2), "en", ...Object.keys(READERS)])) {
    if (!isKnown(next)) continue;
    const days = READERS[next].strict.parse(text, REFERENCE).flatMap(toNamedDay);
    if (days.length > 0 && days.every((day) => day.year !== undefined)) return days;
    if (days.length > best.length) best = days;
  }
  const others = otherDays(text, language);
  return others.length > 0 ? others : best;
}

// Languages that chrono doesn't read: a day, its month's name, a year, in any order that one of them has.
const OTHERS = ["pl", "cs", "da", "nb", "el", "hu", "ro", "tr", "id", "hr", "sk", "sl", "bg", "ca"];
const DAY_MONTH_YEAR =
  /(?<!\d)(?:(?<day>\d{1,2})(?:\.|º)?\s+(?:de\s+|d['’])?(?<month>\p{L}{3,})\.?,?\s+(?:de\s+|del\s+)?(?<year>\d{4})|(?<month>\p{L}{3,})\.?\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})|(?<year>\d{4})\.?\s+(?<month>\p{L}{3,})\.?\s+(?<day>\d{1,2}))(?!\d)/gu;

function otherDays(text: string, language: string): readonly NamedDay[] {
  return [...text.matchAll(DAY_MONTH_YEAR)].flatMap(({ 0: written, index, groups }) => {
    const name = groups?.month?.toLowerCase() ?? "";
    const month = [language.slice(0, 2), ...OTHERS].map((each) => monthsOf(each).get(name)).find(Boolean);
    if (month === undefined) return [];
    const place = { start: index, end: index + written.length };
    return [{ ...place, year: Number(groups?.year), month, day: Number(groups?.day) }];
  });
}

const known = new Map<string, ReadonlyMap<string, number>>();

/** The months' names in a language, long and short, as they stand alone and beside a day. */
function monthsOf(language: string): ReadonlyMap<string, number> {
  const before = known.get(language);
  if (before) return before;
  const names = new Map<string, number>();
  if (/^[a-z]{2}$/i.test(language)) {
    for (const style of ["long", "short"] as const)
      for (const day of [{}, { day: "numeric" }] as const) {
        const format = new Intl.DateTimeFormat(language, { month: style, timeZone: "UTC", ...day });
        for (let month = 1; month <= 12; month++) {
          const parts = format.formatToParts(Date.UTC(2000, month - 1, 15));
          const name = parts
            .find(({ type }) => type === "month")
            ?.value.toLowerCase()
            .replace(/\.$/, "");
          if (name !== undefined && name.length > 2 && !names.has(name)) names.set(name, month);
        }
      }
  }
  known.set(language, names);
  return names;
}

function toNamedDay({ index, text, start, end }: chrono.ParsedResult): NamedDay[] {
  const [year, month, day] = [start.get("year"), start.get("month"), start.get("day")];
  const certain = start.isCertain("month") && start.isCertain("day") && !start.isCertain("hour") && !end;
  if (!certain || month === null || day === null || !/\p{L}/u.test(text)) return [];
  // A year of two figures is a guess.
  const known = year !== null && start.isCertain("year") && text.includes(String(year));
  return [{ start: index, end: index + text.length, month, day, ...(known && { year }) }];
}

/** A day in figures, and where it stands. Without `month`, month and day can't be told apart. */
export interface NumericDay {
  readonly start: number;
  readonly end: number;
  readonly year: number;
  readonly month?: number;
  readonly day?: number;
}

const NUMERIC =
  /(?<![\d./-])(?:(\d{4})([./-])(\d{1,2})\2(\d{1,2})|(\d{1,2})([./-])(\d{1,2})\6(\d{4}|\d{2}))(?![\d/-]|\.\d)/g;

// 2026年3月2日, 2026년 3월 2일
const EAST_ASIAN = /(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일]/gu;

/** The days in figures of a text, `language` deciding where day and month could be either. */
export const numericDays = (text: string, language: string): readonly NumericDay[] =>
  [...text.matchAll(NUMERIC), ...text.matchAll(EAST_ASIAN)].map((match) => {
    const place = { start: match.index, end: match.index + match[0].length };
    if (match[5] === undefined && match[2] !== undefined && /\d/.test(match[2]))
      return { ...place, year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
    const [, year, , month, day, first = "", separator = "", second = "", short = ""] = match;
    if (year !== undefined) return { ...place, year: Number(year), month: Number(month), day: Number(day) };
    const known = { ...place, year: fullYear(Number(short)) };
    switch (order(first, separator, second, language)) {
      case "day":
        return { ...known, month: Number(second), day: Number(first) };
      case "month":
        return { ...known, month: Number(first), day: Number(second) };
      default:
        return known;
    }
  });

/** RFC 2822 §4.3: two figures are 1950 to 2049. */
const fullYear = (year: number): number => (year > 99 ? year : year + (year < 50 ? 2000 : 1900));

/** Which of two figures comes first. */
function order(first: string, separator: string, second: string, language: string): string | undefined {
  if (first === second || Number(first) > 12 || separator === ".") return "day";
  if (Number(second) > 12) return "month";
  const [, primary = "", region] =
    /^([a-z]{2,3})(?:-[a-z]{4})?(?:-([a-z]{2}))?(?![a-z])/i.exec(language) ?? [];
  // English without a country may be of either side of the Atlantic.
  if (primary === "" || (primary.toLowerCase() === "en" && region === undefined)) return undefined;
  const locale = new Intl.DateTimeFormat(region === undefined ? primary : `${primary}-${region}`);
  // Where the year comes first, figures in another order are foreign ones.
  return locale.formatToParts(0).find((part) => part.type !== "literal")?.type;
}
