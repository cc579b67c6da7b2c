// What is known of one article from outside: the texts that were sent, those that were acknowledged, and what was asked to
// go out. From this follows what the desk must have in the end.

import type { Word } from "./newsroom.ts";

/** Somebody who writes. */
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
  /** Texts that may be out, and how many acts could have put each out that were not undone. */
  readonly mayBeOut: Map<Word, number>;
  /** The text that an undo would keep back; undefined where that isn't known. */
  pending: Word | undefined;
  /** Corrections that were accepted, and neither undone nor kept back by a withdrawal; and when: milliseconds since 1970. */
  readonly corrections: Map<Word, number>;
}

/** An article that nobody has begun. */
export const piece = (slug: string): Piece => ({
  slug,
  acknowledged: new Map(),
  known: {},
  mayBeOut: new Map(),
  pending: undefined,
  corrections: new Map(),
});

/** Notes that an act may put a text out, or with -1 that it was undone. */
export function mayPutOut(one: Piece, word: Word, change: 1 | -1): void {
  one.mayBeOut.set(word, (one.mayBeOut.get(word) ?? 0) + change);
}

/** Notes that a revision was acknowledged. @throws Error, where another text was acknowledged as that revision */
export function acknowledge(one: Piece, revision: number, word: Word, by: string): void {
  const before = one.acknowledged.get(revision);
  if (before && before.word !== word)
    throw new Error(`${one.slug}: revision ${revision} was acknowledged to ${before.by} and to ${by}`);
  one.acknowledged.set(revision, { word, by });
}
