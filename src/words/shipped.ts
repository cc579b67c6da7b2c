// What the Worker is built with: the words for articles in every language, those for pages in the site's alone. All of
// them would be 12 kB more, gzipped, of which no page could show any.

import all from "./all.ts";
import type { Overrides } from "./overrides.ts";
import { type ArticleWords, FALLBACK, type Languages, languageOfOurs, type Words } from "./words.ts";

/** The words for a site in `language` (BCP 47), with those that it has put in place of ours. */
export function shippedWords(language: string, overrides: Overrides = {}): Languages {
  const own = languageOfOurs(language) ?? FALLBACK;
  return Object.fromEntries(
    Object.entries<Words>(all).map(([name, ours]) => {
      const words = merged(ours, overrides[name] ?? {});
      return [name, name === own ? words : forArticles(words)];
    }),
  );
}

/** Words of a site in place of ours, key by key. */
const merged = (ours: Words, theirs: NonNullable<Overrides[string]>): Words => ({
  ...ours,
  ...theirs,
  credits: { ...ours.credits, ...theirs.credits },
  corrections: { ...ours.corrections, ...theirs.corrections },
  roles: { ...ours.roles, ...theirs.roles },
});

const forArticles = ({
  credits,
  creditsSeparator,
  creditsEnd,
  corrections,
  correctionLabel,
  corrected,
  updated,
  continueReading,
  sponsored,
  withdrawn,
  withdrawnOn,
}: Words): ArticleWords => ({
  credits,
  creditsSeparator,
  creditsEnd,
  corrections,
  correctionLabel,
  corrected,
  updated,
  continueReading,
  sponsored,
  withdrawn,
  withdrawnOn,
});
