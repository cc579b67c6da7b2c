// When a post was published and changed. WordPress writes each date twice, as the site's wall clock and in UTC: the
// difference is the site's offset then.

import { offsetText, parseInstant } from "../../lib/time.ts";
import { readDate } from "../dates.ts";
import type { SourceDate } from "../importer.ts";

type Fields = ReadonlyMap<string, string>;

/** When it was published; undefined for a draft, whose date is that of its last save. */
export function publishedOf(fields: Fields): SourceDate | undefined {
  const local = wallClock(fields.get("wp:post_date"));
  const utc = wallClock(fields.get("wp:post_date_gmt"));
  if (utc !== undefined) return withOffset(utc, local);
  if (NEVER_PUBLISHED.has(fields.get("wp:status") ?? "")) return undefined;
  if (local !== undefined) return { kind: "local", value: local };
  const date = fields.get("pubDate")?.trim();
  return date ? readDate(date) : undefined;
}

/** When it was changed after it was published. The saves of a post's first minute are no update. */
export function updatedOf(fields: Fields, published: SourceDate | undefined): SourceDate | undefined {
  const utc = wallClock(fields.get("wp:post_modified_gmt"));
  if (utc === undefined || published?.kind !== "instant") return undefined;
  const later = Date.parse(`${utc}Z`) - Date.parse(published.value);
  return later >= UPDATE_MS ? withOffset(utc, wallClock(fields.get("wp:post_modified"))) : undefined;
}

const NEVER_PUBLISHED: ReadonlySet<string> = new Set(["draft", "pending", "auto-draft"]);
const UPDATE_MS = 60_000;
const MINUTE_MS = 60_000;
const LARGEST_OFFSET_MINUTES = 14 * 60;
// Every offset in use is a multiple of it: another difference is a date that was changed by hand.
const OFFSET_STEP_MINUTES = 15;

/** `2026-01-12 18:04:00` as `2026-01-12T18:04:00`; undefined for zeros, which stand for no date. */
function wallClock(written: string | undefined): string | undefined {
  const wall = written?.trim().replace(" ", "T") ?? "";
  return parseInstant(`${wall}Z`) === undefined ? undefined : wall;
}

function withOffset(utc: string, local: string | undefined): SourceDate {
  const minutes = local === undefined ? 0 : (Date.parse(`${local}Z`) - Date.parse(`${utc}Z`)) / MINUTE_MS;
  const size = Math.abs(minutes);
  if (local === undefined || size > LARGEST_OFFSET_MINUTES || size % OFFSET_STEP_MINUTES !== 0)
    return { kind: "instant", value: `${utc}Z` };
  return { kind: "instant", value: local + offsetText(minutes) };
}
