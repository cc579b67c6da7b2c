// Bylines of a source -> bylines of the model.

import { type BylineInput, personSchema, type Role } from "../article/byline.ts";
import type { Site } from "../article/site.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { check } from "../lib/problem.ts";
import { text } from "../lib/text.ts";
import type { ImportedByline } from "./importer.ts";
import { validate } from "./validate.ts";

const DETAILS = ["affiliation", "url", "avatar", "email", "bio"] as const;

/** A byline written out; every field is one that the model takes. */
export interface BylineFields extends ImportedByline {
  readonly role: Role;
}

/** Bylines as the model takes them. What it refuses is left out, and noted. */
export function bylineFields(bylines: readonly ImportedByline[], notes: string[]): readonly BylineFields[] {
  return bylines.flatMap((byline) => {
    const fields = { name: text(byline.name), role: byline.role ?? "author" };
    const checked = check(personSchema, fields);
    if (!checked.ok) {
      notes.push(`the byline ${JSON.stringify(byline.name)} was left out: ${checked.problems[0]?.message}`);
      return [];
    }
    return [{ ...fields, ...soundDetails(byline, notes) }];
  });
}

const soundDetails = (byline: ImportedByline, notes: string[]): Partial<ImportedByline> =>
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
