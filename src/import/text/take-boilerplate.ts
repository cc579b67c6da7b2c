// Takes boilerplate out of a saved text: lines that their words give away, then blocks of several lines (a
// heading with headlines of other articles, a newsletter's heading, pitch and button), then what stands where
// only boilerplate stands.

import { spanOf } from "./authors-and-dates.ts";
import type { BoilerplateKind } from "./languages/language-words.ts";
import { confidenceOf, isA, isOpen, type ReadLine, take } from "./line-readings.ts";
import { LIKELY, SURE, startsWithQuote } from "./text-lines.ts";

const ITEM_LENGTH = 200;
/** A line of at most this many words right above a paragraph may be a heading of the article. */
const HEADING_WORDS = 4;
const PITCH_LENGTH = 120;
const BUTTON_WORDS = 4;

/** Takes what is boilerplate by its words alone. */
export function takeSure(lines: readonly ReadLine[]): void {
  for (const line of lines) {
    const { boilerplate, byline, date, caption } = line;
    const others = Math.max(confidenceOf(byline), confidenceOf(date), confidenceOf(caption));
    if (boilerplate && boilerplate.confidence >= SURE && boilerplate.confidence >= others)
      take(line, "boilerplate", boilerplate.why);
  }
}

/** Takes the headings of lists and what stands under them. */
export function takeLists(lines: readonly ReadLine[]): void {
  const start = lines.findIndex((line) => line.prose && isOpen(line));
  for (let at = 0; at < lines.length; at++) {
    const heading = lines[at];
    if (heading === undefined || !isHeading(heading)) continue;
    const items = itemsFrom(lines, at + 1, start >= 0 && at > start);
    // "More from X" alone could be a heading of the article.
    if (isOpen(heading) && items.length < 2) continue;
    take(heading, "boilerplate", heading.boilerplate?.why ?? "");
    for (const item of items) take(item, "boilerplate", `a headline in the list under "${heading.text}"`);
    at += items.length;
  }
}

const isHeading = ({ boilerplate, verdict, text }: ReadLine): boolean =>
  boilerplate?.value === "list" &&
  (verdict === undefined ? boilerplate.confidence >= LIKELY : verdict.part === "boilerplate") &&
  !/[:|–]\s*\p{L}/u.test(text);

/** The lines of a list. Bylines and dates belong to it only after the article's own. */
function itemsFrom(lines: readonly ReadLine[], from: number, begun: boolean): readonly ReadLine[] {
  const items: ReadLine[] = [];
  for (let at = from; at < lines.length; at++) {
    const line = lines[at];
    if (line === undefined || isHeading(line) || isA(line, "headline") || !isItem(line, begun)) break;
    items.push(line);
  }
  const last = items.at(-1);
  const next = lines[from + items.length];
  const heads = begun && last && isOpen(last) && last.words <= HEADING_WORDS && next?.prose && isOpen(next);
  // A blank line after it and none before it: it belongs to the list.
  const tied = last && next && next.number - last.number > last.number - (items.at(-2)?.number ?? 0);
  return heads && !tied && items.length > 1 ? items.slice(0, -1) : items;
}

function isItem(line: ReadLine, begun: boolean): boolean {
  if (
    line.stop ||
    line.prose ||
    line.text.length > ITEM_LENGTH ||
    (startsWithQuote(line.text) && line.words > 12)
  )
    return false;
  const credits = line.byline?.value.bylines.some(({ role }) => role !== undefined && role !== "author");
  if (credits) return false;
  return (
    begun ||
    (confidenceOf(line.byline) < SURE &&
      confidenceOf(line.date) < LIKELY &&
      confidenceOf(line.caption) < SURE)
  );
}

const ASKING: ReadonlySet<BoilerplateKind | undefined> = new Set<BoilerplateKind>(["prompt", "newsletter"]);
const LEGAL: ReadonlySet<BoilerplateKind | undefined> = new Set<BoilerplateKind>([
  "legal",
  "licence",
  "cookies",
]);

/** Takes lines that are boilerplate because a line beside them is of the same kind. */
export function takeBlocks(lines: readonly ReadLine[]): void {
  for (const line of lines) takeBeside(line, lines[line.at - 1]);
  for (const line of lines.toReversed()) takeBeside(line, lines[line.at + 1]);
  for (const line of lines) {
    const [before, after] = [lines[line.at - 1], lines[line.at + 1]];
    if (!isOpen(line) || !isPitch(line) || !asks(after) || after.words > BUTTON_WORDS) continue;
    if (isOpen(before) && isBlockHeading(before)) take(before, "boilerplate", "heads a newsletter's box");
    else if (!asks(before)) continue;
    take(line, "boilerplate", "stands between the heading and the button of a newsletter's box");
  }
}

