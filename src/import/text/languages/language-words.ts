// What a language's sites say around an article. Phrases stand in the normal form of `normalForm`
// (line-boilerplate.ts): lower case, single spaces, no punctuation, `#` for a number; ` | ` between them.

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

/** One language's phrases. */
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
