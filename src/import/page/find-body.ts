// Finds the part of a page that holds the article's text. Each part that may be it gets points for what speaks for and
// against it; Mozilla's Readability is asked where the marked ones hold little of the page.

import type { Element, Root, RootContent } from "hast";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import type { Explained } from "../importer.ts";
import { type Dropped, hasToken, isOfReaders, linkedShare, withoutBoilerplate } from "./page-boilerplate.ts";
import { copyWithout, hasWord, linesBelow, type Page, withInner } from "./page-tree.ts";
import { readable } from "./readable.ts";

/** The part of a page that holds the article's text. */
export interface FoundBody {
  readonly tree: Root;
  /** Of its words, in UTF-16 code units; a Han or Kana sign counts as three. */
  readonly length: number;
  readonly elements: number;
  readonly explained: readonly Explained[];
  /** Blocks that were taken out of it. */
  readonly dropped: readonly Dropped[];
  /** The element of the page that it is in, where it is one. */
  readonly place?: Element;
}

/** A part that may be the text. */
interface Candidate extends Omit<FoundBody, "explained"> {
  /** What marks it. */
  readonly why: string;
  /** How clear the mark is. */
  readonly points: number;
  /** True for a mark of the text itself: Readability can't know better. */
  readonly ofText: boolean;
  readonly linked: number;
  readonly teasers: number;
}

/** What all candidates are measured by. */
interface Measures {
  /** The length of the longest that is a text. */
  readonly most: number;
  readonly readability: Candidate | undefined;
}

// A short text, or one of mostly links, is an article only where the page declares one.
const SHORTEST_CHARACTERS = 250;
const MOST_LINKED = 0.5;
const FEWEST_TEASERS = 3;
// Of two parts with the text, the more clearly marked one is taken unless it holds much less.
const LEAST_SHARE = 0.6;

/** What speaks against a candidate, with the points that it takes. */
const AGAINST: readonly (readonly [string, number, (part: Candidate, all: Measures) => boolean])[] = [
  ["short", 40, ({ length }) => length < SHORTEST_CHARACTERS],
  ["mostly links", 40, ({ linked }) => linked > MOST_LINKED],
  ["a list of other articles", 40, ({ teasers }) => teasers >= FEWEST_TEASERS],
  ["much less than another part", 10, ({ length }, { most }) => length < most * LEAST_SHARE],
  ["far less than Readability finds", 10, (part, { readability }) => isBetter(readability, part)],
];

/** The text of the page's article; undefined where it has none. `declared`: the page says that it is an article. */
export function findBody(page: Page, declared: boolean): FoundBody | undefined {
  const teasers = new Set(teasersIn(page));
  const others = [...page.elements.filter(isOfReaders), ...teasers].flatMap(withInner);
  const parts = markedParts(page, new Set(others));
  const texts = parts.filter(isText);
  const most = Math.max(0, ...texts.map(({ length }) => length));
  const clearest = texts.find(({ length }) => length >= most * LEAST_SHARE);
  const readability = clearest?.ofText
    ? undefined
    : readabilityOf(
        copyWithout(page.root, (e) => teasers.has(e)),
        clearest,
      );
  const scored = [...parts, ...(readability ? [readability] : [])].map((part) => {
    const against = AGAINST.filter(([, , holds]) => holds(part, { most, readability }));
    const score = against.reduce((sum, [, minus]) => sum - minus, part.points);
    const why = [`${part.why} +${part.points}`, ...against.map(([name, minus]) => `${name} −${minus}`)];
    return { part, score, why: `${why.join(", ")}: ${part.length} characters` };
  });
  const [best] = scored.toSorted((a, b) => b.score - a.score);
  const isChosen = best && best.score >= 0;
  const chosen = isChosen ? best : declared ? scored.find(({ part }) => isDeclared(part)) : undefined;
  if (!chosen) return undefined;
  const told = scored.map(({ part, why }) => ({
    text: startOf(part.tree),
    as: part === chosen.part ? "body" : "other part",
    why,
  }));
  const said = chosen.part.dropped.map(({ element: _element, ...block }) => block);
  return { ...chosen.part, explained: [...told, ...said] };
}

