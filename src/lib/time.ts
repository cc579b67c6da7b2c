// Instants and time zones: RFC 3339 comes in, UTC with whole seconds is stored, formats and people get their
// own form.

import * as z from "zod/mini";
import type { ProblemCode } from "./problem.ts";
import { interfaceLanguage, t } from "./translate.ts";

/** The time of what never happens, where times are milliseconds since 1970. */
export const NEVER = Number.POSITIVE_INFINITY;

/** `2024-10-24T11:30:00Z`: RFC 3339, UTC, whole seconds. Sorts as text. */
export type Instant = string & z.core.$brand<"Instant">;

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?([Zz]|[+-]\d{2}:\d{2})$/;

/**
 * Reads an RFC 3339 date-time (§5.6). A leap second (`:60`) becomes `:59`, a fraction is dropped.
 * Returns undefined for anything else: a date without zone, 30 February, 25 o'clock, an offset of 24 hours.
 */
export function parseInstant(value: string): Instant | undefined {
  const match = RFC3339.exec(value.trim());
  if (!match) return undefined;
  const [, year, month, day, hour, minute, second, zone = "Z"] = match;
  const wall = `${year}-${month}-${day}T${hour}:${minute}:${second === "60" ? "59" : second}`;
  // Date would turn 30 February into 1 March, so the date must come back unchanged.
  const check = new Date(`${wall}Z`);
  if (Number.isNaN(check.getTime()) || check.toISOString().slice(0, 19) !== wall) return undefined;
  const date = new Date(`${wall}${zone.toUpperCase()}`);
  const utcYear = date.getUTCFullYear();
  return Number.isNaN(date.getTime()) || utcYear < 1 || utcYear > 9999 ? undefined : toInstant(date);
}

/** A date as an instant, its fraction of a second dropped. */
export const toInstant = (date: Date): Instant => `${date.toISOString().slice(0, 19)}Z` as Instant;

const LAST = Date.parse("9999-12-31T23:59:59Z");

/**
 * An instant moved by seconds, which may be negative. At most the end of the year 9999: later ones would not
 * sort as text.
 */
export const addSeconds = (instant: Instant, seconds: number): Instant =>
  toInstant(new Date(Math.min(Date.parse(instant) + seconds * 1000, LAST)));

/** The day (UTC) that an instant is in: `2024-10-24`. Sorts as text. */
export const dayOf = (instant: Instant): string => instant.slice(0, 10);

/** The day that an instant is in by the clocks of a time zone (IANA): `2024-10-25`. */
export const dayIn = (instant: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat("sv", { dateStyle: "short", timeZone }).format(new Date(instant));

/** Sorts by publication, newest first; of one second by id. */
export const newestFirst = (a: Published, b: Published): number =>
  a.published === b.published ? (a.id < b.id ? -1 : 1) : a.published > b.published ? -1 : 1;

interface Published {
  readonly id: string;
  readonly published: Instant;
}

/** The latest of some instants; undefined for none. */
export const latest = (instants: readonly Instant[]): Instant | undefined =>
  instants.reduce<Instant | undefined>(
    (last, next) => (last === undefined || next > last ? next : last),
    undefined,
  );

/** RFC 9110 §5.6.7 IMF-fixdate, also what RSS calls RFC 822: `Thu, 24 Oct 2024 11:30:00 GMT`. */
export const imfFixdate = (instant: Instant): string => new Date(instant).toUTCString();

/**
 * As people read it: `24 October 2024, 20:30 Korean Standard Time`, in a language (BCP 47) and a time zone
 * (IANA).
 */
export const humanTime = (instant: Instant, language: string, timeZone: string): string =>
  `${humanDate(instant, language, timeZone)}${COMMAS[language.split("-")[0] ?? ""] ?? ", "}${clock(instant, language, timeZone)}`;

// What separates day and time, in languages without the Latin comma.
const COMMAS: Readonly<Record<string, string>> = { ar: "، ", fa: "، ", ur: "، ", ja: " ", ko: " ", zh: " " };

// What a language calls a zone, the shortest first: `CET`, `Korean Standard Time`, `Morocco Time`.
const ZONE_NAMES = ["short", "long", "shortGeneric"] as const;

/**
 * The time with the zone's name. An offset like `GMT+9` is used only for a zone without a name, like
 * Etc/GMT-9.
 */
function clock(instant: Instant, language: string, timeZone: string): string {
  let withOffset = "";
  for (const timeZoneName of ZONE_NAMES) {
    const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone, timeZoneName } as const;
    const parts = new Intl.DateTimeFormat(locale(language), options).formatToParts(new Date(instant));
    const written = parts.map(({ value }) => value).join("");
    if (parts.some(({ type, value }) => type === "timeZoneName" && !/\p{Nd}/u.test(value))) return written;
    withOffset ||= written;
  }
  return withOffset;
}

