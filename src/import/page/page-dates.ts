// When a page says that its article was published and changed: in `meta`, RDFa and microformats, in words by the
// headline, in its address. Of several statements the clearest is taken.

import type { Element } from "hast";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { readDate } from "../dates.ts";
import type { SourceDate } from "../importer.ts";
import { type DateLine, readDateLine } from "../text/publication-date.ts";
import type { HeadlineArea } from "./headline-area.ts";
import { linesBelow } from "./lines-below.ts";
import { hasToken } from "./page-boilerplate.ts";
import { type Told, tell } from "./page-facts.ts";
import type { Page } from "./page-tree.ts";

/** A date, and where the page has it. */
type ToldDate = NonNullable<Told["published"]>;

/**
 * The clearest of `dates`, which come the most trusted first: the first that can be read. Of a day without a
 * time, or a time without a zone, one that says more of the same moment is taken.
 */
export function clearest(dates: readonly ToldDate[]): ToldDate | undefined {
  const [first = dates[0]] = dates.filter(({ value }) => value.kind !== "unclear");
  if (first === undefined || first.value.kind === "instant" || first.value.kind === "unclear") return first;
  const same = first.value.kind === "day" ? "2026-01-31".length : "2026-01-31T12:30".length;
  const isSame = ({ value }: ToldDate) => value.value.slice(0, same) === first.value.value.slice(0, same);
  const fuller = dates.filter((date) => isSame(date) && date.value.kind !== "unclear");
  const kinds = ["instant", "local"] as const;
  return kinds.flatMap((kind) => fuller.find(({ value }) => value.kind === kind) ?? [])[0] ?? first;
}

// Systems write these where they know no date.
const NO_DATE = /^(?:0001-|0000-|1970-01-01)/;

/** A date of metadata, if any. */
export function dateOf(written: string | undefined): SourceDate | undefined {
  if (written === undefined || NO_DATE.test(written)) return undefined;
  return readDate(written);
}

// Names of `meta`, without what parts their words. The first kinds are trusted before the others.
const PUBLISHED = [
  /^(?:og)?article(?:published|publication|publish|post|created|first)(?:time|date)?$/,
  /^(?:parselypubdate|sailthrudate|dcterms(?:issued|created|date)|dc(?:date)?(?:issued|created|publication|published))$/,
  /^(?:dcdate|citation(?:online|publication)?date)$/,
  /(?:pub|publish|published|publication|original|originalpublication|post|issue|create|created|creation|release|display)(?:date|time|datetime|dateoriginal|at|on)$/,
  /(?:date|time)(?:published|publish|issued|created|posted|original|ofpublication)$/,
  /^(?:rnews|og|bt|twt)?(?:datepublished|pubdate|publishedat|created|published|issued|date)$/,
];
const UPDATED = [
  /^(?:og)?article(?:modified|updated)(?:time|date)?$/,
  /^(?:ogupdatedtime|dcterms(?:modified|updated)|dcdatemodified|lastmodified)$/,
  /(?:updated|modified|lastmodified|lastupdated|lastupdate|modification|revision)(?:date|time|at|on)$/,
  /(?:date)(?:modified|updated|revised|lastpubbed)$/,
];
// Of a picture or a film, of an event, of the site.
const OF_ANOTHER = /image|video|photo|event|site|build|expir|comment|user|profile|copyright|embargo/;

/** What the page's `meta` say, each date by itself. */
export function metaDates(page: Page): readonly Told[] {
  const names = [...page.meta].map(([name, [value = ""]]) => ({
    name,
    key: name.replace(/[^a-z]/g, ""),
    value,
  }));
  const told = (kinds: readonly RegExp[], field: "published" | "updated") =>
    kinds.flatMap((kind) =>
      names.flatMap(({ name, key, value }) =>
        kind.test(key) && !OF_ANOTHER.test(key) ? [tell({ [field]: [dateOf(value), `meta ${name}`] })] : [],
      ),
    );
  return [...told(PUBLISHED, "published"), ...told(UPDATED, "updated")];
}

/** What attributes of the page's elements say, and its address: the surest first. */
export function markedDates(page: Page, { all, before, after }: HeadlineArea): readonly Told[] {
  // Many themes call the one date that they show `updated`.
  const elements = [...all, ...footersOf(all)];
  const published = marked(page, elements, "published");
  return [
    ...published,
    ...(published.length > 0 ? marked(page, elements, "updated") : []),
    ...[...after, ...before].filter((e) => e.tagName === "time").map(ofTime),
  ];
}

/** What words by the headline say, and then labelled ones of the article. `language` decides about 03/04. */
export function shownDates({ all, before, after }: HeadlineArea, language = "en"): readonly Told[] {
  const isLine = (e: Element) => wordsIn(e).length <= LONGEST_LINE_CHARACTERS;
  const lines = [...after, ...before.filter(isDated)].slice(0, MOST_ELEMENTS).filter(isLine);
  const labelled = [...all.filter((e) => isDated(e) || hasToken(e, DETAILS)), ...footersOf(all)];
  const why = "a date by the headline";
  return [
    ...first(lines.filter(isDated), language, why),
    ...first(lines, language, why),
    ...first(labelled.slice(0, MOST_ELEMENTS).filter(isLine), language, LABELLED),
  ];
}

