// Lines that a Wireroom writes under an article, read again: credits, and the label of a correction, in the
// languages that it has words of its own for, and in the words that a site has in place of them
// (`formats/phrases.ts` writes them).

import { inByline, ROLES, type Role } from "../../../article/byline.ts";
import { withoutIsolates } from "../../../lib/bidi.ts";
import { check } from "../../../lib/problem.ts";
import { languageField } from "../../../lib/text.ts";
import { humanDate, parseInstant } from "../../../lib/time.ts";
import { type Overrides, withOverrides } from "../../../words/overrides.ts";
import { FALLBACK, languageOfOurs, place, siteWords, type Word, type Words } from "../../../words/words.ts";
import type { ImportedByline, ImportedCorrection } from "../../importer.ts";
import type { FeedHead, FeedItem } from "../feed-item.ts";

const LONGEST_LIST_CHARACTERS = 20_000;

type Kind = ImportedCorrection["kind"];

/** What a body's parts say of who made the article. */
export interface CreditParts {
  /** The line of credits, and the language that it is in. */
  readonly credits?: { readonly line: string; readonly language: string };
  /** Bios; `name` where the line gives one before it. */
  readonly bios: readonly { readonly name?: string; readonly bio: string }[];
}

/** A name and what somebody did, as a line of credits says it. */
interface Credit {
  readonly name: string;
  readonly role: Role;
}

/**
 * Reads `Reporting by A and B; editing by C.` in `language` (BCP 47), in our words or those of `overrides`.
 * Names that are known are found whole, whatever stands in them.
 */
export function readCredits(
  written: string,
  language: string,
  known: readonly string[],
  overrides?: Overrides,
): readonly Credit[] {
  const { sets, locale } = wordsIn(language, overrides);
  const line = withoutIsolates(written);
  const ends = sets.map(({ creditsEnd }) => creditsEnd).filter((mark) => line.endsWith(mark));
  const end = Math.max(0, ...ends.map((mark) => mark.length));
  const forms = ROLES.flatMap((role) => sets.flatMap(({ credits }) => formsOf(credits[role], role, locale)));
  // What fits more than one is the one that says most.
  const fullest = forms.toSorted((a, b) => lengthOf(b) - lengthOf(a));
  const found: { readonly role: Role; names: string }[] = [];
  const separators = sets.map(({ creditsSeparator }) => creditsSeparator);
  for (const [mark, part] of split(line.slice(0, line.length - end), separators)) {
    const folded = part.toLocaleLowerCase(locale);
    // Lower case may be longer than what it is made of; then the places would not be the same.
    const search = folded.length === part.length ? folded : part;
    const form = fullest.find(
      (one) => search.length > lengthOf(one) && search.startsWith(one.before) && search.endsWith(one.after),
    );
    const last = found.at(-1);
    if (form) {
      const names = part.slice(form.before.length, part.length - form.after.length);
      found.push({ role: form.role, names });
    } else if (last) last.names += mark + part;
  }
  return found.flatMap(({ role, names }) =>
    splitJoined(names, locale, known).map((name) => ({ name, role })),
  );
}

/** What stands before the names of a role, and after them, in lower case. */
interface Form {
  readonly role: Role;
  readonly before: string;
  readonly after: string;
}

const lengthOf = ({ before, after }: Form): number => before.length + after.length;

const formsOf = (credit: Word, role: Role, locale: string): readonly Form[] =>
  (typeof credit === "string" ? [credit] : Object.values(credit)).map((form) => {
    const [before = "", after = ""] = form.toLocaleLowerCase(locale).split("{names}");
    return { role, before, after };
  });

/** The parts of a line, each with the separator before it. */
function* split(
  line: string,
  separators: readonly string[],
): Generator<readonly [mark: string, part: string]> {
  let start = 0;
  let mark = "";
  while (true) {
    const [next] = separators
      .map((one) => ({ at: line.indexOf(one, start), mark: one }))
      .filter(({ at }) => at !== -1)
      .sort((a, b) => a.at - b.at || b.mark.length - a.mark.length);
    yield [mark, line.slice(start, next?.at)];
    if (next === undefined) return;
    mark = next.mark;
    start = next.at + mark.length;
  }
}

