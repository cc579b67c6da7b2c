// Every line of a page's article has an owner: a field, or the text. The lines that have none are noted.

import { bare } from "../bare-words.ts";
import { readBoilerplate } from "../text/line-boilerplate.ts";
import type { DateLine } from "../text/publication-date.ts";
import { saysMore } from "../text/rest-of-byline.ts";
import { LIKELY, SURE } from "../text/text-lines.ts";
import { type Facts, factsOf, type Told } from "./page-facts.ts";

/** A line that isn't in the text: it was taken off it, or stands beside it. */
export interface TakenLine {
  readonly text: string;
  /** What it was taken for: `headline`, `byline`, `boilerplate` … */
  readonly as: string;
  readonly told?: Told;
}

/** A note with the lines whose words are neither in `facts` nor in `body` (the text's words); none where all are. */
export function lostLines(taken: readonly TakenLine[], facts: Facts, body: string): readonly string[] {
  const owners: Owners = {
    body: bare(body),
    fields: [...new Set(stringsIn(facts).map(bare))].sort((a, b) => b.length - a.length),
    facts,
  };
  const lost = new Set(taken.filter((line) => !isOwned(line, owners)).map(({ text }) => text));
  return lost.size === 0
    ? []
    : [`left out of the text: ${Array.from(lost, (line) => `“${line}”`).join(" ")}`];
}

interface Owners {
  readonly body: string;
  /** The fields' letters, the longest first. */
  readonly fields: readonly string[];
  readonly facts: Facts;
}

function isOwned({ text, as, told }: TakenLine, { body, fields, facts }: Owners): boolean {
  const letters = bare(text);
  if (letters === "" || body.includes(letters)) return true;
  if (as === "date") return isDated(factsOf(told ?? {}), facts);
  const rest = fields.reduce((left, field) => withoutField(left, field), letters);
  if (rest === "") return true;
  if (as === "byline" || namesOf(facts).some((name) => text.includes(name))) {
    const people = [...stringsIn(facts.bylines), ...(facts.siteNames ?? [])];
    const known = {
      people,
      language: facts.language ?? "en",
      isDated: (dates: DateLine) => isDated(dates, facts),
    };
    return !saysMore(text, known, as === "byline");
  }
  // `Photo: Lena Oster`
  return rest !== letters && rest.length <= MARK_CHARACTERS && letters.length > 2 * rest.length;
}

const SHORTEST_FIELD = 4;
const MARK_CHARACTERS = 16;

const withoutField = (letters: string, field: string): string =>
  field.length < SHORTEST_FIELD && letters !== field
    ? letters
    : field.includes(letters)
      ? ""
      : letters.replace(field, "");

const namesOf = ({ bylines = [] }: Facts): readonly string[] => bylines.map(({ name }) => name);

/** True where the line's days are the article's. A date that can't be read counts if the article has one. */
function isDated({ published, updated }: DateLine, facts: Facts): boolean {
  const known = [facts.published, facts.updated].map((date) => date?.value.slice(0, DAY_CHARACTERS));
  const dates = [published, updated].flatMap((date) => date ?? []);
  const said = dates.filter(({ kind }) => kind !== "unclear");
  return said.length === 0
    ? facts.published !== undefined
    : said.every(({ value }) => known.includes(value.slice(0, DAY_CHARACTERS)));
}

const DAY_CHARACTERS = "2026-01-31".length;

function stringsIn(value: unknown): readonly string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

const FEWEST_WORDS = 3;
// A longer line may be a sentence of the article, though it has a button's words.
const LONGEST_BUTTON_CHARACTERS = 60;

/** True for a line that may be the article's, wherever it stands: no button, and no menu's word. */
export const maySaySomething = (line: string): boolean =>
  line.split(/\s+/).length >= FEWEST_WORDS &&
  /\p{L}{3}/u.test(line) &&
  (readBoilerplate(line)?.confidence ?? 0) < (line.length > LONGEST_BUTTON_CHARACTERS ? SURE : LIKELY);
