// The paragraph at an article's end that tells of its author.

import type { Recognised } from "./recognised.ts";

/** Whom a bio is about; `text` is all of it. */
export interface Bio {
  readonly name: string;
  readonly text: string;
}

/** Reads a bio. `names` are those of the bylines; without any, the bio itself names the author. */
export const readBio = (_paragraph: string, _names: readonly string[]): Recognised<Bio> | undefined =>
  undefined;
