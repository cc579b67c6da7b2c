// What the readers of single lines answer; `text.ts` weighs their answers against each other and against where a line stands.

/** From this weight on, a line's words are enough wherever it stands. */
export const SURE = 0.8;

/** What a line or paragraph was taken for. */
export interface Recognised<T> {
  readonly value: T;
  /** How sure the words alone make it: 0 to 1. */
  readonly weight: number;
  /** The signals, for people: `starts with "By" and a name`. */
  readonly why: string;
}
