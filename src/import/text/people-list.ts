// Lists of people in a byline, with their jobs and employers: `Marta Quill and Joe Bloggs, Harbour Times`, `A
// in Seoul, South Korea, and B in Paris`.

import { allWords, anyOf, patterns, wordList } from "./languages/languages.ts";
import {
  agencyName,
  capitalised,
  isRegion,
  isShouted,
  personName,
  SUFFIX,
  singleName,
} from "./person-name.ts";

/** Somebody on a list. */
export interface Named {
  name: string;
  affiliation?: string;
  email?: string;
  /** False where it could be another word with a capital. */
  readonly sure: boolean;
  /** True where an employer was named at the list's end, for all of them: `A and B Associated Press`. */
  readonly together?: boolean;
  /** True where the list names their place. */
  readonly placed?: boolean;
}

/** The people on a list, and what else it says: a date, a city, a reading time. */
export interface People {
  readonly named: Named[];
  readonly rest: string[];
}

const LABELS = `${anyOf("dates", "updated")}|${anyOf("dates", "published")}`;
const AND_WORDS = anyOf("bylines", "and");
const AT = anyOf("bylines", "at");
// Between words alone: "10/12", "O·P" and "Jean-Pierre" hold none.
const GROUPS = /\s*[|;]\s*|\s+[•·∙‧/–—-]+\s+|\s*／\s*|(?<=\p{Ll})\/(?=\p{Lu})/u;
const LABELLED = new RegExp(`\\s+(?=(?:${LABELS})(?:\\s?:|\\s[^.]{0,20}\\d))`, "iu");
const AND = new RegExp(`\\s+(?:${AND_WORDS}|&|\\+)\\s+`, "iu");
const LEADING_AND = new RegExp(`^(?:${AND_WORDS}|y|&)\\s+`, "iu");
// These stand within names too.
const MAYBE_AND = patterns("bylines", "andWithin").map((and) => new RegExp(`\\s+(?:${and})\\s+`, "iu"));
const COMMA = /\s*[,、،，]\s*/;
const EMAIL =
  /[(<[]?\s*(?:mailto:)?([^\s()<>[\],;:|"“”]{1,64}@[^\s()<>[\],;:|"“”@]{1,80}\.\p{L}{2,20})\s*[)>\]]?/u;
const HANDLE = /(?:^|\s)@\w{2,30}$/;
const PLACED = new RegExp(`^(.{2,80}?)\\s+(?:${AT})\\s+(\\p{Lu}.{0,60})$`, "u");
const PLACE = new RegExp(`^(?:${AT})\\s+\\p{Lu}[\\p{L}\\p{M}\\s.'’-]{1,40}$`, "u");
const PARENTHESIS = /^([^()]+?)\s*[([]([^()[\]]*)[)\]]$/;
const AGENCIES = new RegExp(`^(?:${anyOf("bylines", "otherAgencies")})$`, "iu");
// "Marta Quill March 3, 2025"
const DATED = /^(.{3,80}?)\s+((?:(?:on|le|am|el)\s+)?\p{L}{3,9}\.?\s\d.{0,80})$/u;
const ASIDE = new RegExp(`\\d|^@|^(?:${LABELS})(?!\\p{L})`, "iu");

/**
 * Reads a list of names after a mark; undefined for anything that is none. With `others` in the same line, an
 * e-mail address that stands apart may be anybody's.
 */
export function readPeople(written: string, others = false): People | undefined {
  const people: People = { named: [], rest: [] };
  const read = groupsOf(written).every((group) =>
    (others || people.named.length > 1) && EMAIL.exec(group)?.[0] === group
      ? people.rest.push(group) > 0
      : readGroup(group, people),
  );
  return read && people.named.length > 0 ? people : undefined;
}

/** The groups of a list that have nothing to do with each other's commas. */
export const groupsOf = (written: string): readonly string[] =>
  written
    .split(GROUPS)
    .flatMap((group) => group.split(LABELLED))
    .filter((group) => group !== "");

