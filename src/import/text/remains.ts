// What is left when headline, bylines, dates, pictures and sure boilerplate are known: a dek, weaker boilerplate, the body.

import { spanOf } from "./credits.ts";
import { isA, isOpen, LIKELY, neighbour, type Piece, take, weightOf } from "./page.ts";

const DEK_LENGTH = 450;

/** Takes the line between the headline and the byline or date, or a second line without a full stop. */
export function takeDek(pieces: readonly Piece[], headline: Piece | undefined): string | undefined {
  if (headline === undefined) return undefined;
  const aside = (piece: Piece) => isA(piece, "boilerplate", "caption", "credit", "alt", "headline");
  const dek = neighbour(pieces, headline.at, 1, aside);
  if (!isOpen(dek) || dek.text.length > DEK_LENGTH || dek.dateline || weightOf(dek.boilerplate) >= LIKELY)
    return undefined;
  const next = neighbour(pieces, dek.at, 1, aside);
  const marked =
    isA(next, "byline", "date") && pieces.some((piece) => piece.at > next.at && piece.prose && isOpen(piece));
  const second = !dek.stop && dek.words >= 5 && isOpen(next) && next.prose && pieces[headline.at + 1] === dek;
  if (!marked && !second) return undefined;
  take(
    dek,
    "dek",
    marked
      ? "stands between the headline and the byline or date"
      : "a second line without a full stop under the headline",
  );
  return dek.text;
}

/** Takes what is boilerplate by where it stands: above the headline, before the first paragraph, after the last. */
export function takePlaced(pieces: readonly Piece[], headline: Piece | undefined): void {
  const { first, last } = spanOf(pieces, headline);
  const end = pieces.findIndex(
    (piece) => piece.at > last && ENDS.has(piece.boilerplate?.value ?? "") && isA(piece, "boilerplate"),
  );
  for (const piece of pieces) {
    if (!isOpen(piece) || piece.stop || piece.prose) continue;
    const why = placedWhy(pieces, piece, { headline: headline?.at ?? -1, first, last, end });
    if (why !== undefined) take(piece, "boilerplate", why);
  }
}

/** Behind these, no line of the article follows but sentences. */
const ENDS: ReadonlySet<string> = new Set([
  "list",
  "legal",
  "comments",
  "share",
  "newsletter",
  "navigation",
  "licence",
  "prompt",
  "cookies",
]);

interface Places {
  readonly headline: number;
  readonly first: number;
  readonly last: number;
  readonly end: number;
}

function placedWhy(
  pieces: readonly Piece[],
  piece: Piece,
  { headline, first, last, end }: Places,
): string | undefined {
  const { at, words, boilerplate } = piece;
  if (at < headline) return "a short line above the headline";
  const weak = boilerplate && boilerplate.weight >= 0.3 && words <= 12 ? boilerplate.why : undefined;
  if (first === pieces.length) return weak;
  if (at < first) {
    if (weak) return `${weak}; stands above the first paragraph`;
    const [before, after] = [pieces[at - 1], pieces[at + 1]];
    const beside = [before, after].filter((other) => isA(other, "boilerplate", "byline", "date")).length;
    if (words <= 3 && beside === 2) return "a short line among others of the site, above the first paragraph";
    return headline < 0 && words <= 2 ? "a word or two above the first paragraph" : undefined;
  }
  if (at > last) {
    if (weak) return `${weak}; stands under the last paragraph`;
    return end >= 0 && at > end ? "a short line among the site's, under the last paragraph" : undefined;
  }
  return weakRun(pieces, piece) ? `${boilerplate?.why}; another such line stands beside it` : undefined;
}

/** Two lines that are either boilerplate or a heading each: no article has two headings in a row. */
const weakRun = (pieces: readonly Piece[], piece: Piece): boolean =>
  weightOf(piece.boilerplate) >= LIKELY &&
  [pieces[piece.at - 1], pieces[piece.at + 1]].some(
    (other) =>
      other !== undefined &&
      !other.stop &&
      weightOf(other.boilerplate) >= LIKELY &&
      other.boilerplate?.value !== "advertisement",
  );

/** Takes all that is left as the body. */
export function takeBody(pieces: readonly Piece[]): void {
  for (const piece of pieces) {
    const heads = isOpen(pieces[piece.at + 1]) && pieces[piece.at + 1]?.prose;
    take(
      piece,
      "body",
      piece.prose
        ? "running text"
        : piece.stop
          ? "a short sentence"
          : heads
            ? "a short line before a paragraph: a heading"
            : "nothing says that it isn't the article's",
    );
  }
}
