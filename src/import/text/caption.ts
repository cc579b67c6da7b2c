// The words under a picture, and whose picture it is.

import type { Recognised } from "./recognised.ts";

/** What a caption says; a line may be a credit alone. */
export interface Caption {
  readonly caption?: string;
  readonly credit?: string;
  readonly copyright?: string;
}

/** Reads a caption or a credit line; undefined for a line without any sign of one. */
export const readCaption = (_line: string): Recognised<Caption> | undefined => undefined;