function takeBeside(line: ReadLine, beside: ReadLine | undefined): void {
  if (!isOpen(line) || !isA(beside, "boilerplate")) return;
  const confidence = confidenceOf(line.boilerplate);
  const kind = line.boilerplate?.value;
  const other = beside.boilerplate?.value;
  const same =
    (confidence >= LIKELY && ASKING.has(kind) && ASKING.has(other)) ||
    (confidence >= 0.4 && LEGAL.has(kind) && LEGAL.has(other)) ||
    (confidence >= LIKELY &&
      !line.stop &&
      other !== undefined &&
      other !== "advertisement" &&
      other !== "counter");
  if (same) take(line, "boilerplate", `${line.boilerplate?.why}; the line beside it is of the same sort`);
}

const asks = (line: ReadLine | undefined): line is ReadLine =>
  isA(line, "boilerplate") && ASKING.has(line.boilerplate?.value);

const isBlockHeading = ({ text, words, stop }: ReadLine): boolean =>
  words <= HEADING_WORDS + 2 &&
  !stop &&
  /newsletter|briefing|lettre d['’]info|bolet[íi]n|nieuwsbrief/i.test(text);

/** One sentence that tells readers what they would get, without a quotation. */
const isPitch = ({ text, boilerplate }: ReadLine): boolean =>
  text.length <= PITCH_LENGTH &&
  !/["“”«»„]/.test(text) &&
  !/[.!?] \p{Lu}.*[.!?] \p{Lu}/u.test(text) &&
  (confidenceOf(boilerplate) > 0 || PITCHED.test(text));

const PITCHED =
  /(?<!\p{L})(?:news|stories|headlines|daily|weekly|morning|inbox|your|you|actualité|infos|matin|chaque|votre|vos|nachrichten|täglich|wöchentlich|morgen|ihr|ihre|noticias|cada|mañana|tu|su)(?!\p{L})/iu;

/**
 * Takes what is boilerplate by where it stands: above the headline, before the first paragraph, after the
 * last.
 */
export function takePlaced(lines: readonly ReadLine[], headline: ReadLine | undefined): void {
  const { first, last } = spanOf(lines, headline);
  const end = lines.findIndex(
    (line) => line.at > last && ENDS.has(line.boilerplate?.value ?? "") && isA(line, "boilerplate"),
  );
  for (const line of lines) {
    if (!isOpen(line) || line.stop || line.prose) continue;
    const why = placedWhy(lines, line, { headline: headline?.at ?? -1, first, last, end });
    if (why !== undefined) take(line, "boilerplate", why);
  }
}

/** After these, only full sentences can still belong to the article. */
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
  lines: readonly ReadLine[],
  line: ReadLine,
  { headline, first, last, end }: Places,
): string | undefined {
  const { at, words, boilerplate } = line;
  if (at < headline) return "a short line above the headline";
  const weak = boilerplate && boilerplate.confidence >= 0.3 && words <= 12 ? boilerplate.why : undefined;
  if (first === lines.length) return weak;
  if (at < first) {
    if (weak) return `${weak}; stands above the first paragraph`;
    const [before, after] = [lines[at - 1], lines[at + 1]];
    const beside = [before, after].filter((other) => isA(other, "boilerplate", "byline", "date")).length;
    if (words <= 3 && beside === 2) return "a short line among others of the site, above the first paragraph";
    return headline < 0 && words <= 2 ? "a word or two above the first paragraph" : undefined;
  }
  if (at > last) {
    if (weak) return `${weak}; stands under the last paragraph`;
    return end >= 0 && at > end ? "a short line among the site's, under the last paragraph" : undefined;
  }
  return weakRun(lines, line) ? `${boilerplate?.why}; another such line stands beside it` : undefined;
}

/** Two lines in a row that are each boilerplate or a heading: articles don't have two headings in a row. */
const weakRun = (lines: readonly ReadLine[], line: ReadLine): boolean =>
  confidenceOf(line.boilerplate) >= LIKELY &&
  [lines[line.at - 1], lines[line.at + 1]].some(
    (other) =>
      other !== undefined &&
      !other.stop &&
      confidenceOf(other.boilerplate) >= LIKELY &&
      other.boilerplate?.value !== "advertisement",
  );
