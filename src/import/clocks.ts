// Times of day in a text, with the time zones behind them. A day, a time and a zone are put together as far
// as they are known; abbreviations that several zones share stay open.

import { parseInstant } from "../lib/time.ts";
import { inZone, offsetText } from "../lib/wall-clock.ts";
import type { SourceDate } from "./importer.ts";

/** A time of day in a text, as `18:04:00`, and where it stands with its zones. */
export interface Clock {
  readonly start: number;
  readonly end: number;
  readonly time: string;
  /** The first that says an offset, else the first. */
  readonly zone?: ZoneName;
}

/**
 * What the name of a zone says: an offset (`-05:00`), a zone whose offset depends on the day, or several of
 * them.
 */
type ZoneName =
  | { readonly offset: string }
  | { readonly timeZone: string }
  | { readonly name: string; readonly several: string };

// Hours east of UTC, of abbreviations that mean one zone everywhere.
const HOURS: Readonly<Record<string, number>> = {
  ...{
    Z: 0,
    UT: 0,
    UTC: 0,
    GMT: 0,
    TU: 0,
    WET: 0,
    WEST: 1,
    CET: 1,
    CEST: 2,
    MEZ: 1,
    MESZ: 2,
    EET: 2,
    EEST: 3,
    MSK: 3,
  },
  ...{ NDT: -2.5, ADT: -3, BRT: -3, EST: -5, EDT: -4, HNE: -5, HAE: -4, CDT: -5, MST: -7, MDT: -6 },
  ...{
    PST: -8,
    PDT: -7,
    AKST: -9,
    AKDT: -8,
    HST: -10,
    SAST: 2,
    EAT: 3,
    PKT: 5,
    NPT: 5.75,
    WIB: 7,
    HKT: 8,
    SGT: 8,
  },
  ...{ JST: 9, KST: 9, AWST: 8, ACST: 9.5, ACDT: 10.5, AEST: 10, AEDT: 11, NZST: 12, NZDT: 13 },
};

const ZONES: Readonly<Record<string, string>> = {
  ET: "America/New_York",
  CT: "America/Chicago",
  MT: "America/Denver",
  PT: "America/Los_Angeles",
  "Eastern Time": "America/New_York",
  "Central Time": "America/Chicago",
  "Mountain Time": "America/Denver",
  "Pacific Time": "America/Los_Angeles",
  "heure de Paris": "Europe/Paris",
};

const SEVERAL: Readonly<Record<string, string>> = {
  AST: "the Atlantic coast of America and Arabia",
  BST: "Britain and Bangladesh",
  CST: "America, China and Cuba",
  ECT: "Ecuador, the Caribbean and Central Europe",
  GST: "the Gulf and South Georgia",
  IST: "India, Ireland and Israel",
  SST: "Samoa and Singapore",
  WST: "Western Australia and Samoa",
};

const NAMES = [HOURS, ZONES, SEVERAL].flatMap(Object.keys).sort((a, b) => b.length - a.length);

/**
 * The pattern of a zone's name or offset: `EST`, `GMT+1`, `+01:00`, `UTC-0330`. Case matters: "est" is
 * French.
 */
const ZONE = `(?:(?:GMT|UTC|UT)?\\s?[+−-]\\d{1,2}(?::?\\d{2})?(?!\\d)|(?:${NAMES.join("|")})(?![\\p{L}\\d]))`;

const OFFSET = /^(?:GMT|UTC|UT)?\s?([+−-])(\d{1,2}):?(\d{2})?$/;

/** Reads what `ZONE` matches; undefined for anything else. */
function readZone(written: string): ZoneName | undefined {
  const [, sign, hours, minutes = "0"] = OFFSET.exec(written) ?? [];
  if (hours !== undefined) {
    if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
    const size = Number(hours) * 60 + Number(minutes);
    // RFC 2822 §3.3: -0000 is universal time too; only where it was written stays unknown.
    return { offset: offsetText(sign === "+" ? size : -size) };
  }
  const known = HOURS[written];
  if (known !== undefined) return { offset: offsetText(known * 60) };
  const timeZone = ZONES[written];
  if (timeZone !== undefined) return { timeZone };
  const several = SEVERAL[written];
  return several === undefined ? undefined : { name: written, several };
}

const SUFFIX = "(?:\\s?([ap])\\.?\\s?m\\b\\.?|\\s?(?:Uhr|uur|hrs?\\b|hs\\b|h\\b))";
const CLOCK = new RegExp(
  [
    `(?<![\\d:.+−-])(\\d{1,2})(?:\\s?h\\s?|[:.])(\\d{1,2})(?::(\\d{1,2})(?:[.,]\\d+)?)?(?:\\s?min\\b)?${SUFFIX}?(?![\\d:]|\\.\\d)`,
    `(?<![\\d:.])(\\d{1,2})${SUFFIX}`,
    // Four figures are a clock only where a zone follows.
    "(?<!\\d)([01]\\d|2[0-3])([0-5]\\d)(?=\\s?(?:GMT|UTC|Z)\\b)",
  ].join("|"),
  "giu",
);
const NEXT_ZONE = new RegExp(`\\s?[([,/]?\\s?(${ZONE})\\s?[)\\]]?`, "uy");

/** The times of day in a text, each with the zones after it. 25:00 and 13 p.m. are none. */
export function clocksIn(text: string): readonly Clock[] {
  return [...text.matchAll(CLOCK)].flatMap((match) => {
    const [, hour, minute, second, half, hourAlone, halfAlone, hours, minutes] = match;
    const time = readTime(hour ?? hourAlone ?? hours, minute ?? minutes, second, half ?? halfAlone);
    if (time === undefined) return [];
    let end = match.index + match[0].length;
    const zones: ZoneName[] = [];
    for (;;) {
      NEXT_ZONE.lastIndex = end;
      const next = NEXT_ZONE.exec(text);
      const zone = readZone(next?.[1]?.trim() ?? "");
      if (!next || !zone) break;
      zones.push(zone);
      end += next[0].length;
    }
    const zone = zones.find((zone) => !("several" in zone)) ?? zones[0];
    return [{ start: match.index, end, time, ...(zone && { zone }) }];
  });
}

function readTime(hour = "", minute = "0", second = "0", half?: string): string | undefined {
  const written = Number(hour);
  if (half !== undefined && (written < 1 || written > 12)) return undefined;
  const hours = half === undefined ? written : (written % 12) + (half.toLowerCase() === "p" ? 12 : 0);
  // As in `parseInstant`, a leap second becomes the one before.
  const seconds = second === "60" ? 59 : Number(second);
  if (hours > 23 || Number(minute) > 59 || seconds > 59) return undefined;
  return [hours, Number(minute), seconds].map((part) => String(part).padStart(2, "0")).join(":");
}

/** A day as `2026-01-12`; undefined for 30 February, and for years before 1000, which are slips. */
export function calendarDay(year: number, month: number, day: number): string | undefined {
  const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const date = new Date(`${text}T00:00:00Z`);
  return year >= 1000 && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
    ? text
    : undefined;
}

/** Puts a day and perhaps a time together. */
export function sourceDate(day: string, clock?: Clock): SourceDate {
  if (!clock) return { kind: "day", value: day };
  const local = `${day}T${clock.time}`;
  const { zone } = clock;
  const instant =
    zone === undefined || "several" in zone
      ? undefined
      : "offset" in zone
        ? `${local}${zone.offset}`
        : inZone(local, zone.timeZone);
  return instant !== undefined && parseInstant(instant) !== undefined
    ? { kind: "instant", value: instant }
    : { kind: "local", value: local };
}
