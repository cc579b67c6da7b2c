// A policy as a form: which fields there are, what they are called, what they hold, and the policy that was sent with
// them. All of it is read from the policy's schema. Pure.

import * as z from "zod/mini";
import type { Site } from "../../article/site.ts";
import { t } from "../../lib/translate.ts";
import { ACCESS_WORDS, PROFILE_WORDS } from "../../partners/partner-words.ts";
import { type Policy, policySchema } from "../../partners/policy.ts";

/** What somebody typed: the values of each field, by its path. */
export type Typed = Readonly<Record<string, readonly string[]>>;

/** A field of the form. */
export interface Field {
  /** The key in the policy: `select.tags`. */
  readonly path: string;
  readonly title: string;
  readonly hint: string;
  readonly kind: "text" | "number" | "flag" | "one" | "some" | "lines" | "pairs";
  readonly options: readonly { readonly value: string; readonly words: string }[];
  readonly isRequired: boolean;
}

/** Fields under one heading. */
export interface Group {
  readonly title: string;
  readonly hint: string;
  readonly fields: readonly Field[];
}

const FIRST = t("The partner");
const AMOUNT = t("How much of each, and when");
const PARAGRAPHS = "content.paragraphs";
/** The keys without a group that go to the first one, or to one of those that have a name of their own. */
const GROUP_OF: Readonly<Record<string, string>> = {
  content: AMOUNT,
  delay: AMOUNT,
  expire: AMOUNT,
  embargoed: AMOUNT,
  attribution: t("Links"),
};

/** The fields of the form, in their groups. */
export function groupsOf({ sections }: Pick<Site, "sections">): readonly Group[] {
  const groups = new Map<string, Group>([[FIRST, { title: FIRST, hint: "", fields: [] }]]);
  const add = (title: string, hint: string, fields: readonly Field[]) => {
    const before = groups.get(title);
    groups.set(title, {
      title,
      hint: before?.hint || hint,
      fields: [...(before?.fields ?? []), ...fields],
    });
  };
  for (const [key, schema] of Object.entries(policySchema.shape)) {
    const { inner, isRequired } = unwrapped(schema);
    const { title = key, description = "" } = z.globalRegistry.get(schema) ?? {};
    if (inner._zod.def.type === "object") {
      const { shape } = inner._zod.def as z.core.$ZodObjectDef;
      const fields = Object.entries(shape).map(([name, part]) => fieldOf(`${key}.${name}`, part));
      add(title, description, fields);
    } else if (key === "content") {
      for (const field of contentFields(title)) add(GROUP_OF.content ?? FIRST, "", [field]);
    } else {
      add(GROUP_OF[key] ?? FIRST, "", [{ ...fieldOf(key, schema), isRequired }]);
    }
  }
  return [...groups.values()].map((group) => ({
    ...group,
    fields: group.fields.map((field) =>
      field.path === "select.sections"
        ? {
            ...field,
            kind: "some" as const,
            options: Object.entries(sections).map(([value, { title }]) => ({ value, words: title })),
          }
        : field,
    ),
  }));
}

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  profile: PROFILE_WORDS,
  access: ACCESS_WORDS,
};
const CONTENT_WORDS = {
  full: t("the whole text"),
  excerpt: t("an excerpt"),
  paragraphs: t("the first paragraphs"),
};

const contentFields = (title: string): readonly Field[] => [
  {
    ...{ path: "content", title, hint: "", kind: "one", isRequired: true },
    options: Object.entries(CONTENT_WORDS).map(([value, words]) => ({ value, words })),
  },
  {
    ...{ path: PARAGRAPHS, title: t("Paragraphs"), kind: "number", options: [], isRequired: false },
    hint: t("How many, where only the first are sent: 1 to 50. A link to the rest follows."),
  },
];

function fieldOf(path: string, schema: z.core.$ZodType): Field {
  const { inner } = unwrapped(schema);
  const { title = path, description: hint = "" } = z.globalRegistry.get(schema) ?? {};
  const about = { path, title, hint, isRequired: false };
  const { def } = (inner as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "boolean":
      return { ...about, kind: "flag", options: [] };
    case "number":
      return { ...about, kind: "number", options: [] };
    case "enum":
      return { ...about, kind: "one", options: optionsOf(path, def.entries) };
    case "record":
      return { ...about, kind: "pairs", options: [] };
    case "array": {
      const { def: element } = (def.element as z.core.$ZodTypes)._zod;
      return element.type === "enum"
        ? { ...about, kind: "some", options: optionsOf(path, element.entries) }
        : { ...about, kind: "lines", options: [] };
    }
    default:
      return { ...about, kind: "text", options: [] };
  }
}