// An article's own footer says who wrote it, and when.
const footersOf = (all: readonly Element[]): readonly Element[] =>
  all
    .filter((e) => e.tagName === "footer" && hasToken(e, DETAILS) && !hasToken(e, /^comments?$/))
    .flatMap((footer) => [footer, ...elementsIn(footer)]);

const DETAILS = /^(?:entry|post|article|meta|postmeta|byline|info|details)$/;

/** The day in a page's address: `/2026/03/02/`, `/2026-03-02-ferry`. */
export const addressDate = (page: Page): Told =>
  tell({ published: [dateOfAddress(page.url), "the page's address"] });

const LONGEST_LINE_CHARACTERS = 240;

const DATED =
  /^(?:date|dates|datetime|dateline|datestamp|time|times|timestamp|published|publish|publishdate|pubdate|pubtime|publication|posted|postdate|postdateinfo|entrydate|created|updated|fecha|datum|data|dato)$/;

const isDated = (e: Element): boolean => e.tagName === "time" || hasToken(e, DATED);

const PROPERTIES = {
  published: /(?:^|[\s:])(?:datePublished|issued|created|date|published_time)(?=\s|$)/,
  updated: /(?:^|[\s:])(?:dateModified|modified|updated)(?=\s|$)/,
} as const;
const CLASSES = {
  published: /(?:^|\s)(?:dt-published|published|pubdate)(?=\s|$)/,
  updated: /(?:^|\s)(?:dt-updated|updated|modified)(?=\s|$)/,
} as const;

/** Dates in an element's attributes, where RDFa, microdata or a microformat says which date it is. */
const marked = (page: Page, elements: readonly Element[], field: "published" | "updated"): readonly Told[] =>
  // Medium's export has it in its footer.
  [...elements, ...page.elements.filter((e) => /(?:^|\s)dt-/.test(attribute(e, "className")))]
    .filter((e) => isNamed(e, field))
    .map((e) => attribute(e, "content") || attribute(e, "dateTime") || titleOf(e))
    .filter((written) => written !== "")
    .slice(0, 1)
    .map((written) => tell({ [field]: [dateOf(written), "an element marked as its date"] }));

function isNamed(e: Element, field: "published" | "updated"): boolean {
  // The properties of `meta` are read by name.
  const property = `${e.tagName === "meta" ? "" : attribute(e, "property")} ${attribute(e, "itemProp")}`;
  if (PROPERTIES[field].test(property)) return true;
  if (!isElement(e, "time", "abbr")) return false;
  // The words of a `time` may say that `entry-date published` is only when it changed.
  return (
    CLASSES[field].test(attribute(e, "className")) || (field === "published" && "pubDate" in e.properties)
  );
}

const titleOf = (e: Element): string => (isElement(e, "abbr", "span") ? attribute(e, "title") : "");

/** The date of a `time` element, which its words or classes may call a change. */
function ofTime(element: Element): Told {
  const date = dateOf(attribute(element, "dateTime") || undefined);
  const isUpdated = UPDATED_WORDS.test(wordsIn(element));
  return tell({ [isUpdated ? "updated" : "published"]: [date, "a time element by the headline"] });
}

const UPDATED_WORDS =
  /^\W*(?:last\s+)?(?:updated?|modified|aktualisiert|mis à jour|actualizado|aggiornato|atualizado|bijgewerkt)\b/i;

/** The dates of the first of `elements` whose words are some; where `why` says so, with a label. */
function first(elements: readonly Element[], language: string, why: string): readonly Told[] {
  const tried = new Set<string>();
  for (const element of elements) {
    for (const line of [wordsIn(element), ...linesBelow(element)]) {
      if (tried.has(line)) continue;
      tried.add(line);
      const read = datesIn(line, language, why === LABELLED);
      if (read) return [tell({ published: [read.published, why], updated: [read.updated, why] })];
    }
  }
  return [];
}

const LABELLED = "a date with words that say which";

// Reading dates in words is slow.
const MOST_ELEMENTS = 150;

/** The dates that a line is about; undefined for one that says no day and year. */
function datesIn(line: string, language: string, labelled: boolean): DateLine | undefined {
  if (!/\d/.test(line)) return undefined;
  const read = readDateLine(line, language);
  if (!read || read.confidence < LEAST_CONFIDENCE) return undefined;
  if (labelled && !read.why.startsWith(LABELLED)) return undefined;
  const { published, updated } = read.value;
  const known = omitUndefined({ published: clear(published), updated: clear(updated) });
  return Object.keys(known).length > 0 ? known : undefined;
}

// By the headline, a date beside a name is the article's.
const LEAST_CONFIDENCE = 0.3;

const clear = (date: SourceDate | undefined): SourceDate | undefined =>
  date?.kind === "unclear" ? undefined : date;

const FIRST_YEAR = 1994;
const LAST_YEAR = 2100;

function dateOfAddress(url: string | undefined): SourceDate | undefined {
  const path = url !== undefined && URL.canParse(url) ? new URL(url).pathname : "";
  const [, year = "", month = "", day = ""] =
    /\/(\d{4})[/-](\d{2})[/-](\d{2})(?=[/-]|$)/.exec(path) ??
    /\/(\d{4})(\d{2})(\d{2})(?=[/-]|$)/.exec(path) ??
    [];
  const isYear = Number(year) >= FIRST_YEAR && Number(year) <= LAST_YEAR;
  const date = isYear ? readDate(`${year}-${month}-${day}`) : undefined;
  return date?.kind === "day" ? date : undefined;
}
