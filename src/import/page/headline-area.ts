// Where a page shows its headline, and what stands by it: everything from the headline to the first paragraph
// of the text. Standfirst, byline and date of an article stand there; those of widgets and other articles don't.
// And titles without the site's name.

import type { Element, Nodes } from "hast";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import { bare } from "../bare-words.ts";
import { affiliation } from "../text/people-list.ts";
import { hasToken } from "./page-boilerplate.ts";
import type { Told } from "./page-facts.ts";
import { hasWord, type Page, withInner } from "./page-tree.ts";

/** A page's headline, and what stands by it. */
export interface HeadlineArea {
  /** Missing where no heading of the page is the article's. */
  readonly heading?: Element;
  /** The article's elements wherever they stand, in the document's order as all these are. */
  readonly all: readonly Element[];
  /** Those before the headline are of its own box. */
  readonly before: readonly Element[];
  /** Elements up to the first paragraph of the text, without the heading's own. */
  readonly after: readonly Element[];
}

/**
 * Finds the headline among the page's headings. `titles` are what the page calls its article elsewhere,
 * `<title>` included; `siteNames` are no headlines.
 */
export function findHeadline(
  page: Page,
  titles: readonly string[],
  siteNames: readonly string[],
): HeadlineArea {
  const all = articleElements(page);
  const widgets = new Set(all.filter(isWidget).flatMap(withInner));
  const elements = all.filter((element) => !widgets.has(element));
  const heading = headingOf(page, elements, titles, siteNames);
  const inside = new Set(heading && elementsIn(heading));
  const own = new Set(heading && elementsIn(boxOf(page, heading)));
  // Without a headline, what stands by it is what the article starts with.
  const start = heading
    ? elements.indexOf(heading) + 1
    : Math.max(
        0,
        elements.findIndex((e) => isElement(e, "article", "main")),
      );
  const after = untilText(elements.slice(start).filter((element) => !inside.has(element)));
  return {
    all,
    ...(heading ? { heading } : {}),
    before: elements.slice(0, Math.max(0, start - 1)).filter((element) => own.has(element)),
    after: after.filter((element) => !isLonger(element, LONGEST_NEIGHBOUR_CHARACTERS)),
  };
}

// What stands by a headline is short; boxes within boxes would be read again and again.
const LONGEST_NEIGHBOUR_CHARACTERS = 1000;

const isWhole = (element: Element): boolean => isElement(element, "html", "body", "main", "article");

/**
 * Elements of the article and what stands before it, without what is about the site or about other articles.
 */
function articleElements(page: Page): readonly Element[] {
  const isElsewhere = (e: Element) =>
    isElement(e, "nav", "footer", "aside", "figure", "dialog") ||
    isEmbedded(e) ||
    // On the whole page such a class only says that there are some.
    (!isWhole(e) && (hasToken(e, POPUP) || (hasToken(e, OF_OTHERS) && !holdsHeading(e))));
  return [...elementsIn(page.root, (e) => !isElsewhere(e))].filter((e) => !isEmbedded(e));
}

const OF_OTHERS = /^(?:related|comments?|bio)$/;
const POPUP = /^(?:modal|popup)$/;
const WIDGET = /^(?:widgets?|sidebar|trending|popular|newsletter|promo|subscribe|recommended)$/;
const LONGEST_BOX_CHARACTERS = 3000;

/** True for a box about other things. Elementor calls every part of a page a widget. */
const isWidget = (element: Element): boolean =>
  !isWhole(element) &&
  hasToken(element, WIDGET) &&
  !hasToken(element, /^elementor$/) &&
  !isLonger(element, LONGEST_BOX_CHARACTERS) &&
  !holdsHeading(element);

/** True for a box round the article, whose class tells what else the page has: `has-sidebar`, `no-promo`. */
const holdsHeading = (box: Element): boolean =>
  [...elementsIn(box)].some((e) => e.tagName === "h1" && wordsIn(e) !== "");

/** True where an element holds more text than `most` UTF-16 code units. */
function isLonger(element: Element, most: number): boolean {
  let length = 0;
  const waiting: Nodes[] = [element];
  for (let next = waiting.pop(); next !== undefined && length <= most; next = waiting.pop()) {
    if (next.type === "text") length += next.value.trim().length;
    else if ("children" in next) waiting.push(...next.children);
  }
  return length > most;
}

/** True for a quotation or a post of another site. */
const isEmbedded = (element: Element): boolean =>
  isElement(element, "blockquote", "iframe", "object") || hasToken(element, /^(?:embed|embedded|tweet)$/);

