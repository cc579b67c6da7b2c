// Wall clocks in time zones. Nothing is imported, since the desk's editor uses this in browsers.

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/**
 * A wall clock (`2026-01-12T18:04:00`) in an IANA zone as RFC 3339 with that zone's offset then. A clock that
 * was skipped moves on by the gap, one that came twice is the earlier (`compatible` in Temporal) unless the later
 * is asked for. Throws RangeError for an unknown zone and for what is no wall clock.
 */
export function inZone(local: string, timeZone: string, twice: "earlier" | "later" = "earlier"): string {
  const format = new Intl.DateTimeFormat("en", { timeZone, timeZoneName: "longOffset" });
  const wall = Date.parse(`${local}Z`);
  // No zone is a day or more from UTC, so these two are the offsets before and after any change near this
  // clock.
  const before = offsetAt(format, wall - DAY_MS);
  const after = offsetAt(format, wall + DAY_MS);
  const offsets = twice === "earlier" ? [before, after] : [after, before];
  const offset = offsets.find((offset) => offsetAt(format, wall - offset) === offset);
  return offset === undefined ? withOffset(wall + after - before, after) : withOffset(wall, offset);
}

/** A zone's offset at an instant, in milliseconds. */
function offsetAt(format: Intl.DateTimeFormat, instant: number): number {
  const name = format.formatToParts(instant).find((part) => part.type === "timeZoneName")?.value ?? "";
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /([+-])(\d+):(\d+)(?::(\d+))?/.exec(name) ?? [];
  return (sign === "-" ? -1 : 1) * Date.UTC(1970, 0, 1, Number(hours), Number(minutes), Number(seconds));
}

/** RFC 3339 knows no seconds in an offset, as zones had them before clocks were set by law. */
function withOffset(wall: number, offset: number): string {
  const minutes = Math.sign(offset) * Math.round(Math.abs(offset) / MINUTE_MS);
  return `${new Date(wall).toISOString().slice(0, 19)}${offsetText(minutes)}`;
}

/** Minutes east of UTC as RFC 3339 writes them: `+09:00`, `Z`. */
export function offsetText(minutes: number): string {
  if (minutes === 0) return "Z";
  const part = (value: number) => String(Math.trunc(value)).padStart(2, "0");
  const size = Math.abs(minutes);
  return `${minutes < 0 ? "-" : "+"}${part(size / 60)}:${part(size % 60)}`;
}
