// Which elements of a page may hold its article's text: those marked as it, without readers' comments and cards of other articles.

import type { Element, Root, RootContent } from "hast";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import { hasToken, isOfReaders, linkedShare } from "./page-boilerplate.ts";
import type { Page } from "./page-tree.ts";

/** Elements with one mark. */
export interface MarkedPart {
  readonly why: string;
  /** How clear the mark is. */
  readonly points: number;
  /** True for a mark of the text itself: several may hold its parts, and Readability can't know better. */
  readonly ofText: boolean;
  /** The largest element, or a root with all parts of the text. */
  readonly part: Element | Root;
}

const CONTENT = /(?:^|\s)(?:[a-z]+[-_]+)*(?:entry|post|article|story)[-_]*(?:content|body|text)(?:\s|$)/i;

const isArticle = (element: Element): boolean =>
  element.tagName === "article" || attribute(element, "role") === "article";

const isContent = (names: string): boolean => names.length < 500 && CONTENT.test(names);

// The clearest first.
const MARKS: readonly (Omit<MarkedPart, "part"> & { readonly is: (element: Element) => boolean })[] = [
  {
    why: "itemprop articleBody",
    points: 8,
    is: (e) => /\barticleBody\b/.test(attribute(e, "itemProp")),
    ofText: true,
  },
  {
    why: "the class of an article's text",
    points: 6,
    is: (e) => isContent(attribute(e, "className")),
    ofText: true,
  },
  { why: "the element article", points: 4, is: (e) => isArticle(e), ofText: false },
  {
    why: "the element main",
    points: 2,
    is: (e) => e.tagName === "main" || attribute(e, "role") === "main",
    ofText: false,
  },
];

/** The marked parts of a page, the clearest mark first, and the page without cards of other articles. */
export function markedParts(page: Page): { readonly parts: readonly MarkedPart[]; readonly page: Root } {
  const teasers = teasersIn(page);
  const others = new Set(
    [...page.elements.filter(isOfReaders), ...teasers].flatMap((element) => [
      element,
      ...elementsIn(element),
    ]),
  );
  const parts = MARKS.flatMap(({ is, why, ...mark }) => {
    const places = page.elements.filter((element) => is(element) && !others.has(element));
    const largest = largestOf(places);
    if (!largest) return [];
    const all = mark.ofText ? partsOf(page, places, largest) : undefined;
    return [{ ...mark, why: all ? `${why}, in parts` : why, part: all ?? largest }];
  });
  return { parts, page: withoutElements(page.root, new Set(teasers)) };
}

const largestOf = (elements: readonly Element[]): Element | undefined =>
  elements
    .map((element) => ({ element, length: wordsIn(element).length }))
    .reduce<{ element: Element; length: number } | undefined>(
      (a, b) => (a && a.length >= b.length ? a : b),
      undefined,
    )?.element;

const MOST_TEASING = 0.9;
const HEADING = /^h[1-6]$/;

/** How many headings lead elsewhere: a list of articles has them. */
export const teasersBelow = (root: Root): number =>
  [...elementsIn(root)].filter((e) => /^h[2-4]$/.test(e.tagName) && linkedShare(e) > MOST_TEASING).length;

/** Each `article` whose heading leads elsewhere, where it has siblings like it: a card of another article. */
function teasersIn(page: Page): readonly Element[] {
  return [page.root, ...page.elements].flatMap((parent) => {
    const cards = childElements(parent).filter((child) => isArticle(child) && isCard(child, page.url));
    return cards.length < 2 ? [] : cards;
  });
}

function isCard(article: Element, url: string | undefined): boolean {
  const heading = [...elementsIn(article)].find((e) => HEADING.test(e.tagName));
  if (!heading || linkedShare(heading) <= MOST_TEASING) return false;
  const links = [...elementsIn(heading)].map((e) => attribute(e, "href")).filter((address) => address !== "");
  return !links.some((address) => url?.endsWith(address));
}

const childElements = (parent: Element | Root): readonly Element[] =>
  parent.children.flatMap((child) => (child.type === "element" ? [child] : []));

/** A copy without the elements in `gone`. */
function withoutElements(root: Root, gone: ReadonlySet<Element>): Root {
  if (gone.size === 0) return root;
  const kept = <Node extends RootContent>(node: Node): readonly Node[] => {
    if (node.type !== "element") return [node];
    return gone.has(node) ? [] : [{ ...node, children: node.children.flatMap(kept) }];
  };
  return { type: "root", children: root.children.flatMap(kept) };
}

// A line under the page may have the class of its text too.
const MOST_OF_PARTS = 0.8;

/**
 * What stands from the first to the last place like `largest`, in the nearest element that holds nearly all
 * their words; undefined where there is one place, or where each is an article of its own.
 */
function partsOf(page: Page, places: readonly Element[], largest: Element): Root | undefined {
  const furniture = page.elements.filter((e) => isElement(e, "nav", "aside", "footer"));
  const elsewhere = new Set(furniture.flatMap((element) => [...elementsIn(element)]));
  const kin = places.filter(
    (place) => attribute(place, "className") === attribute(largest, "className") && !elsewhere.has(place),
  );
  const inside = new Set(kin.flatMap((place) => [...elementsIn(place)]));
  const outermost = kin.filter((place) => !inside.has(place));
  // A text that stands on the page twice, once for another width of screen, is one.
  const distinct = new Map([...outermost, largest].map((part) => [wordsIn(part), part]));
  const lengths = new Map(Array.from(distinct, ([words, part]) => [part, words.length]));
  const lengthIn = (node: Element) =>
    [node, ...elementsIn(node)].reduce((sum, element) => sum + (lengths.get(element) ?? 0), 0);
  const enough = [...lengths.values()].reduce((sum, length) => sum + length, 0) * MOST_OF_PARTS;
  let parent: Element | Root = page.root;
  for (let inner: Element | undefined = largest; inner; ) {
    inner = childElements(parent).find((child) => lengthIn(child) >= enough);
    if (inner === largest) return undefined;
    parent = inner ?? parent;
  }
  const isItem = (e: Element) => isElement(e, "article", "li") || hasToken(e, /^(?:hentry|comments?)$/);
  const isOwnArticle = (e: Element) =>
    (isItem(e) && lengthIn(e) > 0) || (HEADING.test(e.tagName) && linkedShare(e) > MOST_TEASING);
  const branches = childElements(parent).filter((child) => lengthIn(child) > 0);
  const around = branches.flatMap((branch) => [branch, ...elementsIn(branch)].filter((e) => !inside.has(e)));
  if (around.some(isOwnArticle)) return undefined;
  const isBranch = (child: RootContent) => branches.some((branch) => branch === child);
  const { children } = parent;
  return {
    type: "root",
    children: children.slice(children.findIndex(isBranch), children.findLastIndex(isBranch) + 1),
  };
}
