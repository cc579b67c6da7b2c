// What parts of a page say of its article, each with the reason to believe it; and the lines of the article that
// end up in no field.

import { bare } from "../bare-words.ts";
import type { Explained, ImportedArticle } from "../importer.ts";
import { readBoilerplate } from "../text/boilerplate.ts";
import { saysMore } from "../text/read-byline.ts";
import { type DateLine, LIKELY, SURE } from "../text/text-lines.ts";

/** An article's fields, and what else helps to read a page. */
export type Facts = Partial<
  Omit<ImportedArticle, "item" | "slug" | "body" | "notes" | "corrections" | "draft">
> & {
  /** The publication's names: no part of a title, and no author. */
  readonly siteNames?: readonly string[];
  readonly articleBody?: string;
  /** What the page tells search engines: tags only where nothing else names some. */
  readonly keywords?: readonly string[];
};

/** Facts of one part of a page. */
export type Told = {
  readonly [K in keyof Facts]?: { readonly value: NonNullable<Facts[K]>; readonly why: string };
};

/** Facts with their reasons, without those that aren't there. */
export const tell = (
  fields: { readonly [K in keyof Facts]?: readonly [Facts[K] | undefined, string] },
): Told =>
  Object.fromEntries(
    Object.entries(fields)
      .filter(
        ([, [value]]) => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0),
      )
      .map(([field, [value, why]]) => [field, { value, why }]),
  );

/** Of each fact what the first of `parts` says. */
export const firstTold = (parts: readonly Told[]): Told => Object.assign({}, ...parts.toReversed());

/** The facts alone. */
export const factsOf = (told: Told): Facts =>
  Object.fromEntries(Object.entries(told).map(([field, { value }]) => [field, value]));

// In the order of an article's file; what only helps to read the page is left out.
const EXPLAINED = [
  ...(["id", "url", "headline", "shortHeadline", "dek", "bylines", "dateline", "published"] as const),
  ...(["updated", "language", "sections", "tags", "images", "rights", "sponsored"] as const),
];

/** Why each fact was taken. */
export const explain = (told: Told): readonly Explained[] =>
  EXPLAINED.flatMap((as) => {
    const { value, why } = told[as] ?? {};
    return why === undefined ? [] : [{ text: shown(value), as, why }];
  });

/** A value as people know it: a list by its names or addresses. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join("; ");
  if (typeof value !== "object" || value === null) return String(value);
  const key = ["name", "value", "src", "copyright", "license"].find((each) => each in value);
  return key === undefined ? "" : String(Reflect.get(value, key));
}

/** A line that isn't in the text: it was taken off it, or stands beside it. */
export interface TakenLine {
  readonly text: string;
  /** What it was taken for: `headline`, `byline`, `boilerplate` … */
  readonly as: string;
  readonly told?: Told;
}

/** A note with the lines whose words are neither in `facts` nor in `body` (the text's words); none where all are. */
export function lostLines(taken: readonly TakenLine[], facts: Facts, body: string): readonly string[] {
  const letters = bare(body);
  // The longest first.
  const fields = [...new Set(stringsIn(facts).map(bare))].sort((a, b) => b.length - a.length);
  const lost = taken.filter((line) => !letters.includes(bare(line.text)) && !isInFields(line, facts, fields));
  return lost.length === 0
    ? []
    : [`left out of the text: ${Array.from(new Set(lost.map(({ text }) => `“${text}”`))).join(" ")}`];
}

const SHORTEST_FIELD = 4;
const LONGEST_LABEL_CHARACTERS = 16;

function isInFields({ text, as, told }: TakenLine, facts: Facts, fields: readonly string[]): boolean {
  const isDated = (dates: DateLine): boolean => isDateOf(dates, facts);
  if (as === "date") return isDated(factsOf(told ?? {}));
  const letters = bare(text);
  const rest = fields.reduce((left, field) => {
    if (field.length < SHORTEST_FIELD && left !== field) return left;
    return field.includes(left) ? "" : left.replace(field, "");
  }, letters);
  if (rest === "") return true;
  const { bylines = [], siteNames = [], language = "en" } = facts;
  if (as === "byline" || bylines.some(({ name }) => text.includes(name)))
    return !saysMore(
      text,
      { people: [...stringsIn(bylines), ...siteNames], language, isDated },
      as === "byline",
    );
  // `Photo: Lena Oster`
  return rest !== letters && rest.length <= LONGEST_LABEL_CHARACTERS && letters.length > 2 * rest.length;
}

/** True where the line's days are the article's. A date that can't be read counts if the article has one. */
function isDateOf({ published, updated }: DateLine, facts: Facts): boolean {
  const known = [facts.published, facts.updated].map((date) => date?.value.slice(0, DAY_CHARACTERS));
  const said = [published, updated].filter((date) => date !== undefined && date.kind !== "unclear");
  return said.length === 0
    ? facts.published !== undefined
    : said.every((date) => known.includes(date?.value.slice(0, DAY_CHARACTERS)));
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
