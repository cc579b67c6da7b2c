// Compares articles' texts by their letters and digits. Markup, spaces and punctuation may differ. Pure.

import type { ArticleInput } from "../article/article.ts";

type Text = Pick<ArticleInput, "headline" | "body">;

/** Two texts are one article's if they share at least this part of the shingles of both (Jaccard index). */
const MIN_SHARED = 0.5;
const SHINGLE_CHARACTERS = 8;
const COMPARED_CHARACTERS = 20_000;
/** Shorter texts show too little: they must be equal, and have the same headline. */
const SHORT_CHARACTERS = 40;

/** True for two states of one article. */
export function isSameText(a: Text, b: Text): boolean {
  const [one, other] = [lettersOf(a.body.html), lettersOf(b.body.html)];
  if (one.length < SHORT_CHARACTERS || other.length < SHORT_CHARACTERS)
    return one === other && a.headline === b.headline;
  const [left, right] = [one, other].map((letters) => shinglesOf(letters.slice(0, COMPARED_CHARACTERS)));
  if (!left || !right) return false;
  let shared = 0;
  for (const shingle of left) if (right.has(shingle)) shared++;
  return shared / (left.size + right.size - shared) >= MIN_SHARED;
}

/**
 * The letters and digits of an article's text, in lower case; undefined if it is too short to be compared.
 */
export function comparableText({ body }: Pick<Text, "body">): string | undefined {
  const letters = lettersOf(body.html);
  return letters.length < SHORT_CHARACTERS ? undefined : letters;
}

const lettersOf = (html: string): string =>
  html
    .replace(/<[^>]*>|&[#\w]+;/g, " ")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");

function shinglesOf(text: string): ReadonlySet<string> {
  const shingles = new Set<string>();
  for (let at = 0; at + SHINGLE_CHARACTERS <= text.length; at++)
    shingles.add(text.slice(at, at + SHINGLE_CHARACTERS));
  return shingles;
}
