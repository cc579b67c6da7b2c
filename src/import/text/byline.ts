// Lines that say who made an article.

import type { ImportedByline } from "../imported.ts";
import type { Recognised } from "./recognised.ts";

/** Who made it, and where they were, if the line says so. */
export interface BylineLine {
  readonly bylines: readonly ImportedByline[];
}

/** Reads a byline or a line of credits; undefined for anything else. */
export const readByline = (_line: string): Recognised<BylineLine> | undefined => undefined;
