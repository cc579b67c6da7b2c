// Everything that a page says of its article outside the text. Of each field, the first part of the page that
// has it is believed; also who may read it.

import type { Element } from "hast";
import { parseBody } from "../../html/parse.ts";
import { attribute, isElement, wordsIn } from "../../html/tree.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { bare } from "../bare-words.ts";
import type { ImportedImage } from "../importer.ts";
import { affiliation } from "../text/people-list.ts";
import { personName } from "../text/person-name.ts";
import { collectSigns, type HeldBack, heldBackBy, type Sign, type Signs, signOf } from "../visibility.ts";
import { findHeadline, type HeadlineArea } from "./headline-area.ts";
import { linesBelow } from "./lines-below.ts";
import { entryFacts } from "./microformats.ts";
import { type ShownByline, shownByline, withoutPublication } from "./page-bylines.ts";
import { addressDate, clearest, markedDates, metaDates, shownDates } from "./page-dates.ts";
import { factsOf, firstTold, type Told, tell } from "./page-facts.ts";
import { markupFacts, metaFacts, standfirstFacts, titleFacts } from "./page-markup.ts";
import type { Page } from "./page-tree.ts";
import { pageFacts, schemaFacts } from "./schema-article.ts";
import { microdataArticle, type Node, readLinkedData, textsOf } from "./schema-org.ts";

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
  const linked = readLinkedData(page.jsonLd, page.url);
  const microdata = microdataArticle(page);
  const parts = [
    tell({ url: [page.url, "the canonical link, or else og:url"] }),
    ...(linked.article ? [schemaFacts(linked.article, linked.follow, "JSON-LD")] : []),
    ...(microdata ? [schemaFacts(microdata, (node) => node, "microdata")] : []),
    metaFacts(page),
    ...(linked.page ? [pageFacts(linked.page, linked.follow)] : []),
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
  const {
    published: _published,
    updated: _updated,
    ...told
  } = firstTold([standfirst, ...known.map(withoutCutDek)]);
  const headline = shownHeadline(area, known) ?? told.headline;
  const subjects = subjectsOf(parts, siteNames, headline?.value);
  return {
    told: omitUndefined({
      ...told,
      headline,
      bylines: bylinesOf(known, shownByline(page, area), siteNames),
      ...datesOf(page, parts, area, told.language?.value),
      ...subjects.told,
    }),
    leads: parts.flatMap((part) => factsOf(part).images ?? []),
    declared:
      linked.article !== undefined ||
      microdata !== undefined ||
      page.meta.get("og:type")?.[0] === "article" ||
      page.meta.has("article:published_time"),
    hasStandfirst: standfirst.dek !== undefined,
    ...omitUndefined({ heading: area.heading }),
    area: new Set(area.after.flatMap((element) => [wordsIn(element), ...linesBelow(element)])),
    notes: [...linked.notes, ...subjects.notes],
    ...omitUndefined({ heldBack: heldBackBy(signsOf(page, [linked.article, microdata])) }),
  };
}

/**
 * The headline as the page shows it: readers saw it, while metadata may have one for search engines, or one
 * that was changed since. Undefined where metadata has it to the letter, or has it without what a heading
 * holds besides, such as a kicker.
 */
function shownHeadline({ heading }: HeadlineArea, parts: readonly Told[]): Told["headline"] {
  const words = heading ? wordsIn(heading) : "";
  if (!heading || words === "") return undefined;
  const others = parts.flatMap(({ headline }) => headline ?? []);
  const same = others.find(({ value }) => value === words);
  const holdsMore = heading.children.some((child) => isElement(child) && wordsIn(child) !== words);
  const inner = holdsMore ? others.find(({ value }) => isInside(value, words)) : undefined;
  return same ?? inner ?? { value: words, why: `the page's ${heading.tagName}` };
}

const LEAST_SHARE = 0.5;

const isInside = (value: string, words: string): boolean =>
  bare(words).includes(bare(value)) && bare(value).length >= LEAST_SHARE * bare(words).length;

/**
 * When it was published and changed, as clearly as the page says; the same moment is no change. Words are read,
 * which is slow, where nothing else says the moment.
 */
function datesOf(
  page: Page,
  parts: readonly Told[],
  area: HeadlineArea,
  language: string | undefined,
): Pick<Told, "published" | "updated"> {
  const marked = [...parts, ...metaDates(page), ...markedDates(page, area)];
  const isKnown = clearest(marked.flatMap((part) => part.published ?? []))?.value.kind === "instant";
  const all = isKnown ? marked : [...marked, ...shownDates(area, language), addressDate(page)];
  const published = clearest(all.flatMap((part) => part.published ?? []));
  const updated = clearest(all.flatMap((part) => part.updated ?? []));
  const isSame = updated?.value.value === published?.value.value;
  return omitUndefined({ published, updated: isSame ? undefined : updated });
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
  const bylines = withoutPublication(shown.bylines, siteNames);
  const byPage =
    bylines.length > 0 ? { value: bylines, why: "elements with rel=author or a byline's class" } : undefined;
  const known = parts.flatMap((part) => part.bylines ?? []);
  const ofPeople = known.find(({ value }) => value.some(({ name }) => personName(name) !== undefined));
  const isShown = byPage?.value.some(({ name }) => personName(name) !== undefined) && shown.sure;
  return ofPeople ?? (isShown ? byPage : (known[0] ?? byPage));
}

