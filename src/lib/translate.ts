// The texts of the desk, in the language that it was built with. In the code a text stands in English, which is also its key in
// a language's file (`interface/de.json`); English is shown where that file lacks it. {braces} are placeholders.
//
// Each text is a literal in the code, because a test collects them: `t("Saved at {time}", { time })`.

import { direction, isolated } from "./bidi.ts";
import translations, { type PluralForms, type Translations } from "./translations.ts";

type Values = Readonly<Record<string, string | number>>;

/** The language of the interface (BCP 47), which dates and numbers are written in too. */
export const interfaceLanguage = translations.language;

/** How the interface is written. */
export const interfaceDirection = direction(interfaceLanguage);

/** A text in the interface's language, with its placeholders filled; numbers are written as the language writes them. */
export const t = (english: string, values: Values = {}): string =>
  filled(translated(english, translations), values, translations);

/** A text for a number of things, which fills `{count}`. */
export const plural = (count: number, english: PluralForms & { one: string }, values: Values = {}): string =>
  filled(pluralForm(count, english, translations), { count, ...values }, translations);

/** A text whose placeholders are filled with elements: its pieces, in order. Numbers are written as the language writes them. */
export const parts = <Part>(english: string, values: Readonly<Record<string, Part>>): (string | Part)[] =>
  piecesOf<string | Part>(
    translated(english, translations),
    Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        typeof value === "number" ? written(value, translations.language) : value,
      ]),
    ),
  );

/** The text of `english` in a language. */
export function translated(english: string, { texts }: Translations): string {
  const own = Object.hasOwn(texts, english) ? texts[english] : undefined;
  return typeof own === "string" && own !== "" ? own : english;
}

/** The form of a text for a number of things, in a language. */
export function pluralForm(count: number, english: PluralForms, { language, texts }: Translations): string {
  const own = Object.hasOwn(texts, english.other) ? texts[english.other] : undefined;
  const isOwn = typeof own === "object";
  const forms = isOwn ? own : english;
  return forms[new Intl.PluralRules(isOwn ? language : "en").select(count)] ?? forms.other;
}

/** A text with its placeholders filled. A value of the other writing direction is isolated. */
export const filled = (text: string, values: Values, { language }: Pick<Translations, "language">): string =>
  piecesOf(
    text,
    Object.fromEntries(Object.entries(values).map(([name, value]) => [name, written(value, language)])),
  ).join("");

function written(value: string | number, language: string): string {
  return typeof value === "number"
    ? new Intl.NumberFormat(language).format(value)
    : isolated(value, direction(language));
}

/** Splits a text at its placeholders, and puts the values there; an unknown placeholder stays as it is. */
function piecesOf<Part>(text: string, values: Readonly<Record<string, Part>>): (string | Part)[] {
  return text
    .split(/(\{\w+\})/)
    .map((piece) => {
      const name = piece.slice(1, -1);
      return piece.startsWith("{") && Object.hasOwn(values, name) ? (values[name] as Part) : piece;
    })
    .filter((piece) => piece !== "");
}
