// Takes boilerplate out of a saved text: lines that their words give away, then blocks of several lines (a heading
// with headlines of other articles, a newsletter's heading, pitch and button), then what stands where only
// boilerplate stands.

import { spanOf } from "./authors-and-dates.ts";
import type { BoilerplateKind } from "./boilerplate/phrases.ts";
import { isA, isOpen, LIKELY, type Piece, take, weightOf } from "./line-readings.ts";
import { SURE, startsWithQuote } from "./text-lines.ts";

const ITEM_LENGTH = 200;
/** What stands last before a paragraph and has at most this many words may be a heading of the article. */
const HEADING_WORDS = 4;
const PITCH_LENGTH = 120;
const BUTTON_WORDS = 4;

/** Takes what is boilerplate by its words alone. */
export function takeSure(pieces: readonly Piece[]): void {
  for (const piece of pieces) {
    const { boilerplate, byline, date, caption } = piece;
    const others = Math.max(weightOf(byline), weightOf(date), weightOf(caption));
    if (boilerplate && boilerplate.weight >= SURE && boilerplate.weight >= others)
      take(piece, "boilerplate", boilerplate.why);
  }
}

/** Takes the headings of lists and what stands under them. */
export function takeLists(pieces: readonly Piece[]): void {
  const start = pieces.findIndex((piece) => piece.prose && isOpen(piece));
  for (let at = 0; at < pieces.length; at++) {
    const heading = pieces[at];
    if (heading === undefined || !isHeading(heading)) continue;
    const items = itemsFrom(pieces, at + 1, start >= 0 && at > start);
    // "More from X" alone could be a heading of the article.
    if (isOpen(heading) && items.length < 2) continue;
    take(heading, "boilerplate", heading.boilerplate?.why ?? "");
    for (const item of items) take(item, "boilerplate", `a headline in the list under "${heading.text}"`);
    at += items.length;
  }
}

const isHeading = ({ boilerplate, verdict, text }: Piece): boolean =>
  boilerplate?.value === "list" &&
  (verdict === undefined ? boilerplate.weight >= LIKELY : verdict.part === "boilerplate") &&
  !/[:|–]\s*\p{L}/u.test(text);

/** The lines of a list. Bylines and dates belong to it only where the article's own have passed. */
function itemsFrom(pieces: readonly Piece[], from: number, begun: boolean): readonly Piece[] {
  const items: Piece[] = [];
  for (let at = from; at < pieces.length; at++) {
    const piece = pieces[at];
    if (piece === undefined || isHeading(piece) || isA(piece, "headline") || !isItem(piece, begun)) break;
    items.push(piece);
  }
  const last = items.at(-1);
  const next = pieces[from + items.length];
  const heads = begun && last && isOpen(last) && last.words <= HEADING_WORDS && next?.prose && isOpen(next);
  // A blank line behind it, and none before, ties it to the list.
  const tied = last && next && next.number - last.number > last.number - (items.at(-2)?.number ?? 0);
  return heads && !tied && items.length > 1 ? items.slice(0, -1) : items;
}

function isItem(piece: Piece, begun: boolean): boolean {
  if (
    piece.stop ||
    piece.prose ||
    piece.text.length > ITEM_LENGTH ||
    (startsWithQuote(piece.text) && piece.words > 12)
  )
    return false;
  const credits = piece.byline?.value.bylines.some(({ role }) => role !== undefined && role !== "author");
  if (credits) return false;
  return (
    begun ||
    (weightOf(piece.byline) < SURE && weightOf(piece.date) < LIKELY && weightOf(piece.caption) < SURE)
  );
}

const ASKING: ReadonlySet<BoilerplateKind | undefined> = new Set<BoilerplateKind>(["prompt", "newsletter"]);
const LEGAL: ReadonlySet<BoilerplateKind | undefined> = new Set<BoilerplateKind>([
  "legal",
  "licence",
  "cookies",
]);

/** Takes lines that are boilerplate since one beside them is of the same sort. */
export function takeBoxes(pieces: readonly Piece[]): void {
  for (const piece of pieces) takeBeside(piece, pieces[piece.at - 1]);
  for (const piece of pieces.toReversed()) takeBeside(piece, pieces[piece.at + 1]);
  for (const piece of pieces) {
    const [before, after] = [pieces[piece.at - 1], pieces[piece.at + 1]];
    if (!isOpen(piece) || !isPitch(piece) || !asks(after) || after.words > BUTTON_WORDS) continue;
    if (isOpen(before) && isBoxHeading(before)) take(before, "boilerplate", "heads a newsletter's box");
    else if (!asks(before)) continue;
    take(piece, "boilerplate", "stands between the heading and the button of a newsletter's box");
  }
}

function takeBeside(piece: Piece, beside: Piece | undefined): void {
  if (!isOpen(piece) || !isA(beside, "boilerplate")) return;
  const weight = weightOf(piece.boilerplate);
  const kind = piece.boilerplate?.value;
  const other = beside.boilerplate?.value;
  const same =
    (weight >= LIKELY && ASKING.has(kind) && ASKING.has(other)) ||
    (weight >= 0.4 && LEGAL.has(kind) && LEGAL.has(other)) ||
    (weight >= LIKELY &&
      !piece.stop &&
      other !== undefined &&
      other !== "advertisement" &&
      other !== "counter");
  if (same) take(piece, "boilerplate", `${piece.boilerplate?.why}; the line beside it is of the same sort`);
}

const asks = (piece: Piece | undefined): piece is Piece =>
  isA(piece, "boilerplate") && ASKING.has(piece.boilerplate?.value);

const isBoxHeading = ({ text, words, stop }: Piece): boolean =>
  words <= HEADING_WORDS + 2 &&
  !stop &&
  /newsletter|briefing|lettre d['’]info|bolet[íi]n|nieuwsbrief/i.test(text);

/** Speaks to readers of what they would get, quotes nobody, in one sentence. */
const isPitch = ({ text, boilerplate }: Piece): boolean =>
  text.length <= PITCH_LENGTH &&
  !/["“”«»„]/.test(text) &&
  !/[.!?] \p{Lu}.*[.!?] \p{Lu}/u.test(text) &&
  (weightOf(boilerplate) > 0 || PITCHED.test(text));

const PITCHED =
  /(?<!\p{L})(?:news|stories|headlines|daily|weekly|morning|inbox|your|you|actualité|infos|matin|chaque|votre|vos|nachrichten|täglich|wöchentlich|morgen|ihr|ihre|noticias|cada|mañana|tu|su)(?!\p{L})/iu;

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
