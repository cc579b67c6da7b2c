// Finds the part of a page that holds the article: the element marked as its text, else `article` or `main`,
// else what Mozilla's Readability finds.

import { Readability } from "@mozilla/readability";
import type { Element, Root } from "hast";
import { toHtml } from "hast-util-to-html";
import { parseHTML } from "linkedom";
import { parseBody } from "../../html/parse.ts";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import type { Explained } from "../importer.ts";
import {
  type Dropped,
  hasToken,
  holdsWords,
  isAbout,
  linkedShare,
  withoutBoilerplate,
} from "./page-boilerplate.ts";
import { linesBelow } from "./page-lines.ts";
import type { Page } from "./page-tree.ts";

/** The part of a page that holds the article's text. */
export interface FoundBody {
  readonly tree: Root;
  /** Of its words, in UTF-16 code units. */
  readonly length: number;
  readonly elements: number;
  readonly explained: readonly Explained[];
  /** Lines of boxes that were taken out of it, and of its header. */
  readonly taken: readonly string[];
  /** Those of its header alone. */
  readonly header: readonly string[];
  /** Those of its header, and of boxes with names and dates. */
  readonly about: readonly string[];
}

// A short text, or one of mostly links, is an article only where the page declares one.
const SHORTEST_CHARACTERS = 250;
const MOST_LINKED = 0.5;
const MOST_TEASING = 0.9;
const FEWEST_TEASERS = 3;
// Of two parts with the text, the more clearly marked one is taken unless it holds much less.
const LEAST_SHARE = 0.6;

const CONTENT = /(?:^|\s)(?:[a-z]+[-_]+)*(?:entry|post|article|story)[-_]*(?:content|body|text)(?:\s|$)/i;

const PLACES: readonly (readonly [string, (element: Element) => boolean])[] = [
  ["itemprop articleBody", (e) => /\barticleBody\b/.test(attribute(e, "itemProp"))],
  ["the class of an article's text", (e) => isContent(attribute(e, "className"))],
  ["the element article", (e) => e.tagName === "article" || attribute(e, "role") === "article"],
  ["the element main", (e) => e.tagName === "main" || attribute(e, "role") === "main"],
];

const isContent = (names: string): boolean => names.length < 500 && CONTENT.test(names);

/**
 * The text of the page's article; undefined where it has none. `declared`: the page says that it is an
 * article.
 */
export function findBody(page: Page, declared: boolean): FoundBody | undefined {
  const others = new Set(page.elements.filter(isOthers).flatMap((element) => [...elementsIn(element)]));
  const marked = PLACES.flatMap(([why, isPlace]) => {
    const largest = page.elements
      .filter((element) => isPlace(element) && !others.has(element))
      .map((element) => ({ element, length: wordsIn(element).length }))
      .reduce<{ element: Element; length: number } | undefined>(
        (a, b) => (a && a.length >= b.length ? a : b),
        undefined,
      );
    return largest ? [bodyOf(largest.element, why)] : [];
  });
  const most = Math.max(0, ...marked.filter(isText).map(({ length }) => length));
  const chosen = marked.find((body) => isText(body) && body.length >= most * LEAST_SHARE);
  if (chosen) return chosen;
  const found = readable(withoutBoilerplate(page.root, () => {}));
  if (found && isText(measured(found, [])))
    return measured(found, [explained(found, "found by Readability: no element is marked as the article")]);
  return declared ? marked.find(({ length }) => length > 0) : undefined;
}

// Readers' comments, which may be longer than the article. On `body` such a class only says that there are
// some.
const isOthers = (element: Element): boolean =>
  !["html", "body", "main", "article"].includes(element.tagName) &&
  hasToken(element, /^(?:comments|respond|disqus)$/);

interface Measured extends FoundBody {
  readonly linked: number;
  /** Headings that lead elsewhere: a list of articles has them. */
  readonly teasers: number;
}

const isText = ({ length, linked, teasers }: Measured): boolean =>
  length >= SHORTEST_CHARACTERS && linked <= MOST_LINKED && teasers < FEWEST_TEASERS;

function bodyOf(element: Element, why: string): Measured {
  const dropped: Dropped[] = [];
  const root = withoutBoilerplate(element, (block) => dropped.push(block));
  const said = dropped.map(({ element: _element, ...block }) => block);
  return {
    ...measured(root, [explained(root, why), ...said]),
    taken: dropped.flatMap(wordsOf),
    header: dropped.flatMap(headerLines),
    about: dropped.filter(isAbout).flatMap(wordsOf),
  };
}

const headerLines = ({ element }: Dropped): readonly string[] =>
  element.tagName === "header" ? linesBelow(withoutBoilerplate(element, () => {})) : [];

/** The lines of a block that was taken out: of a header all but its own menus. */
function wordsOf(block: Dropped): readonly string[] {
  if (!holdsWords(block)) return [];
  if (block.element.tagName !== "header") return linesBelow(block.element);
  const inner: Dropped[] = [];
  const lines = linesBelow(withoutBoilerplate(block.element, (each) => inner.push(each)));
  return [...lines, ...inner.flatMap(wordsOf)];
}

const measured = (root: Root, explained: readonly Explained[]): Measured => ({
  taken: [],
  header: [],
  about: [],
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

// Readability takes a second for ten thousand elements.
const MOST_ELEMENTS = 8000;

/** The article on a page, as Readability finds it; undefined where it finds none, or would take too long. */
function readable(page: Root): Root | undefined {
  if ([...elementsIn(page)].length > MOST_ELEMENTS) return undefined;
  const { document } = parseHTML(toHtml(page));
  const found = new Readability(document, { disableJSONLD: true, keepClasses: true }).parse();
  if (typeof found?.content !== "string") return undefined;
  const tree = parseBody(found.content);
  // Its own wrapper round the text.
  const [wrapper] = tree.children;
  return { type: "root", children: wrapper?.type === "element" ? wrapper.children : tree.children };
}
