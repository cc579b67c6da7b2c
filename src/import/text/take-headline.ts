// The headline: a short line without a full stop, above the byline, the date or the first paragraph. Where none of the
// lines has enough of a headline, there is none. And the standfirst under it.

import { anyOf } from "./languages/languages.ts";
import {
  confidenceOf,
  isA,
  isMark,
  isOpen,
  LIKELY,
  neighbour,
  type ReadLine,
  SURE,
  take,
} from "./text-lines.ts";

const LENGTH_LIMIT = 250;
/** Signals that a headline needs, in sum. */
const LEAST_SCORE = 2;
/** How far a byline may stand behind its headline: boilerplate, a picture. */
const REACH = 8;

/** Finds the headline and takes every line that repeats it. */
export function takeHeadline(lines: readonly ReadLine[]): ReadLine | undefined {
  const end = headEnd(lines);
  if (end === 0) return undefined;
  const counts = new Map<string, number>();
  for (const { text } of lines) for (const key of titlesOf(text)) counts.set(key, (counts.get(key) ?? 0) + 1);
  const candidates = lines.slice(0, end).filter(mayBe);
  // A byline may stand above the headline, with nothing above it.
  const isSigned = (line: ReadLine) =>
    line.at > (candidates[0]?.at ?? 0) && isMark(line) && confidenceOf(line.byline) >= SURE;
  const [best] = candidates
    .map((line) => ({ line, ...score(lines, line, (counts.get(fold(line.text)) ?? 0) > 1, isSigned) }))
    .toSorted((a, b) => b.points - a.points);
  if (best === undefined || best.points < LEAST_SCORE) return undefined;
  const { line, why } = best;
  line.verdict = { part: "headline", why: `a short line without a full stop at the top; ${why}` };
  const key = fold(line.text);
  for (const other of lines) {
    if (other === line || !titlesOf(other.text).includes(key)) continue;
    other.verdict =
      fold(other.text) === key
        ? { part: "headline", why: "repeats the headline" }
        : { part: "boilerplate", why: "the page's title: the headline, and the site's name behind it" };
  }
  return line;
}

/** The first line that is no longer above the article: its first paragraph, or the mark behind a dek. */
function headEnd(lines: readonly ReadLine[]): number {
  const first = lines.findIndex((line) => line.prose && isOpen(line) && !isPicture(line) && !isMark(line));
  const top = lines.findIndex((line) => isMark(line));
  if (first < 0) return top < 0 ? 0 : top + 1;
  const between =
    top < first ? 0 : lines.slice(first, top).filter((line) => line.prose && isOpen(line)).length;
  const late = top > first && between <= 2 && lines[first]?.dateline === undefined;
  return late && lines.slice(top).some((line) => line.prose && isOpen(line)) ? top : first;
}

const isPicture = (line: ReadLine): boolean =>
  confidenceOf(line.caption) >= LIKELY || line.counted !== undefined;

const mayBe = (line: ReadLine): boolean =>
  (isOpen(line) || confidenceOf(line.boilerplate) <= 0.85) &&
  !line.stop &&
  !/[:,;]$/.test(line.text) &&
  /\p{L}/u.test(line.text) &&
  line.text.length <= LENGTH_LIMIT &&
  !isMark(line) &&
  confidenceOf(line.byline) < SURE &&
  !isPicture(line);

