// Suggests the nearest known name for an unknown one.

import { t } from "./translate.ts";

// A third of the letters may be wrong, but one always, and never more than this.
const MOST_EDITS = 3;

const PART_CHARACTERS = 3;

/** `; did you mean "x"?` with the one of `names` that is nearest to `wrong`; empty where none is near. */
export function didYouMean(wrong: string, names: Iterable<string>): string {
  const limit = Math.max(1, Math.min(MOST_EDITS, Math.floor(wrong.length / 3)));
  let best: { readonly name: string; readonly edits: number } | undefined;
  for (const name of names) {
    if (name === wrong || Math.abs(name.length - wrong.length) > (best?.edits ?? limit)) continue;
    const edits = distance(wrong.toLowerCase(), name.toLowerCase());
    if (edits <= limit && edits < (best?.edits ?? limit + 1)) best = { name, edits };
  }
  const [longer, ...others] = best ? [] : [...names].filter((name) => isPart(wrong, name));
  const meant = best?.name ?? (others.length === 0 ? longer : undefined);
  return meant === undefined ? "" : t("; did you mean {name}?", { name: JSON.stringify(meant) });
}

// `ada` of `ada-quill`, and the other way round; a letter or two are a part of too much.
const isPart = (wrong: string, name: string): boolean =>
  wrong !== name &&
  Math.min(wrong.length, name.length) >= PART_CHARACTERS &&
  (`-${name}-`.includes(`-${wrong}-`) || `-${wrong}-`.includes(`-${name}-`));

/**
 * How many letters must be put in, taken out, changed, or swapped with the next one (optimal string alignment
 * distance).
 */
function distance(a: string, b: string): number {
  let twoAbove: readonly number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i++) {
    const row = [i + 1];
    for (let j = 0; j < b.length; j++) {
      const swapped = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j];
      row.push(
        Math.min(
          at(above, j + 1) + 1,
          at(row, j) + 1,
          at(above, j) + (a[i] === b[j] ? 0 : 1),
          swapped ? at(twoAbove, j - 1) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    twoAbove = above;
    above = row;
  }
  return at(above, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? 0;
