// How much room a headline takes: lists have little, and show the short one where there is one.

import type { Text } from "../lib/text.ts";

/** Letters that lists have room for, and Google too. A sign of Chinese, Japanese or Korean takes the room of two. */
const LETTERS = 110;

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;

/** After how many of its characters lists cut a headline off; undefined for one that they show whole. */
export function cutOffAfter(headline: string): number | undefined {
  let room = LETTERS;
  const characters = [...headline];
  const index = characters.findIndex((character) => {
    room -= WIDE.test(character) ? 2 : 1;
    return room < 0;
  });
  return index === -1 ? undefined : index;
}

/** The headline for a place with little room: the short one, where the newsroom wrote one. */
export const compactHeadline = (article: { readonly headline: Text; readonly shortHeadline?: Text }): Text =>
  article.shortHeadline ?? article.headline;
