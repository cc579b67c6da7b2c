// Microdata of a page (HTML Living Standard §5) -> the same nodes as JSON-LD's.

import type { Element } from "hast";
import { attribute, elementsIn, wordsIn } from "../../html/tree.ts";
import type { Page } from "./document.ts";
import { isArticle } from "./json-ld.ts";
import type { Node } from "./schema.ts";

/** The first article that microdata describes. */
export const microdataArticle = (page: Page): Node | undefined =>
  page.elements
    .filter(isScope)
    .map((scope) => nodeOf(scope, 0))
    .find(isArticle);

const isScope = ({ properties }: Element): boolean =>
  properties.itemScope === true && properties.itemType !== undefined;

// Scopes within scopes: an article, its publisher, the publisher's logo.
const DEEPEST_LEVEL = 6;

function nodeOf(scope: Element, level: number): Node {
  const node: { [property: string]: unknown[] } = { "@type": attribute(scope, "itemType").split(/\s+/) };
  for (const element of elementsIn(scope, (inner) => inner.properties.itemScope !== true)) {
    const names = attribute(element, "itemProp").split(/\s+/);
    // The body is looked for as HTML; Blogger's is its description as well.
    if (names.includes("articleBody")) continue;
    for (const name of names) {
      if (name === "") continue;
      const value =
        element.properties.itemScope === true && level < DEEPEST_LEVEL
          ? nodeOf(element, level + 1)
          : written(element, name);
      node[name] = [...(node[name] ?? []), value];
    }
  }
  return node;
}

const VALUE_ATTRIBUTES: Readonly<Record<string, string>> = {
  meta: "content",
  a: "href",
  link: "href",
  img: "src",
  time: "dateTime",
  abbr: "title",
  data: "value",
};

// Of these a link gives its address. Of all others, a headline or an author, its words are meant, whatever the standard says.
const ADDRESSES = /^(?:url|image|logo|sameAs|mainEntityOfPage|license|contentUrl|thumbnailUrl)$/;

function written(element: Element, property: string): string {
  const words = element.tagName === "a" && !ADDRESSES.test(property) ? wordsIn(element) : "";
  const name = VALUE_ATTRIBUTES[element.tagName];
  return attribute(element, "content") || words || (name && attribute(element, name)) || wordsIn(element);
}