/** Reads a group onto `people`. */
export function readGroup(group: string, people: People): boolean {
  const pieces = group.split(COMMA);
  for (const [index, piece] of pieces.entries()) {
    const email = EMAIL.exec(piece);
    const text = (email ? piece.replace(email[0], " ") : piece)
      .replace(LEADING_AND, "")
      .replace(HANDLE, "")
      .trim();
    if (text !== "" && !isRead(text, people)) {
      const [, before = "", aside = ""] = DATED.exec(text) ?? [];
      const dated = before !== "" && isRead(before, people);
      people.rest.push([dated ? aside : text, ...pieces.slice(index + 1)].join(", "));
      return people.named.length > 0 && (dated || ASIDE.test(text));
    }
    const last = people.named.at(-1);
    if (email && !last) return false;
    if (email?.[1] && last) last.email ??= email[1];
  }
  return true;
}

/** Reads one piece of a group: an abbreviation behind a name, a place's country, names, an employer, a place. */
function isRead(piece: string, people: People): boolean {
  const { named, rest } = people;
  const last = named.at(-1);
  if (last && SUFFIX.test(piece)) {
    last.name += `, ${piece}`;
    return true;
  }
  if (last?.placed && isRegion(piece)) return true;
  // "Reported from Taipei", after a reporter's name.
  if (last && /(?:報導|报道)$/.test(piece)) return rest.push(piece) > 0;
  if (areNames(piece, people)) return true;
  const employer = affiliation(piece);
  if (employer) {
    if (last) affiliate(named, employer);
    else named.push({ name: employer, sure: agencyName(employer) !== undefined });
    return true;
  }
  if (!last || PLACE.test(piece)) return last !== undefined;
  return (singleName(piece) !== undefined || isRegion(piece)) && rest.push(piece) > 0;
}

function areNames(piece: string, { named, rest }: People): boolean {
  if (named.length > 0 && agencyName(piece)) return false;
  const parts = piece.split(AND).flatMap(maybeSplit);
  const found: Named[] = [];
  for (const part of parts) {
    const one =
      readOne(part, rest) ??
      (named.every(({ sure }) => !sure) || parts.length > 1 ? single(part) : undefined);
    const before = found.at(-1) ?? named.at(-1);
    // "in Trinidad and Tobago"
    if (before?.placed && (isRegion(part) || one?.sure === false)) continue;
    if (!one) return false;
    found.push(one);
  }
  named.push(...found);
  const last = found.at(-1);
  if (last?.together && last.affiliation) affiliate(named.slice(0, -1), last.affiliation);
  return true;
}

/** Gives an employer to all names before it that have none; a second one goes to the same people as the first. */
function affiliate(named: readonly Named[], found: string): void {
  const before = named.at(-1)?.affiliation;
  for (const one of named) {
    if (before === undefined) one.affiliation ??= found;
    else if (one.affiliation === before) one.affiliation = `${before}, ${found}`;
  }
}

const maybeSplit = (part: string): readonly string[] =>
  MAYBE_AND.map((and) => part.split(and)).find(
    (parts) => parts.length > 1 && parts.every((each) => readOne(each, [])?.sure),
  ) ?? [part];

const single = (part: string): Named | undefined => {
  const name = singleName(part);
  return name ? { name, sure: false } : undefined;
};

function readOne(part: string, rest: string[]): Named | undefined {
  const name = personName(part) ?? agencyName(part) ?? (AGENCIES.test(part) ? part : undefined);
  if (name) return { name, sure: true };
  const [, inside, words = ""] = PARENTHESIS.exec(part) ?? [];
  const one = inside ? readOne(inside, rest) : undefined;
  if (one) {
    const employed = affiliation(words);
    if (employed) return { ...one, affiliation: employed };
    if (PLACE.test(words)) return { ...one, placed: true };
    rest.push(words);
    return one;
  }
  const [, who = "", where = ""] = PLACED.exec(part) ?? [];
  const placed = where.split(" ").length <= 5 ? personName(who) : undefined;
  return placed ? { name: placed, sure: true, placed: true } : withEmployer(part.split(/\s+/));
}

