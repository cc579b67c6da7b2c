// Lines that belong to the site around an article: navigation, prompts, counters, lists of other articles, legal footers.
// Their words alone give most of them away. Others stand in a block of several (a heading with headlines of other
// articles, a newsletter's heading, pitch and button), or where only boilerplate stands.

import { readCounter } from "./captions.ts";
import { BOILERPLATE, type BoilerplateKind } from "./languages/language-words.ts";
import { anyOf, SITE, wholeWords, wordList } from "./languages/languages.ts";
import { spanOf } from "./take-authors.ts";
import {
  confidenceOf,
  endsWithStop,
  isA,
  isOpen,
  LIKELY,
  type Reading,
  type ReadLine,
  SURE,
  startsWithQuote,
  take,
} from "./text-lines.ts";

/** Phrases that start a line have at most this many words. */
const PHRASE_WORDS = 7;
const BUTTON_WORDS = 9;
const PITCH_WORDS = 25;
const NETWORKS = wordList(
  "facebook instagram twitter x whatsapp linkedin youtube tiktok telegram bluesky threads mastodon",
);

/** Reads a line of site boilerplate; the value says which kind. Undefined for anything else. */
export function readBoilerplate(line: string): Reading<BoilerplateKind> | undefined {
  if (line.length > BOILERPLATE_LENGTH_LIMIT) return undefined;
  if (readCounter(line)?.rest === "") return is("counter", 0.9, "a counter of pictures alone");
  if (startsWithQuote(line)) return undefined;
  const normal = normalForm(line);
  return byPhrase(line, normal) ?? byShape(line) ?? byPitch(line, normal);
}

const is = (value: BoilerplateKind, confidence: number, why: string): Reading<BoilerplateKind> => ({
  value,
  confidence,
  why,
});

function byPhrase(line: string, normal: string): Reading<BoilerplateKind> | undefined {
  const whole = SITE.whole.get(normal);
  if (whole !== undefined) return is(whole, 0.95, `all of it is what sites say for ${BOILERPLATE[whole]}`);
  const weak = SITE.weak.get(normal);
  if (weak !== undefined) return is(weak, 0.6, `it may be ${BOILERPLATE[weak]}, or a heading`);
  const [start, part] = [byStart(line, normal), byPart(line, normal)];
  return confidenceOf(start) >= confidenceOf(part) ? start : part;
}

function byStart(line: string, normal: string): Reading<BoilerplateKind> | undefined {
  const words = normal.split(" ");
  for (let count = Math.min(PHRASE_WORDS, words.length); count > 0; count--) {
    const phrase = words.slice(0, count).join(" ");
    const kind = SITE.starts.get(phrase);
    if (kind === undefined) continue;
    const why = `starts with "${phrase}", as ${BOILERPLATE[kind]} does`;
    const separated = isSeparated(line, count);
    const stop = endsWithStop(line);
    if (kind === "list") return is(kind, separated && !stop ? 0.85 : count > 1 ? 0.5 : 0.3, why);
    if (count === 1 && !separated) continue;
    if (kind === "legal" && separated && count > 1) return is(kind, 0.85, `${why}, with a colon behind`);
    const ours = words.some((word) => SITE.ours.has(word));
    if (!stop && words.length <= BUTTON_WORDS) return is(kind, ours ? 0.9 : 0.85, `${why}, and is short`);
    return is(kind, ours ? 0.7 : 0.5, why);
  }
  return undefined;
}

/** True if a colon, bar or dash stands soon behind the first words. */
const isSeparated = (line: string, words: number): boolean =>
  new RegExp(`^(?:[^\\s:|]+\\s?){${words}}\\s?[:|–>]`, "u").test(line.slice(0, 60));

