// Times at the desk, as short as they can be. The zone stands once, at the foot of the page.

import { dayIn, type Instant } from "../lib/time.ts";
import { interfaceLanguage } from "../lib/translate.ts";

// British English has the day before the month.
const LOCALE = interfaceLanguage === "en" ? "en-GB" : interfaceLanguage;
const CLOCK = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;

/** For a sentence: `24 Oct, 14:05` of this year, `24 Oct 2024, 14:05` of another; by the clocks of `timeZone`. */
export const shortTime = (at: Instant, now: Instant, timeZone: string): string =>
  written(at, timeZone, { ...dateOf(at, now, timeZone), ...CLOCK });

/** For a list: `14:05` of today, `24 October` of this year, `24 October 2024` of another. */
export function shortDay(at: Instant, now: Instant, timeZone: string): string {
  const isToday = dayIn(at, timeZone) === dayIn(now, timeZone);
  return written(at, timeZone, isToday ? CLOCK : { ...dateOf(at, now, timeZone), month: "long" });
}

/** The name of a zone all year round: `Central European Time`. */
export const zoneName = (now: Instant, timeZone: string): string =>
  new Intl.DateTimeFormat(LOCALE, { timeZone, timeZoneName: "longGeneric" })
    .formatToParts(new Date(now))
    .find(({ type }) => type === "timeZoneName")?.value ?? timeZone;

function dateOf(at: Instant, now: Instant, timeZone: string): Intl.DateTimeFormatOptions {
  const yearOf = (instant: Instant) => dayIn(instant, timeZone).slice(0, 4);
  const isThisYear = yearOf(at) === yearOf(now);
  return { day: "numeric", month: "short", ...(isThisYear ? {} : { year: "numeric" }) };
}

const written = (at: Instant, timeZone: string, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(LOCALE, { ...options, timeZone }).format(new Date(at));
