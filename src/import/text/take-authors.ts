// Who wrote an article and when, wherever the page says it: in bylines, dates, and the paragraphs at its end that are
// about its authors.

import { inByline, type Role } from "../../article/byline.ts";
import type { ImportedByline, SourceDate } from "../importer.ts";
import { anyOf, LANGUAGES, wholeWords } from "./languages/languages.ts";
import { agencyName, personName } from "./person-name.ts";
import { readByline } from "./read-byline.ts";
import {
  confidenceOf,
  isA,
  isOpen,
  LIKELY,
  neighbour,
  type Reading,
  type ReadLine,
  SURE,
  take,
} from "./text-lines.ts";

/** Where the article's own paragraphs start and end. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** The paragraphs: from the first undecided line of running text to the last one that ends as a sentence. */
export function spanOf(lines: readonly ReadLine[], headline: ReadLine | undefined): Span {
  const below = (line: ReadLine) => isOpen(line) && line.at > (headline?.at ?? -1);
  const first = lines.findIndex((line) => line.prose && below(line));
  return first < 0
    ? { first: lines.length, last: lines.length }
    : {
        first,
        last: lines.findLastIndex((line) => (line.prose || line.stop) && below(line) && !isSignOff(line)),
      };
}

/** True for a sentence that says who worked on the article. */
const isSignOff = ({ stop, byline }: ReadLine): boolean => stop && confidenceOf(byline) >= LIKELY;

/** Who wrote it, and the agency whose name stands alone above the article. */
export interface Signed {
  readonly bylines: readonly ImportedByline[];
  readonly agency?: string;
}

/** Takes bylines. A name alone counts under the headline, or as a signature under the last paragraph. */
export function takeBylines(lines: readonly ReadLine[], headline: ReadLine | undefined): Signed {
  const span = spanOf(lines, headline);
  const bylines: ImportedByline[] = [];
  let agency: string | undefined;
  for (const line of lines) {
    const { byline, at } = line;
    if (byline === undefined && isOpen(line) && at < span.first && line.caption?.value.credit === line.text) {
      take(line, "byline", "an agency's name alone, above the first paragraph");
      agency ??= line.text.replace(/^\P{L}+/u, "");
    }
    if (byline === undefined || !isOpen(line)) continue;
    const where = placeOf(lines, line, span, headline);
    const least = where === undefined ? SURE : where === "here" || bylines.length > 0 ? LIKELY : 0.3;
    if (byline.confidence < least) continue;
    take(line, "byline", [byline.why, byline.confidence < SURE && where].filter(Boolean).join("; "));
    const paper = at < span.first ? paperAfter(lines, line) : undefined;
    for (const read of byline.value.bylines) {
      const one = { ...read, name: fullName(read.name, bylines) };
      const more = { ...one, ...(paper && !one.affiliation && { affiliation: paper }) };
      const known = bylines.findIndex((each) => each.name === one.name && isAuthor(each) === isAuthor(one));
      // "Reporting by" says more of somebody than "By".
      if (known < 0) bylines.push(more);
      else bylines[known] = { ...bylines[known], ...more };
    }
  }
  return { bylines, ...(agency !== undefined && { agency }) };
}

/** The name in `bylines` that ends with this family name, else the name itself. */
export const fullName = (name: string, bylines: readonly ImportedByline[]): string =>
  bylines.find((one) => one.name.endsWith(` ${name}`))?.name ?? name;

/** Where a line stands, if a byline may stand there; "here" if a name alone is not enough there. */
function placeOf(
  lines: readonly ReadLine[],
  { at }: ReadLine,
  span: Span,
  headline: ReadLine | undefined,
): string | undefined {
  const before = neighbour(
    lines,
    at,
    -1,
    (line) => isA(line, "boilerplate", "caption", "credit", "alt") || confidenceOf(line.date) >= LIKELY,
  );
  const after = neighbour(lines, at, 1, (line) => isA(line, "boilerplate"));
  if (at < span.first || (headline && at > headline.at && isNear(lines, headline.at, at))) {
    if (headline && (isA(before, "headline", "byline") || before?.at === headline.at + 1))
      return "stands under the headline";
    if (confidenceOf(after?.date) >= LIKELY || isA(after, "date")) return "a date follows";
    return "here";
  }
  return at > span.last && before?.at === span.last ? "stands under the last paragraph" : undefined;
}

