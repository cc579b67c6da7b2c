// Imported article + the publisher's flags -> the model's fields, and what is still missing. Nothing is
// invented: what neither says is asked for. What the model refuses is left out, with a note.

import type * as z from "zod/mini";
import { articleInputSchema } from "../article/article.ts";
import { type BylineInput, personSchema, type Role } from "../article/byline.ts";
import { type Site, timezoneField } from "../article/site.ts";
import { webUrlField } from "../lib/address.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { check } from "../lib/problem.ts";
import { slugify, text } from "../lib/text.ts";
import { parseInstant } from "../lib/time.ts";
import { inZone } from "../lib/wall-clock.ts";
import type { ImportedArticle, ImportedByline, SourceDate } from "./importer.ts";
import { isNoCategory } from "./no-category.ts";

const { shape } = articleInputSchema;

/** Fields that the publisher sets by flags. They replace what the source says. */
export interface Choices {
  readonly title?: string;
  /** RFC 3339. */
  readonly published?: string;
  /** A key of `site.sections`. */
  readonly section?: string;
  /** BCP 47. */
  readonly language?: string;
  /** IANA: the zone of clocks that name none. */
  readonly timezone?: string;
  /** Where nothing says when an article was published, the time of its last change counts. */
  readonly acceptUpdated?: boolean;
  /** Accept ids of this site's own authority, and ids that other articles in the folder have. */
  readonly adoptIds?: boolean;
}

/** A field that only the publisher can fill. */
export interface Need {
  /** The field: `images[0].src`. */
  readonly path: string;
  /** What the source says instead; no full stop. */
  readonly why?: string;
  /** What would fill it: `--title "…"`. */
  readonly flag?: string;
}

/** An article's fields as far as they are known. */
export interface ModelFields {
  /** The model's fields but for pictures and body, in the order of article.md. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly needs: readonly Need[];
  /** What had to be left out, and what else the publisher should know. */
  readonly notes: readonly string[];
}

/** Makes the model's fields of what a source says. */
export function toModel(article: ImportedArticle, given: Choices, site: Site | undefined): ModelFields {
  const timezone = given.timezone ?? knownZone(article.timezone);
  const choices = timezone === undefined ? given : { ...given, timezone };
  const notes = [...(article.notes ?? []), ...unreadable(article)];
  const headline = choices.title ?? article.headline;
  const stated = choices.published ?? withZone(article.published, choices.timezone);
  const published =
    stated ?? (choices.acceptUpdated ? withZone(article.updated, choices.timezone) : undefined);
  if (stated === undefined && published !== undefined)
    notes.push(`published is when it was last changed, ${published}: the source says no other time`);
  const language = choices.language ?? article.language;
  const fields = {
    id: idField(article.id, choices, site, notes),
    headline: headline === undefined ? undefined : text(headline) || undefined,
    shortHeadline: article.shortHeadline,
    dek: article.dek,
    ...sectionAndTags(article, choices, site, notes),
    // The site's own language is the default, and an article goes with it when it changes.
    language: validate(shape.language, "language", language === site?.language ? undefined : language, notes),
    bylines: bylineFields(article.bylines ?? [], notes),
    dateline: article.dateline,
    published,
    updated: updatedField(article.updated, published, choices, notes),
    corrections: correctionFields(article, choices, notes),
    rights: rightsField(article.rights, notes),
    sponsored: article.sponsored || undefined,
    url: validate(shape.url, "url", pageElsewhere(article.url, site), notes),
  };
  if (article.published?.kind === "day" && published !== undefined && choices.published === undefined)
    notes.push(`published is the start of ${article.published.value}: the source gives no time`);
  return {
    fields: Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value))),
    needs: [
      ...(fields.headline === undefined ? [{ path: "headline", flag: '--title "…"' }] : []),
      ...(published === undefined ? [publishedNeed(article)] : []),
    ],
    notes,
  };
}

/** A zone that there is: a source's settings may name any. */
const knownZone = (timezone: string | undefined): string | undefined =>
  timezone !== undefined && check(timezoneField, timezone).ok ? timezone : undefined;

