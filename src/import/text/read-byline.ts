// Recognizes who made an article: in bylines, in lines of credits, in sentences such as `A contributed to this
// report.`, and in the author field of a page's metadata or a feed.

import type { Role } from "../../article/byline.ts";
import { webUrl } from "../../lib/address.ts";
import { text as plain } from "../../lib/text.ts";
import type { ImportedByline } from "../importer.ts";
import { anyOf, LANGUAGES, patterns, phrasesIn } from "./languages/languages.ts";
import { affiliation, groupsOf, type Named, type People, readGroup, readPeople } from "./people-list.ts";
import { personName } from "./person-name.ts";
import { readDateLine } from "./publication-date.ts";
import type { BylineLine, DateLine, Reading } from "./text-lines.ts";

/** No byline or line of credits is longer. UTF-16 code units. */
const LINE_LIMIT = 600;
/** With more words after it, "By" starts a sentence. */
const WORDS_LIMIT = 20;

/** Reads a byline or a line of credits; undefined for anything else. */
export function readByline(line: string): Reading<BylineLine> | undefined {
  if (line.length > LINE_LIMIT * 2) return undefined;
  const text = folded(line).replace(/^[([](.+)[)\]]\.?$/u, "$1");
  if (text.length > LINE_LIMIT) return undefined;
  return marked(text) ?? contributed(text) ?? korean(text) ?? bare(text);
}

/** `By A and B`, `Reporting by A in X; Editing by B`. */
function marked(line: string): Reading<BylineLine> | undefined {
  const marks = marksOf(line);
  const [first] = marks;
  if (!first) return undefined;
  const credits = marks.length > 1 || !first.roles.includes("author");
  if (!credits && (first.names.split(" ").length > WORDS_LIMIT || ENDED.test(line))) return undefined;
  const read = marks.map((mark) => ({ mark, people: readPeople(namesOf(mark, credits), marks.length > 1) }));
  if (read.some(({ people }) => people === undefined)) return undefined;
  const bylines = read.flatMap(({ mark, people }) =>
    mark.roles.flatMap((role) => people?.named.map((one) => byline(one, role)) ?? []),
  );
  const sure = read.every(({ people }) => people?.named.every((one) => one.sure));
  // "Von Trier", "Di Maria"
  if (!sure && first.confidence < 0.9) return undefined;
  return {
    value: { bylines, ...restOf(read.flatMap(({ people }) => people?.rest ?? [])) },
    confidence: sure ? first.confidence : 0.5,
    why: `${marks.map(({ words }) => `"${words}"`).join(", ")} before ${sure ? "names" : "what may be a name"}`,
  };
}

// A full stop that isn't part of an abbreviation.
const ENDED = /(?<!(?<!\p{L})(?:Jr|Sr|Inc|Ltd|Co|\p{Lu}))[.!?…]$/u;

