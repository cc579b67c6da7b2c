// The lines of a text with what their shape says, and the result that every reader of single lines gives.

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

/** A set of the words in `list`, which are separated by white space. */
export const wordList = (list: string): ReadonlySet<string> => new Set(list.match(/\S+/g));