function score(
  lines: readonly ReadLine[],
  line: ReadLine,
  repeated: boolean,
  isSigned: (line: ReadLine) => boolean,
): { points: number; why: string } {
  const { words, at } = line;
  const after = marksAfter(lines, line);
  const inRow = isNavigation(lines[at + 1]) || (!after && isNavigation(lines[at - 1]));
  const listed = !isMark(lines[at + 1]) && isListed(lines, at);
  const signals: readonly (readonly [boolean, number, string])[] = [
    [after, 3, "a byline or date follows"],
    [repeated, 2, "the page says it twice"],
    [words >= 5 && words <= 13, 2, `${words} words`],
    [words > 13, 1, `${words} words`],
    [words === 3 || words === 4, 1, `${words} words`],
    [lines[at + 1]?.prose === true && isOpen(lines[at + 1]), 1, "a paragraph follows"],
    [confidenceOf(line.boilerplate) > 0.3, -2, "may be boilerplate"],
    [words <= 3 && inRow, -2, "stands in a row of short lines"],
    [words === 1, -2, "one word"],
    [listed, -3, "stands in a list of other articles"],
    [lines.slice(Math.max(0, at - 3), at).some(isSigned), -4, "stands under a byline"],
    [describesNext(lines, line), -3, "describes the picture whose caption follows"],
  ];
  const found = signals.filter(([is]) => is);
  const points = found.reduce((sum, [, each]) => sum + each, 0);
  return { points, why: found.flatMap(([, each, why]) => (each > 0 ? why : [])).join(", ") };
}

/** A byline or a date follows, behind a dek, boilerplate and a picture at most. */
function marksAfter(lines: readonly ReadLine[], { at, words }: ReadLine): boolean {
  let others = 0;
  for (const line of lines.slice(at + 1, at + 1 + REACH)) {
    if (isMark(line, words >= 4)) return true;
    if (isA(line, "boilerplate") || isPicture(line)) continue;
    others += 1;
    if (others > 1 || line.dateline !== undefined) return false;
  }
  return false;
}

/** The heading of a list stands above, with nothing but short lines between. */
function isListed(lines: readonly ReadLine[], at: number): boolean {
  const heading = neighbour(lines, at, -1, (line) => isOpen(line) && !line.stop && at - line.at < REACH);
  return isA(heading, "boilerplate") && heading.boilerplate?.value === "list" && !heading.text.includes(": ");
}

const isNavigation = (line: ReadLine | undefined): boolean =>
  line?.stop === false && line.words <= 3 && (isA(line, "boilerplate") || confidenceOf(line.boilerplate) > 0);

const ARTICLE = new RegExp(`^(?:${anyOf("pictures", "article")}) `, "i");

const describesNext = (lines: readonly ReadLine[], { text, at }: ReadLine): boolean =>
  ARTICLE.test(text) && lines[at + 1]?.caption?.value.caption !== undefined;

const fold = (text: string): string => text.slice(0, LENGTH_LIMIT * 2).toLowerCase();

/** A line, and what of it stands before a site's name. */
function titlesOf(text: string): readonly string[] {
  if (text.length > LENGTH_LIMIT) return [];
  const folded = fold(text);
  const bar = Math.max(...[" | ", " - ", " – ", " — ", " · "].map((sign) => folded.lastIndexOf(sign)));
  return bar > 0 ? [folded, folded.slice(0, bar).trim()] : [folded];
}

const DEK_LENGTH = 450;

/** Takes the line between the headline and the byline or date, or a second line without a full stop. */
export function takeDek(lines: readonly ReadLine[], headline: ReadLine | undefined): string | undefined {
  if (headline === undefined) return undefined;
  const aside = (line: ReadLine) => isA(line, "boilerplate", "caption", "credit", "alt", "headline");
  const dek = neighbour(lines, headline.at, 1, aside);
  if (!isOpen(dek) || dek.text.length > DEK_LENGTH || dek.dateline || confidenceOf(dek.boilerplate) >= LIKELY)
    return undefined;
  const next = neighbour(lines, dek.at, 1, aside);
  const marked =
    isA(next, "byline", "date") && lines.some((line) => line.at > next.at && line.prose && isOpen(line));
  const second = !dek.stop && dek.words >= 5 && isOpen(next) && next.prose && lines[headline.at + 1] === dek;
  if (!marked && !second) return undefined;
  const why = marked
    ? "stands between the headline and the byline or date"
    : "a second line under the headline";
  take(dek, "dek", why);
  return dek.text;
}