/** The day alone: `24 October 2024`. */
export const humanDate = (instant: Instant, language: string, timeZone: string): string =>
  new Intl.DateTimeFormat(locale(language), { dateStyle: "long", timeZone }).format(new Date(instant));

/**
 * The language (BCP 47) in which dates can be written for readers of `language`: English where the runtime
 * knows no other.
 */
export const dateLanguage = (language: string): string =>
  Intl.DateTimeFormat.supportedLocalesOf(language)[0] ?? "en";

const LONGEST_DAY_MILLISECONDS = 25 * 3_600_000;

/** As lists show it: the day, or for what came out on the day of `now` the time of day: `Today 20:30`. */
export function humanAge(instant: Instant, now: Instant, language: string, timeZone: string): string {
  // A day has 25 hours at most, where clocks are put back. Asking for the day costs more than all the rest.
  const isNear = Math.abs(Date.parse(now) - Date.parse(instant)) <= LONGEST_DAY_MILLISECONDS;
  if (!isNear || dayIn(instant, timeZone) !== dayIn(now, timeZone)) {
    return humanDate(instant, language, timeZone);
  }
  const today = new Intl.RelativeTimeFormat(locale(language), { numeric: "auto" }).format(0, "day");
  const options = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
  const time = new Intl.DateTimeFormat(locale(language), options).format(new Date(instant));
  return `${today.charAt(0).toLocaleUpperCase(language)}${today.slice(1)} ${time}`;
}

/** The day with its weekday, as under a newspaper's name: `Thursday, 24 October 2024`. */
export const humanDay = (instant: Instant, language: string, timeZone: string): string =>
  new Intl.DateTimeFormat(locale(language), { dateStyle: "full", timeZone }).format(new Date(instant));

// Plain "en" means the American order; a wire that says nothing gets the international one.
// Extensions of a tag choose calendars and digits; the date that is meant is the Gregorian one.
const locale = (language: string): string =>
  language === "en" ? "en-GB" : new Intl.Locale(language).baseName;

/** Schema: an RFC 3339 date-time with zone, as an instant. */
export const instantField = z
  .string()
  .check(
    z.refine((value) => parseInstant(value) !== undefined, {
      error: t("must be a date and time with zone, like {example}", { example: "2024-10-24T20:30:00+09:00" }),
      params: { code: "invalid-date" satisfies ProblemCode },
    }),
    z.overwrite((value) => parseInstant(value) ?? value),
  )
  .brand<"Instant">();

const INSTANT = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;

/**
 * A text with each instant (`2026-11-30T08:36:00Z`) written in the time zone `timezone`; unchanged if that
 * isn't known.
 */
export const withLocalTimes = (text: string, timezone: string | undefined): string =>
  timezone === undefined
    ? text
    : text.replace(INSTANT, (written) => {
        const instant = parseInstant(written);
        return instant ? humanTime(instant, interfaceLanguage, timezone) : written;
      });
