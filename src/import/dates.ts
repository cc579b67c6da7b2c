// Dates as other systems write them: RFC 3339, RFC 822 and their misspellings, W3C-DTF, SQL. Words are read by `text/`.

import type { SourceDate } from "./importer.ts";
import { namedDays } from "./text/named-day.ts";
import { fullYear, numericDays } from "./text/numeric-day.ts";
import { type Clock, calendarDay, clocksIn, sourceDate } from "./time-of-day.ts";

/** Longer than any date, `Date`'s own with the zone's long name included. */
const MAX_LENGTH = 120;

/** Reads a date of a feed, an export or a page's metadata; what is no date comes back as written. */
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

// How others write what `readParts` reads, and how that is written.
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

/** One day, at most one clock, and nothing else but words: weekdays, "at", zones that nobody knows. */
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
 * RFC 822 §5.1 says which CST it means. Its letters for zones have none (RFC 2822 §4.3: they were defined the wrong way
 * round, so they say nothing), nor has a zone that it doesn't know.
 */
const american = (clock: Clock): Clock =>
  clock.zone && "several" in clock.zone && clock.zone.name === "CST"
    ? { ...clock, zone: { offset: "-06:00" } }
    : clock;