/** Names that were joined the way `language` joins a list: `A, B and C`. */
function splitJoined(written: string, language: string, known: readonly string[]): readonly string[] {
  const joined = withoutIsolates(written);
  // No list of names is longer, and each name costs a search to the end.
  if (joined.length > LONGEST_LIST_CHARACTERS) return [joined];
  const separators = separatorsOf(language);
  const longest = known.toSorted((a, b) => b.length - a.length);
  const names: string[] = [];
  let rest = joined;
  while (rest !== "") {
    const whole = longest.find(
      (name) =>
        name !== "" &&
        rest.startsWith(name) &&
        (rest.length === name.length || separators.some((mark) => rest.startsWith(mark, name.length))),
    );
    const ends = separators.map((mark) => rest.indexOf(mark, 1)).filter((at) => at !== -1);
    const end = whole?.length ?? Math.min(...ends, rest.length);
    names.push(rest.slice(0, end));
    const mark = separators.find((one) => rest.startsWith(one, end)) ?? "";
    rest = rest.slice(end + mark.length);
  }
  return names;
}

/**
 * Reads `Correction, 25 October 2024:` and its text, in our words or those of `overrides`; undefined for any
 * other label.
 */
export function readCorrection(
  label: string,
  text: string,
  language: string,
  overrides?: Overrides,
): ImportedCorrection | undefined {
  const { sets, locale } = wordsIn(language, overrides);
  const written = withoutIsolates(label);
  for (const { corrections, correctionLabel } of sets) {
    for (const kind of Object.keys(corrections) as Kind[]) {
      const [before = "", after = ""] = place(correctionLabel, { kind: corrections[kind] }).split("{date}");
      if (!written.startsWith(before) || !written.endsWith(after)) continue;
      const date = written.slice(before.length, after === "" ? undefined : -after.length);
      const day = dayOf(date, locale);
      return {
        at: day === undefined ? { kind: "unclear", value: date } : { kind: "day", value: day },
        kind,
        text,
      };
    }
  }
  return undefined;
}

/**
 * The words that a line in `language` may be written in: with those of a site in place of ours, and ours as
 * they are.
 */
function wordsIn(
  language: string,
  overrides: Overrides = {},
): { readonly sets: readonly Words[]; readonly locale: string } {
  const tag = tagOf(language);
  const { words, language: locale } = siteWords(tag);
  const theirs = overrides[languageOfOurs(tag) ?? FALLBACK];
  return { sets: theirs ? [withOverrides(words, theirs), words] : [words], locale };
}

// Intl throws at what is no language.
function tagOf(language: string): string {
  const checked = check(languageField, language);
  return checked.ok ? checked.value : "en";
}

// The day whose long form this is: its numbers are in it, and its month is the one of twelve that reads the
// same.
function dayOf(date: string, language: string): string | undefined {
  const numbers = inAscii(date).match(/\d+/g) ?? [];
  const year = numbers.find((number) => number.length === 4);
  if (year === undefined) return undefined;
  // Where the month is a number too, either may be the day.
  const days = numbers
    .filter((number) => number.length < 3)
    .flatMap((day) =>
      Array.from(
        { length: 12 },
        (_, month) => `${year}-${String(month + 1).padStart(2, "0")}-${day.padStart(2, "0")}`,
      ),
    );
  return days.find((one) => {
    const instant = parseInstant(`${one}T12:00:00Z`);
    return instant !== undefined && humanDate(instant, language, "UTC") === date;
  });
}

/** Arabic-Indic digits, and their eastern forms, as those of ASCII. */
const inAscii = (date: string): string =>
  date.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 0xf));