const isText = ({ length, linked, teasers }: Candidate): boolean =>
  length >= SHORTEST_CHARACTERS && linked <= MOST_LINKED && teasers < FEWEST_TEASERS;

/** True for a part that is the text where the page declares an article, however short it is. */
const isDeclared = ({ length, why }: Candidate): boolean => length > 0 && why !== READABILITY.why;

const READABILITY = { why: "Readability", points: 1, ofText: false, dropped: [] };

// An `article` or `main` with less of the page's words than this may be another box than the article's.
const LEAST_SHARE_OF_PAGE = 0.4;

/** What Readability finds, where no part or one of little of the page is marked, and it is a text. */
function readabilityOf(root: Root, clearest: Candidate | undefined): Candidate | undefined {
  const rest = withoutBoilerplate(root, () => {});
  if (clearest && clearest.length >= lengthOf(wordsIn(rest)) * LEAST_SHARE_OF_PAGE) return undefined;
  const tree = readable(rest);
  const found = tree && { ...measured(tree), ...READABILITY };
  return found && isText(found) ? found : undefined;
}

const LEAST_SHARE_OF_FOUND = 0.5;
const LONG_LINE_CHARACTERS = 60;

/** True where `found` has far more than `part`, and not only more words of readers under the article. */
function isBetter(found: Candidate | undefined, part: Candidate): boolean {
  if (!found || part === found || part.length >= found.length * LEAST_SHARE_OF_FOUND) return false;
  const hasHeadline = [...elementsIn(part.tree)].some((e) => e.tagName === "h1");
  const opening = linesBelow(part.tree).find((line) => line.length >= LONG_LINE_CHARACTERS);
  return !hasHeadline || opening === undefined || wordsIn(found.tree).includes(opening);
}

const measured = (tree: Root) => ({
  tree,
  length: lengthOf(wordsIn(tree)),
  elements: [...elementsIn(tree)].length,
  linked: linkedShare(tree),
  // Headings that lead elsewhere: a list of articles has them.
  teasers: [...elementsIn(tree)].filter((e) => /^h[2-4]$/.test(e.tagName) && leadsAway(e)).length,
});

// Scripts that need a sign where others need a syllable or a word.
const DENSE = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/gu;
const DENSITY = 3;

const lengthOf = (words: string): number => words.length + (DENSITY - 1) * (words.match(DENSE)?.length ?? 0);

const SHOWN_CHARACTERS = 80;

function startOf(root: Root): string {
  const words = wordsIn(root);
  return `${words.slice(0, SHOWN_CHARACTERS)}${words.length > SHOWN_CHARACTERS ? "…" : ""}`;
}

/** True where the page asks for a password. */
export const asksForPassword = (page: Page): boolean =>
  page.elements.some((e) => e.tagName === "input" && attribute(e, "type") === "password");

const CONTENT = /^(?:[a-z]+[-_]+)*(?:entry|post|article|story)[-_]*(?:content|body|text)$/i;

const isArticle = (e: Element): boolean => e.tagName === "article" || attribute(e, "role") === "article";

/** The marks, the clearest first, with the points that they give; `ofText`: several may hold parts of the text. */
const MARKS: readonly (readonly [
  why: string,
  points: number,
  ofText: boolean,
  is: (e: Element) => boolean,
])[] = [
  ["itemprop articleBody", 8, true, (e) => hasWord(e, "itemProp", /\barticleBody\b/)],
  ["the class of an article's text", 6, true, (e) => hasWord(e, "className", CONTENT)],
  ["the element article", 4, false, isArticle],
  ["the element main", 2, false, (e) => e.tagName === "main" || attribute(e, "role") === "main"],
];

