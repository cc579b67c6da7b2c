// When a page says that its article was published and changed: in `meta`, RDFa and microformats, in words by the
// headline, in its address. Of several statements the clearest is taken.

import type { Element } from "hast";
import { attribute, isElement, wordsIn } from "../../html/tree.ts";
import { readDate } from "../dates.ts";
import type { SourceDate } from "../importer.ts";
import { readDateLine } from "../text/publication-date.ts";
import type { HeadlineArea } from "./headline-area.ts";
import { hasToken } from "./page-boilerplate.ts";
import { type Told, tell } from "./page-facts.ts";
import { hasWord, linesBelow, type Page, withInner } from "./page-tree.ts";

/** A date, and where the page has it. */
type ToldDate = NonNullable<Told["published"]>;

/**
 * The clearest of `dates`, which come the most trusted first: the first that can be read. Of a day without a
 * time, or a time without a zone, one that says more of the same moment is taken.
 */
export function clearest(dates: readonly ToldDate[]): ToldDate | undefined {
  const known = dates.filter(({ value }) => value.kind !== "unclear");
  const [first = dates[0]] = known;
  if (first?.value.kind !== "day" && first?.value.kind !== "local") return first;
  const { length } = first.value.kind === "day" ? "2026-01-31" : "2026-01-31T12:30";
  const same = known.filter(
    ({ value }) => value.value.slice(0, length) === first.value.value.slice(0, length),
  );
  const fuller = (["instant", "local"] as const).map((kind) => same.find(({ value }) => value.kind === kind));
  return fuller.find((date) => date !== undefined) ?? first;
}

// Systems write these where they know no date.
const NO_DATE = /^(?:0001-|0000-|1970-01-01)/;

/** A date of metadata, if any. */
export const dateOf = (written: string | undefined): SourceDate | undefined =>
  written === undefined || NO_DATE.test(written) ? undefined : readDate(written);

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

type Field = "published" | "updated";

/** What attributes of the page's elements say: the surest first. */
export function markedDates(page: Page, { all, before, after }: HeadlineArea): readonly Told[] {
  // Medium's export has it in its footer.
  const elements = [
    ...all,
    ...footersOf(all),
    ...page.elements.filter((e) => hasWord(e, "className", /^dt-/)),
  ];
  const marked = (field: Field): readonly Told[] => {
    const written = elements.filter((e) => isMarked(e, field)).map(writtenDate);
    const date = written.find((value) => value !== "");
    return date === undefined ? [] : [tell({ [field]: [dateOf(date), "an element marked as its date"] })];
  };
  const published = marked("published");
  return [
    ...published,
    // Many themes call the one date that they show `updated`.
    ...(published.length > 0 ? marked("updated") : []),
    ...[...after, ...before].filter((e) => e.tagName === "time").map(ofTime),
  ];
}

// Those of RDFa have a prefix. The properties of `meta` are read by name.
const PROPERTIES = {
  published: /(?:^|:)(?:datePublished|issued|created|date|published_time)$/,
  updated: /(?:^|:)(?:dateModified|modified|updated)$/,
} as const;
const CLASSES = {
  published: /^(?:dt-published|published|pubdate)$/,
  updated: /^(?:dt-updated|updated|modified)$/,
} as const;

/** True where RDFa, microdata or a microformat says that an element has this date. */
const isMarked = (e: Element, field: Field): boolean =>
  (e.tagName !== "meta" && hasWord(e, "property", PROPERTIES[field])) ||
  hasWord(e, "itemProp", PROPERTIES[field]) ||
  // The words of a `time` may say that `entry-date published` is only when it changed.
  (isElement(e, "time", "abbr") &&
    (hasWord(e, "className", CLASSES[field]) || (field === "published" && "pubDate" in e.properties)));

const writtenDate = (e: Element): string =>
  attribute(e, "content") ||
  attribute(e, "dateTime") ||
  (isElement(e, "abbr", "span") ? attribute(e, "title") : "");

const UPDATED_WORDS =
  /^\W*(?:last\s+)?(?:updated?|modified|aktualisiert|mis à jour|actualizado|aggiornato|atualizado|bijgewerkt)\b/i;

/** The date of a `time` element, which its words may call a change. */
const ofTime = (e: Element): Told =>
  tell({
    [UPDATED_WORDS.test(wordsIn(e)) ? "updated" : "published"]: [
      dateOf(attribute(e, "dateTime") || undefined),
      "a time element by the headline",
    ],
  });

const DATED =
  /^(?:date|dates|datetime|dateline|datestamp|time|times|timestamp|published|publish|publishdate|pubdate|pubtime|publication|posted|postdate|postdateinfo|entrydate|created|updated|fecha|datum|data|dato)$/;
const DETAILS = /^(?:entry|post|article|meta|postmeta|byline|info|details)$/;
const LONGEST_LINE_CHARACTERS = 240;
// Reading dates in words is slow.
const MOST_ELEMENTS = 150;
// By the headline, a date beside a name is the article's.
const LEAST_CONFIDENCE = 0.3;
const BY_HEADLINE = "a date by the headline";
const LABELLED = "a date with words that say which";

const isDated = (e: Element): boolean => e.tagName === "time" || hasToken(e, DATED);

// An article's own footer says who wrote it, and when.
const footersOf = (all: readonly Element[]): readonly Element[] =>
  all
    .filter((e) => e.tagName === "footer" && hasToken(e, DETAILS) && !hasToken(e, /^comments?$/))
    .flatMap(withInner);

/** What words by the headline say, and then labelled ones of the article. `language` decides about 03/04. */
export function shownDates({ all, before, after }: HeadlineArea, language = "en"): readonly Told[] {
  const lines = [...after, ...before.filter(isDated)].slice(0, MOST_ELEMENTS);
  const labelled = [...all.filter((e) => isDated(e) || hasToken(e, DETAILS)), ...footersOf(all)];
  return [
    ...firstDates(lines.filter(isDated), language, BY_HEADLINE),
    ...firstDates(lines, language, BY_HEADLINE),
    ...firstDates(labelled.slice(0, MOST_ELEMENTS), language, LABELLED),
  ];
}

/** The dates of the first short line in `elements` that says a day and year; where `why` says so, with a label. */
function firstDates(elements: readonly Element[], language: string, why: string): readonly Told[] {
  const short = elements.filter((e) => wordsIn(e).length <= LONGEST_LINE_CHARACTERS);
  for (const line of new Set(short.flatMap((e) => [wordsIn(e), ...linesBelow(e)]))) {
    const read = /\d/.test(line) ? readDateLine(line, language) : undefined;
    if (!read || read.confidence < LEAST_CONFIDENCE) continue;
    if (why === LABELLED && !read.why.startsWith(LABELLED)) continue;
    const { published, updated } = read.value;
    const told = tell({ published: [clear(published), why], updated: [clear(updated), why] });
    if (told.published || told.updated) return [told];
  }
  return [];
}

const clear = (date: SourceDate | undefined): SourceDate | undefined =>
  date?.kind === "unclear" ? undefined : date;

/** The day in a page's address: `/2026/03/02/`, `/2026-03-02-ferry`. */
export function addressDate({ url }: Page): Told {
  const path = url !== undefined && URL.canParse(url) ? new URL(url).pathname : "";
  const [, year, , month, day] = /\/(199[4-9]|20\d\d)([/-]?)(\d\d)\2(\d\d)(?=[/-]|$)/.exec(path) ?? [];
  const date = year === undefined ? undefined : readDate(`${year}-${month}-${day}`);
  return tell({ published: [date?.kind === "day" ? date : undefined, "the page's address"] });
}