function separatorsOf(language: string): readonly string[] {
  const tag = tagOf(language);
  const format = new Intl.ListFormat(tag === "en" ? "en-GB" : tag, { type: "conjunction" });
  // Spanish has another word for "and" before an i.
  const lists = [
    ["A", "B"],
    ["A", "I"],
    ["A", "B", "C"],
    ["A", "B", "C", "D"],
  ];
  const marks = lists.flatMap((list) =>
    format.formatToParts(list).flatMap(({ type, value }) => (type === "literal" ? [value] : [])),
  );
  return [...new Set(marks)].sort((a, b) => b.length - a.length);
}

// Who made an article, out of what a feed says in different places: names in the metadata, roles in the line
// of credits, bios in the body's tail.

/**
 * The bylines of an item of ours, in the newsroom's order as far as the bios tell it: else the byline, then
 * the credits.
 */
export function wireroomBylines(
  { people, joined }: FeedItem,
  parts: CreditParts | undefined,
  language: string,
  head: FeedHead,
): readonly ImportedByline[] {
  const credited = people.filter(({ role }) => role === "contributor");
  const authors = people.filter((person) => !credited.includes(person));
  const bios = parts?.bios ?? [];
  const known = [
    ...people.map(({ name }) => name).filter((name) => name !== joined),
    ...bios.flatMap(({ name }) => name ?? []),
    ...(joined === undefined ? [] : splitJoined(joined, language, [])),
  ];
  const credits = parts?.credits
    ? readCredits(parts.credits.line, parts.credits.language, known, head.words)
    : [];
  const writers = credits.filter(inByline);
  // Where nobody wrote it the byline has everybody; versions before that had them as contributors, under the
  // paper's name.
  const isContributor = ({ name }: Credit) => credited.some((person) => person.name === name);
  const inLine = writers.length > 0 ? writers : credits.filter((credit) => !isContributor(credit));
  const others = credits.filter((credit) => !inLine.includes(credit));
  // Names in one text: with a line of credits they are known one by one; without, there is one author.
  const byline =
    joined !== undefined && inLine.length > 0
      ? inOrder(inLine, joined, language)
      : withRoles(
          authors.filter(({ name }) => isPerson(name, inLine, head)),
          inLine,
        );
  return withBios(byline, withRoles(credited, others), bios);
}

// An article without bylines has the publication as its author.
const isPerson = (name: string, credits: readonly Credit[], head: FeedHead): boolean =>
  !head.own || name !== head.title || credits.some((credit) => credit.name === name);

/** Credits in the order of their names in `joined`. */
function inOrder(credits: readonly Credit[], joined: string, language: string): readonly Credit[] {
  const names = splitJoined(
    joined,
    language,
    credits.map(({ name }) => name),
  );
  const places = new Map(names.map((name, index) => [name, index]));
  const placeOf = ({ name }: Credit) => places.get(name) ?? names.length;
  return credits.toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Persons with the roles that the line of credits gives them; each credit is used once. */
function withRoles(people: readonly ImportedByline[], credits: readonly Credit[]): readonly ImportedByline[] {
  const left = [...credits];
  return people.map((person) => {
    const at = left.findIndex(({ name }) => name === person.name);
    const [credit] = at === -1 ? [] : left.splice(at, 1);
    return credit ? { ...person, role: credit.role } : person;
  });
}

/** Both lists as one, with their bios, which stand in the order of the newsroom. */
function withBios(
  byline: readonly ImportedByline[],
  credits: readonly ImportedByline[],
  bios: CreditParts["bios"],
): readonly ImportedByline[] {
  const left = [[...byline], [...credits]];
  const merged: ImportedByline[] = [];
  for (const bio of bios) {
    const list = left.find((people) => people.some((person) => isAbout(bio, person)));
    const at = list?.findIndex((person) => isAbout(bio, person)) ?? -1;
    const passed = list?.splice(0, at + 1) ?? [];
    merged.push(...passed.map((person, index) => (index === at ? { ...person, bio: bio.bio } : person)));
  }
  return [...merged, ...left.flat()];
}

const isAbout = ({ name, bio }: CreditParts["bios"][number], person: ImportedByline): boolean =>
  name === undefined
    ? bio.startsWith(person.name) && !/^[\p{L}\p{M}\p{N}]/u.test(bio.slice(person.name.length))
    : name === person.name;
