// Finding a clock with its zone in a text, and putting a day, a clock and a zone together as far as they are known.

import { inZone, parseInstant } from "../lib/time.ts";
import type { SourceDate } from "./importer.ts";
import { readZone, ZONE, type ZoneName } from "./zone-names.ts";

/** A clock in a text: where it stands with its zones, and `18:04:00`. */
export interface Clock {
  readonly start: number;
  readonly end: number;
  readonly time: string;
  /** The first that says an offset, else the first. */
  readonly zone?: ZoneName;
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

/** The clocks of a text, each with the zones that follow it. What is no time of day (25:00, 13 p.m.) isn't one. */
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

/** A day of the calendar as `2026-01-12`; undefined for 30 February, and for years that only a slip can name. */
export function calendarDay(year: number, month: number, day: number): string | undefined {
  const text = `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
  const date = new Date(`${text}T00:00:00Z`);
  return year >= 1000 && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
    ? text
    : undefined;
}

/** What a day, and perhaps a clock, say together. */
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
