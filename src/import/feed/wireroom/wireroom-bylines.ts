// Who made an article, out of what a Wireroom's feed says in different places: names in the metadata, roles
// in the line of credits, bios in the body's tail.

import { inByline } from "../../../article/byline.ts";
import type { ImportedByline } from "../../importer.ts";
import type { FeedHead, FeedItem } from "../feed-item.ts";
import type { WireroomParts } from "./wireroom-body.ts";
import { type Credit, readCredits, splitJoined } from "./wireroom-credits.ts";

/**
 * The bylines of an item of ours, in the newsroom's order as far as the bios tell it: else the byline, then
 * the credits.
 */
export function wireroomBylines(
  { people, joined }: FeedItem,
  parts: WireroomParts | undefined,
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
  bios: WireroomParts["bios"],
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

const isAbout = ({ name, bio }: WireroomParts["bios"][number], person: ImportedByline): boolean =>
  name === undefined
    ? bio.startsWith(person.name) && !/^[\p{L}\p{M}\p{N}]/u.test(bio.slice(person.name.length))
    : name === person.name;
