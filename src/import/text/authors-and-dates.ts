// Who wrote an article and when, wherever the page says it.

import type { Role } from "../../article/byline.ts";
import type { ImportedByline, SourceDate } from "../importer.ts";
import { readBio } from "./author-bio.ts";
import { readByline } from "./byline.ts";
import { isA, isOpen, LIKELY, neighbour, type Piece, take, weightOf } from "./line-readings.ts";
import { SURE } from "./text-lines.ts";

/** Where the article's own paragraphs start and end. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** The paragraphs: from the first open line of running text to the last that ends as a sentence. */
export function spanOf(pieces: readonly Piece[], headline: Piece | undefined): Span {
  const below = (piece: Piece) => isOpen(piece) && piece.at > (headline?.at ?? -1);
  const first = pieces.findIndex((piece) => piece.prose && below(piece));
  return first < 0
    ? { first: pieces.length, last: pieces.length }
    : { first, last: pieces.findLastIndex((piece) => (piece.prose || piece.stop) && below(piece)) };
}

/** Who wrote it, and the agency whose name stands alone above the article. */
export interface Signed {
  readonly bylines: readonly ImportedByline[];
  readonly agency?: string;
}

/** Takes bylines. A name alone counts under the headline, or as a signature under the last paragraph. */
export function takeBylines(pieces: readonly Piece[], headline: Piece | undefined): Signed {
  const span = spanOf(pieces, headline);
  const bylines: ImportedByline[] = [];
  let agency: string | undefined;
  for (const piece of pieces) {
    const { byline, at } = piece;
    if (
      byline === undefined &&
      isOpen(piece) &&
      at < span.first &&
      piece.caption?.value.credit === piece.text
    ) {
      take(piece, "byline", "an agency's name alone, above the first paragraph");
      agency ??= piece.text;
    }
    if (byline === undefined || !isOpen(piece)) continue;
    const where = placeOf(pieces, piece, span, headline);
    const least = where === undefined ? SURE : where === "here" || bylines.length > 0 ? LIKELY : 0.3;
    if (byline.weight < least) continue;
    take(piece, "byline", [byline.why, byline.weight < SURE && where].filter(Boolean).join("; "));
    const paper = at < span.first ? paperAfter(pieces, piece) : undefined;
    for (const one of byline.value.bylines) {
      const more = { ...one, ...(paper && !one.affiliation && { affiliation: paper }) };
      const known = bylines.findIndex(
        ({ name, role }) => name === one.name && isAuthor(role) === isAuthor(one.role),
      );
      // "Reporting by" says more of somebody than "By".
      if (known < 0) bylines.push(more);
      else bylines[known] = { ...bylines[known], ...more };
    }
  }
  return { bylines, ...(agency !== undefined && { agency }) };
}

/** Where a line stands, if that says that it may be a byline; "here" if a name alone says too little there. */
function placeOf(
  pieces: readonly Piece[],
  { at }: Piece,
  span: Span,
  headline: Piece | undefined,
): string | undefined {
  const before = neighbour(
    pieces,
    at,
    -1,
    (piece) => isA(piece, "boilerplate", "caption", "credit", "alt") || weightOf(piece.date) >= LIKELY,
  );
  const after = neighbour(pieces, at, 1, (piece) => isA(piece, "boilerplate"));
  if (at < span.first || (headline && at > headline.at && isNear(pieces, headline.at, at))) {
    if (headline && (isA(before, "headline", "byline") || before?.at === headline.at + 1))
      return "stands under the headline";
    if (weightOf(after?.date) >= LIKELY || isA(after, "date")) return "a date follows";
    return "here";
  }
  return at > span.last && before?.at === span.last ? "stands under the last paragraph" : undefined;
}

/** No more than a dek between. */
const isNear = (pieces: readonly Piece[], from: number, to: number): boolean =>
  to - from < 12 && pieces.slice(from + 1, to).filter((piece) => piece.prose && isOpen(piece)).length <= 1;