function byPart(line: string, normal: string): Reading<BoilerplateKind> | undefined {
  const spaced = ` ${normal} `;
  const quoted = /["“”«»„]/.test(line);
  for (const [phrase, kind] of SITE.within) {
    if (!spaced.includes(` ${phrase} `)) continue;
    return is(kind, quoted ? 0.4 : 0.85, `says "${phrase}", as ${BOILERPLATE[kind]} does`);
  }
  for (const [phrase, kind] of SITE.hints) {
    if (spaced.includes(` ${phrase} `)) return is(kind, 0.4, `says "${phrase}", as ${BOILERPLATE[kind]} may`);
  }
  return undefined;
}

function byShape(line: string): Reading<BoilerplateKind> | undefined {
  if (line.length > 200 || endsWithStop(line)) return undefined;
  const short = (parts: readonly string[], words: number) =>
    parts.every((part) => part !== "" && part.split(/\s+/).length <= words);
  const path = line.split(/\s+[>›»→]\s+/);
  if (path.length > 1 && !line.includes("«") && short(path, 8) && short(path.slice(0, -1), 4)) {
    return is("navigation", 0.85, "short words joined by arrows: a path through the site");
  }
  const items = line.split(/\s+[|•·]\s+/);
  if (items.length > 2 && short(items, 3))
    return is("navigation", 0.8, "a row of short words with bars between");
  if (/^(?:https?:\/\/|www\.)\S+$/i.test(line)) return is("navigation", 0.6, "an address alone");
  if (/^_{3,}$/.test(line)) return is("navigation", 0.85, "a rule of underscores");
  if (!/[\p{L}\p{N}]/u.test(line)) return is("navigation", 0.3, "signs without a letter");
  return undefined;
}

/** A sentence that asks readers for something: a call at its start, an offer in it, and "our" or "your". */
function byPitch(line: string, normal: string): Reading<BoilerplateKind> | undefined {
  const words = normal.split(" ");
  const call = [3, 2, 1]
    .map((count) => words.slice(0, count).join(" "))
    .find((start) => SITE.calls.has(start));
  if (call === undefined) return undefined;
  const networks = words.filter((word) => NETWORKS.has(word)).length;
  if (networks > 0 && words.length <= PITCH_WORDS) {
    return is("share", networks > 1 ? 0.85 : 0.6, `starts with "${call}" and names networks`);
  }
  const offer = has(SITE.offers, words, 3);
  const ours = has(SITE.ours, words, 1);
  if (offer === undefined) {
    return ours === undefined
      ? undefined
      : is("prompt", 0.3, `starts with "${call}" and speaks to the reader`);
  }
  const short = words.length <= BUTTON_WORDS && !endsWithStop(line);
  const why = `starts with "${call}" and offers "${offer}"`;
  return is("prompt", short ? 0.8 : ours === undefined ? 0.5 : 0.65, why);
}

const has = (set: ReadonlySet<string>, words: readonly string[], most: number): string | undefined => {
  for (let count = most; count > 0; count--) {
    for (let at = 0; at + count <= words.length; at++) {
      const phrase = words.slice(at, at + count).join(" ");
      if (set.has(phrase)) return phrase;
    }
  }
  return undefined;
};

/** Longer lines are no boilerplate: nothing behind this many characters is looked at. */
const BOILERPLATE_LENGTH_LIMIT = 700;

/** `Sign in · 12 Comments!` is `sign in # comments`. */
export function normalForm(line: string): string {
  const plain = line
    .slice(0, BOILERPLATE_LENGTH_LIMIT)
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/\d[\d.,:]{0,20}(?:[km](?!\p{L}))?/gu, " # ");
  return (plain.match(/[\p{L}\p{M}#©&+](?:[\p{L}\p{M}'&+-]*[\p{L}\p{M}'+])?/gu) ?? [])
    .join(" ")
    .replaceAll("& ", "");
}

const ITEM_LENGTH = 200;
/** A line of at most this many words right above a paragraph may be a heading of the article. */
const HEADING_WORDS = 4;
const PITCH_LENGTH = 120;

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

function isItem({ text, words, stop, prose, byline, date, caption }: ReadLine, begun: boolean): boolean {
  if (stop || prose || text.length > ITEM_LENGTH || (startsWithQuote(text) && words > 12)) return false;
  if (byline?.value.bylines.some(({ role = "author" }) => role !== "author")) return false;
  const own = Math.max(confidenceOf(byline), confidenceOf(caption)) >= SURE || confidenceOf(date) >= LIKELY;
  return begun || !own;
}

/** Takes lines that are boilerplate because a line beside them is of the same kind. */
export function takeBlocks(lines: readonly ReadLine[]): void {
  for (const line of lines) takeBeside(line, lines[line.at - 1]);
  for (const line of lines.toReversed()) takeBeside(line, lines[line.at + 1]);
  for (const line of lines) {
    const [before, after] = [lines[line.at - 1], lines[line.at + 1]];
    if (!isOpen(line) || !isPitch(line) || !asks(after) || after.words > HEADING_WORDS) continue;
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
    (confidence >= LIKELY && kind === "prompt" && other === "prompt") ||
    (confidence >= 0.4 && kind === "legal" && other === "legal") ||
    (confidence >= LIKELY && !line.stop && other && other !== "advertisement" && other !== "counter");
  if (same) take(line, "boilerplate", `${line.boilerplate?.why}; the line beside it is of the same sort`);
}

const asks = (line: ReadLine | undefined): line is ReadLine =>
  isA(line, "boilerplate") && line.boilerplate?.value === "prompt";

const isBlockHeading = ({ text, words, stop }: ReadLine): boolean =>
  words <= HEADING_WORDS + 2 && !stop && NEWSLETTER.test(text);

/** One sentence that tells readers what they would get, without a quotation. */
const isPitch = ({ text, boilerplate }: ReadLine): boolean =>
  text.length <= PITCH_LENGTH &&
  !/["“”«»„]/.test(text) &&
  !/[.!?] \p{Lu}.*[.!?] \p{Lu}/u.test(text) &&
  (confidenceOf(boilerplate) > 0 || PITCHED.test(text));

const NEWSLETTER = new RegExp(anyOf("site", "newsletter"), "iu");
const PITCHED = wholeWords(anyOf("site", "pitched"));

/** Takes what is boilerplate by where it stands: above the headline, before the first paragraph, after the last. */
export function takePlaced(lines: readonly ReadLine[], headline: ReadLine | undefined): void {
  const { first, last } = spanOf(lines, headline);
  const end = lines.findIndex(
    (line) => line.at > last && ENDS.has(line.boilerplate?.value) && isA(line, "boilerplate"),
  );
  for (const line of lines) {
    if (!isOpen(line) || line.stop || line.prose) continue;
    const why = placedWhy(lines, line, [headline?.at ?? -1, first, last, end]);
    if (why !== undefined) take(line, "boilerplate", why);
  }
}

/** After these, only full sentences can still belong to the article. */
const ENDS: ReadonlySet<string | undefined> = new Set(["list", "legal", "share", "navigation", "prompt"]);

function placedWhy(
  lines: readonly ReadLine[],
  line: ReadLine,
  [headline, first, last, end]: readonly [headline: number, first: number, last: number, end: number],
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
const weakRun = (lines: readonly ReadLine[], { at, boilerplate }: ReadLine): boolean =>
  confidenceOf(boilerplate) >= LIKELY &&
  [lines[at - 1], lines[at + 1]].some(
    (other) =>
      other?.stop === false &&
      confidenceOf(other.boilerplate) >= LIKELY &&
      other.boilerplate?.value !== "advertisement",
  );
