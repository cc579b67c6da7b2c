// The interface's texts in another language, by the English text; empty here, because the code speaks English. The Worker and
// the editor are built with another language in this module's place: `wrangler.toml` and `cli/build-files.ts`.

/** A language's texts. Plural texts are found by their form `other`. */
export interface Translations {
  /** BCP 47. */
  readonly language: string;
  readonly texts: Readonly<Record<string, string | PluralForms>>;
}

/** A text for each plural category (CLDR) that the language has. */
export type PluralForms = { readonly other: string } & Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;

const english: Translations = { language: "en", texts: {} };

export default english;
