// What a page's `meta` says of its article: Open Graph, Twitter's cards, Dublin Core, Parse.ly, Sailthru, Highwire Press.

import { webUrl } from "../../lib/address.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { ImportedImage } from "../importer.ts";
import type { Page } from "./document.ts";
import { type Told, tell } from "./facts.ts";
import { bylinesIn } from "./people.ts";
import { dateOf, languageIn, tagsIn } from "./schema-article.ts";

// The first that a page has is taken.
const NAMES = {
  headline: [
    "og:title",
    "twitter:title",
    "parsely-title",
    "sailthru.title",
    "dc.title",
    "dcterms.title",
    "citation_title",
  ],
  dek: ["og:description", "twitter:description", "dc.description", "dcterms.description", "description"],
  published: [
    ...[
      "article:published_time",
      "og:article:published_time",
      "parsely-pub-date",
      "sailthru.date",
      "dcterms.issued",
    ],
    ...[
      "dc.date.issued",
      "dc.date",
      "citation_online_date",
      "citation_publication_date",
      "pubdate",
      "publish-date",
      "date",
    ],
  ],
  updated: [
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "dcterms.modified",
    "last-modified",
  ],
  sections: ["article:section", "og:article:section", "parsely-section"],
  tags: [
    "article:tag",
    "parsely-tags",
    "sailthru.tags",
    "citation_keywords",
    "news_keywords",
    "dc.subject",
    "dcterms.subject",
  ],
  keywords: ["keywords"],
  bylines: [
    ...[
      "author",
      "byl",
      "parsely-author",
      "sailthru.author",
      "dc.creator",
      "dcterms.creator",
      "citation_author",
    ],
    "article:author",
  ],
  language: ["og:locale", "dc.language", "dcterms.language", "content-language"],
  siteNames: ["og:site_name", "application-name"],
  images: [
    "og:image:secure_url",
    "og:image:url",
    "og:image",
    "twitter:image",
    "twitter:image:src",
    "parsely-image-url",
  ],
  copyright: ["copyright", "dc.rights", "dcterms.rights"],
} as const;

/** What the page's `meta` says. */
export function metaFacts(page: Page): Told {
  const values = (name: string): readonly string[] => page.meta.get(name) ?? [];
  const nameOf = (field: keyof typeof NAMES): string =>
    NAMES[field].find((name) => values(name).length > 0) ?? "";
  const all = (field: keyof typeof NAMES) => values(nameOf(field));
  const by = (field: keyof typeof NAMES) => `meta ${nameOf(field)}`;
  const published = dateOf(all("published")[0]);
  const updated = dateOf(all("updated")[0]);
  const [copyright] = all("copyright");
  return tell({
    headline: [all("headline")[0], by("headline")],
    dek: [all("dek")[0], by("dek")],
    published: [published, by("published")],
    // The same moment is no update.
    updated: [updated?.value === published?.value ? undefined : updated, by("updated")],
    sections: [all("sections"), by("sections")],
    tags: [all("tags").flatMap(tagsIn), by("tags")],
    keywords: [all("keywords").flatMap(tagsIn), by("keywords")],
    bylines: [bylinesOfMeta(page), by("bylines")],
    language: [languageIn(all("language")[0]), by("language")],
    images: [imageOf(all("images")[0], values), by("images")],
    rights: [copyright === undefined ? undefined : { copyright }, by("copyright")],
    siteNames: [all("siteNames"), by("siteNames")],
  });
}

// Facebook wants profiles in `article:author`, and some give the address of one as the name.
const bylinesOfMeta = (page: Page) =>
  NAMES.bylines
    .map((name) => (page.meta.get(name) ?? []).flatMap((written) => bylinesIn(written)))
    .find((bylines) => bylines.length > 0);

function imageOf(
  written: string | undefined,
  values: (name: string) => readonly string[],
): readonly ImportedImage[] {
  const src = written === undefined ? undefined : webUrl(written);
  if (src === undefined) return [];
  const [alt] = [...values("og:image:alt"), ...values("twitter:image:alt")];
  const [width, height] = ["width", "height"].map((side) => Number(values(`og:image:${side}`)[0]));
  return [
    {
      src,
      ...omitUndefined({ alt }),
      ...(width && Number.isInteger(width) ? { width } : {}),
      ...(height && Number.isInteger(height) ? { height } : {}),
    },
  ];
}
