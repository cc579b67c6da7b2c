// Times as people read them who work on a site: by the clocks of its `timezone`.

import { humanTime, parseInstant } from "../lib/time.ts";

const UTC = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/g;

/** A text with each instant in it (`2026-11-30T08:36:00Z`) by the clocks of `timezone`; as it is where that isn't known. */
export const withLocalTimes = (line: string, timezone: string | undefined): string =>
  timezone === undefined
    ? line
    : line.replace(UTC, (written) => {
        const instant = parseInstant(written);
        return instant ? humanTime(instant, "en", timezone) : written;
      });