const LOGO = /^(?:logo|masthead|branding|site|sitename)$/;
const LONGEST_CHARACTERS = 400;
const FEWEST_WORDS = 4;

function headingOf(
  page: Page,
  elements: readonly Element[],
  titles: readonly string[],
  siteNames: readonly string[],
): Element | undefined {
  const isMasthead = (element: Element): boolean => {
    const words = bare(wordsIn(element));
    // The front page is where a masthead leads.
    const isToFront = (e: Element) =>
      e.tagName === "a" && isFrontPage(attribute(e, "href"), page.url) && bare(wordsIn(e)) === words;
    return (
      words === "" ||
      siteNames.some((name) => bare(name) === words) ||
      hasToken(element, LOGO) ||
      [...elementsIn(element)].some(isToFront)
    );
  };
  const first = elements.filter((e) => e.tagName === "h1" && !isMasthead(e));
  const isAnyTitle = (is: (heading: string, title: string) => boolean) => (heading: Element) =>
    titles.some((title) => is(wordsIn(heading), title));
  const isNamed = isAnyTitle(isStartOf);
  const isEnd = isAnyTitle(isEndOf);
  const marked = elements.filter(
    (e) => (isElement(e, "h2", "h3") || isHeadline(e)) && wordsIn(e).length <= LONGEST_CHARACTERS,
  );
  const named =
    first.find(isNamed) ??
    first.find((heading) => !isEnd(heading) && isAnyTitle(areAlike)(heading)) ??
    marked.find(isNamed);
  if (named) return named;
  // Nothing else calls the article so: it must be certain that this heading is the article's.
  const boxes = elements.filter((e) => isElement(e, "article", "main"));
  const within = new Set(boxes.flatMap((e) => [...elementsIn(e)]));
  return (
    first.find(isHeadline) ??
    marked.find((e) => isHeadline(e) && within.has(e)) ??
    first.find((e) => within.has(e)) ??
    first.find((e) => first.length === 1 && wordsIn(e).split(/\s+/).length >= FEWEST_WORDS)
  );
}

/** True for an element with a headline's mark. */
const isHeadline = (e: Element): boolean =>
  ["itemProp", "className"].some((name) => hasWord(e, name, /^(?:headline|p-name)$/)) ||
  (hasToken(e, /^(?:headline|title)$/) && hasToken(e, /^(?:entry|post|article|story|content|page)$/));

function isFrontPage(href: string, url: string | undefined): boolean {
  if (href === "/" || href === "./") return true;
  if (!URL.canParse(href, url)) return false;
  const { pathname, search } = new URL(href, url);
  return /^\/(?:index\.\w+)?$/.test(pathname) && search === "";
}

// Shorter, a heading may stand in any title by chance.
const SHORTEST_ALIKE = 8;
const LEAST_SHARED = 0.6;
const FEWEST_SHARED = 3;

/** True where two headlines are one in other words, or one with the site's name or a kicker. */
function areAlike(heading: string, title: string): boolean {
  const [a, b] = [bare(heading), bare(title)];
  if (Math.min(a.length, b.length) < SHORTEST_ALIKE) return false;
  const [words, others] = [wordsOf(heading), wordsOf(title)];
  const shared = words.filter((word) => others.includes(word)).length;
  const fewer = Math.min(words.length, others.length);
  return a.startsWith(b) || a.endsWith(b) || (shared >= FEWEST_SHARED && shared >= LEAST_SHARED * fewer);
}

const wordsOf = (line: string): readonly string[] => [
  ...new Set(line.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu)),
];

/** True where `title` is the heading, alone or before a mark and the site's name. */
const isStartOf = (heading: string, title: string): boolean =>
  bare(heading) !== "" &&
  partsOf(title).some((_, at, parts) => bare(parts.slice(0, at + 1).join("")) === bare(heading));

/** True where the heading is what a title has after a mark: the site's name. */
const isEndOf = (heading: string, title: string): boolean =>
  partsOf(title).some((_, at, parts) => at > 0 && bare(parts.slice(at).join("")) === bare(heading));

const partsOf = (title: string): readonly string[] => title.split(/\s+(?:[|·»–—-]|::)\s+/);

// A headline's own box holds little else: a kicker, a date, names.
const MOST_BESIDE_CHARACTERS = 300;

