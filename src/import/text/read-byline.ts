// Recognizes lines that say who made an article: bylines, lines of credits, and sentences such as `A
// contributed to this report.`

import type { Role } from "../../article/byline.ts";
import type { ImportedByline } from "../importer.ts";
import { type Mark, marksOf } from "./byline-marks.ts";
import { affiliation, groupsOf, type Named, type People, readGroup, readPeople } from "./people-list.ts";
import { personName } from "./person-name.ts";
import type { Reading } from "./text-lines.ts";

/** Who made it. Places are recognized too, so that none is taken for a name, and left out. */
export interface BylineLine {
  readonly bylines: readonly ImportedByline[];
  /** What else stands in the line: a date, a reading time, a city. */
  readonly rest?: readonly string[];
}

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

/** `By A and B`, `Reporting by A in X; Editing by B`. */
function marked(line: string): Reading<BylineLine> | undefined {
  const marks = marksOf(line);
  const [first] = marks;
  if (!first) return undefined;
  const credits = marks.length > 1 || !first.roles.includes("author");
  if (!credits && (first.names.split(" ").length > WORDS_LIMIT || ENDED.test(line))) return undefined;
  const read = marks.map((mark) => ({ mark, people: readPeople(namesOf(mark, credits), marks.length > 1) }));
  const bylines = read.flatMap(({ mark, people }) =>
    mark.roles.flatMap((role) => people?.named.map((one) => byline(one, role)) ?? []),
  );
  const named = read.flatMap(({ people }) => people?.named ?? []);
  if (read.some(({ people }) => people === undefined)) return undefined;
  const sure = named.every((one) => one.sure);
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

function contributed(text: string): Reading<BylineLine> | undefined {
  const people = readContributed(text);
  if (!people) return undefined;
  const isSure = people.every(({ sure }) => sure);
  return {
    value: { bylines: people.map((one) => byline(one, one.role)) },
    confidence: isSure ? 0.9 : 0.5,
    why: `a sentence that says who worked on the article${isSure ? "" : ", by a single name"}`,
  };
}

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
  const people = readPeople(text);
  const [first] = people?.named ?? [];
  // In scripts without capitals any words would look like a name.
  if (!first || !/\p{Lu}.*\s.*\p{Lu}/u.test(first.name) || !personName(first.name.replace(/,.*/, "")))
    return undefined;
  if (!people?.named.every(({ sure }) => sure)) return undefined;
  const value = { bylines: people.named.map((one) => byline(one)), ...restOf(people.rest) };
  if (people.named.some(({ email }) => email))
    return { value, confidence: 0.75, why: "a name with an e-mail address" };
  if (people.named.some((one) => one.affiliation))
    return { value, confidence: 0.7, why: "a name with a job or a paper's name" };
  if (people.named.some(({ placed }) => placed)) return { value, confidence: 0.5, why: "a name and a place" };
  if (people.rest.length > 0) return { value, confidence: 0.4, why: "a name and a date or place" };
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

const PLACES = "\\p{Lu}[\\p{L}\\p{M}.'’ -]{1,40}";

// `names` are all that a sentence has besides these words.
const SENTENCES: readonly (readonly [Role, RegExp])[] = [
  [
    "contributor",
    /^(?<names>.{3,300}?),? (?:also |all )?contributed (?:to (?:this|the) (?:report|reporting|article|story|piece|post)|(?:additional )?(?:reporting|research)(?: to this (?:report|article|story))?)(?: (?:from|in) \p{Lu}[\p{L}\p{M}., '’-]{1,80})?$/u,
  ],
  [
    "contributor",
    /^(?<names>.{3,300}?) (?:a|ont) (?:également )?contribué à (?:cet article|ce reportage|cette enquête)$/u,
  ],
  [
    "contributor",
    /^(?<names>.{3,300}?) (?:contribuyó|contribuyeron|colaboró|colaboraron) (?:a|en|con) (?:este|esta) (?:reportaje|artículo|informe|nota|información)$/u,
  ],
  [
    "contributor",
    /^(?<names>.{3,300}?) (?:hat|haben) (?:zu diesem (?:Bericht|Artikel|Text) beigetragen|an diesem (?:Bericht|Artikel|Text) mitgearbeitet)$/u,
  ],
  [
    "reporter",
    new RegExp(
      `^(?<names>.{3,300}?) (?:reported|is reporting|are reporting) from (?<tail>${PLACES}(?:,.{1,200})?)$`,
      "u",
    ),
  ],
  [
    "author",
    /^This (?:story|article|report|piece) was (?:originally )?(?:written|reported) by (?<names>.{3,200})$/u,
  ],
];

/** The people in such sentences, with their roles; undefined for any other text. */
function readContributed(text: string): readonly (Named & { readonly role: Role })[] | undefined {
  const sentences = text.replace(/[.\s]+$/, "").split(/(?<=\p{Ll}{3})\.\s+/u);
  const read = sentences.map(readSentence);
  return read.every((people) => people !== undefined) ? read.flat() : undefined;
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
const EMPLOYED =
  /^((?:\p{Lu}[\p{L}'’]* ){1,5}?)(?:staff |video |senior )?(?:writers?|reporters?|journalists?|correspondents?|photographers?) (?=\p{Lu})(.+)$/u;

// The others of "A reported from Paris, and B from Berlin": `, and B`.
const others = (tail: string): string =>
  / from /.test(tail) ? tail.replace(/^[^,]*/, "").replace(/ from \p{Lu}[\p{L}\p{M}.'’ -]*/gu, "") : "";
