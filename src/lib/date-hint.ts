// The instant that was meant by a date without a time or a zone, in the site's time zone. Pure.

import type { Problem } from "./problem.ts";
import { parseInstant } from "./time.ts";
import { inZone } from "./time-zone.ts";

const DAY_AND_TIME = /^(\d{4}-\d\d-\d\d)(?:[Tt ]+(\d\d?:\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/;

/**
 * A problem about a date, its message extended by the instant that `written` means in the site's time zone (IANA). Unchanged if
 * `written` is no day, with or without a time.
 */
export function withDateHint(problem: Problem, written: unknown, timezone: string): Problem {
  if (problem.code !== "invalid-date" || typeof written !== "string") return problem;
  const [, day, time, second = "00"] = DAY_AND_TIME.exec(written.trim()) ?? [];
  if (day === undefined) return problem;
  const wall = `${day}T${(time ?? "0:00").padStart(5, "0")}:${second}`;
  // There may be no such day or hour.
  if (parseInstant(`${wall}Z`) === undefined) return problem;
  const meant = inZone(wall, timezone);
  const way =
    time === undefined
      ? `; the start of that day by the clocks of ${timezone} (site.yaml) is ${meant}`
      : `; by the clocks of ${timezone} (site.yaml) it is ${meant}`;
  return { ...problem, message: problem.message + way };
}