const MOST_DEK_CHARACTERS = 500;
const SHORTEST_CUT_CHARACTERS = 80;

/** A part without a description that was cut short, or is as long as a text; what tags stand in it go. */
function withoutCutDek(part: Told): Told {
  const { dek, ...others } = part;
  if (!dek) return part;
  const value = /<[a-z!/]/i.test(dek.value) ? wordsIn(parseBody(dek.value)) : dek.value;
  const isCut =
    value.length >= SHORTEST_CUT_CHARACTERS && /(?:…|\.\.\.|\[[^\]]{0,20}\])[\s"”»)]*$/u.test(value);
  return isCut || value.length > MOST_DEK_CHARACTERS
    ? others
    : { ...others, ...tell({ dek: [value, dek.why] }) };
}

// The classes that WordPress gives to a post: `post-12 type-post status-private`.
const WORDPRESS_STATUS = /(?:^|\s)status-([a-z-]+)(?=\s|$)/;

// Drupal's and Joomla's classes.
const OTHERS_UNPUBLISHED = /(?:^|\s)(?:node--?unpublished|system-unpublished)(?:\s|$)/;

/** The signs of who may read the page: of schema.org, in `meta`, and those that WordPress leaves in it. */
function signsOf(page: Page, nodes: readonly (Node | undefined)[]): Signs {
  const { signs, add } = collectSigns();
  const told = [
    ...page.meta,
    ...nodes.flatMap((node) =>
      Object.entries(node ?? {}).map(
        ([name, value]) =>
          [name, typeof value === "boolean" ? [String(value)] : textsOf(value, (each) => each)] as const,
      ),
    ),
  ];
  for (const [name, values] of told) {
    // `article:status`, `cms.status`
    const sign = signOf(name) ?? signOf(name.replace(/^.*[:.]/, ""));
    if (sign !== undefined && !OF_NO_PAGE.has(sign)) for (const value of values) add(sign, value);
  }
  const post = page.elements.find((e) =>
    /(?:^|\s)(?:hentry|type-post)(?:\s|$)/.test(attribute(e, "className")),
  );
  const classes = post ? attribute(post, "className") : "";
  const [, status] = WORDPRESS_STATUS.exec(classes) ?? [];
  if (status !== undefined) add("own status", status);
  if (classes.includes("post-password-required")) add("password", "yes");
  if (page.elements.some((e) => OTHERS_UNPUBLISHED.test(attribute(e, "className")))) add("public", "no");
  if (/[?&]preview=(?:true|1)\b/.test(page.url ?? "")) add("draft", "yes");
  return signs;
}

// In `meta` these are about other things: a form's password, the type of a page.
const OF_NO_PAGE: ReadonlySet<Sign> = new Set(["password", "reply", "type"]);

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
function withoutSite(part: Told, siteNames: readonly string[]): Told {
  const { bylines, headline, ...others } = part;
  return {
    ...others,
    ...tell({
      headline: [headline && shortened(headline.value, siteNames), headline?.why ?? ""],
      bylines: [bylines && withoutPublication(bylines.value, siteNames), bylines?.why ?? ""],
    }),
  };
}

const MARKS = ["|", "-", "–", "—", "·", "»", "::"];

const SHORTEST_HOST_CHARACTERS = 4;

/**
 * What stands after the last mark of a title, where it is the page's host in other letters, or a paper that the page calls its
 * author.
 */
function siteOfTitle({ url }: Page, parts: readonly Told[]): readonly string[] {
  const labels = url === undefined ? [] : new URL(url).hostname.split(".");
  const host = labels.filter((label) => label.length >= SHORTEST_HOST_CHARACTERS).map(bare);
  const authors = parts.flatMap(({ bylines }) => bylines?.value ?? []);
  const papers = authors.filter(({ name }) => affiliation(name) !== undefined).map(({ name }) => bare(name));
  return parts.flatMap(({ headline }) => {
    const [, name = ""] = /.\s(?:[|·»–—-]|::)\s+([^|·»]+)$/u.exec(headline?.value ?? "") ?? [];
    const words = bare(name);
    const isSite = host.some((label) => label === words || words.startsWith(label));
    return words !== "" && (isSite || papers.includes(words)) ? [name] : [];
  });
}

/** A title without the site's name at its end, or at its start. */
function shortened(title: string, siteNames: readonly string[]): string {
  const written = title.toLowerCase();
  const names = siteNames.map((name) => name.toLowerCase());
  const ends = names.flatMap((name) => MARKS.map((mark) => ` ${mark} ${name}`));
  const end = ends.find((each) => written.endsWith(each) && title.length > each.length);
  if (end !== undefined) return title.slice(0, -end.length);
  const starts = names.flatMap((name) => [`${name}: `, ...MARKS.map((mark) => `${name} ${mark} `)]);
  const start = starts.find((each) => written.startsWith(each) && title.length > each.length);
  return title.slice(start?.length ?? 0);
}
