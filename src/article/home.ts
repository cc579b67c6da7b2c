// An article's home: the place that its text is kept in and edited, and from which it is sent here.

import type { Instant } from "../lib/time.ts";

/** `git`: a folder that `wireroom publish` sends. `api`: anything else that calls the API, such as a CMS. */
export const HOMES = ["git", "api"] as const;

/** Where an article is kept. */
export type Home = (typeof HOMES)[number];

/** Where a stored article is kept, and who last changed it. Each is null for what was stored before this was noted. */
export interface Origin {
  readonly home: Home | null;
  /** The version that holds what git last sent; lower than the article's where somebody else has changed it since. */
  readonly gitVersion: number | null;
  /** When a PUT last changed it. */
  readonly sentAt: Instant | null;
  /** Who that was: the name that they gave, or else of the program that sent it. */
  readonly sentBy: string | null;
}

/** True for a home's name. */
export const isHome = (value: string): value is Home => HOMES.some((home) => home === value);

/** Who sent a version: `git` for what a content folder sent, else the name that was given; null where nobody knows. */
export const senderOfVersion = ({ gitVersion, sentBy }: Origin, version: number): string | null =>
  gitVersion === version ? "git" : sentBy;
