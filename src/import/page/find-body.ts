// Finds the part of a page that holds the article: the element marked as its text, else `article` or `main`,
// else what Mozilla's Readability finds.

import type { Element, Root, RootContent } from "hast";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import type { Explained } from "../importer.ts";
import { linesBelow } from "./lines-below.ts";
import { type Dropped, hasToken, isOfReaders, linkedShare, withoutBoilerplate } from "./page-boilerplate.ts";
import type { Page } from "./page-tree.ts";
import { readable } from "./readable.ts";

/** The part of a page that holds the article's text. */
export interface FoundBody {
  readonly tree: Root;
  /** Of its words, in UTF-16 code units. */
  readonly length: number;
  readonly elements: number;
  readonly explained: readonly Explained[];
  /** Blocks that were taken out of it. */
  readonly dropped: readonly Dropped[];
  /** The element of the page that it is in, where it is one. */
  readonly place?: Element;
}

// A short text, or one of mostly links, is an article only where the page declares one.
const SHORTEST_CHARACTERS = 250;
const MOST_LINKED = 0.5;
const MOST_TEASING = 0.9;
const FEWEST_TEASERS = 3;
// Of two parts with the text, the more clearly marked one is taken unless it holds much less.
const LEAST_SHARE = 0.6;
// An `article` or `main` with less of the page's words than this may be another box than the article's.
const LEAST_SHARE_OF_PAGE = 0.4;
const LEAST_SHARE_OF_FOUND = 0.5;
const LONG_LINE_CHARACTERS = 60;

const CONTENT = /(?:^|\s)(?:[a-z]+[-_]+)*(?:entry|post|article|story)[-_]*(?:content|body|text)(?:\s|$)/i;

interface Place {
  readonly why: string;
  readonly is: (element: Element) => boolean;
  /** True for a mark of the text itself: several may hold its parts, and Readability can't know better. */
  readonly ofText: boolean;
}

const PLACES: readonly Place[] = [
  {
    why: "itemprop articleBody",
    is: (e) => /\barticleBody\b/.test(attribute(e, "itemProp")),
    ofText: true,
  },
  {
    why: "the class of an article's text",
    is: (e) => isContent(attribute(e, "className")),
    ofText: true,
  },
  { why: "the element article", is: (e) => isArticle(e), ofText: false },
  {
    why: "the element main",
    is: (e) => e.tagName === "main" || attribute(e, "role") === "main",
    ofText: false,
  },
];

const isArticle = (element: Element): boolean =>
  element.tagName === "article" || attribute(element, "role") === "article";

const isContent = (names: string): boolean => names.length < 500 && CONTENT.test(names);

/**
 * The text of the page's article; undefined where it has none. `declared`: the page says that it is an
 * article.
 */
export function findBody(page: Page, declared: boolean): FoundBody | undefined {
  const teasers = teasersIn(page);
  const others = new Set(
    [...page.elements.filter(isOfReaders), ...teasers].flatMap((element) => [
      element,
      ...elementsIn(element),
    ]),
  );
  const marked = PLACES.flatMap((place) => {
    const places = page.elements.filter((element) => place.is(element) && !others.has(element));
    const largest = largestOf(places);
    if (!largest) return [];
    const parts = place.ofText ? partsOf(page, places, largest) : undefined;
    const body = parts ? bodyOf(parts, `${place.why}, in parts`) : bodyOf(largest, place.why);
    return [{ place, body }];
  });
  const texts = marked.filter(({ body }) => isText(body));
  const most = Math.max(0, ...texts.map(({ body }) => body.length));
  const chosen = texts.find(({ body }) => body.length >= most * LEAST_SHARE);
  if (chosen?.place.ofText) return chosen.body;
  const rest = withoutBoilerplate(withoutElements(page.root, new Set(teasers)), () => {});
  if (chosen && chosen.body.length >= wordsIn(rest).length * LEAST_SHARE_OF_PAGE) return chosen.body;
  const tree = readable(rest);
  const why = chosen ? `${chosen.place.why} holds far less` : "no element is marked as the article";
  const found = tree && measured(tree, [explained(tree, `found by Readability: ${why}`)]);
  if (found && isText(found) && (!chosen || isBetter(found, chosen.body))) return found;
  return chosen?.body ?? (declared ? marked.find(({ body }) => body.length > 0)?.body : undefined);
}

/** True where `found` has far more, and not only more words of readers under the article. */
function isBetter(found: FoundBody, chosen: FoundBody): boolean {
  if (chosen.length >= found.length * LEAST_SHARE_OF_FOUND) return false;
  const hasHeadline = [...elementsIn(chosen.tree)].some((e) => e.tagName === "h1");
  const opening = linesBelow(chosen.tree).find((line) => line.length >= LONG_LINE_CHARACTERS);
  return !hasHeadline || opening === undefined || wordsIn(found.tree).includes(opening);
}

const largestOf = (elements: readonly Element[]): Element | undefined =>
  elements
    .map((element) => ({ element, length: wordsIn(element).length }))
    .reduce<{ element: Element; length: number } | undefined>(
      (a, b) => (a && a.length >= b.length ? a : b),
      undefined,
    )?.element;

const HEADING = /^h[1-6]$/;

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

interface Measured extends FoundBody {
  readonly linked: number;
  /** Headings that lead elsewhere: a list of articles has them. */
  readonly teasers: number;
}

const isText = ({ length, linked, teasers }: Measured): boolean =>
  length >= SHORTEST_CHARACTERS && linked <= MOST_LINKED && teasers < FEWEST_TEASERS;

function bodyOf(element: Element | Root, why: string): Measured {
  const dropped: Dropped[] = [];
  const root = withoutBoilerplate(element, (block) => dropped.push(block));
  const said = dropped.map(({ element: _element, ...block }) => block);
  return {
    ...measured(root, [explained(root, why), ...said]),
    dropped,
    ...(element.type === "element" ? { place: element } : {}),
  };
}

const measured = (root: Root, explained: readonly Explained[]): Measured => ({
  dropped: [],
  tree: withoutPage(root),
  length: wordsIn(root).length,
  elements: [...elementsIn(root)].length,
  linked: linkedShare(root),
  teasers: [...elementsIn(root)].filter((e) => /^h[2-4]$/.test(e.tagName) && linkedShare(e) > MOST_TEASING)
    .length,
  explained,
});

/** A class of the whole page can make `body` the article: then its contents are. */
function withoutPage({ children }: Root): Root {
  const [only] = children;
  return only && isElement(only, "html", "body")
    ? withoutPage({ type: "root", children: only.children })
    : { type: "root", children };
}

function explained(root: Root, why: string): Explained {
  const words = wordsIn(root);
  return {
    text: `${words.slice(0, 80)}${words.length > 80 ? "…" : ""}`,
    as: "body",
    why: `${why}: ${words.length} characters`,
  };
}

/** True where the page asks for a password. */
export const asksForPassword = (page: Page): boolean =>
  [...elementsIn(page.root)].some((e) => e.tagName === "input" && attribute(e, "type") === "password");