/** The paper's name or the job in the line under a name. */
function paperAfter(pieces: readonly Piece[], { at, byline }: Piece): string | undefined {
  const [one, ...others] = byline?.value.bylines ?? [];
  const next = pieces[at + 1];
  if (one === undefined || others.length > 0 || one.affiliation || !isOpen(next)) return undefined;
  if (next.prose || next.stop || next.words > 6 || next.date || next.caption || next.boilerplate)
    return undefined;
  const read = readByline(`By ${one.name}, ${next.text}`)?.value.bylines[0]?.affiliation;
  const alone = weightOf(byline) <= 0.4 && next.byline === undefined && isTitle(next.text);
  if (read === undefined && !alone) return undefined;
  take(next, "byline", "stands under a name: the paper's name or a job");
  return next.text;
}

const isTitle = (text: string): boolean =>
  text
    .split(/\s+/)
    .every(
      (word) =>
        /^\p{Lu}/u.test(word) || /^(?:of|and|the|for|de|la|le|du|der|die|das|und|et|y|del)$/.test(word),
    );

/** Dates as the page gives them; what says at least a day goes first. */
export interface Dates {
  readonly published?: SourceDate;
  readonly updated?: SourceDate;
}

/** Takes lines of dates. One above the headline may be the day on which the page was saved. */
export function takeDates(pieces: readonly Piece[], headline: Piece | undefined): Dates {
  const span = spanOf(pieces, headline);
  const found: Dates[] = [];
  const dated = (piece: Piece) => headline && piece.at > headline.at && weightOf(piece.date) >= LIKELY;
  const below = pieces.slice(0, span.first).some(dated);
  for (const piece of pieces) {
    const { date, at } = piece;
    if (date === undefined || !(isOpen(piece) || isA(piece, "byline"))) continue;
    const placed =
      at < span.first || at > span.last || (headline && at > headline.at && isNear(pieces, headline.at, at));
    if (date.weight < (placed ? LIKELY : SURE)) continue;
    if (headline && at < headline.at - (below ? 0 : 1) && !date.value.updated) {
      take(piece, "boilerplate", "a date above the headline: the site's, not the article's");
      continue;
    }
    if (isA(piece, "byline"))
      piece.verdict = { part: "byline", why: `${piece.verdict?.why}; and ${date.why}` };
    take(piece, "date", date.why);
    found.push(date.value);
  }
  const best = (key: keyof Dates) => {
    const dates = found.flatMap((dates) => dates[key] ?? []);
    return dates.find(({ kind }) => kind !== "unclear") ?? dates[0];
  };
  const [published, updated] = [best("published"), best("updated")];
  return { ...(published && { published }), ...(updated && { updated }) };
}

/** Up to so many paragraphs at the end may tell of authors. */
const BIOS = 5;

/** Takes the paragraphs at the end that tell of the authors; without a byline they name the author. */
export function takeBios(
  pieces: readonly Piece[],
  bylines: readonly ImportedByline[],
): readonly ImportedByline[] {
  const authors = bylines.filter((one) => isAuthor(one.role));
  const names = authors.map(({ name }) => name);
  const bios = new Map<string, string>();
  const open = pieces.filter((piece) => isOpen(piece));
  for (const piece of open.slice(1).slice(-BIOS).toReversed()) {
    const bio = readBio(piece.text, names);
    if (bio === undefined || bio.weight < LIKELY) {
      if (piece.prose) break;
      continue;
    }
    take(piece, "bio", `${bio.why}; stands at the end`);
    const later = bios.get(bio.value.name);
    bios.set(bio.value.name, later === undefined ? piece.text : `${piece.text} ${later}`);
  }
  const known = bylines.map((one) => {
    const bio = isAuthor(one.role) ? bios.get(one.name) : undefined;
    return bio === undefined ? one : { ...one, bio };
  });
  const made =
    names.length > 0
      ? []
      : [...bios].reverse().map(([name, bio]) => ({ name, role: "author" as const, bio }));
  return [...known, ...made];
}

const CREDITED: ReadonlySet<Role> = new Set(["editor", "photographer", "illustrator", "translator"]);

/** True for a role whose name stands in the byline; without a role it is the author's. */
export const isAuthor = (role: Role | undefined): boolean => role === undefined || !CREDITED.has(role);
