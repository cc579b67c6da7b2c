// Everything that a page says of its article outside the text. Of each field, the first part of the page that
// has it is believed; also who may read it.

import { attribute } from "../../html/tree.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { ImportedImage } from "../importer.ts";
import { collectSigns, type HeldBack, heldBackBy, type Sign, type Signs, signOf } from "../visibility.ts";
import { factsOf, firstTold, type Told, tell } from "./page-facts.ts";
import { markupFacts, metaFacts, standfirstFacts, titleFacts } from "./page-markup.ts";
import type { Page } from "./page-tree.ts";
import { schemaFacts, withoutPublication } from "./schema-article.ts";
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
  readonly notes: readonly string[];
  /** What the page says that isn't for everybody; missing for what is public. */
  readonly heldBack?: HeldBack;
}

/** Reads the metadata of `page`; of each field the first part that has it is believed. */
export function readMetadata(page: Page): Metadata {
  const linked = readLinkedData(page.jsonLd, page.url);
  const microdata = microdataArticle(page);
  const standfirst = standfirstFacts(page);
  const parts = [
    tell({ url: [page.url, "the canonical link, or else og:url"] }),
    standfirst,
    ...(linked.article ? [schemaFacts(linked.article, linked.follow, "JSON-LD")] : []),
    ...(microdata ? [schemaFacts(microdata, (node) => node, "microdata")] : []),
    metaFacts(page),
    markupFacts(page),
    titleFacts(page),
  ];
  const siteNames = [...new Set(parts.flatMap((part) => factsOf(part).siteNames ?? []))];
  const told = firstTold(parts.map((part) => withoutSite(part, siteNames)));
  const subjects = subjectsOf(parts, siteNames, told.headline?.value);
  return {
    told: { ...told, ...subjects.told },
    leads: parts.flatMap((part) => factsOf(part).images ?? []),
    declared:
      linked.article !== undefined || microdata !== undefined || page.meta.get("og:type")?.[0] === "article",
    hasStandfirst: standfirst.dek !== undefined,
    notes: [...linked.notes, ...subjects.notes],
    ...omitUndefined({ heldBack: heldBackBy(signsOf(page, [linked.article, microdata])) }),
  };
}

// The classes that WordPress gives to a post: `post-12 type-post status-private`.
const WORDPRESS_STATUS = /(?:^|\s)status-([a-z-]+)(?=\s|$)/;

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

/** A title without the site's name at its end. */
function shortened(title: string, siteNames: readonly string[]): string {
  const ends = siteNames.flatMap((name) => MARKS.map((mark) => ` ${mark} ${name}`.toLowerCase()));
  const end = ends.find((each) => title.toLowerCase().endsWith(each) && title.length > each.length);
  return end === undefined ? title : title.slice(0, -end.length);
}

// What the parts of a page say of its article, each with where it was said.
