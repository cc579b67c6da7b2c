// Where a page shows its headline, and what stands by it: everything from the headline to the first paragraph
// of the text. Standfirst, byline and date of an article stand there; those of widgets and other articles don't.

import type { Element, Nodes } from "hast";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import { bare } from "../bare-words.ts";
import { hasToken } from "./page-boilerplate.ts";
import type { Page } from "./page-tree.ts";

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
  const widgets = new Set(all.filter(isWidget).flatMap((box) => [box, ...elementsIn(box)]));
  const elements = all.filter((element) => !widgets.has(element));
  const heading = headingOf(page, elements, titles, siteNames);
  if (heading === undefined)
    return { all, before: [], after: untilText(elements.slice(firstOfArticle(elements))).filter(isShort) };
  const at = elements.indexOf(heading);
  const own = new Set(elementsIn(boxOf(page, heading)));
  const inside = new Set(elementsIn(heading));
  return {
    all,
    heading,
    before: elements.slice(0, at).filter((element) => own.has(element)),
    after: untilText(elements.slice(at + 1).filter((element) => !inside.has(element))).filter(isShort),
  };
}

/**
 * Elements of the article and what stands before it, without what is about the site or about other articles.
 */
function articleElements(page: Page): readonly Element[] {
  const isElsewhere = (e: Element) =>
    isElement(e, "nav", "footer", "aside", "figure", "dialog") ||
    isEmbedded(e) ||
    // On the whole page such a class only says that there are some.
    (!isElement(e, "html", "body", "main", "article") &&
      (hasToken(e, POPUP) || (hasToken(e, OF_OTHERS) && !holdsHeading(e))));
  return [...elementsIn(page.root, (e) => !isElsewhere(e))].filter((e) => !isEmbedded(e));
}

const OF_OTHERS = /^(?:related|comments?|bio)$/;
const POPUP = /^(?:modal|popup)$/;

/** True for a box about other things. Elementor calls every part of a page a widget. */
const isWidget = (element: Element): boolean =>
  !isElement(element, "html", "body", "main", "article") &&
  hasToken(element, /^(?:widgets?|sidebar|trending|popular|newsletter|promo|subscribe|recommended)$/) &&
  !hasToken(element, /^elementor$/) &&
  !isLonger(element, LONGEST_BOX_CHARACTERS) &&
  !holdsHeading(element);

const LONGEST_BOX_CHARACTERS = 3000;

/** True for a box round the article, whose class tells what else the page has: `has-sidebar`, `no-promo`. */
const holdsHeading = (box: Element): boolean =>
  [...elementsIn(box)].some((e) => e.tagName === "h1" && wordsIn(e) !== "");

// What stands by a headline is short; boxes within boxes would be read again and again.
const isShort = (element: Element): boolean => !isLonger(element, 1000);

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

const HEADLINE = /^(?:headline|title)$/;
const OF_ARTICLE = /^(?:entry|post|article|story|content|page)$/;

function headingOf(
  page: Page,
  elements: readonly Element[],
  titles: readonly string[],
  siteNames: readonly string[],
): Element | undefined {
  const isMasthead = (element: Element): boolean => {
    const words = bare(wordsIn(element));
    if (words === "" || siteNames.some((name) => bare(name) === words)) return true;
    if (hasToken(element, /^(?:logo|masthead|branding|site|sitename)$/)) return true;
    // The front page is where a masthead leads.
    const links = [...elementsIn(element)].filter((e) => e.tagName === "a");
    return links.some(
      (link) => isFrontPage(attribute(link, "href"), page.url) && bare(wordsIn(link)) === words,
    );
  };
  const first = elements.filter((e) => e.tagName === "h1" && !isMasthead(e));
  const isNamed = (heading: Element) => titles.some((title) => isStartOf(wordsIn(heading), title));
  const isEnd = (heading: Element) => titles.some((title) => isEndOf(wordsIn(heading), title));
  const named =
    first.find(isNamed) ??
    first.find((heading) => !isEnd(heading) && titles.some((title) => areAlike(wordsIn(heading), title)));
  if (named) return named;
  const marked = elements.filter((e) => isMarked(e) && wordsIn(e).length <= LONGEST_CHARACTERS);
  const same = marked.find(isNamed);
  if (same) return same;
  // Nothing else calls the article so: it must be certain that this heading is the article's.
  const within = new Set(
    elements.filter((e) => isElement(e, "article", "main")).flatMap((e) => [...elementsIn(e)]),
  );
  const certain = first.filter((e) => within.has(e) || isHeadline(e) || wordsIn(e).split(/\s+/).length > 3);
  return (
    certain.find(isHeadline) ??
    marked.find((e) => isHeadline(e) && within.has(e)) ??
    certain.find((e) => within.has(e)) ??
    (first.length === 1 ? certain[0] : undefined)
  );
}

