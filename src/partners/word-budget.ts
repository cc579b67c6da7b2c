// How many words a partner who gets a part of a text may still have. Whatever can be seen counts: letters of any script,
// Braille, emoji, signs, and punctuation where there is much of it.

import { isVisible, legal, type Text, text } from "../lib/text.ts";

/** A longer run without a space counts as several words. */
const CHARACTERS_A_WORD = 20;
const SEGMENTS = new Intl.Segmenter("en", { granularity: "word" });

/** So many words, spent piece by piece. */
export class WordBudget {
  #left: number;
  #marks = 0;

  constructor(words: number) {
    this.#left = words;
  }

  /** How many words may follow. */
  get left(): number {
    return this.#left;
  }

  /** Spends the words of `piece`. Returns how many of its characters (UTF-16 code units) may stand; 0 to all. */
  take(piece: string): number {
    /** Characters of the run of signs that is being read: emoji and Braille are no words for `Intl`. */
    let run = 0;
    for (const { segment, index, isWordLike } of SEGMENTS.segment(piece)) {
      if (!isVisible(segment)) {
        run = 0;
        continue;
      }
      const before = isWordLike ? 0 : run;
      run = isWordLike || isPunctuation(segment) ? 0 : before + segment.length;
      const spent = isWordLike
        ? wordsIn(segment.length)
        : isPunctuation(segment)
          ? wordsIn(this.#marks + segment.length) - wordsIn(this.#marks)
          : wordsIn(run) - wordsIn(before);
      if (spent > this.#left) return index + (isWordLike ? this.#left * CHARACTERS_A_WORD : 0);
      if (!isWordLike && isPunctuation(segment)) this.#marks += segment.length;
      this.#left -= spent;
    }
    return piece.length;
  }

  /** As much of a text as may stand, with `…` where it was cut; "" for nothing. */
  start(whole: Text): Text {
    const fits = this.take(whole);
    if (fits === whole.length) return whole;
    return fits === 0 ? text("") : cutAt(whole, fits);
  }
}

/** The start of a text that goes on, with `…`; no half of a character. */
export const cutAt = (whole: string, end: number): Text => legal(`${whole.slice(0, end).trimEnd()}…`) as Text;

const wordsIn = (characters: number): number => Math.ceil(characters / CHARACTERS_A_WORD);

const isPunctuation = (segment: string): boolean => /^\p{P}+$/u.test(segment);
