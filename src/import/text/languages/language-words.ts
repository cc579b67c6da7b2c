// The words of one language by which articles are read: a file of these for each language.

/** The kinds of site boilerplate. */
export const BOILERPLATE_KINDS = [
  "navigation",
  "prompt",
  "newsletter",
  "share",
  "list",
  "advertisement",
  "licence",
  "legal",
  "cookies",
  "comments",
  "figures",
  "audio",
  "counter",
] as const;

/** One of `BOILERPLATE_KINDS`. */
export type BoilerplateKind = (typeof BOILERPLATE_KINDS)[number];

type ByKind = Readonly<Partial<Record<BoilerplateKind, string>>>;

/** One language's words. Those of lists are in lower case, with spaces between them. */
export interface LanguageWords extends BoilerplatePhrases {
  /** BCP 47. */
  readonly language: string;
  /** Its commonest words, by which a text in it is known. */
  readonly commonest: string;
  readonly weekdays: string;
  readonly shortWeekdays: string;
  /** Months, and their abbreviations without a full stop. */
  readonly months: string;
  /** Sources of expressions for what stands before the day when an article was published, and changed. */
  readonly published: string;
  readonly updated: string;
}

/**
 * What sites say around an article. Phrases stand in the normal form of `normalForm` (line-boilerplate.ts): lower case, single
 * spaces, no punctuation, `#` for a number; ` | ` between them.
 */
export interface BoilerplatePhrases {
  /** All of a line. */
  readonly whole: ByKind;
  /** The first words of a short line. */
  readonly starts: ByKind;
  /** Anywhere in a line: no article says them of itself. */
  readonly within: ByKind;
  /** All of a line, where an article could have it too, as a heading: sections, networks. */
  readonly weak: ByKind;
  /** Anywhere in a line, where an article could say them too. */
  readonly hints: ByKind;
  /** How a site asks for something, what it offers, and how it calls itself and its readers. */
  readonly calls: string;
  readonly offers: string;
  readonly ours: string;
}