const unreadable = (article: ImportedArticle): readonly string[] =>
  JSON.stringify(article).includes("\ufffd")
    ? ["“\ufffd” stands where the source holds what can't be read: put right what belongs there"]
    : [];

/**
 * The article's page, if it is on another site: one on this site is served here from now on, under the
 * article's slug.
 */
const pageElsewhere = (url: string | undefined, site: Site | undefined): string | undefined =>
  site && url !== undefined && URL.canParse(url) && new URL(url).host === new URL(site.url).host
    ? undefined
    : url;

/**
 * The source's id. One of this site's own authority would take over the article that has it: they stand in
 * every feed, so that anybody can write one.
 */
function idField(id: string | undefined, choices: Choices, site: Site | undefined, notes: string[]) {
  const [, authority] = /^\s*tag:([^,:]*)[,:]/i.exec(id ?? "") ?? [];
  if (!site || choices.adoptIds || authority?.toLowerCase() !== site.tag.authority.toLowerCase())
    return validate(shape.id, "id", id, notes);
  notes.push(
    `id was left out: ${JSON.stringify(id)} is one of this site's own, and would take the place of the article that has it; --adopt-ids keeps it`,
  );
  return undefined;
}

const EXAMPLE_FLAGS = {
  published: "--published 2026-01-31T18:00:00+01:00",
  timezone: "--timezone Europe/Berlin",
};

function publishedNeed({ published: date, updated }: ImportedArticle): Need {
  if (date === undefined && updated !== undefined && updated.kind !== "unclear")
    return {
      path: "published",
      why: `the source only says when it was last changed, ${JSON.stringify(updated.value)}`,
      flag: updated.kind === "instant" ? "--accept-updated" : `--accept-updated ${EXAMPLE_FLAGS.timezone}`,
    };
  const flag = date === undefined || date.kind === "unclear" ? "published" : "timezone";
  return {
    path: "published",
    ...omitUndefined({ why: date && `${JSON.stringify(date.value)} ${lackOf(date)}` }),
    flag: EXAMPLE_FLAGS[flag],
  };
}

/**
 * A date as RFC 3339; undefined where the source doesn't give enough of it. A day alone is its first second.
 */
function withZone(date: SourceDate | undefined, timezone: string | undefined): string | undefined {
  if (date?.kind === "instant") return date.value;
  if (timezone === undefined || date === undefined || date.kind === "unclear") return undefined;
  return inZone(date.kind === "day" ? `${date.value}T00:00:00` : date.value, timezone);
}

const lackOf = ({ kind }: SourceDate): string =>
  kind === "local"
    ? "has no time zone"
    : kind === "day"
      ? "has neither time nor zone"
      : "is not a whole date";

function updatedField(
  date: SourceDate | undefined,
  published: string | undefined,
  { timezone }: Choices,
  notes: string[],
): string | undefined {
  const updated = withZone(date, timezone);
  if (date !== undefined && updated === undefined)
    notes.push(`updated was left out: ${JSON.stringify(date.value)} ${lackOf(date)}`);
  const [from, to] = [published, updated].map((value) => value && parseInstant(value));
  if (!from || !to || from < to) return updated;
  // Many systems write the same time twice. An earlier one is noted.
  if (from !== to) notes.push(`updated was left out: ${updated} is before published`);
  return undefined;
}

function correctionFields({ corrections = [] }: ImportedArticle, { timezone }: Choices, notes: string[]) {
  return corrections.flatMap(({ at, kind, text: words }) => {
    const instant = withZone(at, timezone);
    if (instant !== undefined) return [{ at: instant, kind, text: words }];
    notes.push(`a ${kind} was left out, since ${JSON.stringify(at.value)} ${lackOf(at)}: ${words}`);
    return [];
  });
}

function rightsField({ license, ...others }: NonNullable<ImportedArticle["rights"]> = {}, notes: string[]) {
  return omitUndefined({ ...others, license: validate(webUrlField, "rights.license", license, notes) });
}

/**
 * The first name that is a section of the site's; every other name is a tag, unless it says that there is no
 * category.
 */
