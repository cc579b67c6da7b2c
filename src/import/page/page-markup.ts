// What a page's elements say of its article: `meta` (Open Graph, Twitter cards, Dublin Core, Parse.ly,
// Sailthru, Highwire Press), title, standfirst, tags, and the box about the author. Dates and names are read
// by files of their own.

import type { Element } from "hast";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import { webUrl } from "../../lib/address.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { ImportedByline, ImportedImage } from "../importer.ts";
import { type Bio, readBio } from "../text/author-bio.ts";
import { bylinesIn } from "../text/author-field.ts";
import type { HeadlineArea } from "./headline-area.ts";
import { hasToken } from "./page-boilerplate.ts";
import { type Facts, factsOf, type Told, tell } from "./page-facts.ts";
import { firstWords, type Page } from "./page-tree.ts";
import { languageIn, tagsIn } from "./schema-article.ts";

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
  const [copyright] = all("copyright");
  return tell({
    headline: [all("headline")[0], by("headline")],
    dek: [all("dek")[0], by("dek")],
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

/** What the elements of `page` say. */
export function markupFacts(page: Page): Told {
  const ofArticle = elementsIn(page.root, (e) => !isElement(e, "nav", "aside") && !hasToken(e, OTHERS_TAGS));
  const tags = [...ofArticle].filter((e) => e.tagName === "a" && isTag(e)).map((e) => wordsIn(e));
  const html = page.elements.find((e) => e.tagName === "html");
  const license = page.elements.find((e) => isElement(e, "a", "link") && hasRel(e, "license"));
  const address = license && webUrl(attribute(license, "href"));
  return tell({
    language: [html && languageIn(attribute(html, "lang")), "the lang of html"],
    tags: [[...new Set(tags)], "links to tags"],
    rights: [address === undefined ? undefined : { license: address }, "a link with rel=license"],
    url: [page.url, "the canonical link"],
  });
}

/** The standfirst that the page shows by its headline: a better dek than what it tells search engines. */
export function standfirstFacts({ after }: HeadlineArea): Told {
  const isStandfirst = (e: Element) => {
    const words = wordsIn(e);
    const isMarked = hasToken(e, STANDFIRST) || /(?:^|\s)p-summary(?:\s|$)/.test(attribute(e, "className"));
    return isMarked && words !== "" && words.length <= LONGEST_DEK_CHARACTERS;
  };
  const dek = after.find(isStandfirst);
  return tell({ dek: [dek && wordsIn(dek), "an element with a standfirst's class"] });
}

/** What `<title>` says: the last resort for a headline. */
export const titleFacts = (page: Page): Told =>
  tell({ headline: [firstWords(page, (e) => e.tagName === "title"), "the page's title"] });

/** True for a link to what else has a tag: by its `rel`, its microformat, or its address. */
const isTag = (link: Element): boolean =>
  hasRel(link, "tag") ||
  /(?:^|\s)p-category(?:\s|$)/.test(attribute(link, "className")) ||
  /(?:^|\/)(?:tags?|topics?|schlagwort(?:er|e)?|thema|sujets?|etiquetas?)\/[^/]+\/?$/.test(
    attribute(link, "href"),
  );

// What holds the tags of the whole site, or of other articles.
const OTHERS_TAGS = /^(?:related|sidebar|widget|tagcloud)$/;
const STANDFIRST =
  /^(?:standfirst|dek|deck|subdeck|subtitle|subhead|subheading|subheadline|subheader|strapline|chapo|chapeau|vorspann|entradilla|bajada|copete|sottotitolo|sommario|ingress|manchet|subtitulo|perex|zajawka|catenaccio|linhafina|underrubrik|underrubrikk|untertitel|unterzeile|preamble|sapo|anons|spotmetin)$/;
const LONGEST_DEK_CHARACTERS = 500;

const hasRel = (element: Element, rel: string): boolean =>
  attribute(element, "rel").toLowerCase().split(/\s+/).includes(rel);

const LONGEST_BIO_CHARACTERS = 2000;

/**
 * Gives the byline's person their bio: `read` from the text, else from a box on the page. Without a byline,
 * it names one.
 */
export function withBio(page: Page, told: Told, read: (known: Facts) => Bio | undefined): Told {
  const bylines = told.bylines?.value ?? [];
  const bio = read(factsOf(told)) ?? boxed(page, bylines);
  if (bio === undefined || bylines.some((byline) => byline.bio !== undefined)) return told;
  const why = told.bylines?.why ?? "the bio at the end names the author";
  const written =
    bylines.length === 0 ? [{ name: bio.name, bio: bio.text }] : bylines.map((byline) => give(byline, bio));
  return { ...told, ...tell({ bylines: [written, why] }) };
}

const give = (byline: ImportedByline, { name, text }: Bio): ImportedByline =>
  byline.name === name ? { ...byline, bio: text } : byline;

function boxed(page: Page, bylines: readonly ImportedByline[]): Bio | undefined {
  const names = bylines.map(({ name }) => name);
  for (const element of page.elements) {
    if (!isBio(element)) continue;
    const words = paragraphsIn(element);
    if (words === "" || words.length > LONGEST_BIO_CHARACTERS) continue;
    const bio = readBio(words, names);
    if (bio) return bio.value;
    const name = names.find((each) => wordsIn(element).includes(each));
    if (name !== undefined) return { name, text: words };
  }
  return undefined;
}

const isBio = (element: Element): boolean =>
  hasToken(element, /^(?:bio|biography)$/) ||
  (hasToken(element, /^authors?$/) && hasToken(element, /^(?:about|description|box|info)$/)) ||
  (attribute(element, "itemProp") === "description" && hasToken(element, /^author$/));

/** Its paragraphs; the rest is names, portraits and links. */
function paragraphsIn(element: Element): string {
  const paragraphs = [element, ...elementsIn(element)].filter(({ tagName }) => tagName === "p");
  return paragraphs.length > 0 ? paragraphs.map((p) => wordsIn(p)).join(" ") : wordsIn(element);
}
