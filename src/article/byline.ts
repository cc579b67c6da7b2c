// Who made an article, and how: bylines, roles, and the people that site.yaml knows.

import * as z from "zod/mini";
import { webAddressField, webUrlField } from "../lib/address.ts";
import { textField } from "../lib/text.ts";
import { t } from "../lib/translate.ts";

/** What somebody did for an article. The first four make the byline; the rest are credits. */
export const ROLES = [
  "author",
  "reporter",
  "writer",
  "contributor",
  "editor",
  "photographer",
  "illustrator",
  "translator",
] as const;

/** One of `ROLES`. */
export type Role = (typeof ROLES)[number];

const BYLINE_ROLES: ReadonlySet<Role> = new Set(["author", "reporter", "writer", "contributor"]);

/** True for a name in the byline, false for a credit. */
export const inByline = ({ role }: Pick<Byline, "role">): boolean => BYLINE_ROLES.has(role);

/**
 * The people in the byline: those who wrote the article, in the newsroom's order. If nobody wrote it, as with
 * a picture story, everybody who is named.
 */
export function bylineOf<Named extends Pick<Byline, "role">>(people: readonly Named[]): readonly Named[] {
  const writers = people.filter(inByline);
  return writers.length === 0 ? people : writers;
}

const person = {
  name: textField(200),
  affiliation: z.exactOptional(textField(200)),
  url: z.exactOptional(webUrlField),
  avatar: z.exactOptional(webAddressField),
  email: z.exactOptional(z.email(t("must be an e-mail address"))),
  bio: z.exactOptional(textField(2000)),
};

/** Schema: a person of `site.yaml`; `role` is what they do unless an article says otherwise. */
export const personSchema = z.strictObject({ ...person, role: z._default(z.enum(ROLES), "author") });

const personKeyField = z
  .string()
  .check(
    z.regex(
      /^[a-z0-9]+(?:-[a-z0-9]+)*$/,
      t("must be the key of a person in site.yaml, or fields like {example}", { example: '{name: "…"}' }),
    ),
  );

/** Schema: one byline written out, or the key of a person, alone or with the role they had here. */
export const bylineSchema = z.union([
  personKeyField,
  z.strictObject({ person: personKeyField, role: z.exactOptional(z.enum(ROLES)) }),
  personSchema,
]);

/** A person of `site.yaml`. */
export type Person = z.infer<typeof personSchema>;

/** A byline as it was sent: a key, a key with a role, or everything. */
export type BylineInput = z.infer<typeof bylineSchema>;

/** A byline with every key looked up; `person` is that key, and names their author feed. */
export type Byline = Person & { readonly person?: string };
