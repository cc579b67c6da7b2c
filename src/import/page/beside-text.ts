// What a page shows of its article outside the text: between the headline and the text, among the text's paragraphs where
// the part that was found is only some of them, and under it.

import type { Element, ElementContent, Root, RootContent } from "hast";
import { elementsIn, isBlock, isElement, wordsIn } from "../../html/tree.ts";
import type { FoundBody } from "./find-body.ts";
import {
  type Dropped,
  hasToken,
  holdsWords,
  isFurniture,
  isOfSite,
  linkedShare,
  withoutBoilerplate,
} from "./page-boilerplate.ts";
import { maySaySomething } from "./page-facts.ts";
import { takenFromBox } from "./page-lines.ts";
import type { Metadata } from "./page-metadata.ts";
import { copyWithout, lineElementsBelow, type Page } from "./page-tree.ts";

/**
 * Copies of what stands beside `found` on its page: above it from the headline (or else the start of the article's
 * element), among its parts, and below it to the end of that element.
 */
export function besideText(
  page: Page,
  heading: Element | undefined,
  found: FoundBody,
): Readonly<Record<"above" | "within" | "below", Root>> {
  const spanOf = (element: Element) => page.spans.get(element.properties);
  const own = found.place ? [found.place] : [...elementsIn(found.tree)];
  const spans = own.flatMap((element) => spanOf(element) ?? []);
  if (spans.length === 0) return { above: EMPTY, within: EMPTY, below: EMPTY };
  const first = Math.min(...spans.map(({ start }) => start));
  const last = Math.max(...spans.map(({ end }) => end));
  const article = page.elements.findLast((element, start) => {
    const holds = start <= first && (spanOf(element)?.end ?? -1) >= last;
    return holds && isElement(element, "article", "main");
  });
  const around = article && spanOf(article);
  const headingEnd = heading && spanOf(heading)?.end;
  const from = headingEnd !== undefined && headingEnd < first ? headingEnd : around?.start;
  const ofArticle = (root: Root): Root =>
    copyWithout(root, (e) => isFurniture(e) || isOfSite(e) || isCard(e));
  const kept = new Set(own.map(({ properties }) => properties));
  const isOfText = (e: Element) => kept.has(e.properties) && ![...elementsIn(e)].some(isBlock);
  return {
    above: from === undefined ? EMPTY : ofArticle(between(page, from + 1, first - 1)),
    within: found.place ? EMPTY : copyWithout(between(page, first, last), isOfText),
    below: around ? ofArticle(between(page, last + 1, around.end)) : EMPTY,
  };
}

const EMPTY: Root = { type: "root", children: [] };

/** A copy of the elements from one place to another, both included, with the text between them. */
function between(page: Page, from: number, to: number): Root {
  const copied = (children: readonly RootContent[], before: number): ElementContent[] => {
    let at = before;
    return children.flatMap((child): ElementContent[] => {
      if (child.type === "text") return at + 1 >= from && at < to ? [child] : [];
      const span = child.type === "element" ? page.spans.get(child.properties) : undefined;
      if (child.type !== "element" || !span) return [];
      at = span.end;
      if (span.start >= from && span.end <= to) return [child];
      if (span.end < from || span.start > to) return [];
      return [{ ...child, children: copied(child.children, span.start) }];
    });
  };
  return from > to ? EMPTY : { type: "root", children: copied(page.root.children, -1) };
}

const MOST_LINKED = 0.5;
const isLink = (element: Element): boolean => element.tagName === "a";
const BLOCK = /^(?:div|p|h[1-6]|ul|ol|article|section)$/;
/** True for a link round more than a picture: a card of another article. */
const isCard = (element: Element): boolean =>
  isLink(element) && [...elementsIn(element)].some(({ tagName }) => BLOCK.test(tagName));

/** The lines in `node` that may be the article's: no menus, no cards, and no lines of links but those with names. */
export function articleLines(node: Root | Element): readonly string[] {
  const shown = copyWithout(node, (e) => isFurniture(e) || isCard(e));
  return lineElementsBelow(shown).flatMap((line) => {
    const words = wordsIn(line);
    const isLinks = linkedShare(line) > MOST_LINKED && !/^\p{L}/u.test(wordsIn(line, isLink));
    return !isLinks && maySaySomething(words) ? [words] : [];
  });
}

const CAPTION = /^(?:caption|credit|figcaption)$/;

/**
 * The lines that may be the standfirst, where none has its class: those of the text's own header, and where the page tells no
 * other, those that stand side by side with the headline.
 */
export function standfirstLines(
  page: Page,
  { heading, told }: Pick<Metadata, "heading" | "told">,
  boxes: readonly Dropped[],
): readonly string[] {
  const parent = heading && !told.dek && page.elements.find(({ children }) => children.includes(heading));
  const siblings = parent ? parent.children.filter((e) => isElement(e)).filter(isBeforeNames) : [];
  const headers = boxes.flatMap(({ element }) => (element.tagName === "header" ? [element] : []));
  const all: Root = { type: "root", children: [...headers, ...siblings] };
  return articleLines(copyWithout(all, (e) => e.tagName === "figure" || hasToken(e, CAPTION)));
}

/** True for a heading, or a paragraph that no other follows but one of names or dates. */
function isBeforeNames(element: Element, at: number, siblings: readonly Element[]): boolean {
  const next = siblings[at + 1];
  if (element.tagName !== "p" || !next) return /^h[2-4]$/.test(element.tagName);
  return isElement(next, "figure", "time", "address") || takenFromBox(wordsIn(next), {}).as !== "text";
}

/** The lines of a block that was taken out of a text: of a header all but its own menus. */
export function droppedLines(block: Dropped): readonly string[] {
  if (!holdsWords(block)) return [];
  if (block.element.tagName !== "header") return articleLines(block.element);
  const inner: Dropped[] = [];
  const rest = withoutBoilerplate(block.element, (each) => inner.push(each));
  return [...articleLines(rest), ...inner.flatMap(droppedLines)];
}
