// Whether two pieces of text say the same: by their letters and digits alone.

/** Letters and digits alone: descriptions are cut short, and quotation marks differ. */
export const bare = (words: string): string => words.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");

// A caption or a heading may stand before the paragraph that a description repeats.
const OPENING_CHARACTERS = 1500;
const SHORTEST_REPEATED_CHARACTERS = 25;

/** True for words that start a text, or are a sentence near its start. */
export function isOpening(words: string, text: string): boolean {
  const [repeated, start] = [bare(words), bare(text)];
  return (
    start.startsWith(repeated) ||
    (repeated.length >= SHORTEST_REPEATED_CHARACTERS && start.slice(0, OPENING_CHARACTERS).includes(repeated))
  );
}