/** True where at most a dek stands between. */
const isNear = (lines: readonly ReadLine[], from: number, to: number): boolean =>
  to - from < 12 && lines.slice(from + 1, to).filter((line) => line.prose && isOpen(line)).length <= 1;

/** The paper's name or the job in the line under a name. */
function paperAfter(lines: readonly ReadLine[], { at, byline }: ReadLine): string | undefined {
  const [one, ...others] = byline?.value.bylines ?? [];
  const next = lines[at + 1];
  if (one === undefined || others.length > 0 || one.affiliation || !isOpen(next)) return undefined;
  if (next.prose || next.stop || next.words > 6 || next.date || next.caption || next.boilerplate)
    return undefined;
  const read = readByline(`By ${one.name}, ${next.text}`)?.value.bylines[0]?.affiliation;
  const alone = confidenceOf(byline) <= 0.4 && next.byline === undefined && TITLE.test(next.text);
  if (read === undefined && !alone) return undefined;
  take(next, "byline", "stands under a name: the paper's name or a job");
  return next.text;
}

const TITLE = /^(?:(?:\p{Lu}\S*|of|and|the|for|de|la|le|du|der|die|das|und|et|y|del)(?:\s+|$))+$/u;

/** Dates as the page gives them. A date with at least a day wins over words such as "yesterday". */
export interface Dates {
  readonly published?: SourceDate;
  readonly updated?: SourceDate;
}

/** Takes lines of dates. One above the headline may be the day on which the page was saved. */
export function takeDates(lines: readonly ReadLine[], headline: ReadLine | undefined): Dates {
  const span = spanOf(lines, headline);
  const found: Dates[] = [];
  const dated = (line: ReadLine) => headline && line.at > headline.at && confidenceOf(line.date) >= LIKELY;
  const below = lines.slice(0, span.first).some(dated);
  for (const line of lines) {
    const { date, at } = line;
    if (date === undefined || !(isOpen(line) || isA(line, "byline"))) continue;
    const placed =
      at < span.first || at > span.last || (headline && at > headline.at && isNear(lines, headline.at, at));
    if (date.confidence < (placed ? LIKELY : SURE)) continue;
    if (headline && at < headline.at - (below ? 0 : 1) && !date.value.updated) {
      take(line, "boilerplate", "a date above the headline: the site's, not the article's");
      continue;
    }
    if (isA(line, "byline")) line.verdict = { part: "byline", why: `${line.verdict?.why}; and ${date.why}` };
    take(line, "date", date.why);
    found.push(date.value);
  }
  const best = (key: keyof Dates) => {
    const dates = found.flatMap((dates) => dates[key] ?? []);
    return dates.find(({ kind }) => kind !== "unclear") ?? dates[0];
  };
  const [published, updated] = [best("published"), best("updated")];
  return { ...(published && { published }), ...(updated && { updated }) };
}

/** At most this many paragraphs at the end are read as bios. */
const BIOS = 5;

/** Takes the paragraphs at the end that tell of the authors; without a byline they name the author. */
export function takeBios(
  lines: readonly ReadLine[],
  bylines: readonly ImportedByline[],
): readonly ImportedByline[] {
  const names = bylines.filter(isAuthor).map(({ name }) => name);
  const bios = new Map<string, string>();
  const open = lines.filter((line) => isOpen(line));
  for (const line of open.slice(1).slice(-BIOS).toReversed()) {
    const bio = readBio(line.text, names);
    if (bio === undefined || bio.confidence < LIKELY) {
      if (line.prose) break;
      continue;
    }
    take(line, "bio", `${bio.why}; stands at the end`);
    const later = bios.get(bio.value.name);
    bios.set(bio.value.name, later === undefined ? line.text : `${line.text} ${later}`);
  }
  const known = bylines.map((one) => {
    const bio = isAuthor(one) ? bios.get(one.name) : undefined;
    return bio === undefined ? one : { ...one, bio };
  });
  if (names.length > 0) return known;
  return [...known, ...[...bios].reverse().map(([name, bio]) => ({ name, role: "author" as const, bio }))];
}

