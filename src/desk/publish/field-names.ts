// The names of an article's fields at the desk: as the subject of a problem's sentence, and as labels in the list of
// fields that have no input of their own on a page. That list is shown before publishing, since a program or a
// reporter may have set any field by the API.

import type { Problem } from "../../lib/problem.ts";
import { t } from "../../lib/translate.ts";

const NAMES: Readonly<Record<string, string>> = {
  body: t("The text"),
  headline: t("The headline"),
  shortHeadline: t("The short headline"),
  dek: t("The dek"),
  slug: t("The address"),
  section: t("The section"),
  dateline: t("The dateline"),
  language: t("The language"),
};

/** A problem, or a finding, as a sentence without a full stop: "The headline is missing". */
export const problemText = ({ path, message }: Pick<Problem, "path" | "message">): string =>
  path === "" ? message : t("{field} {problem}", { field: fieldName(path), problem: message });

/** Problems as sentences. */
export const problemSentences = (problems: readonly Pick<Problem, "path" | "message">[]): string =>
  problems.map((problem) => t("{sentence}.", { sentence: problemText(problem) })).join(" ");

/** `images[0].alt` as "The alternative text of picture 1". */
function fieldName(path: string): string {
  const [, index, field = ""] = /^images\[(\d+)\]\.?(\w*)/.exec(path) ?? [];
  if (index !== undefined) {
    const number = { number: Number(index) + 1 };
    if (field === "alt") return t("The alternative text of picture {number}", number);
    return field === "" || field === "src"
      ? t("Picture {number}", number)
      : t("Picture {number}, {field},", { ...number, field: labelOf(field) });
  }
  const [first = ""] = path.split(/[.[]/);
  return NAMES[first] ?? labelOf(first);
}

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
