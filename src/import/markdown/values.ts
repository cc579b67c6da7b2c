// Values of front matter and settings, whatever their type.

import { isObject, type JsonObject } from "../parse-json.ts";

/** A text, number or truth as text; undefined for others and for nothing. */
export function asText(value: unknown): string | undefined {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : undefined;
}

/** The value of the first of `names` that is there; names have no case, and `a.b` is `b` in `a`. */
export function field(fields: JsonObject, names: readonly string[]): unknown {
  for (const name of names) {
    const found = name
      .split(".")
      .reduce<unknown>((inner, key) => (isObject(inner) ? entryOf(inner, key) : undefined), fields);
    if (found !== undefined && found !== null && found !== "") return found;
  }
  return undefined;
}

const entryOf = (fields: JsonObject, name: string): unknown => {
  const key = Object.hasOwn(fields, name)
    ? name
    : Object.keys(fields).find((one) => plain(one) === plain(name));
  return key === undefined ? undefined : fields[key];
};

/** A key without case and separators: `date_published` is `datePublished`. */
export const plain = (key: string): string => key.toLowerCase().replace(/[^a-z0-9]/g, "");

/** The same as text. */
export const textField = (fields: JsonObject, names: readonly string[]): string | undefined =>
  asText(field(fields, names));

/** A list, or the items of a text with commas; lists in it are flat. */
export function listOf(value: unknown, separator: RegExp = /,/): readonly string[] {
  if (Array.isArray(value))
    return value.flatMap((one) => (Array.isArray(one) ? listOf(one) : (nameIn(one) ?? [])));
  if (typeof value === "string")
    return value
      .replace(/^\[|\]$/g, "")
      .split(separator)
      .map((one) => one.trim())
      .filter(Boolean);
  return nameIn(value) ?? [];
}

const nameIn = (value: unknown): string[] | undefined => {
  const name =
    asText(value) ?? (isObject(value) ? textField(value, ["name", "title", "label", "slug"]) : undefined);
  return name === undefined ? undefined : [name];
};
