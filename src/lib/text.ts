// Text and HTML as different types, so that neither can be written where the other belongs.

import * as z from "zod/mini";
import { legal, withoutReordering } from "./legal-text.ts";
import { t } from "./translate.ts";

export { legal };

/** Plain text on one line, without a character that XML forbids. Never markup. */
export type Text = string & z.core.$brand<"Text">;

/** Well-formed HTML. HTML from outside becomes this only by the clean-up in `html/clean.ts`. */
export type Html = string & z.core.$brand<"Html">;

/**
 * Any string as text: without illegal characters and those that reorder the text around them; white space
 * folded to single spaces, and trimmed.
 */
export const text = (value: string): Text =>
  withoutReordering(legal(value))
    .replace(/[\t\n \u2028\u2029]+/g, " ")
    .trim() as Text;

/** Marks a string as HTML that this code wrote or cleaned. */
export const html = (trusted: string): Html => trusted as Html;

/** Text as HTML that shows the same characters, in element content and in attributes. */
export const escapeHtml = (value: Text | string): Html =>
  value.replace(/[&<>"]/g, (character) => HTML_ESCAPES[character] ?? character) as Html;

/** The characters that `escapeHtml` writes as references. */
export const HTML_ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

/** Schema: required text of 1 to `max` characters (UTF-16 code units, after folding). */
export const textField = (max: number) =>
  z
    .string()
    .check(
      z.overwrite(text),
      z.minLength(1),
      z.maxLength(max),
      z.refine((value) => value === "" || isVisible(value), t("must have a character that can be seen")),
    )
    .brand<"Text">();

// Marks, fillers and letters that leave the place blank: Braille's and Egypt's blanks, music without a head,
// Khitan's filler, the sign for an object that isn't there.
const SHOWS_NOTHING =
  /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{NChar}\u2800\ufffc\u{13441}\u{13442}\u{16fe4}\u{1d159}]/gu;

/**
 * What can be seen of a text, as all counts have it: no formatting marks or blank letters, any white space as
 * one space.
 */
export const visibleText = (value: string): string =>
  value
    .replace(/[\t\n\v\f\r\p{Z}]+/gu, " ")
    .replace(SHOWS_NOTHING, "")
    .replace(/ {2,}/g, " ")
    .trim();

/** True for text with a character that can be seen. */
export const isVisible = (value: string): boolean => visibleText(value) !== "";

/**
 * `Reuters & Söhne` as `reuters-sohne`: lower case, letters and digits of any script, joined by hyphens; ""
 * if none.
 */
export const slugify = (value: string): string =>
  legal(value)
    .normalize("NFKD")
    .replace(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
    .replace(/^-+|-+$/g, "");

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;

/** A slug in an address: kebab-case ASCII, at most 120 characters. */
export const slugField = z.string().check(
  z.maxLength(120),
  z.regex(SLUG, {
    error: ({ input }) => {
      const example = exampleOf(input);
      return example === undefined
        ? t("must be kebab-case: a-z, 0-9 and single hyphens")
        : t("must be kebab-case: a-z, 0-9 and single hyphens, like {example}", { example });
    },
  }),
);

function exampleOf(value: unknown): string | undefined {
  const slug = typeof value === "string" ? slugify(value) : "";
  return SLUG.test(slug) ? JSON.stringify(slug) : undefined;
}

/** `1 article`, `2 articles`. */
export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? "" : "s"}`;

// Language tags (BCP 47).

/** Schema: a BCP 47 language tag, in its canonical spelling. */
export const languageField = z.string().check(
  z.refine((value) => canonicalLanguage(value) !== undefined, t("must be a language tag, like en or pt-BR")),
  z.overwrite((value) => canonicalLanguage(value) ?? value),
);

function canonicalLanguage(value: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(value.trim())[0];
  } catch {
    // RangeError is how Intl says that a tag is not well-formed.
    return undefined;
  }
}