/** Of each mark, the largest part that has it, or all parts of the text; none in `others`. */
const markedParts = (page: Page, others: ReadonlySet<Element>): readonly Candidate[] =>
  MARKS.flatMap(([why, points, ofText, is]) => {
    const places = page.elements.filter((element) => is(element) && !others.has(element));
    const lengths = new Map(places.map((element) => [element, wordsIn(element).length]));
    const [place] = places.toSorted((a, b) => (lengths.get(b) ?? 0) - (lengths.get(a) ?? 0));
    if (!place) return [];
    const all = ofText ? partsOf(page, places, place) : undefined;
    const dropped: Dropped[] = [];
    const root = withoutBoilerplate(all ?? place, (block) => dropped.push(block));
    const mark = { why: all ? `${why}, in parts` : why, points, ofText };
    return [{ ...measured(root), ...mark, dropped, ...(all ? {} : { place }) }];
  });

const MOST_TEASING = 0.9;
const HEADING = /^h[1-6]$/;

const leadsAway = (heading: Element): boolean => linkedShare(heading) > MOST_TEASING;

/** Each `article` whose heading leads elsewhere, where it has siblings like it: a card of another article. */
const teasersIn = (page: Page): readonly Element[] =>
  [page.root, ...page.elements].flatMap((parent) => {
    const cards = childElements(parent).filter((child) => isArticle(child) && isCard(child, page.url));
    return cards.length < 2 ? [] : cards;
  });

function isCard(article: Element, url: string | undefined): boolean {
  const heading = [...elementsIn(article)].find((e) => HEADING.test(e.tagName));
  if (!heading || !leadsAway(heading)) return false;
  const links = [...elementsIn(heading)].map((e) => attribute(e, "href")).filter((address) => address !== "");
  return !links.some((address) => url?.endsWith(address));
}

const childElements = (parent: Element | Root): readonly Element[] =>
  parent.children.flatMap((child) => (child.type === "element" ? [child] : []));

// A line under the page may have the class of its text too.
const MOST_OF_PARTS = 0.8;

/**
 * What stands from the first to the last place like `largest`, in the nearest element that holds nearly all
 * their words; undefined where there is one place, or where each is an article of its own.
 */
function partsOf(page: Page, places: readonly Element[], largest: Element): Root | undefined {
  const boilerplate = page.elements.filter((e) => isElement(e, "nav", "aside", "footer"));
  const elsewhere = new Set(boilerplate.flatMap((element) => [...elementsIn(element)]));
  const kin = places.filter(
    (place) => attribute(place, "className") === attribute(largest, "className") && !elsewhere.has(place),
  );
  const inside = new Set(kin.flatMap((place) => [...elementsIn(place)]));
  const outermost = kin.filter((place) => !inside.has(place));
  // A text that stands on the page twice, once for another width of screen, is one.
  const distinct = new Map([...outermost, largest].map((part) => [wordsIn(part), part]));
  const lengths = new Map(Array.from(distinct, ([words, part]) => [part, words.length]));
  const lengthIn = (node: Element) =>
    withInner(node).reduce((sum, element) => sum + (lengths.get(element) ?? 0), 0);
  const enough = [...lengths.values()].reduce((sum, length) => sum + length, 0) * MOST_OF_PARTS;
  let parent: Element | Root = page.root;
  for (let inner: Element | undefined = largest; inner; ) {
    inner = childElements(parent).find((child) => lengthIn(child) >= enough);
    if (inner === largest) return undefined;
    parent = inner ?? parent;
  }
  const isItem = (e: Element) => isElement(e, "article", "li") || hasToken(e, /^(?:hentry|comments?)$/);
  const isOwnArticle = (e: Element) =>
    (isItem(e) && lengthIn(e) > 0) || (HEADING.test(e.tagName) && leadsAway(e));
  const branches = new Set<RootContent>(childElements(parent).filter((child) => lengthIn(child) > 0));
  const around = [...branches]
    .flatMap((branch) => withInner(branch as Element))
    .filter((e) => !inside.has(e));
  if (around.some(isOwnArticle)) return undefined;
  const { children } = parent;
  const [first, last] = [
    children.findIndex((e) => branches.has(e)),
    children.findLastIndex((e) => branches.has(e)),
  ];
  return { type: "root", children: children.slice(first, last + 1) };
}