const optionsOf = (path: string, entries: Readonly<Record<string, string | number>>) =>
  Object.values(entries).map((entry) => {
    const value = String(entry);
    const words = WORDS[path]?.[value];
    return { value, words: words === undefined ? value : `${value}: ${words}` };
  });

/** A schema without its default, and whether a value must be given. */
function unwrapped(schema: z.core.$ZodType): {
  readonly inner: z.core.$ZodType;
  readonly isRequired: boolean;
} {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "default" || def.type === "optional")
    return { inner: unwrapped(def.innerType).inner, isRequired: false };
  return { inner: schema, isRequired: true };
}

/** What the form of a policy holds. */
export function typedOf(policy: Policy): Typed {
  const { content, ...rest } = policy;
  const values: Record<string, readonly string[]> = {};
  const add = (path: string, value: unknown): void => {
    if (Array.isArray(value)) values[path] = value.map(String);
    else if (path === "link.parameters")
      values[path] = Object.entries(value as object).map(([name, said]) => `${name}=${said}`);
    else if (typeof value === "object" && value !== null)
      for (const [name, part] of Object.entries(value)) add(`${path}.${name}`, part);
    else if (typeof value === "boolean") values[path] = value ? [ON] : [];
    else if (value !== undefined) values[path] = [String(value)];
  };
  for (const [name, value] of Object.entries(rest)) add(name, value);
  const isCut = typeof content !== "string";
  return {
    ...values,
    content: [isCut ? "paragraphs" : content],
    [PARAGRAPHS]: isCut ? [String(content.paragraphs)] : [],
  };
}

/** The value of a box that is ticked. */
export const ON = "yes";

/** What was sent, as a policy that is yet to be checked. Of an empty field there is nothing in it. */
export function inputOf(typed: Typed, groups: readonly Group[]): Readonly<Record<string, unknown>> {
  const input: Record<string, unknown> = {};
  for (const field of groups.flatMap(({ fields }) => fields)) {
    if (field.path === PARAGRAPHS) continue;
    const value = readField(field, typed[field.path] ?? [], typed);
    if (value === undefined) continue;
    const [group = "", key] = field.path.split(".");
    if (key === undefined) input[group] = value;
    else input[group] = { ...(input[group] as object | undefined), [key]: value };
  }
  // A webhook without an address is none.
  if ((input.push as { readonly url?: unknown } | undefined)?.url === undefined) delete input.push;
  return input;
}

function readField({ path, kind }: Field, values: readonly string[], typed: Typed): unknown {
  const text = values[0]?.trim() ?? "";
  switch (kind) {
    case "flag":
      return values.length > 0;
    case "number":
      return text === "" ? undefined : numberOf(text);
    case "some":
      return values.length === 0 ? undefined : values;
    case "lines":
      return lines(values).length === 0 ? undefined : lines(values);
    case "pairs":
      return Object.fromEntries(
        lines(values).map((line) => {
          const [name = "", ...rest] = line.split("=");
          return [name.trim(), rest.join("=").trim()];
        }),
      );
    default:
      if (path === "content" && text === "paragraphs")
        return { paragraphs: numberOf(typed[PARAGRAPHS]?.[0]?.trim() ?? "") };
      return text === "" ? undefined : text;
  }
}

/** What isn't a number stays as it is, so that the schema says so. */
const numberOf = (text: string): unknown => (/^\d+$/.test(text) ? Number(text) : text);

const lines = (values: readonly string[]): readonly string[] =>
  values
    .flatMap((value) => value.split(/\r?\n/))
    .map((line) => line.trim())
    .filter((line) => line !== "");

/** The field that a problem is about; undefined for one about none, or about the whole. */
export const fieldAt = (path: string, groups: readonly Group[]): Field | undefined =>
  groups
    .flatMap(({ fields }) => fields)
    .filter(
      (field) =>
        path === field.path || path.startsWith(`${field.path}.`) || path.startsWith(`${field.path}[`),
    )
    .sort((a, b) => b.path.length - a.path.length)[0];
