// Everything that a page says of its article outside the text: in schema.org's words, in `meta` (Open Graph, Twitter
// cards, Dublin Core, Parse.ly, Sailthru, Highwire Press), in its elements. Of each field, the first part of the page
// that has it is believed; also who may read it.

import type { Element } from "hast";
import { parseBody } from "../../html/parse.ts";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import { webUrl } from "../../lib/address.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { ImportedImage } from "../importer.ts";
import { personName } from "../text/person-name.ts";
import { bylinesIn } from "../text/read-byline.ts";
import { collectSigns, type HeldBack, heldBackBy, type Sign, type Signs, signOf } from "../visibility.ts";
import { findHeadline, type HeadlineArea, shortened, shownHeadline, siteOfTitle } from "./headline-area.ts";
import { hasToken } from "./page-boilerplate.ts";
import { type ShownByline, shownByline, withoutPublication } from "./page-bylines.ts";
import { addressDate, clearest, markedDates, metaDates, shownDates } from "./page-dates.ts";
import { factsOf, firstTold, type Told, tell } from "./page-facts.ts";
import { hasWord, linesBelow, type Page } from "./page-tree.ts";
import { languageIn, type Node, plainTexts, readSchemaOrg, tagsIn } from "./schema-org.ts";

/** Everything that a page says of its article. */
export interface Metadata {
  readonly told: Told;
  /** Pictures that may be the lead, the likeliest first. */
  readonly leads: readonly ImportedImage[];
  /** True where the page itself says that it is an article. */
  readonly declared: boolean;
  /** True where the dek is one that the page shows. */
  readonly hasStandfirst: boolean;
  /** Where the page shows its headline. */
  readonly heading?: Element;
  /** The lines between its headline and its text. */
  readonly area: ReadonlySet<string>;
  readonly notes: readonly string[];
  /** What the page says that isn't for everybody; missing for what is public. */
  readonly heldBack?: HeldBack;
}

/** Reads the metadata of `page`; of each field the first part that has it is believed. */
export function readMetadata(page: Page): Metadata {
  const schema = readSchemaOrg(page);
  const parts = [
    tell({ url: [page.url, "the canonical link, or else og:url"] }),
    ...schema.told,
    metaFacts(page),
    schema.ofPage,
    markupFacts(page),
    entryFacts(page),
    titleFacts(page),
  ];
  const siteNames = [
    ...new Set([...parts.flatMap((part) => factsOf(part).siteNames ?? []), ...siteOfTitle(page, parts)]),
  ];
  const known = parts.map((part) => withoutSite(part, siteNames));
  const titles = [...parts, ...known].flatMap(({ headline }) => headline?.value ?? []);
  const area = findHeadline(page, titles, siteNames);
  const standfirst = standfirstFacts(area);
  const first = firstTold([standfirst, ...known.map(withoutCutDek)]);
  const headline = shownHeadline(area, known) ?? first.headline;
  const subjects = subjectsOf(parts, siteNames, headline?.value);
  return {
    told: omitUndefined({
      ...first,
      headline,
      bylines: bylinesOf(known, shownByline(page, area), siteNames),
      ...datesOf(page, parts, area, first.language?.value),
      ...subjects.told,
    }),
    leads: parts.flatMap((part) => factsOf(part).images ?? []),
    declared:
      schema.articles.length > 0 ||
      page.meta.get("og:type")?.[0] === "article" ||
      page.meta.has("article:published_time"),
    hasStandfirst: standfirst.dek !== undefined,
    area: new Set(area.after.flatMap((element) => [wordsIn(element), ...linesBelow(element)])),
    notes: [...schema.notes, ...subjects.notes],
    ...omitUndefined({ heading: area.heading, heldBack: heldBackBy(signsOf(page, schema.articles)) }),
  };
}

