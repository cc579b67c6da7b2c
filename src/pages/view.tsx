// The context of every page: settings, words in the site's language, sections, and the feeds that fit the
// page. Words inside an article are in formats/phrases.ts.

import type { FC } from "hono/jsx";
import type { Site } from "../article/site.ts";
import { describeFeed } from "../feeds/catalogue.ts";
import type { DocumentKey } from "../feeds/feed.ts";
import type { Instant } from "../lib/time.ts";
import { counted, fill, type SiteWords, siteWords } from "../words/words.ts";

/** A document with the name of its feed. */
type NamedDocument = DocumentKey & { readonly title: string };

/** The context of every page. */
export interface View {
  readonly site: Site;
  /** When the page is rendered. */
  readonly now: Instant;
  readonly words: Words;
  /**
   * Attributes (`lang`, `dir`) for elements that hold `words`; none if they are in the site's own language.
   */
  readonly mark: ReturnType<typeof wordsFor>["mark"];
  /** Sections that have an article. */
  readonly sections: readonly {
    readonly slug: string;
    readonly title: string;
    readonly description?: string;
  }[];
  /** Feeds that fit the page, the most fitting first. */
  readonly documents: readonly NamedDocument[];
  /** True if Cloudflare Images can resize pictures here. */
  readonly resizes: boolean;
}

/** The view of a page; `label` names a feed as `nameOf` takes it. */
export const viewOf = (
  site: Site,
  now: Instant,
  sections: readonly string[],
  documents: readonly DocumentKey[],
  label?: string,
  resizes = false,
): View => ({
  resizes,
  site,
  now,
  ...wordsFor(site.language),
  sections: sections.flatMap((slug) => {
    const section = site.sections[slug];
    return section ? [{ slug, ...section }] : [];
  }),
  documents: documents.map((key) => ({ ...key, title: describeFeed(key.feed, site, label).title })),
});

/** Words of one language. */
export interface Words extends Omit<SiteWords, "page" | "roleAt" | "subscribeTo"> {
  readonly page: (page: number) => string;
  readonly roleAt: (role: string, affiliation: string) => string;
  readonly subscribeTo: (feed: string) => string;
}

/**
 * The words for pages in a language (BCP 47). `mark` has the attributes for elements that hold them, if we
 * have no words in that language and they are English.
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

/**
 * A URL as the text of a link: without `https://` and the slash at its end, unless `whole`. Lines may break
 * behind slashes and full stops.
 */
export const WrittenAddress: FC<{ url: string; whole?: boolean }> = ({ url, whole = false }) => {
  const parts = (whole ? url : url.replace(/^https?:\/\/|\/$/g, "")).split(/(?<=[/.])(?=[^/.])/);
  return (
    <>
      {parts.map((part, index) => (
        <>
          {index === 0 ? null : <wbr />}
          {part}
        </>
      ))}
    </>
  );
};
