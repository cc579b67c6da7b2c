// What to do about a date that came without its time or its zone: how the site's zone would make it whole. Pure.

import type { Problem } from "./problem.ts";
import { NOT_WHOLE, parseInstant } from "./time.ts";
import { inZone } from "./time-zone.ts";

const DAY_AND_TIME = /^(\d{4}-\d\d-\d\d)(?:[Tt ]+(\d\d?:\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/;

/**
 * A problem with the date that the site's zone (IANA) would make of what was written, where it is about a date and that is a day,
 * with or without a time.
 */
export function withDateHint(problem: Problem, written: unknown, timezone: string): Problem {
  if (problem.message !== NOT_WHOLE || typeof written !== "string") return problem;
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
