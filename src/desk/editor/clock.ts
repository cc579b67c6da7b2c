// The time on the server. The clock of this computer may be wrong, or be set while the page is open.

/** The server's time, in milliseconds since 1970. */
export type Clock = () => number;

/** A clock that goes on from `now`, the time on the server when it made this page. */
export function serverClock(now: string | undefined): Clock {
  const made = Date.parse(now ?? "");
  if (Number.isNaN(made)) return Date.now;
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  const arrived = navigation?.responseStart ?? performance.now();
  return () => made + performance.now() - arrived;
}