// Names of `meta`. The first that a page has is taken.
const NAMES = {
  headline: [
    ...["og:title", "twitter:title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title"],
    "citation_title",
  ],
  dek: ["og:description", "twitter:description", "dc.description", "dcterms.description", "description"],
  sections: ["article:section", "og:article:section", "parsely-section"],
  tags: [
    ...["article:tag", "parsely-tags", "sailthru.tags", "citation_keywords", "news_keywords", "dc.subject"],
    "dcterms.subject",
  ],
  keywords: ["keywords"],
  bylines: [
    ...["author", "byl", "parsely-author", "sailthru.author", "dc.creator", "dcterms.creator"],
    ...["citation_author", "article:author"],
  ],
  language: ["og:locale", "dc.language", "dcterms.language", "content-language"],
  siteNames: ["og:site_name", "application-name"],
  images: [
    ...["og:image:secure_url", "og:image:url", "og:image", "twitter:image", "twitter:image:src"],
    "parsely-image-url",
  ],
  copyright: ["copyright", "dc.rights", "dcterms.rights"],
} as const;

/** What the page's `meta` says. */
function metaFacts({ meta }: Page): Told {
  /** The first that has a value, and its name. */
  const first = <T>(field: keyof typeof NAMES, read: (values: readonly string[]) => T | undefined) => {
    const name = NAMES[field].find((each) => meta.has(each));
    return [name === undefined ? undefined : read(meta.get(name) ?? []), `meta ${name}`] as const;
  };
  const tags = (values: readonly string[]) => values.flatMap(tagsIn);
  // Facebook wants profiles in `article:author`, and some give the address of one as the name.
  const bylines = NAMES.bylines
    .map((name) => [(meta.get(name) ?? []).flatMap((written) => bylinesIn(written)), `meta ${name}`] as const)
    .find(([names]) => names.length > 0);
  const sizeOf = (side: string): number | undefined => {
    const size = Number(meta.get(`og:image:${side}`)?.[0]);
    return Number.isInteger(size) && size !== 0 ? size : undefined;
  };
  const imageOf = ([written = ""]: readonly string[]): readonly ImportedImage[] => {
    const src = webUrl(written);
    const alt = (meta.get("og:image:alt") ?? meta.get("twitter:image:alt"))?.[0];
    return src === undefined
      ? []
      : [{ src, ...omitUndefined({ alt, width: sizeOf("width"), height: sizeOf("height") }) }];
  };
  return tell({
    headline: first("headline", ([title]) => title),
    dek: first("dek", ([dek]) => dek),
    sections: first("sections", (sections) => sections),
    tags: first("tags", tags),
    keywords: first("keywords", tags),
    ...(bylines ? { bylines } : {}),
    language: first("language", ([language]) => languageIn(language)),
    images: first("images", imageOf),
    rights: first("copyright", ([copyright]) => (copyright === undefined ? undefined : { copyright })),
    siteNames: first("siteNames", (names) => names),
  });
}

// What holds the tags of the whole site, or of other articles.
const OTHERS_TAGS = /^(?:related|sidebar|widget|tagcloud)$/;
const TAG_ADDRESS = /(?:^|\/)(?:tags?|topics?|schlagwort(?:er|e)?|thema|sujets?|etiquetas?)\/[^/]+\/?$/;

/** What the elements of `page` say. */
function markupFacts(page: Page): Told {
  const ofArticle = elementsIn(page.root, (e) => !isElement(e, "nav", "aside") && !hasToken(e, OTHERS_TAGS));
  // By its `rel`, its microformat, or its address.
  const isTag = (e: Element) =>
    e.tagName === "a" &&
    (hasWord(e, "rel", /^tag$/i) ||
      hasWord(e, "className", /^p-category$/) ||
      TAG_ADDRESS.test(attribute(e, "href")));
  const tags = [...ofArticle].filter(isTag).map((e) => wordsIn(e));
  const html = page.elements.find((e) => e.tagName === "html");
  const licensed = page.elements.find((e) => isElement(e, "a", "link") && hasWord(e, "rel", /^license$/i));
  const license = licensed && webUrl(attribute(licensed, "href"));
  return tell({
    language: [html && languageIn(attribute(html, "lang")), "the lang of html"],
    tags: [[...new Set(tags)], "links to tags"],
    rights: [license === undefined ? undefined : { license }, "a link with rel=license"],
  });
}

