// The headline: a short line without a full stop, above the byline, the date or the first paragraph. Where none of the
// lines has enough of a headline, there is none.

import { isA, isOpen, LIKELY, neighbour, type Piece, weightOf } from "./line-readings.ts";
import { SURE } from "./text-lines.ts";

const LENGTH_LIMIT = 250;
/** Signals that a headline needs, in sum. */
const LEAST_SCORE = 2;
/** How far a byline may stand behind its headline: boilerplate, a picture. */
const REACH = 8;

/** Finds the headline and takes every line that repeats it. */
export function takeHeadline(pieces: readonly Piece[]): Piece | undefined {
  const end = headEnd(pieces);
  if (end === 0) return undefined;
  const counts = new Map<string, number>();
  for (const { text } of pieces)
    for (const key of titlesOf(text)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const [best] = pieces
    .slice(0, end)
    .filter(mayBe)
    .map((piece) => ({ piece, ...score(pieces, piece, (counts.get(fold(piece.text)) ?? 0) > 1) }))
    .toSorted((a, b) => b.points - a.points);
  if (best === undefined || best.points < LEAST_SCORE) return undefined;
  const { piece, why } = best;
  piece.verdict = { part: "headline", why: `a short line without a full stop at the top; ${why}` };
  const key = fold(piece.text);
  for (const other of pieces) {
    if (other === piece || !titlesOf(other.text).includes(key)) continue;
    const same = fold(other.text) === key;
    other.verdict = same
      ? { part: "headline", why: "repeats the headline" }
      : { part: "boilerplate", why: "the page's title: the headline, and the site's name behind it" };
  }
  return piece;
}

/** True for a line that says who wrote it or when, as it stands under a headline; `name` lets a name alone count. */
export const isMark = (piece: Piece | undefined, name = false): boolean =>
  piece !== undefined &&
  (weightOf(piece.date) >= LIKELY ||
    (weightOf(piece.byline) >= (name ? 0.3 : LIKELY) &&
      !piece.byline?.value.bylines.some(({ role }) => role !== undefined && role !== "author")));

/** The first line that is no longer above the article: its first paragraph, or the mark behind a dek. */
function headEnd(pieces: readonly Piece[]): number {
  const first = pieces.findIndex(
    (piece) => piece.prose && isOpen(piece) && !isPicture(piece) && !isMark(piece),
  );
  const top = pieces.findIndex((piece) => isMark(piece));
  if (first < 0) return top < 0 ? 0 : top + 1;
  const between =
    top < first ? 0 : pieces.slice(first, top).filter((piece) => piece.prose && isOpen(piece)).length;
  const late = top > first && between <= 2 && pieces[first]?.dateline === undefined;
  return late && pieces.slice(top).some((piece) => piece.prose && isOpen(piece)) ? top : first;
}

const isSigned = (piece: Piece): boolean => isMark(piece) && weightOf(piece.byline) >= SURE;

const isPicture = (piece: Piece): boolean => weightOf(piece.caption) >= LIKELY || piece.counted !== undefined;

const mayBe = (piece: Piece): boolean =>
  (isOpen(piece) || weightOf(piece.boilerplate) <= 0.85) &&
  !piece.stop &&
  !/[:,;]$/.test(piece.text) &&
  /\p{L}/u.test(piece.text) &&
  piece.text.length <= LENGTH_LIMIT &&
  !isMark(piece) &&
  weightOf(piece.byline) < SURE &&
  !isPicture(piece);

function score(pieces: readonly Piece[], piece: Piece, repeated: boolean): { points: number; why: string } {
  const { words, at } = piece;
  const after = marksAfter(pieces, piece);
  const inRow = isNavigation(pieces[at + 1]) || (!after && isNavigation(pieces[at - 1]));
  const listed = !isMark(pieces[at + 1]) && isListed(pieces, at);
  const signals: readonly (readonly [boolean, number, string])[] = [
    [after, 3, "a byline or date follows"],
    [repeated, 2, "the page says it twice"],
    [words >= 5 && words <= 13, 2, `${words} words`],
    [words > 13, 1, `${words} words`],
    [words === 3 || words === 4, 1, `${words} words`],
    [pieces[at + 1]?.prose === true && isOpen(pieces[at + 1]), 1, "a paragraph follows"],
    [weightOf(piece.boilerplate) > 0.3, -2, "may be boilerplate"],
    [words <= 3 && inRow, -2, "stands in a row of short lines"],
    [words === 1, -2, "one word"],
    [listed, -3, "stands in a list of other articles"],
    [pieces.slice(Math.max(0, at - 3), at).some(isSigned), -4, "stands under a byline"],
    [describesNext(pieces, piece), -3, "describes the picture whose caption follows"],
  ];
  const found = signals.filter(([is]) => is);
  return {
    points: found.reduce((sum, [, points]) => sum + points, 0),
    why: found
      .filter(([, points]) => points > 0)
      .map(([, , why]) => why)
      .join(", "),
  };
}

/** A byline or a date follows, behind a dek, boilerplate and a picture at most. */
function marksAfter(pieces: readonly Piece[], { at, words }: Piece): boolean {
  let others = 0;
  for (const piece of pieces.slice(at + 1, at + 1 + REACH)) {
    if (isMark(piece, words >= 4)) return true;
    if (isA(piece, "boilerplate") || isPicture(piece)) continue;
    others += 1;
    if (others > 1 || piece.dateline !== undefined) return false;
  }
  return false;
}

/** The heading of a list stands above, with nothing but short lines between. */
function isListed(pieces: readonly Piece[], at: number): boolean {
  const heading = neighbour(pieces, at, -1, (piece) => isOpen(piece) && !piece.stop && at - piece.at < REACH);
  return (
    heading?.boilerplate?.value === "list" && isA(heading, "boilerplate") && !heading.text.includes(": ")
  );
}

const isNavigation = (piece: Piece | undefined): boolean =>
  piece !== undefined &&
  piece.words <= 3 &&
  !piece.stop &&
  (isA(piece, "boilerplate") || weightOf(piece.boilerplate) > 0);

const ARTICLE = /^(?:an?|une?|eine?|una|uno|um|uma|een|two|three|deux|zwei|dos) /i;

const describesNext = (pieces: readonly Piece[], { text, at }: Piece): boolean =>
  ARTICLE.test(text) && pieces[at + 1]?.caption?.value.caption !== undefined;

const fold = (text: string): string => text.slice(0, LENGTH_LIMIT * 2).toLowerCase();

/** A line, and what of it stands before a site's name. */
function titlesOf(text: string): readonly string[] {
  if (text.length > LENGTH_LIMIT) return [];
  const folded = fold(text);
  const bar = Math.max(...[" | ", " - ", " – ", " — ", " · "].map((sign) => folded.lastIndexOf(sign)));
  return bar > 0 ? [folded, folded.slice(0, bar).trim()] : [folded];
}
