// The place, agency and day before an article's first words.

import type { Recognised } from "./recognised.ts";

/** A dateline, and the paragraph without it. */
export interface Dateline {
  readonly dateline: string;
  /** `AP`, `Reuters`. */
  readonly agency?: string;
  /** As written: `Oct 9`. */
  readonly day?: string;
  readonly rest: string;
}

/** Reads the dateline that a paragraph starts with; undefined where there is none. */
export const readDateline = (_paragraph: string): Recognised<Dateline> | undefined => undefined;