const namesOf = ({ names }: Mark, credits: boolean): string =>
  (credits ? names.replace(/(?<!(?<!\p{L})(?:Jr|Sr|\p{Lu}))[.\s]+$/u, "") : names)
    .replace(/^[\s:：／＝,]+|[\s,;|/(–—•·-]+$/gu, "")
    // The end of "(with A)", whose start belongs to the mark.
    .replace(/^([^(]*)\)$/, "$1");

/** `홍길동 기자`. */
function korean(text: string): Reading<BylineLine> | undefined {
  const [, name = ""] = /^(\p{Script=Hangul}{2,5}) ?(?:기자|특파원|논설위원)$/u.exec(text) ?? [];
  return name === ""
    ? undefined
    : { value: { bylines: [{ name }] }, confidence: 0.9, why: "a name before 기자" };
}

/** `MARTA QUILL | THE HARBOUR TIMES`: no mark, but a person's name and something that only bylines have. */
function bare(text: string): Reading<BylineLine> | undefined {
  if (ENDED.test(text)) return undefined;
  const { named = [], rest = [] } = readPeople(text) ?? {};
  const [first] = named;
  // In scripts without capitals any words would look like a name.
  if (!first || !/\p{Lu}.*\s.*\p{Lu}/u.test(first.name) || !personName(first.name.replace(/,.*/, "")))
    return undefined;
  if (!named.every(({ sure }) => sure)) return undefined;
  const value = { bylines: named.map((one) => byline(one)), ...restOf(rest) };
  if (named.some(({ email }) => email))
    return { value, confidence: 0.75, why: "a name with an e-mail address" };
  if (named.some((one) => one.affiliation))
    return { value, confidence: 0.7, why: "a name with a job or a paper's name" };
  if (named.some(({ placed }) => placed)) return { value, confidence: 0.5, why: "a name and a place" };
  if (rest.length > 0) return { value, confidence: 0.4, why: "a name and a date or place" };
  return { value, confidence: 0.3, why: "words that may be a name alone" };
}

const folded = (written: string): string => written.replace(/\s+/g, " ").trim();

const restOf = (rest: readonly string[]) => (rest.length > 0 ? { rest } : {});

const byline = ({ name, affiliation, email }: Named, role: Role = "author"): ImportedByline => ({
  name,
  ...(role !== "author" && { role }),
  ...(affiliation !== undefined && { affiliation }),
  ...(email !== undefined && { email }),
});

/** What a mark makes of the names after it. */
interface Mark {
  /** As the line has it: `Reporting by`. */
  readonly words: string;
  readonly roles: readonly Role[];
  /** Confidence that the mark and names make a byline, 0 to 1. */
  readonly confidence: number;
  /** What stands between it and the next mark. */
  readonly names: string;
}

const ALONE: Readonly<Record<string, readonly Role[]>> = { perhaps: ["author"], with: ["contributor"] };
const isPicture = (role: string): boolean => role === "photographer" || role === "illustrator";

const MARKS = new Map(
  LANGUAGES.flatMap(({ bylines }) => Object.entries(bylines?.marks ?? {})).flatMap(([key, phrases]) =>
    phrases.split("|").flatMap((phrase) => {
      const colon = phrase.trim().endsWith(":");
      const unsure = key === "perhaps" || (colon && isPicture(key));
      const kind = {
        roles: ALONE[key] ?? (key.split(" ") as Role[]),
        confidence: key === "with" ? 0.6 : unsure ? 0.8 : key === "author" || colon ? 0.9 : 0.95,
        // Inside a line, "by" belongs to something else.
        first: key === "author" || key === "perhaps",
        colon,
      };
      return phrasesIn(phrase.replace(":", "")).map((made) => [made, kind] as const);
    }),
  ),
);

// Han and Hangul need no space before a name.
const ending = (phrase: string, colon: boolean): string =>
  colon ? "(?=\\s*[:：／＝])" : /[\p{Script=Han}\p{Script=Hangul}]$/u.test(phrase) ? "" : "(?=[\\s:])";

const MARK = new RegExp(
  `(?:^|[;,.|•·/–—()]\\s*|\\s)(?:(?:and|et|und|y|e|en|&|with)\\s+)?(${[...MARKS]
    .sort(([a], [b]) => b.length - a.length)
    .map(([phrase, { colon }]) => phrase.replaceAll("'", "['’]") + ending(phrase, colon))
    .join("|")})`,
  "giu",
);

/** The marks of a line with the words after each; none, if it doesn't start with one. */
function marksOf(line: string): readonly Mark[] {
  const found = [...line.matchAll(MARK)].flatMap((match) => {
    const [all, words = ""] = match;
    const kind = MARKS.get(words.toLowerCase().replaceAll("’", "'"));
    return kind && (match.index === 0 || !kind.first)
      ? [{ ...kind, words, start: match.index, end: match.index + all.length }]
      : [];
  });
  if (found[0]?.start !== 0) return [];
  return found.map((mark, index) => ({ ...mark, names: line.slice(mark.end, found[index + 1]?.start) }));
}

const PLACES = "\\p{Lu}[\\p{L}\\p{M}.'’ -]{1,40}";
const THERE = "(?: (?:from|in) \\p{Lu}[\\p{L}\\p{M}., '’-]{1,80})?";
const sentences = (role: Role, key: "contributed" | "reportedFrom" | "writtenBy", shape: string) =>
  patterns("bylines", key).map(
    (said) => [role, new RegExp(`^${shape.replace("…", `(?:${said})`)}$`, "u")] as const,
  );

// `names` are all that a sentence has besides these words.
const SENTENCES: readonly (readonly [Role, RegExp])[] = [
  ...sentences("contributor", "contributed", `(?<names>.{3,300}?),? …${THERE}`),
  ...sentences("reporter", "reportedFrom", `(?<names>.{3,300}?) … (?<tail>${PLACES}(?:,.{1,200})?)`),
  ...sentences("author", "writtenBy", "… (?<names>.{3,200})"),
];

/** Reads sentences that say who worked on the article. */
function contributed(text: string): Reading<BylineLine> | undefined {
  const read = text
    .replace(/[.\s]+$/, "")
    .split(/(?<=\p{Ll}{3})\.\s+/u)
    .map(readSentence);
  if (!read.every((people) => people !== undefined)) return undefined;
  const people = read.flat();
  const isSure = people.every(({ sure }) => sure);
  return {
    value: { bylines: people.map((one) => byline(one, one.role)) },
    confidence: isSure ? 0.9 : 0.5,
    why: `a sentence that says who worked on the article${isSure ? "" : ", by a single name"}`,
  };
}

function readSentence(sentence: string): readonly (Named & { readonly role: Role })[] | undefined {
  for (const [role, shape] of SENTENCES) {
    const { names = "", tail = "" } = shape.exec(sentence)?.groups ?? {};
    if (names === "") continue;
    const [, employer, workers] = EMPLOYED.exec(names) ?? [];
    const employed = employer ? affiliation(employer.replace(/['’]s?$/, "")) : undefined;
    const people = readPeople(`${employed && workers ? workers : names}${others(tail)}`);
    // `Quill reported from Port Ellery`: the byline has the whole name.
    const areNames = people?.named.every(({ sure }) => sure || role === "reporter");
    if (!people || !areNames || people.rest.length > 0) return undefined;
    return people.named.map((one) => ({ ...one, role, ...(employed && { affiliation: employed }) }));
  }
  return undefined;
}

// "Associated Press writers A and B"
const EMPLOYED = new RegExp(
  `^((?:\\p{Lu}[\\p{L}'’]* ){1,5}?)(?:staff |video |senior )?(?:${anyOf("bylines", "workers")}) (?=\\p{Lu})(.+)$`,
  "u",
);

// The others of "A reported from Paris, and B from Berlin": `, and B`.
const others = (tail: string): string =>
  / from /.test(tail) ? tail.replace(/^[^,]*/, "").replace(/ from \p{Lu}[\p{L}\p{M}.'’ -]*/gu, "") : "";

/** What is known of the article that a line is of. */
interface Known {
  /** Names, and all else that fields have of people. */
  readonly people: readonly string[];
  readonly language: string;
  /** True for days that are the article's. */
  readonly isDated: (dates: DateLine) => boolean;
}

// `and`, `Words by`
const MOST_JOINING_WORDS = 3;
const JOINING = /^ ?(?:\p{L}{1,3} )?| $/gu;

/**
 * True for a line with names that says more than these, their roles and a day: a place, a paper that no field has. Of a
 * line that may be no byline, a few words more are enough.
 */
export function saysMore(line: string, { people, language, isDated }: Known, isByline: boolean): boolean {
  const marks = marksOf(line).map(({ words }) => words);
  const rest = [...marks, ...people].reduce(without, line);
  const dates = readDateLine(rest.replace(/[\s|,;·•–—-]+/g, " ").replace(JOINING, ""), language);
  if (dates) return !isDated(dates.value);
  const words = rest.match(/\p{L}+/gu) ?? [];
  if (!isByline && words.length > MOST_JOINING_WORDS) return true;
  return /\p{Lu}\p{L}{3}|\d/u.test(rest.replace(/^\W*\p{Lu}/u, (start) => start.toLowerCase()));
}

/** `line` without `words`, which may be in capitals there. */
function without(line: string, words: string): string {
  const at = line.toLowerCase().indexOf(words.toLowerCase());
  return at < 0 || words === "" ? line : `${line.slice(0, at)} | ${line.slice(at + words.length)}`;
}

/**
 * Reads a plain author field: the names that it certainly holds, each on its own. One that can't be judged
 * (an organisation, a single name, `Quill, Marta`) stays as it is.
 */
export function splitNames(written: string): readonly ImportedByline[] {
  const text = folded(written).replace(/^by:?\s+(?=\S)/i, "");
  if (text === "") return [];
  if (text.length > LINE_LIMIT) return [{ name: text }];
  const line = marked(folded(written));
  if (line && line.confidence >= 0.9 && !line.value.rest) return line.value.bylines;
  const [, address, name] = /^(\S{1,64}@\S{1,80})\s+\((.+)\)$/.exec(text) ?? [];
  const people: People = { named: [], rest: [] };
  for (const group of groupsOf(name ? `${name} <${address}>` : text)) readField(group, people);
  return people.named.map((one) => byline(one));
}

function readField(group: string, people: People): void {
  const found: People = { named: people.named.map((one) => ({ ...one })), rest: [] };
  const judged = readGroup(group, found) && found.rest.length === 0 && found.named.every(({ sure }) => sure);
  if (judged) people.named.splice(0, people.named.length, ...found.named);
  else people.named.push({ name: group, sure: true });
}

// Words round the name in a link to the author's other articles, and before the name in a byline.
const BEFORE_NAMES = new RegExp(`^(?:${anyOf("bylines", "before")})\\s*:?\\s+(?=\\S)`, "iu");
const AFTER_NAMES = new RegExp(`\\s+(?:${anyOf("bylines", "behind")})$`, "iu");
// What systems write where there is no author.
const NOBODY = new RegExp(`^(?:[^\\p{L}]*|${anyOf("bylines", "nobody")})$`, "iu");
// An address where a name should be; a paper may be called by its host.
const ADDRESS = /^(?:https?:\S*|www\.\S+|\S+@\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,10}(?:\/\S*)?)$/i;

/** Bylines in an author field: a name, or several as a line would have them. An address is no name. */
export function bylinesIn(written: string, role?: Role): readonly ImportedByline[] {
  if (isAddress(written) || written.startsWith("@")) return [];
  return splitNames(bareName(written))
    .filter(({ name }) => !isNobody(name))
    .map((byline) => ({ ...(role && { role }), ...byline }));
}

// "Von Trier" is a name; "Von Marta Quill" holds one.
const PARTICLE = /^(?:von|di|af|av|par|por|door)\s+\S+$/i;

/** A name without the words round it: `View all posts by Marta Quill`. */
export function bareName(written: string): string {
  const name = plain(written);
  if (PARTICLE.test(name)) return name;
  return name.replace(BEFORE_NAMES, "").replace(AFTER_NAMES, "").trim();
}

/** True for a web or e-mail address, or a host. */
export const isAddress = (written: string): boolean =>
  webUrl(written) !== undefined || ADDRESS.test(written.trim());

/** True for what stands where there is no author. */
export const isNobody = (name: string): boolean => NOBODY.test(name.trim()) || isAddress(name);