const STANDFIRST =
  /^(?:standfirst|dek|deck|subdeck|subtitle|subhead|subheading|subheadline|subheader|strapline|chapo|chapeau|vorspann|entradilla|bajada|copete|sottotitolo|sommario|ingress|manchet|subtitulo|perex|zajawka|catenaccio|linhafina|underrubrik|underrubrikk|untertitel|unterzeile|preamble|sapo|anons|spotmetin)$/;
const LONGEST_DEK_CHARACTERS = 500;

/** The standfirst that the page shows by its headline: a better dek than what it tells search engines. */
function standfirstFacts({ after }: HeadlineArea): Told {
  const marked = after.filter((e) => hasToken(e, STANDFIRST) || hasWord(e, "className", /^p-summary$/));
  const dek = marked
    .map((e) => wordsIn(e))
    .find(({ length }) => length > 0 && length <= LONGEST_DEK_CHARACTERS);
  return tell({ dek: [dek, "an element with a standfirst's class"] });
}

/** The address of the page's only h-entry (https://microformats.org/wiki/h-entry): of several, the page is a list. */
function entryFacts({ elements, url, base }: Page): Told {
  const [entry, ...others] = elements.filter((e) => hasWord(e, "className", /^h-entry$/));
  if (!entry || others.length > 0) return {};
  // An author, a comment, a quoted entry; the text.
  const isOther = (e: Element) => hasWord(e, "className", /^(?:h-[a-z].*|e-content)$/);
  const own = elementsIn(entry, (e) => !isOther(e));
  const link = [...own].find((e) => hasWord(e, "className", /^u-url$/) && !isOther(e));
  const address = link ? attribute(link, "href") : "";
  const full = address !== "" && URL.canParse(address, base ?? url) ? new URL(address, base ?? url).href : "";
  return tell({ url: [webUrl(full), "u-url of the h-entry"] });
}

/** What `<title>` says: the last resort for a headline. */
function titleFacts({ elements }: Page): Told {
  const title = elements.find((e) => e.tagName === "title");
  return tell({ headline: [title && wordsIn(title), "the page's title"] });
}

/**
 * When it was published and changed, as clearly as the page says; the same moment is no change. Words are read,
 * which is slow, where nothing else says the moment.
 */
function datesOf(
  page: Page,
  parts: readonly Told[],
  area: HeadlineArea,
  language: string | undefined,
): { readonly [K in "published" | "updated"]: Told[K] } {
  const marked = [...parts, ...metaDates(page), ...markedDates(page, area)];
  const clearestOf = (all: readonly Told[], field: "published" | "updated") =>
    clearest(all.flatMap((part) => part[field] ?? []));
  const isKnown = clearestOf(marked, "published")?.value.kind === "instant";
  const all = isKnown ? marked : [...marked, ...shownDates(area, language), addressDate(page)];
  const [published, updated] = [clearestOf(all, "published"), clearestOf(all, "updated")];
  return { published, updated: updated?.value.value === published?.value.value ? undefined : updated };
}

/**
 * Who wrote it: whom metadata names. Where those are no people (the paper, an account), and the page shows
 * somebody by its headline, they are believed.
 */
function bylinesOf(
  parts: readonly Told[],
  shown: ShownByline,
  siteNames: readonly string[],
): Told["bylines"] {
  const { bylines: byPage } = tell({
    bylines: [withoutPublication(shown.bylines, siteNames), "elements with rel=author or a byline's class"],
  });
  const known = parts.flatMap((part) => part.bylines ?? []);
  const isOfPeople = ({ value }: NonNullable<Told["bylines"]>): boolean =>
    value.some(({ name }) => personName(name) !== undefined);
  const isShown = byPage !== undefined && shown.sure && isOfPeople(byPage);
  return known.find(isOfPeople) ?? (isShown ? byPage : (known[0] ?? byPage));
}

