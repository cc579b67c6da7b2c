// What is known of the languages that we have words in.

/** CLDR's plural categories (https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html). */
export const CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  ar: ["zero", "one", "two", "few", "many", "other"],
  de: ["one", "other"],
  en: ["one", "other"],
  es: ["one", "many", "other"],
  fr: ["one", "many", "other"],
  it: ["one", "many", "other"],
  ja: ["other"],
  ko: ["other"],
  nl: ["one", "other"],
  pl: ["one", "few", "many", "other"],
  pt: ["one", "many", "other"],
  ru: ["one", "few", "many", "other"],
  uk: ["one", "few", "many", "other"],
  zh: ["other"],
  "zh-Hant": ["other"],
};

// Chinese and Japanese have signs of their own width; so have Arabic comma and semicolon their shape. French sets a no-break
// space before a colon, and a narrow one before the other high signs. A bracket in Korean stands close to its word.
const HALF_WIDTH = /["'!(),:;?]|\.(?!\w)/;
const STRAIGHT_QUOTES = /["']/;
const UNUSUAL: Readonly<Record<string, RegExp>> = {
  ar: /["',;?]/,
  fr: /["']|(?<!\u00a0):|(?<!\u202f)[;!?]/,
  ja: HALF_WIDTH,
  ko: /["']|\p{L} \(/u,
  zh: HALF_WIDTH,
  "zh-Hant": HALF_WIDTH,
};

/** The first sign of a text that its language's readers aren't used to; undefined if there is none. */
export const unusualSign = (text: string, language: string): string | undefined =>
  (UNUSUAL[language] ?? STRAIGHT_QUOTES).exec(text)?.[0];