function sectionAndTags(
  { sections = [], tags = [] }: ImportedArticle,
  choices: Choices,
  site: Site | undefined,
  notes: string[],
): { readonly section?: string; readonly tags: readonly string[] } {
  const known = Object.entries(site?.sections ?? {});
  const keyOf = (name: string): string | undefined =>
    known.find(([key, { title }]) => key === name || [key, title].some((one) => sameName(one, name)))?.[0];
  const section = choices.section ?? sections.map(keyOf).find((key) => key !== undefined);
  const isSection = (name: string) => section !== undefined && keyOf(name) === section;
  const others = [...sections.filter((name) => !isSection(name)), ...tags]
    .map(text)
    .filter((name) => !isNoCategory(name));
  const distinct = [
    ...new Map(others.toReversed().map((tag) => [tag.toLowerCase(), tag])).values(),
  ].reverse();
  return { ...omitUndefined({ section }), tags: validTags(distinct, notes) };
}

const sameName = (one: string, other: string): boolean =>
  slugify(one) !== "" && slugify(one) === slugify(other);

const TAGS_LIMIT = 50;

function validTags(tags: readonly string[], notes: string[]): readonly string[] {
  const more = tags.length - TAGS_LIMIT;
  if (more > 0)
    notes.push(`${more} of ${tags.length} tags were left out: an article has at most ${TAGS_LIMIT}`);
  return tags.slice(0, TAGS_LIMIT).filter((tag) => {
    const checked = check(shape.tags, [tag]);
    const why = checked.ok ? undefined : checked.problems[0]?.message;
    if (why !== undefined && tag !== "") notes.push(`the tag ${JSON.stringify(tag)} was left out: ${why}`);
    return why === undefined;
  });
}

const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) && value.length === 0) ||
  (typeof value === "object" && value !== null && Object.keys(value).length === 0);

/**
 * The value as the model takes it; undefined, with a note that names it `what`, where the model refuses it.
 */
function validate<T extends z.core.$ZodType>(
  schema: T,
  what: string,
  value: string | undefined,
  notes: string[],
): z.core.output<T> | undefined {
  if (value === undefined || value.trim() === "") return undefined;
  const checked = check(schema, value);
  if (checked.ok) return checked.value;
  notes.push(`${what} was left out: ${JSON.stringify(value)} ${checked.problems[0]?.message}`);
  return undefined;
}

const DETAILS = ["affiliation", "url", "avatar", "email", "bio"] as const;

/** A byline written out; every field is one that the model takes. */
export interface BylineFields extends ImportedByline {
  readonly role: Role;
}

/** Bylines as the model takes them. What it refuses is left out, and noted. */
function bylineFields(bylines: readonly ImportedByline[], notes: string[]): readonly BylineFields[] {
  return bylines.flatMap((byline) => {
    const fields = { name: text(byline.name), role: byline.role ?? "author" };
    const checked = check(personSchema, fields);
    if (!checked.ok) {
      notes.push(`the byline ${JSON.stringify(byline.name)} was left out: ${checked.problems[0]?.message}`);
      return [];
    }
    return [{ ...fields, ...validDetails(byline, notes) }];
  });
}

const validDetails = (byline: ImportedByline, notes: string[]): Partial<ImportedByline> =>
  omitUndefined(
    Object.fromEntries(
      DETAILS.map((name) => [
        name,
        validate(personSchema.shape[name], `${name} of ${byline.name}`, text(byline[name] ?? ""), notes),
      ]),
    ),
  );

/** The same with the keys of people that site.yaml has, where it says of them all that the byline says. */
export function withPeople(bylines: readonly BylineFields[], site: Site | undefined): readonly BylineInput[] {
  return bylines.map((byline) => {
    const [key, person] =
      Object.entries(site?.people ?? {}).find(
        ([, { name, ...known }]) =>
          name === byline.name &&
          DETAILS.every((detail) => byline[detail] === undefined || byline[detail] === known[detail]),
      ) ?? [];
    const { role, ...others } = byline;
    if (key === undefined) return (role === "author" ? others : byline) as BylineInput;
    return person?.role === role ? key : { person: key, role };
  });
}
