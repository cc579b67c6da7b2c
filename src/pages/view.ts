// What every page is given besides its own content: the settings, the words, the sections and the feeds that fit it.

import type { Site } from "../article/site.ts";
import { describeFeed } from "../feeds/catalogue.ts";
import type { DocumentKey } from "../feeds/feed.ts";
import type { Instant } from "../lib/time.ts";
import { type Words, wordsFor } from "./words.ts";

/** A document with what its feed is called. */
type NamedDocument = DocumentKey & { readonly title: string };

/** What every page is given. */
export interface View {
  readonly site: Site;
  /** When the page is made. */
  readonly now: Instant;
  readonly words: Words;
  /** Attributes of an element with `words` in it: none where they are in the site's own language. */
  readonly mark: ReturnType<typeof wordsFor>["mark"];
  /** Sections that have an article. */
  readonly sections: readonly {
    readonly slug: string;
    readonly title: string;
    readonly description?: string;
  }[];
  /** Feeds that fit the page, the most fitting first. */
  readonly documents: readonly NamedDocument[];
  /** Pictures can be made narrower here. */
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
