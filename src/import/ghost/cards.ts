// Ghost's cards (https://ghost.org/docs/themes/content/) -> HTML that says the same without Ghost's styles and scripts.

import type { Element, ElementContent, Parents } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { checkBounds } from "../../html/parse.ts";
import { attribute, elementsIn, isElement, replaceChildren, wordsIn } from "../../html/tree.ts";

type Card = (card: Element) => readonly ElementContent[];

const CARDS: ReadonlyMap<string, Card> = new Map<string, Card>([
  [
    "kg-bookmark-card",
    (card) => [
      ...link(within(card, "kg-bookmark-container"), within(card, "kg-bookmark-title")),
      ...caption(card),
    ],
  ],
  [
    "kg-file-card",
    (card) => [
      ...link(within(card, "kg-file-card-container"), within(card, "kg-file-card-title")),
      ...paragraph(within(card, "kg-file-card-caption")),
    ],
  ],
  ["kg-audio-card", (card) => [...link(tagged(card, "audio"), within(card, "kg-audio-title"))]],
  ["kg-video-card", (card) => link(tagged(card, "video"), tagged(card, "figcaption"))],
  ["kg-callout-card", callout],
  ["kg-toggle-card", toggle],
  [
    "kg-gallery-card",
    (card) => [...all(card, "img").map((image) => make("figure", [image])), ...caption(card)],
  ],
  ["kg-signup-card", () => []],
]);

/** Replaces the cards in `html`. @throws RangeError for what is nested too deeply to walk. */
export function plainCards(html: string): string {
  checkBounds(html);
  const tree = fromHtml(html, { fragment: true });
  replaceCards(tree);
  return toHtml(tree);
}

function replaceCards(parent: Parents): void {
  replaceChildren(parent, (child) => {
    if (!isElement(child)) return [child];
    // Ghost's `src` is the picture as it was uploaded, the others are smaller.
    if (child.tagName === "img" && attribute(child, "src") !== "") delete child.properties.srcSet;
    replaceCards(child);
    const card = classesOf(child)
      .map((name) => CARDS.get(name))
      .find((found) => found !== undefined);
    return card ? [...card(child)] : [child];
  });
}

const classesOf = ({ properties: { className } }: Element): readonly string[] =>
  Array.isArray(className) ? className.map(String) : [];

const all = (card: Element, tagName: string): readonly Element[] =>
  [...elementsIn(card)].filter((element) => element.tagName === tagName);

const tagged = (card: Element, tagName: string): Element | undefined => all(card, tagName)[0];

const within = (card: Element, className: string): Element | undefined =>
  [...elementsIn(card)].find((element) => classesOf(element).includes(className));

const make = (
  tagName: string,
  children: readonly ElementContent[],
  properties: Element["properties"] = {},
): Element => ({
  type: "element",
  tagName,
  properties,
  children: [...children],
});

/** A paragraph that links to what `target` links to or plays, with the words of `label`, else the address. */
function link(target: Element | undefined, label: Element | undefined): readonly Element[] {
  const href = target ? attribute(target, "href") || attribute(target, "src") : "";
  if (href === "") return [];
  const words = label ? wordsIn(label) : "";
  return [make("p", [make("a", [{ type: "text", value: words || href }], { href })])];
}

const paragraph = (element: Element | undefined): readonly Element[] =>
  element && wordsIn(element) !== "" ? [make("p", element.children)] : [];

const caption = (card: Element): readonly Element[] => paragraph(tagged(card, "figcaption"));

function callout(card: Element): readonly Element[] {
  const emoji = within(card, "kg-callout-emoji");
  const sign: ElementContent[] = emoji ? [{ type: "text", value: `${wordsIn(emoji)} ` }] : [];
  return [make("aside", [make("p", [...sign, ...(within(card, "kg-callout-text")?.children ?? [])])])];
}

function toggle(card: Element): readonly ElementContent[] {
  const heading = within(card, "kg-toggle-heading-text");
  return [
    ...(heading ? [make("h4", [{ type: "text", value: wordsIn(heading) }])] : []),
    ...(within(card, "kg-toggle-content")?.children ?? []),
  ];
}
