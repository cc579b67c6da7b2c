// Recognizes the dateline that a first paragraph starts with: place, agency and day before a dash.

import { allWords, WEEKDAYS } from "./languages/languages.ts";
import { affiliation } from "./people-list.ts";
import { agencyName, isRegion, isShouted, personName } from "./person-name.ts";
import type { Dateline, Reading } from "./text-lines.ts";

/** Datelines are shorter. UTF-16 code units. */
const HEAD_LIMIT = 120;

// ".-" is EFE's. A hyphen and an en dash stand between words too, so they need spaces, or an agency before
// them.
const DASH = /\s*(?:\.-+|--+|[—―])\s*|\s+[-–_]\s+|(?<=[)/])(?:\s*[-–:.]+\s*|\s+(?=\p{Lu}))/u;
const AGENCY = /^([^(]*?),?\s*(?:\(([^()]{2,40})\)|\s\/([^/\s]{2,20})\/)$/u;
const LAST_PART = /^(.*),\s*([^,]*)$/su;
const CITY = /^\p{Lu}[\p{L}\p{M}\s.'’/-]*$/u;
// What stays small in a city that is written in capitals.
const SMALL =
  /(?<=[\s/])(?:and|et|und|y|e|of|de|du|des|la|le|del|upon|am|an|der|sur|the)(?=\s)|(?<!\p{L})(?:Mc|Mac|[dl]['’])(?=\p{Lu})/gu;
// A sentence starts after a dateline, and goes on after any other dash.
const SENTENCE = /^["'“„«‘¿¡(\s]*[\p{Lu}\p{Lt}\p{Lo}\p{N}]/u;

/** Words in capitals before a dash that are no places. */
const NO_PLACE = allWords("bylines", "noPlace");
const MONTHS = allWords("dates", "months");

interface Head {
  readonly place: string;
  readonly agency?: string;
  readonly day?: string;
}

/** Reads the dateline that a paragraph starts with; undefined where there is none, or no place in it. */
export function readDateline(paragraph: string): Reading<Dateline> | undefined {
  const text = paragraph.trim();
  const dash = DASH.exec(text.slice(0, HEAD_LIMIT));
  if (!dash) return undefined;
  const head = readHead(text.slice(0, dash.index).trim());
  const rest = text.slice(dash.index + dash[0].length);
  if (!head || rest === "") return undefined;
  if (head.place === "") return head.agency ? behind(head.agency, rest) : undefined;
  const [, confidence, why] = signs(head, rest, dash[0].trim()).find(([is]) => is) ?? [];
  if (!confidence) return undefined;
  const told = head.agency ? undefined : /^([\p{L}\s]{2,30})\.\s+/u.exec(rest);
  const agency = head.agency ?? agencyName(told?.[1] ?? "");
  return {
    value: {
      dateline: head.place,
      ...(agency && { agency }),
      ...(head.day && { day: head.day }),
      rest: told && agency ? rest.slice(told[0].length) : rest,
    },
    confidence,
    why: `starts with ${why}`,
  };
}

/** Signs for and against a dateline, with the confidence of each; the first that holds decides. */
function signs(head: Head, rest: string, dash: string): readonly (readonly [boolean, number, string?])[] {
  const [city = "", ...regions] = head.place.split(/,\s*/);
  const capitals = isShouted(city.replace(SMALL, ""));
  const words = city.split(/[\s/]+/);
  const named = regions.length > 0 && regions.every(isRegion);
  const [agency, day] = [head.agency !== undefined, head.day !== undefined];
  const long = words.length > 4 && words[0] !== "ABOARD";
  return [
    [!isPlace(city, regions), 0],
    [agencyName(head.agency?.replace(/\/.*$/s, "") ?? "") !== undefined, 0.95, "a place and an agency"],
    [dash === "" || !SENTENCE.test(rest), 0],
    [capitals && agency, 0.85, "a place in capitals and a name in brackets"],
    [capitals && day, 0.9, "a place in capitals and a day"],
    [capitals && regions.length > 0, named ? 0.95 : 0.85, "a place in capitals and its country"],
    [agency && (day || named), 0.8, "a place, a name in brackets, and a day or its country"],
    [long || city.length < 4 || rest.length < 20 || !isSentence(rest), 0],
    [capitals, /[—–―]|--/.test(dash) ? 0.75 : 0.6, "a place in capitals and a dash"],
    [!agency && named, 0.7, "a place and its country"],
    [!agency && day && !personName(city), 0.7, "a place and a day"],
  ];
}

/** `PARIS, Jan. 12 (AP)`: place, agency and day apart; undefined for brackets that hold no agency. */
function readHead(written: string): Head | undefined {
  const [, before, bracketed, slashed] = AGENCY.exec(written) ?? [];
  const agency = bracketed ?? slashed;
  if (agency !== undefined && !isAgency(agency)) return undefined;
  let place = before ?? written;
  let day = "";
  for (let part = LAST_PART.exec(place); part && isDay(part[2] ?? ""); part = LAST_PART.exec(place)) {
    place = part[1] ?? "";
    day = written.slice(place.length, (before ?? written).length);
  }
  day = day.replace(/^[,\s]+/, "");
  if (/^[\d\s]+$/.test(day)) return undefined;
  return { place: place.trim(), ...(agency && { agency }), ...(day && { day }) };
}

// "dpa/lno": an agency and one of its services. Of an agency that nobody knows, the shape alone tells:
// `(Wire)`, `(Northern Courier)`; a party's mark has a hyphen (`R-Texas`).
const isAgency = (written: string): boolean =>
  /^\p{Lu}[\p{L}\p{M}.’']{1,20}(?:\s(?:of\s|the\s)?\p{Lu}[\p{L}\p{M}.’']{1,20}){0,2}$/u.test(written) ||
  agencyName(written.replace(/\/[\p{L}\s/-]{2,30}$/u, "")) !== undefined ||
  affiliation(written) !== undefined;

const isDayName = (word: string): boolean => MONTHS.has(word) || WEEKDAYS.has(word);

const isDay = (part: string): boolean =>
  part
    .toLowerCase()
    .split(/\.?\s+|\.$/)
    .every((word) => /^(?:\d{1,2}(?:st|nd|rd|th|er)?|\d{4}|de|le|of|den|)$/.test(word) || isDayName(word));

function isPlace(city: string, regions: readonly string[]): boolean {
  const words = city.split(/[\s/]+/);
  if (!CITY.test(city) || words.length > 6 || regions.length > 2) return false;
  if (words.some((word) => NO_PLACE.has(word)) || /^THE (?!HAGUE|DALLES|WOODLANDS|VALLEY|BRONX)/.test(city))
    return false;
  if (isDayName(words[0]?.toLowerCase() ?? "")) return false;
  return regions.every(
    (region) =>
      /^(?:(?:and|et|und|y)\s+)?\p{Lu}[\p{L}\p{M}\s.'’-]*$/u.test(region) && region.split(/\s+/).length <= 4,
  );
}

// One expression for both would look from every small letter to the end of a line of many thousands.
const isSentence = (text: string): boolean => /[.!?…:;"”’»)]$/u.test(text) && /\p{Ll}/u.test(text);

/** `(ANSA) - ROMA, 12 GEN - …`: the agency comes first. */
function behind(agency: string, rest: string): Reading<Dateline> | undefined {
  const found = /^\s*\(/.test(rest) ? undefined : readDateline(rest);
  const why = "starts with an agency and a place";
  return found && { value: { ...found.value, agency }, confidence: 0.95, why };
}
