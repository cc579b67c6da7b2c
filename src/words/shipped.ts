// What the Worker is built with: the words for articles in every language, those for pages in the site's alone. All of
// them would be 12 kB more, gzipped, of which no page could show any.

import all from "./all.ts";
import { type Overrides, withOverrides } from "./overrides.ts";
import { type ArticleWords, FALLBACK, type Languages, languageOfOurs, type Words } from "./words.ts";

/** The words for a site in `language` (BCP 47), with those that it has put in place of ours. */
export function shippedWords(language: string, overrides: Overrides = {}): Languages {
  const own = languageOfOurs(language) ?? FALLBACK;
  return Object.fromEntries(
    Object.entries<Words>(all).map(([name, ours]) => {
      const words = withOverrides(ours, overrides[name]);
      return [name, name === own ? words : forArticles(words)];
    }),
  );
}

const forArticles = ({
  credits,
  creditsSeparator,
  creditsEnd,
  corrections,
  correctionLabel,
  corrected,
  updated,
  place,
  continueReading,
  watchOn,
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
  place,
  continueReading,
  watchOn,
  sponsored,
  withdrawn,
  withdrawnOn,
});
