// A time that somebody types: RFC 3339, a wall clock in the publication's time zone, or how far from now. Pure.

import { addSeconds, type Instant, inZone, parseInstant } from "../lib/time.ts";

const UNIT_SECONDS: Readonly<Record<string, number>> = { m: 60, h: 3600, d: 86_400, w: 604_800 };

const RELATIVE = /^([+-]\d{1,4})([mhdw])$/;
const CLOCK = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d)(?::(\d\d)(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/i;

/** A time, and how it was understood. */
export interface AtTime {
  readonly instant: Instant;
  /** True where it came without a zone, and so is one of the publication's. */
  readonly zoneless: boolean;
}

/**
 * Reads `2026-03-02T18:00:00+09:00`, `2026-03-02 18:00` or `2026-03-02` (midnight) by the clocks of `timeZone`, or `+2h`
 * and `-3d` from `now` (m, h, d, w). Undefined for anything else.
 */
export function readAtTime(value: string, now: Instant, timeZone: string): AtTime | undefined {
  const [, count, unit = ""] = RELATIVE.exec(value) ?? [];
  const seconds = UNIT_SECONDS[unit];
  if (seconds !== undefined) return { instant: addSeconds(now, Number(count) * seconds), zoneless: false };
  const [, date, time = "00:00", second = "00", zone] = CLOCK.exec(value) ?? [];
  const wall = `${date}T${time}:${second}`;
  // Is there such a day and hour at all?
  const inUtc = parseInstant(`${wall}${zone ?? "Z"}`);
  const instant = zone === undefined && inUtc ? parseInstant(inZone(wall, timeZone)) : inUtc;
  return instant && { instant, zoneless: zone === undefined };
}
