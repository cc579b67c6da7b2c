// What a client knows of one article: the texts that were sent, those that were acknowledged, and those that were to be
// published. The check at the end compares the desk with this.

import type { Word } from "./newsroom.ts";

/** The two people who write. */
export const WRITERS = ["ann", "bob"] as const;
export type Writer = (typeof WRITERS)[number];

/** An article, and its story once it has one. */
export interface Piece {
  readonly slug: string;
  id?: string;
  /** Texts whose revisions were acknowledged. */
  readonly acknowledged: Map<number, { readonly word: Word; readonly by: string }>;
  /** The newest revision that each writer knows. */
  readonly known: Partial<Record<Writer, number | undefined>>;
  /** Texts that may be out, with the number of publications of each that weren't undone. */
  readonly mayBeOut: Map<Word, number>;
  /** The text whose publication an undo would cancel; undefined if unknown. */
  pending: Word | undefined;
  /** Accepted corrections that were neither undone nor withdrawn; by the time of acceptance, milliseconds since 1970. */
  readonly corrections: Map<Word, number>;
}

/** An article without a story. */
export const piece = (slug: string): Piece => ({
  slug,
  acknowledged: new Map(),
  known: {},
  mayBeOut: new Map(),
  pending: undefined,
  corrections: new Map(),
});

/** Records that an act may publish a text, or with -1 that this was undone. */
export function mayPutOut(one: Piece, word: Word, change: 1 | -1): void {
  one.mayBeOut.set(word, (one.mayBeOut.get(word) ?? 0) + change);
}

/** Records that a revision was acknowledged. @throws Error, if another text was acknowledged as that revision */
export function acknowledge(one: Piece, revision: number, word: Word, by: string): void {
  const before = one.acknowledged.get(revision);
  if (before && before.word !== word)
    throw new Error(`${one.slug}: revision ${revision} was acknowledged to ${before.by} and to ${by}`);
  one.acknowledged.set(revision, { word, by });
}
