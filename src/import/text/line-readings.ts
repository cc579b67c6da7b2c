// A saved page while it is being read: each line with what its words alone say, and, once decided, what it
// was taken for.

import { type Caption, readCaption } from "./caption.ts";
import { type Dateline, readDateline } from "./dateline.ts";
import type { BoilerplateKind } from "./languages/language-words.ts";
import { type Counted, readBoilerplate, readCounter } from "./line-boilerplate.ts";
import { type DateLine, readDateLine } from "./publication-date.ts";
import { type BylineLine, readByline } from "./read-byline.ts";
import { type Line, linesOf, type Reading } from "./text-lines.ts";

/** Longer lines are always running text. UTF-16 code units. */
const LINE_LIMIT = 2_000;

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
export interface ReadLine extends Line {
  readonly at: number;
  readonly boilerplate: Reading<BoilerplateKind> | undefined;
  readonly byline: Reading<BylineLine> | undefined;
  readonly date: Reading<DateLine> | undefined;
  readonly caption: Reading<Caption> | undefined;
  readonly dateline: Reading<Dateline> | undefined;
  readonly counted: Counted | undefined;
  /** What it was taken for, and why; missing while nothing is decided. */
  verdict?: Verdict;
}

interface Verdict {
  readonly part: Part;
  readonly why: string;
}

/** A line that nothing was decided about yet. */
interface Open extends ReadLine {
  verdict?: never;
}

/** A line that was taken for something. */
interface Taken extends ReadLine {
  verdict: Verdict;
}

/** Reads each line on its own. `language` decides about dates. */
export function readLines(content: string, language: string): ReadLine[] {
  return linesOf(content).map((line, at) => {
    const { text } = line;
    if (text.length > LINE_LIMIT) return { ...line, at, ...UNREAD, dateline: readDateline(text) };
    const counted = readCounter(text);
    return {
      ...line,
      at,
      boilerplate: readBoilerplate(text),
      byline: readByline(text),
      // Date parsing is slow; skip lines without digits.
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

/** Decides what a line is, unless that was decided before. */
export function take(line: ReadLine | undefined, part: Part, why: string): void {
  if (line !== undefined) line.verdict ??= { part, why };
}

/** True while nothing is decided about a line. */
export const isOpen = (line: ReadLine | undefined): line is Open =>
  line !== undefined && line.verdict === undefined;

/** True for a line that was taken for one of `parts`. */
export const isA = (line: ReadLine | undefined, ...parts: readonly Part[]): line is Taken =>
  line?.verdict !== undefined && parts.includes(line.verdict.part);

/** The confidence of a reading; 0 without one. */
export const confidenceOf = (reading: Reading<unknown> | undefined): number => reading?.confidence ?? 0;

/** Lines farther away are not looked at, so that the time grows in proportion to the page. */
const NEIGHBOUR_REACH = 60;

/** The next line before (-1) or after (1) a line that `skip` doesn't skip. */
export function neighbour(
  lines: readonly ReadLine[],
  at: number,
  step: -1 | 1,
  skip: (line: ReadLine) => boolean = () => false,
): ReadLine | undefined {
  for (let found = at + step; Math.abs(found - at) <= NEIGHBOUR_REACH; found += step) {
    const line = lines[found];
    if (line === undefined || !skip(line)) return line;
  }
  return undefined;
}