/** `JOE BLOGGS Associated Press`, `Joe Bloggs Staff Writer`: a name and an employer with nothing between them. */
function withEmployer(words: readonly string[]): Named | undefined {
  const shouted = words.findIndex((word) => !isShouted(word) && !/^\p{Lu}\.?$|\.\p{Lu}\.$/u.test(word));
  const agency = words.findIndex((word, index) => index > 1 && agencyName(word));
  const cuts = agency > 1 ? [agency] : shouted > 1 ? [shouted] : [2, 3, 4];
  for (const cut of cuts) {
    const name = cut < words.length ? personName(words.slice(0, cut).join(" ")) : undefined;
    const tail = words.slice(cut).join(" ");
    const told =
      agency > 1 || shouted > 1 || TOLD.test(tail) || withoutSpecial(tail) !== tail || agencyName(tail);
    const found = name && told ? affiliation(tail) : undefined;
    if (name && found) return { name, sure: true, affiliation: found, together: true };
  }
  return undefined;
}

const TOLD =
  /^(?:The|THE|Staff|Senior|Special|Chief|Freelance|STAFF|SPECIAL) |^(?:Correspondent|Reporter|Editor|Contributor)$|^\p{Lu}\p{L}+ (?:Editor|Correspondent|Reporter|Writer)$/u;

const WORDS_LIMIT = 8;
const JOBS = allWords("bylines", "jobs");
const ORGANISATIONS = allWords("bylines", "organisations");
const ARTICLES = allWords("bylines", "article");
const SMALL = new Set([...allWords("bylines", "small"), "&"]);
const SHORT_WORDS = wordList("new sun day bay age air sea big one box eye old");

const SPECIAL = new RegExp(`^(?:${anyOf("bylines", "special")})\\s+`, "iu");
/** The paper of `Special to The Harbour Times`. */
function withoutSpecial(written: string): string {
  const paper = written.replace(SPECIAL, "");
  return /^(?:\p{Lu}|the )/u.test(paper) ? paper : written;
}

/** An employer or a job (`Staff Writer`, `The Harbour Times`); undefined for other words. */
export function affiliation(written: string): string | undefined {
  const name = withoutSpecial(written.trim());
  if (name === "" || name.length > 100) return undefined;
  const agency = agencyName(name);
  if (agency) return agency;
  const parts = name.split(/\s+/);
  if (parts.length > WORDS_LIMIT || !/^[\p{L}\p{M}\s'’&.,-]+$/u.test(name) || ENDED.test(name))
    return undefined;
  const plain = parts.map((part) => part.toLowerCase().replace(/[.,]$/, ""));
  if (plain.some((part) => JOBS.has(part)))
    return plain.some((part) => NO_JOB.has(part)) ? undefined : spelled(parts);
  const [first = ""] = parts;
  const article =
    /^L['’]\p{Lu}/u.test(first) ||
    (parts.length > 1 && /^(?:\p{Lu}\p{Ll}|THE$|O$)/u.test(first) && ARTICLES.has(first.toLowerCase()));
  return parts.every(isCapital) && (article || plain.some((part) => ORGANISATIONS.has(part)))
    ? spelled(parts)
    : undefined;
}

// A full stop ends a sentence, unless it shortens a word.
const ENDED = /(?<!(?<!\p{L})(?:Inc|Ltd|Co|Corp|\p{Lu}))\.$/u;
const NO_JOB = wordList("said says told who whose is was were has had will would and,");

const isCapital = (part: string): boolean =>
  SMALL.has(part.toLowerCase()) || /^(?:[ld]['’])?[\p{Lu}\p{Lt}\p{Lo}]/u.test(part);

/** The name of an organisation; one in capitals gets small letters, its short words aside (`BBC`). */
const spelled = (parts: readonly string[]): string =>
  isShouted(parts.join(" ")) ? parts.map(unshouted).join(" ") : parts.join(" ");

function unshouted(part: string, index: number): string {
  const small = part.toLowerCase();
  if (SMALL.has(small)) return index === 0 ? capitalised(part) : small;
  return small.length < 4 && !SHORT_WORDS.has(small) ? part : capitalised(part);
}