/** The largest element round the heading that holds little else. */
function boxOf(page: Page, heading: Element): Element {
  const parents = new Map<Nodes, Element>();
  for (const element of page.elements) for (const child of element.children) parents.set(child, element);
  const most = wordsIn(heading).length + MOST_BESIDE_CHARACTERS;
  let box = heading;
  for (let parent = parents.get(box); parent; parent = parents.get(parent)) {
    // A short article is in one box with all that it has.
    if (isElement(parent, "body", "html") || wordsIn(parent).length > most) break;
    box = parent;
  }
  return box;
}

const SHORTEST_PARAGRAPH_CHARACTERS = 100;
const SHORTEST_NEXT_CHARACTERS = 40;

/** The elements before the text: before two paragraphs in a row, or the second that stands alone. */
function untilText(elements: readonly Element[]): readonly Element[] {
  const next = new Map<Element, Element | undefined>();
  for (const parent of elements) {
    const children = parent.children.filter((child) => isElement(child));
    for (const [index, child] of children.entries()) next.set(child, children[index + 1]);
  }
  let alone = 0;
  const end = elements.findIndex((element) => {
    if (!isParagraph(element)) return false;
    const following = element.tagName === "p" ? next.get(element) : undefined;
    const isFirst = following?.tagName === "p" && wordsIn(following).length >= SHORTEST_NEXT_CHARACTERS;
    return isFirst || alone++ > 0;
  });
  return end === -1 ? elements : elements.slice(0, end);
}

/** True for a paragraph, or an element with a paragraph's words of its own. */
function isParagraph(element: Element): boolean {
  if (element.tagName === "p") return wordsIn(element).length >= SHORTEST_PARAGRAPH_CHARACTERS;
  if (!isElement(element, "div", "td", "section", "article")) return false;
  const own = element.children.reduce((sum, c) => sum + (c.type === "text" ? c.value.trim().length : 0), 0);
  return own >= SHORTEST_PARAGRAPH_CHARACTERS;
}

const LEAST_SHARE = 0.5;

/**
 * The headline as the page shows it: readers saw it, while metadata may have one for search engines, or one
 * that was changed since. Undefined where metadata has it to the letter, or has it without what a heading
 * holds besides, such as a kicker.
 */
export function shownHeadline({ heading }: HeadlineArea, parts: readonly Told[]): Told["headline"] {
  const words = heading ? wordsIn(heading) : "";
  if (!heading || words === "") return undefined;
  const others = parts.flatMap(({ headline }) => headline ?? []);
  const isInside = (value: string): boolean =>
    bare(words).includes(bare(value)) && bare(value).length >= LEAST_SHARE * bare(words).length;
  const holdsMore = heading.children.some((child) => isElement(child) && wordsIn(child) !== words);
  return (
    others.find(({ value }) => value === words) ??
    (holdsMore ? others.find(({ value }) => isInside(value)) : undefined) ?? {
      value: words,
      why: `the page's ${heading.tagName}`,
    }
  );
}

const SHORTEST_HOST_CHARACTERS = 4;

/**
 * What stands after the last mark of a title, where it is the page's host in other letters, or a paper that the
 * page calls its author.
 */
export function siteOfTitle({ url }: Page, parts: readonly Told[]): readonly string[] {
  const labels = url === undefined ? [] : new URL(url).hostname.split(".");
  const host = labels.filter((label) => label.length >= SHORTEST_HOST_CHARACTERS).map(bare);
  const authors = parts.flatMap(({ bylines }) => bylines?.value ?? []);
  const papers = authors.filter(({ name }) => affiliation(name) !== undefined).map(({ name }) => bare(name));
  return parts.flatMap(({ headline }) => {
    const [, name = ""] = /.\s(?:[|·»–—-]|::)\s+([^|·»]+)$/u.exec(headline?.value ?? "") ?? [];
    const words = bare(name);
    const isSite = host.some((label) => words.startsWith(label)) || papers.includes(words);
    return words !== "" && isSite ? [name] : [];
  });
}

const MARKS = ["|", "-", "–", "—", "·", "»", "::"];

/** A title without the site's name at its end, or at its start. */
export function shortened(title: string, siteNames: readonly string[]): string {
  const written = title.toLowerCase();
  const names = siteNames.map((name) => name.toLowerCase());
  const ends = names.flatMap((name) => MARKS.map((mark) => ` ${mark} ${name}`));
  const end = ends.find((each) => written.endsWith(each) && title.length > each.length);
  if (end !== undefined) return title.slice(0, -end.length);
  const starts = names.flatMap((name) => [`${name}: `, ...MARKS.map((mark) => `${name} ${mark} `)]);
  const start = starts.find((each) => written.startsWith(each) && title.length > each.length);
  return title.slice(start?.length ?? 0);
}