const LONGEST_CHARACTERS = 400;

/** True for a heading, or an element with a headline's class. */
const isMarked = (e: Element): boolean => isElement(e, "h2", "h3") || isHeadline(e);

const isHeadline = (e: Element): boolean =>
  /(?:^|\s)(?:headline|p-name)(?:\s|$)/.test(`${attribute(e, "itemProp")} ${attribute(e, "className")}`) ||
  (hasToken(e, HEADLINE) && hasToken(e, OF_ARTICLE));

function isFrontPage(href: string, url: string | undefined): boolean {
  if (href === "/" || href === "./" || href === "#") return href !== "#";
  if (!URL.canParse(href, url)) return false;
  const { pathname, search } = new URL(href, url);
  return /^\/(?:index\.\w+)?$/.test(pathname) && search === "";
}

// Shorter, a heading may stand in any title by chance.
const SHORTEST_ALIKE = 8;
const LEAST_SHARED = 0.6;

/** True where two headlines are one in other words, or one with the site's name or a kicker. */
function areAlike(heading: string, title: string): boolean {
  const [a, b] = [bare(heading), bare(title)];
  if (a === b) return a !== "";
  if (Math.min(a.length, b.length) < SHORTEST_ALIKE) return isStartOf(heading, title);
  if (isStartOf(heading, title) || a.startsWith(b) || a.endsWith(b)) return true;
  const [words, others] = [wordsOf(heading), wordsOf(title)];
  const shared = [...words].filter((word) => others.has(word)).length;
  return shared >= 3 && shared >= LEAST_SHARED * Math.min(words.size, others.size);
}

/** True where `title` is the heading, alone or before a mark and the site's name. */
const isStartOf = (heading: string, title: string): boolean =>
  bare(heading) !== "" &&
  (bare(heading) === bare(title) ||
    partsOf(title).some((_, at, parts) => bare(parts.slice(0, at).join("")) === bare(heading)));

/** True where the heading is what a title has after a mark: the site's name. */
const isEndOf = (heading: string, title: string): boolean =>
  partsOf(title).some((_, at, parts) => at > 0 && bare(parts.slice(at).join("")) === bare(heading));

const partsOf = (title: string): readonly string[] => title.split(/\s+(?:[|·»–—-]|::)\s+/);

const wordsOf = (text: string): ReadonlySet<string> =>
  new Set(text.toLowerCase().match(/[\p{L}\p{N}]{3,}/gu) ?? []);

// A headline's own box holds little else: a kicker, a date, names.
const MOST_BESIDE_CHARACTERS = 300;

/** The largest element round the heading that holds little else. */
function boxOf(page: Page, heading: Element): Element {
  const parents = new Map<Nodes, Element>();
  for (const element of page.elements) for (const child of element.children) parents.set(child, element);
  const own = wordsIn(heading).length;
  let box = heading;
  for (let parent = parents.get(box); parent; parent = parents.get(parent)) {
    if (isElement(parent, "body", "html")) break;
    if (wordsIn(parent).length > own + MOST_BESIDE_CHARACTERS) break;
    box = parent;
  }
  // A short article is in one box with all that it has.
  return box;
}

const firstOfArticle = (elements: readonly Element[]): number =>
  Math.max(
    0,
    elements.findIndex((e) => isElement(e, "article", "main")),
  );

const SHORTEST_PARAGRAPH_CHARACTERS = 100;
const SHORTEST_NEIGHBOUR_CHARACTERS = 40;

/** The elements before the text: before two paragraphs in a row, or the second that stands alone. */
function untilText(elements: readonly Element[]): readonly Element[] {
  const paragraphs = new Map<Element, Element>();
  for (const parent of elements) {
    const children = parent.children.filter((child) => isElement(child));
    for (const [index, child] of children.entries()) {
      const next = children[index + 1];
      if (child.tagName === "p" && next) paragraphs.set(child, next);
    }
  }
  let alone = 0;
  const end = elements.findIndex((element) => {
    if (!isParagraph(element)) return false;
    const next = paragraphs.get(element);
    const isFirst = next?.tagName === "p" && wordsIn(next).length >= SHORTEST_NEIGHBOUR_CHARACTERS;
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
