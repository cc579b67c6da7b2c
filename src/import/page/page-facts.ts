import type { Explained, ImportedArticle } from "../importer.ts";

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
export function tell(
  fields: { readonly [K in keyof Facts]?: readonly [Facts[K] | undefined, string] },
): Told {
  const known = Object.entries(fields).filter(([, [value]]) => !isNothing(value));
  return Object.fromEntries(known.map(([field, [value, why]]) => [field, { value, why }]));
}

const isNothing = (value: unknown): boolean =>
  value === undefined || value === "" || (Array.isArray(value) && value.length === 0);

/** Of each fact what the first of `parts` says. */
export const firstTold = (parts: readonly Told[]): Told => Object.assign({}, ...parts.toReversed());

/** The facts alone. */
export const factsOf = (told: Told): Facts =>
  Object.fromEntries(Object.entries(told).map(([field, { value }]) => [field, value]));

// In the order of an article's file; what only helps to read the page is left out.
const EXPLAINED = [
  ...[
    "id",
    "url",
    "headline",
    "shortHeadline",
    "dek",
    "bylines",
    "dateline",
    "published",
    "updated",
    "language",
  ],
  ...["sections", "tags", "images", "rights", "sponsored"],
];

/** Why each fact was taken. */
export const explain = (told: Told): readonly Explained[] =>
  Object.entries(told)
    .filter(([field]) => EXPLAINED.includes(field))
    .toSorted(([a], [b]) => EXPLAINED.indexOf(a) - EXPLAINED.indexOf(b))
    .map(([as, { value, why }]) => ({ text: shown(value), as, why }));

/** A value as people know it: a list by its names or addresses. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return value.map(shown).join("; ");
  if (typeof value !== "object" || value === null) return String(value);
  const known = ["name", "value", "src", "copyright", "license"].flatMap((key) =>
    key in value ? [Reflect.get(value, key)] : [],
  );
  return String(known[0] ?? "");
}
