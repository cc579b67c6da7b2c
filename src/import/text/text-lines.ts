// The lines of a saved text: what their shape says, what readers of single lines find, and, once decided, what each
// was taken for.

import type { ImportedByline, SourceDate } from "../importer.ts";
import type { BoilerplateKind } from "./languages/language-words.ts";

/** A line that isn't empty. */
export interface Line {
  /** 1-based line of the source. */
  readonly number: number;
  /** Without the spaces round it. */
  readonly text: string;
  /** Number of words; estimated for scripts without spaces. */
  readonly words: number;
  /** It ends as a sentence does. */
  readonly stop: boolean;
  /** It can only be running text. */
  readonly prose: boolean;
}

/** Words are counted in this many characters of a line. */
const LOOKED_AT = 2_000;
const PROSE_LENGTH = 180;
const PROSE_WORDS = 5;

/** The lines of a text that aren't empty, whatever ends them. */
export function linesOf(content: string): Line[] {
  return content
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, text: line.trim() }))
    .filter(({ text }) => text !== "")
    .map(({ number, text }) => {
      const words = countWords(text);
      const stop = endsWithStop(text);
      const question = /[?!？！]["'”’»)\]]{0,3}$/.test(text.slice(-6));
      const prose =
        (stop && words >= PROSE_WORDS) || text.length >= PROSE_LENGTH || (question && text.length >= 100);
      return { number, text, words, stop, prose };
    });
}

/** True for a line that ends in a full stop, inside or outside of quotes; an initial's (`U.S.`) is none. */
export function endsWithStop(line: string): boolean {
  const end = line.slice(-8);
  return /[.…。।]["'”’»›“)\]\s]{0,4}$/u.test(end) && !/(?:^|[^\p{L}])\p{Lu}\.$/u.test(end);
}

/** True for a line that starts with a quote. */
export const startsWithQuote = (line: string): boolean => /^["'“„«‘‚»]/.test(line);

const countWords = (line: string): number => {
  const seen = line.slice(0, LOOKED_AT);
  const dense = seen.match(/[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]/gu)?.length ?? 0;
  return seen.split(/\s+/).length + Math.floor(dense / 2);
};

/** Enough confidence where a line of that kind is expected. */
export const LIKELY = 0.5;

/** Enough confidence wherever a line stands. */
export const SURE = 0.8;

/** What a line or paragraph was taken for. */
export interface Reading<T> {
  readonly value: T;
  /** How sure the words alone make it, 0 to 1. */
  readonly confidence: number;
  /** The signals, for people: `starts with "By" and a name`. */
  readonly why: string;
}

/** Who made it. Places are recognized too, so that none is taken for a name, and left out. */
export interface BylineLine {
  readonly bylines: readonly ImportedByline[];
  /** What else stands in the line: a date, a reading time, a city. */
  readonly rest?: readonly string[];
}

/** When it was published, when it changed. */
export interface DateLine {
  readonly published?: SourceDate;
  readonly updated?: SourceDate;
}

/** A caption with its credit and copyright; a line may be a credit alone. */
export interface Caption {
  readonly caption?: string;
  readonly credit?: string;
  readonly copyright?: string;
}

/** A dateline, and the paragraph without it. */
export interface Dateline {
  /** The place, as written. */
  readonly dateline: string;
  /** `AP`, `Reuters`. */
  readonly agency?: string;
  /** As written: `Oct 9`. */
  readonly day?: string;
  readonly rest: string;
}

/** A counter, and what follows it on its line. */
export interface Counted {
  readonly counter: string;
  readonly rest: string;
}

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

/** A line while the text is being read: what its words alone say. */
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

/**
 * True for a line that says who wrote it or when, as it stands under a headline; `name` lets a name alone
 * count.
 */
export const isMark = (line: ReadLine | undefined, name = false): boolean =>
  line !== undefined &&
  (confidenceOf(line.date) >= LIKELY ||
    (confidenceOf(line.byline) >= (name ? 0.3 : LIKELY) &&
      !line.byline?.value.bylines.some(({ role }) => role !== undefined && role !== "author")));
