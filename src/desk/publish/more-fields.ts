// The fields of an article that a page doesn't show in a place of their own. Whoever publishes must see them: a program,
// or a reporter by the API, may have set any of them.

import { t } from "../../lib/translate.ts";

/** What fields are called, also those within another. */
const LABELS: Readonly<Record<string, string>> = {
  affiliation: t("Affiliation"),
  alt: t("Alternative text"),
  at: t("Time of the change"),
  avatar: t("Portrait"),
  bio: t("About the person"),
  body: t("Text"),
  bylines: t("Bylines"),
  caption: t("Caption"),
  copyright: t("Copyright"),
  corrections: t("Corrections"),
  credit: t("Credit"),
  crop: t("May be cropped"),
  dateline: t("Dateline"),
  dek: t("Dek"),
  email: t("E-mail address"),
  expires: t("Expires"),
  focus: t("Point that stays visible"),
  headline: t("Headline"),
  height: t("Height"),
  html: t("Text"),
  images: t("Pictures"),
  kind: t("Kind"),
  language: t("Language"),
  license: t("Licence"),
  name: t("Name"),
  person: t("Person"),
  priority: t("Priority"),
  published: t("Published"),
  restore: t("Publish again"),
  rights: t("Rights"),
  role: t("Role"),
  section: t("Section"),
  shortHeadline: t("Short headline"),
  slug: t("Slug"),
  sponsored: t("Sponsored"),
  src: t("Address"),
  syndicate: t("For partners too"),
  tags: t("Tags"),
  terms: t("Terms"),
  text: t("Text"),
  type: t("Type"),
  updated: t("Updated"),
  url: t("Address"),
  width: t("Width"),
};

/** In every language. */
const BETWEEN = " · ";

/** Each field that isn't in `shown`, and isn't empty: its label, and its value as text. */
export const moreFields = (
  article: Readonly<Record<string, unknown>>,
  shown: ReadonlySet<string>,
): readonly (readonly [label: string, value: string])[] =>
  Object.entries(article)
    .filter(([name]) => !shown.has(name))
    .map(([name, value]) => [labelOf(name), textOf(value)] as const)
    .filter(([, text]) => text !== "");

/** What a field is called; one that no article has, by its name: `someField` as `Some field`. */
export function labelOf(name: string): string {
  const label = Object.hasOwn(LABELS, name) ? LABELS[name] : undefined;
  if (label !== undefined) return label;
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Any JSON as one line that people read: `Name: Mara Quill · Role: reporter`. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? t("yes") : t("no");
  if (Array.isArray(value)) {
    const texts = value.map(textOf);
    return value.some((one) => typeof one === "object") ? texts.join("; ") : texts.join(BETWEEN);
  }
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([name, one]) => t("{field}: {value}", { field: labelOf(name), value: textOf(one) }))
      .join(BETWEEN);
  return String(value);
}