const SHORTEST_CUT_CHARACTERS = 80;
const CUT = /(?:…|\.\.\.|\[[^\]]{0,20}\])[\s"”»)]*$/u;

/** A part without a description that was cut short, or is as long as a text; what tags stand in it go. */
function withoutCutDek({ dek, ...others }: Told): Told {
  if (!dek) return others;
  const value = /<[a-z!/]/i.test(dek.value) ? wordsIn(parseBody(dek.value)) : dek.value;
  const isCut = value.length >= SHORTEST_CUT_CHARACTERS && CUT.test(value);
  const isDek = !isCut && value.length <= LONGEST_DEK_CHARACTERS;
  return { ...others, ...tell({ dek: [isDek ? value : undefined, dek.why] }) };
}

// In `meta` these are about other things: a form's password, the type of a page.
const OF_NO_PAGE: ReadonlySet<Sign> = new Set(["password", "reply", "type"]);

/** The signs of who may read the page: of schema.org, in `meta`, and those that content systems leave in it. */
function signsOf(page: Page, nodes: readonly Node[]): Signs {
  const { signs, add } = collectSigns();
  const properties = nodes
    .flatMap((node) => Object.entries(node))
    .map(
      ([name, value]) => [name, typeof value === "boolean" ? [String(value)] : plainTexts(value)] as const,
    );
  for (const [name, values] of [...page.meta, ...properties]) {
    // `article:status`, `cms.status`
    const sign = signOf(name) ?? signOf(name.replace(/^.*[:.]/, ""));
    if (sign !== undefined && !OF_NO_PAGE.has(sign)) for (const value of values) add(sign, value);
  }
  // The classes that WordPress gives to a post: `post-12 type-post status-private`.
  const post = page.elements.find((e) => hasWord(e, "className", /^(?:hentry|type-post)$/));
  const classes = post ? attribute(post, "className") : "";
  const [, status] = /(?:^|\s)status-([a-z-]+)(?=\s|$)/.exec(classes) ?? [];
  if (status !== undefined) add("own status", status);
  if (classes.includes("post-password-required")) add("password", "yes");
  // Drupal's and Joomla's classes.
  const isUnpublished = (e: Element) =>
    hasWord(e, "className", /^(?:node--?unpublished|system-unpublished)$/);
  if (page.elements.some(isUnpublished)) add("public", "no");
  if (/[?&]preview=(?:true|1)\b/.test(page.url ?? "")) add("draft", "yes");
  return signs;
}

// A longer list is meant for search engines, which have ignored keywords since 2009.
const MOST_KEYWORDS = 20;

/**
 * Sections and tags of all parts: each part of a page tends to name others. Keywords are tags where there are
 * no others.
 */
function subjectsOf(
  parts: readonly Told[],
  siteNames: readonly string[],
  headline: string | undefined,
): { readonly told: Told; readonly notes: readonly string[] } {
  const all = (field: "sections" | "tags" | "keywords") => {
    const having = parts.flatMap((part) => part[field] ?? []);
    const names = [...new Set(having.flatMap(({ value }) => value))];
    return [names, [...new Set(having.map(({ why }) => why))].join("; ")] as const;
  };
  const [sections, tags] = [all("sections"), all("tags")];
  if (tags[0].length > 0) return { told: tell({ sections, tags }), notes: [] };
  const [words, why] = all("keywords");
  const others = [...siteNames, headline ?? ""].map((name) => name.toLowerCase());
  const keywords = words.filter((word) => !others.includes(word.toLowerCase()));
  return keywords.length > MOST_KEYWORDS
    ? {
        told: tell({ sections }),
        notes: [`the page's ${keywords.length} keywords are for search engines, and no tags`],
      }
    : { told: tell({ sections, tags: [keywords, why] }), notes: [] };
}

/**
 * A part without the site's name. If that is the only author that a part names, the next part may say more.
 */
const withoutSite = ({ bylines, headline, ...others }: Told, siteNames: readonly string[]): Told => ({
  ...others,
  ...tell({
    headline: [headline && shortened(headline.value, siteNames), headline?.why ?? ""],
    bylines: [bylines && withoutPublication(bylines.value, siteNames), bylines?.why ?? ""],
  }),
});