/** Bylines with the page's agency: the authors work there if nothing else is said of any of them, else a note names it. */
export function withAgency(
  bylines: readonly ImportedByline[],
  agency: string | undefined,
): { readonly bylines: readonly ImportedByline[]; readonly notes: readonly string[] } {
  const isSame = ({ affiliation = "" }: ImportedByline) =>
    affiliation === agency ||
    (agencyName(affiliation) !== undefined && agencyName(agency ?? "") !== undefined);
  if (agency === undefined || bylines.some(isSame)) return { bylines, notes: [] };
  if (!bylines.some(isAuthor))
    return { bylines, notes: [`the page names ${agency} as its agency, and nobody as the author`] };
  if (bylines.some(({ affiliation }) => affiliation !== undefined))
    return { bylines, notes: [`the page names ${agency} as its agency`] };
  const employed = bylines.map((one) => (isAuthor(one) ? { ...one, affiliation: agency } : one));
  return { bylines: employed, notes: [] };
}

/** A note on the day that a dateline has. */
export const dayNotes = (day: string | undefined): readonly string[] =>
  day === undefined ? [] : [`the dateline says "${day}", which is no date of publication`];

/** True for somebody who stands in the byline; without a role it is the author. */
const isAuthor = ({ role = "author" }: { readonly role?: Role | undefined }): boolean => inByline({ role });

/** A bio, and the name of the person whom it is about. */
export interface Bio {
  readonly name: string;
  readonly text: string;
}

/** Longer paragraphs are the article's text. UTF-16 code units. */
const BIO_LIMIT = 1500;
/** Points that make a bio: with the author's name known, and without. */
const KNOWN_POINTS = 1;
const UNKNOWN_POINTS = 3;

const LABEL = new RegExp(`^(?:[—–*_-]+\\s*)?(?:(?:${anyOf("bios", "label")})\\s*[:：–—-]\\s*)?`, "iu");
const AUTHOR = new RegExp(`^(?:${anyOf("bios", "author")})(?=\\s)`, "iu");
const CONTACT = new RegExp(`^(?:${anyOf("bios", "contact")})\\s+`, "iu");
const SPEECH = wholeWords(anyOf("bios", "speech"));

/**
 * Reads a bio. `names` are those of the bylines: with them, it starts with one of these, in full. Without
 * any, it starts with a person's name, and what follows must leave no doubt.
 */
export function readBio(paragraph: string, names: readonly string[]): Reading<Bio> | undefined {
  if (paragraph.length > BIO_LIMIT) return undefined;
  const text = paragraph.replace(/\s+/g, " ").trim();
  if (SPEECH.test(text)) return undefined;
  const body = text.replace(LABEL, "");
  const subject = subjectOf(body, names);
  if (!subject) return undefined;
  const found = signalsOf(subject.after);
  const contact = CONTACT.test(body) && /@|https?:|\bon (?:X|Twitter|Bluesky)\b/.test(subject.after);
  const labelled = /^\p{L}.{5,20}[:：–—-]\s*$/u.test(text.slice(0, text.length - body.length));
  const points = found.reduce((sum, { points: each }) => sum + each, (contact ? 2 : 0) + (labelled ? 2 : 0));
  if (points < (subject.known ? KNOWN_POINTS : UNKNOWN_POINTS)) return undefined;
  const said = new Set([...found.map(({ name }) => name), ...(contact ? ["says how to reach them"] : [])]);
  return {
    value: { name: subject.name, text },
    confidence: Math.min(((subject.known ? 7 : 4) + Math.min(points, 5)) / 10, 0.95),
    why: `${subject.known ? "starts with the author" : "starts with a name"}, ${[...said].join(", ")}`,
  };
}

