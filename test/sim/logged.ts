// Reads the Worker's log: which subscribers were verified, and what the outside hub was told.

import type { Cloud } from "./cloud.ts";
import { HUB, pathOf } from "./site.ts";

/** A line about a document. `at`: milliseconds since 1970. */
interface LogLine {
  readonly at: number;
  readonly feed: string;
  readonly format: string;
  readonly host: string;
  readonly version?: number;
}

/** The newest version of a document that the outside hub was told of: milliseconds since 1970; 0 if none. */
export function hubToldOf(cloud: Cloud, path: string): number {
  const told = logged(cloud, "delivered").filter(
    ({ host, feed, format }) => host === new URL(HUB).host && pathOf(feed, format) === path,
  );
  return Math.max(0, ...told.map(({ version = 0 }) => version * 1000));
}

/** The time since which each subscriber is subscribed to each document: milliseconds since 1970. */
export function subscribedSince(cloud: Cloud): ReadonlyMap<string, number> {
  const since = new Map<string, number>();
  for (const { at, feed, format, host } of logged(cloud, "subscribed")) {
    const name = `${host} ${pathOf(feed, format)}`;
    // A document that was built during the verification may not be pushed to it.
    if (!since.has(name)) since.set(name, at + 10_000);
  }
  return since;
}

const logged = ({ logs }: Cloud, event: string): readonly LogLine[] =>
  logs.flatMap(({ at, line }) =>
    line.includes(`"event":"${event}"`) ? [{ ...(JSON.parse(line) as LogLine), at }] : [],
  );
