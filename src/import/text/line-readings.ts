// A saved page while it is being read: each line with what its words alone say, and, once decided, what it was taken for.

import type { BoilerplateKind } from "./boilerplate/phrases.ts";
import { type BylineLine, readByline } from "./byline.ts";
import { type Caption, readCaption } from "./caption.ts";
import { type Dateline, readDateline } from "./dateline.ts";
import { type Counted, readBoilerplate, readCounter } from "./line-boilerplate.ts";
import { type DateLine, readDateLine } from "./publication-date.ts";
import { type Line, linesOf, type Recognised } from "./text-lines.ts";

/** Longer lines are running text, whatever their words say. */
const LINE_LIMIT = 2_000;

/** From this weight on, words are enough where such a line is expected. */
export const LIKELY = 0.5;

/** What a line was taken for. */
export type Part =
  | "headline"
  | "dek"
  | "byline"
  | "date"
  | "caption"
  | "credit"
  | "alt"
  | "body"
  | "bio"
  | "boilerplate";

/** One line. */
export interface Piece extends Line {
  readonly at: number;
  readonly boilerplate: Recognised<BoilerplateKind> | undefined;
  readonly byline: Recognised<BylineLine> | undefined;
  readonly date: Recognised<DateLine> | undefined;
  readonly caption: Recognised<Caption> | undefined;
  readonly dateline: Recognised<Dateline> | undefined;
  readonly counted: Counted | undefined;
  /** What it was taken for, and why; missing as long as that is open. */
  verdict?: Verdict;
}

interface Verdict {
  readonly part: Part;
  readonly why: string;
}

/** A line about which nothing was decided yet. */
interface Open extends Piece {
  verdict?: never;
}

/** A line that was taken for something. */
interface Taken extends Piece {
  verdict: Verdict;
}

/** Reads each line on its own. `language` decides about dates. */
export function piecesOf(content: string, language: string): Piece[] {
  return linesOf(content).map((line, at) => {
    const { text } = line;
    if (text.length > LINE_LIMIT) return { ...line, at, ...UNREAD, dateline: readDateline(text) };
    const counted = readCounter(text);
    return {
      ...line,
      at,
      boilerplate: readBoilerplate(text),
      byline: readByline(text),
      // Reading a date is dear, and none is without a digit.
      date: /\p{Nd}/u.test(text) ? readDateLine(text, language) : undefined,
      caption: readCaption(counted?.rest || text),
      dateline: readDateline(text),
      counted: counted?.rest ? counted : undefined,
    };
  });
}

const UNREAD = {
  boilerplate: undefined,
  byline: undefined,
  date: undefined,
  caption: undefined,
  counted: undefined,
};

/** Takes a line for a part, unless something was decided before. */
export function take(piece: Piece | undefined, part: Part, why: string): void {
  if (piece !== undefined) piece.verdict ??= { part, why };
}

/** True as long as nothing was decided about a line. */
export const isOpen = (piece: Piece | undefined): piece is Open =>
  piece !== undefined && piece.verdict === undefined;

/** True for a line that was taken for one of `parts`. */
export const isA = (piece: Piece | undefined, ...parts: readonly Part[]): piece is Taken =>
  piece?.verdict !== undefined && parts.includes(piece.verdict.part);

/** How sure the words of a line are of what it is; 0 without a reading. */
export const weightOf = (reading: Recognised<unknown> | undefined): number => reading?.weight ?? 0;

/** Farther away no line tells anything; so a page of any length takes time in proportion. */
const NEIGHBOUR_REACH = 60;

/** The next line before (-1) or after (1) a line that `skip` doesn't skip. */
export function neighbour(
  pieces: readonly Piece[],
  at: number,
  step: -1 | 1,
  skip: (piece: Piece) => boolean = () => false,
): Piece | undefined {
  for (let found = at + step; Math.abs(found - at) <= NEIGHBOUR_REACH; found += step) {
    const piece = pieces[found];
    if (piece === undefined || !skip(piece)) return piece;
  }
  return undefined;
}
