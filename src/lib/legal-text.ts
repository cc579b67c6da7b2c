// Removes characters that XML 1.0 forbids, and those that reorder text. A file of its own, so that the CLI
// loads no schema.

// XML 1.0 §2.2 Char, less C1 controls and DEL, which it discourages. With the u flag \p{Cs} matches lone
// surrogates only.
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu;

/** Removes every character that XML 1.0 forbids, and makes every line end `\n`. */
export const legal = (value: string): string => value.replace(/\r\n?/g, "\n").replace(ILLEGAL, "");

const ORDER_CHARACTERS = /[\u202a-\u202e\u2066-\u2069]/;
const POP_ISOLATE = "\u2069";

/**
 * A text without embeddings and overrides (U+202A to U+202E), which Unicode advises against (UAX #9, 2.7),
 * and without isolates (U+2066 to U+2069) that aren't in pairs: a headline can't reorder the text beside it
 * in a feed, on a page or in a terminal.
 */
export function withoutReordering(value: string): string {
  if (!ORDER_CHARACTERS.test(value)) return value;
  const characters = [...value.replace(/[\u202a-\u202e]/g, "")];
  const open: number[] = [];
  const alone = new Set<number>();
  for (const [index, character] of characters.entries()) {
    if (/[\u2066-\u2068]/.test(character)) open.push(index);
    else if (character === POP_ISOLATE && open.pop() === undefined) alone.add(index);
  }
  for (const index of open) alone.add(index);
  return characters.filter((_, index) => !alone.has(index)).join("");
}
