// The words of the pages, in the site's language; English where we have no others. What stands in an article itself is
// in formats/phrases.ts.

import { counted, fill, type SiteWords, siteWords } from "../words/words.ts";

/** Words of one language. */
export interface Words extends Omit<SiteWords, "page" | "roleAt" | "subscribeTo"> {
  readonly page: (page: number) => string;
  readonly roleAt: (role: string, affiliation: string) => string;
  readonly subscribeTo: (feed: string) => string;
}

/**
 * The words for pages in a language (BCP 47), and what marks an element that holds them where they are in another one.
 */
export function wordsFor(language: string): {
  readonly words: Words;
  readonly mark: { readonly lang?: string; readonly dir?: string };
} {
  const { words, language: spoken } = siteWords(language);
  return {
    words: {
      ...words,
      page: (page) => counted(words.page, { page }, spoken),
      roleAt: (role, affiliation) => fill(words.roleAt, { role, affiliation }, spoken),
      subscribeTo: (feed) => fill(words.subscribeTo, { feed }, spoken),
    },
    mark: spoken === language ? {} : { lang: "en", dir: "ltr" },
  };
}
