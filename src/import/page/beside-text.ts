// What a page shows of its article outside the text: between the headline and the text, among the text's paragraphs where the
// part that was found is only some of them, and under it.

import type { Element, ElementContent, Root, RootContent } from "hast";
import { elementsIn, isBlock, isElement, wordsIn } from "../../html/tree.ts";
import type { FoundBody } from "./find-body.ts";
import { lineElementsBelow } from "./lines-below.ts";
import { maySaySomething } from "./lost-lines.ts";
import {
  type Dropped,
  hasToken,
  holdsWords,
  isFurniture,
  isOfSite,
  linkedShare,
  withoutBoilerplate,
} from "./page-boilerplate.ts";
import { takenFromBox } from "./page-lines.ts";
import type { Metadata } from "./page-metadata.ts";
import type { Page, Span } from "./page-tree.ts";

/** What stands beside a text. The trees are copies. */
export interface Beside {
  /** Between the headline and the text. */
  readonly above: Root;
  /** From the start of the text to its end, with the text. */
  readonly within: Root;
  /** After the text, in the element of the article. */
  readonly below: Root;
}

/** What stands beside `found` on its page. Without a heading, what is above starts with the article's element. */
export function besideText(page: Page, heading: Element | undefined, found: FoundBody): Beside {
  const spanOf = (element: Element) => page.spans.get(element.properties);
  const own = found.place ? [found.place] : [...elementsIn(found.tree)];
  const spans = own.flatMap((element) => spanOf(element) ?? []);
  const first = Math.min(...spans.map(({ start }) => start));
  const last = Math.max(...spans.map(({ end }) => end));
  if (spans.length === 0) return { above: EMPTY, within: EMPTY, below: EMPTY };
  const article = page.elements.findLast((element) => {
    const span = spanOf(element);
    const holds = span !== undefined && span.start <= first && span.end >= last;
    return holds && isElement(element, "article", "main");
  });
  const around = article && spanOf(article);
  const headingEnd = heading && spanOf(heading)?.end;
  const from = headingEnd !== undefined && headingEnd < first ? headingEnd : around?.start;
  return {
    above: from === undefined ? EMPTY : ofArticle(between(page, from + 1, first - 1)),
    within: found.place ? EMPTY : without(between(page, first, last), found.tree),
    below: around ? ofArticle(between(page, last + 1, around.end)) : EMPTY,
  };
}

/** A copy of `root` without the lines that are in `text`. */
function without(root: Root, text: Root): Root {
  const kept = new Set(Array.from(elementsIn(text), ({ properties }) => properties));
  return withoutBoxes(root, (e) => kept.has(e.properties) && ![...elementsIn(e)].some(isBlock));
}

const ofArticle = (root: Root): Root => withoutBoxes(root, (e) => isFurniture(e) || isOfSite(e));

const EMPTY: Root = { type: "root", children: [] };

/** A copy of the elements from one place to another, both included, with the text between them. */
function between(page: Page, from: number, to: number): Root {
  const isInside = ({ start, end }: Span) => start >= from && end <= to;
  const copied = (children: readonly RootContent[], before: number): ElementContent[] => {
    let at = before;
    return children.flatMap((child): ElementContent[] => {
      if (child.type === "text") return at + 1 >= from && at < to ? [child] : [];
      const span = child.type === "element" ? page.spans.get(child.properties) : undefined;
      if (child.type !== "element" || !span) return [];
      at = span.end;
      if (isInside(span)) return [child];
      if (span.end < from || span.start > to) return [];
      return [{ ...child, children: copied(child.children, span.start) }];
    });
  };
  return from > to ? EMPTY : { type: "root", children: copied(page.root.children, -1) };
}

/** The lines in `node` that may be the article's: no menus, and no lines of links but those with names. */
export function articleLines(node: Root | Element): readonly string[] {
  const shown = withoutBoxes(node, isFurniture);
  return [...lineElementsBelow(shown)].flatMap((line) => {
    const words = wordsIn(line);
    const isLinks = linkedShare(line) > MOST_LINKED && !/^\p{L}/u.test(wordsIn(line, isLink));
    return !isLinks && maySaySomething(words) ? [words] : [];
  });
}

/**
 * The lines that may be the standfirst, where none has its class: those of the text's own header, and where the page tells no
 * other, those that stand side by side with the headline.
 */
export function standfirstLines(
  page: Page,
  { heading, told }: Pick<Metadata, "heading" | "told">,
  boxes: readonly Dropped[],
): readonly string[] {
  const parent = heading && page.elements.find(({ children }) => children.includes(heading));
  const siblings =
    told.dek || !parent ? [] : parent.children.filter((e) => isElement(e)).filter(isBeforeNames);
  const headers = boxes.flatMap(({ element }) => (element.tagName === "header" ? [element] : []));
  const all: Root = { type: "root", children: [...headers, ...siblings] };
  return articleLines(withoutBoxes(all, (e) => e.tagName === "figure" || hasToken(e, CAPTION)));
}

/** True for a heading, or a paragraph that no other follows but one of names or dates. */
function isBeforeNames(element: Element, at: number, siblings: readonly Element[]): boolean {
  const next = siblings[at + 1];
  if (element.tagName !== "p" || !next) return /^h[2-4]$/.test(element.tagName);
  return isElement(next, "figure", "time", "address") || takenFromBox(wordsIn(next), {}).as !== "text";
}

const CAPTION = /^(?:caption|credit|figcaption)$/;
const MOST_LINKED = 0.5;
const isLink = (element: Element): boolean => element.tagName === "a";
const BLOCK = /^(?:div|p|h[1-6]|ul|ol|article|section)$/;

/** A copy without cards of other articles, and without the elements that `gone` is true of. */
function withoutBoxes(node: Root | Element, gone: (element: Element) => boolean): Root {
  const kept = (children: readonly RootContent[]): ElementContent[] =>
    children.flatMap((child): ElementContent[] => {
      if (child.type === "text") return [child];
      if (child.type !== "element" || gone(child)) return [];
      if (isLink(child) && [...elementsIn(child)].some(({ tagName }) => BLOCK.test(tagName))) return [];
      return [{ ...child, children: kept(child.children) }];
    });
  return { type: "root", children: kept(node.children) };
}

/** The lines of a block that was taken out of a text: of a header all but its own menus. */
export function droppedLines(block: Dropped): readonly string[] {
  if (!holdsWords(block)) return [];
  if (block.element.tagName !== "header") return articleLines(block.element);
  const inner: Dropped[] = [];
  const rest = withoutBoilerplate(block.element, (each) => inner.push(each));
  return [...articleLines(rest), ...inner.flatMap(droppedLines)];
}