interface Subject {
  readonly name: string;
  /** True for one of the bylines. */
  readonly known: boolean;
  /** What stands after the name. */
  readonly after: string;
}

function subjectOf(text: string, names: readonly string[]): Subject | undefined {
  const start = text.replace(CONTACT, "");
  for (const name of names) {
    if (start.slice(0, name.length).toLowerCase() !== name.toLowerCase()) continue;
    const after = start.slice(name.length);
    if (!/^[\p{L}\p{M}\p{N}]/u.test(after)) return { name, known: true, after };
  }
  const [alone] = names;
  const author = AUTHOR.exec(text);
  if (author && alone !== undefined && names.length === 1)
    return { name: alone, known: true, after: text.slice(author[0].length) };
  if (names.length > 0 || start !== text) return undefined;
  return [4, 3, 2].map((count) => leading(text, count)).find((subject) => subject !== undefined);
}

/** The first `count` words as a name, if an opening follows at once. */
function leading(text: string, count: number): Subject | undefined {
  const words = text.split(" ", count);
  const written = words.join(" ").replace(/,$/, "");
  const name = personName(written);
  const after = text.slice(written.length);
  return name && words.length === count && signalsOf(after).length > 0
    ? { name, known: false, after }
    : undefined;
}

/** The signals of a bio in the words after the name; none where they don't start like one. */
function signalsOf(after: string): readonly Signal[] {
  // "(@quill)", ", a reporter at the Times,", ", 34,": no more than that may stand between.
  const start = after.replace(/^(?: \([^()]{1,60}\)|, [^,.]{1,80},)/u, "");
  const opening = OPENINGS.find(({ words }) => words.exec(start)?.index === 1);
  if (!opening) return [];
  const opened = after.replace(opening.words, " ");
  return [opening, ...DETAILS.filter(({ words }) => words.test(opened))];
}

/** Words that are typical of bios. */
interface Signal {
  /** For people. */
  readonly name: string;
  /** 3 points make a bio where the author's name isn't known. */
  readonly points: number;
  readonly words: RegExp;
}

const signal = (name: string, points: number, pattern: string): Signal => ({
  name,
  points,
  words: wholeWords(pattern),
});

/** `is a senior politics reporter`, with at most so many words between. */
const says = (
  points: number,
  is: "is" | "a",
  what: "journalist" | "other",
  most: number,
): readonly Signal[] =>
  LANGUAGES.flatMap(({ bios }) =>
    bios?.[is] && bios[what]
      ? signal(
          "says what they are",
          points,
          `(?:${bios[is]}) (?:[\\p{L}\\p{M}-]+[ ,]+){0,${most}}?(?:${bios[what]})`,
        )
      : [],
  );

/** What follows the name in every bio. The first that matches counts. */
const OPENINGS: readonly Signal[] = [
  ...says(3, "is", "journalist", 4),
  ...says(1, "is", "other", 6),
  signal("is based somewhere", 2, anyOf("bios", "based")),
  signal("covers a field", 2, anyOf("bios", "covers")),
  signal("works for a paper", 2, anyOf("bios", "works")),
  signal("says how to reach them", 2, anyOf("bios", "reach")),
];

/** What a bio may say after that. */
const DETAILS: readonly Signal[] = [
  ...says(2, "a", "journalist", 3),
  signal("is based somewhere", 1, anyOf("bios", "based")),
  signal("covers a field", 1, anyOf("bios", "covers")),
  signal("tells of studies", 1, anyOf("bios", "studied")),
  signal("tells of earlier work", 1, anyOf("bios", "earlier")),
  signal("says how to reach them", 2, anyOf("bios", "reach")),
  signal("tells of prizes or books", 1, anyOf("bios", "prizes")),
  signal("speaks of its author", 1, `(?:^|[.!?] )(?:${anyOf("bios", "they")}) (?:${anyOf("bios", "do")})`),
];
