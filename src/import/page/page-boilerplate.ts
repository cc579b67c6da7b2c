// What stands round an article on its page, by elements, roles and names of classes: navigation, prompts,
// other articles.

import type { Element, Nodes, Parents, Root } from "hast";
import { isScriptOfText } from "../../html/normalize/embeds.ts";
import { isCheckBoxOfText } from "../../html/normalize/inline.ts";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import type { Explained } from "../importer.ts";

const ELEMENTS = new Set([
  ...[
    "nav",
    "aside",
    "form",
    "button",
    "dialog",
    "menu",
    "input",
    "select",
    "textarea",
    "script",
    "style",
    "template",
  ],
  ...[
    "amp-ad",
    "amp-sidebar",
    "amp-social-share",
    "amp-analytics",
    "amp-sticky-ad",
    "amp-consent",
    "amp-pixel",
  ],
]);
const ROLES = /^(?:navigation|complementary|banner|contentinfo|search|dialog|alertdialog|form|menu|toolbar)$/;
const BOILERPLATE =
  /^(?:share|sharing|sharedaddy|social|newsletters?|subscribe|subscription|signup|related|relatedposts|recommend(?:ed|ations)?|recirc(?:ulation)?|outbrain|taboola|comments?|disqus|ads?|adslot|advert|advertisement|breadcrumbs?|paywall|regwall|cookies?|consent|sidebar|popular|trending|mostread|promo|nav|navigation|pagination|pager|popup|modal|login|signin|donate|donation|toolbar|tags|taglist|skip|similar|print|printonly|rollover|tooltip|tooltiptext|popover|hovercard)$/;
const ABOUT =
  /^(?:byline|bylines|author|authors|bio|vcard|timestamp|pubdate|published|posted|meta|postmeta)$/;

const COMMENTS = /^(?:comments?|disqus)$/;
// With less left, what the classes took is the text.
const SHORTEST_TEXT_CHARACTERS = 250;

const QUOTED = /^(?:social|share)$/;
// A box that opens over a word, which the element round both names too.
const OVER_A_WORD = /^(?:rollover|tooltip|tooltiptext|popover|hovercard)$/;
// What is for the screen alone (`no-print`) may be a player or a picture.
const NOT_PRINTED = /^(?:no|none|hide|hidden|not)$/;

// A block with more than this share of the text is the article, whatever its class says.
const LARGEST_SHARE = 0.3;
const LINKED = 0.5;
const LONGEST_ABOUT_CHARACTERS = 1000;

/** True for an element that has one of these words in its class or id. */
export const hasToken = (element: Element, tokens: RegExp): boolean =>
  wordsOfClass(element).some((word) => tokens.test(word));

function wordsOfClass(element: Element): readonly string[] {
  const names = `${attribute(element, "className")} ${attribute(element, "id")}`;
  if (names.length > 1000) return [];
  return names
    .replace(/([a-z])(?=[A-Z])/g, "$1 ")
    .toLowerCase()
    .split(/[^a-z]+/);
}

/** Share of the words below `node` that are links. */
export function linkedShare(node: Parents): number {
  const all = wordsIn(node).length;
  const links = [...elementsIn(node, (e) => e.tagName !== "a")].filter((e) => e.tagName === "a");
  return all === 0 ? 0 : links.reduce((sum, link) => sum + wordsIn(link).length, 0) / all;
}

/** A block that was taken out. */
export interface Dropped extends Explained {
  readonly element: Element;
}

// What is believed: every element, role and class, of the classes those of readers' comments alone, or none of them; or menus,
// buttons and scripts alone.
type Believed = "all" | "comments" | "none" | "menus";

/**
 * A copy of `article` without boilerplate; each block that goes is told to `say`. Where its classes would
 * take most of the text (`paywall` round each paragraph, `ads-on`), they mean something else, and only
 * elements and roles are believed. Readers' comments may be longer than the text. Where nothing else is left, a box holds the
 * text whatever its element or role (a `form`, an `aside` round the page).
 */
export function withoutBoilerplate(article: Element | Root, say: (dropped: Dropped) => void): Root {
  const dropped: Dropped[] = [];
  const left = copyWithout(article, (block) => dropped.push(block), "all");
  const byClass = dropped.filter(
    ({ why, element }) => why.startsWith("class ") && linkedShare(element) < LINKED,
  );
  const lengthOf = (blocks: readonly Dropped[]) =>
    blocks.reduce((sum, { element }) => sum + wordsIn(element).length, 0);
  const others = byClass.filter(({ element }) => !hasToken(element, COMMENTS));
  const length = wordsIn(left).length;
  if (lengthOf(others) > length) return copyWithout(article, say, "comments");
  if (lengthOf(byClass) > length && length < SHORTEST_TEXT_CHARACTERS)
    return copyWithout(article, say, "none");
  if (length < SHORTEST_TEXT_CHARACTERS && dropped.some(({ element }) => isTextInBox(element)))
    return copyWithout(article, say, "menus");
  for (const block of dropped) say(block);
  return left;
}

function copyWithout(article: Element | Root, say: (dropped: Dropped) => void, believed: Believed): Root {
  const length = wordsIn(article).length;
  const copied = (node: Nodes, inside: Element | undefined): Nodes[] => {
    if (node.type !== "element") return [node];
    const why =
      node === article
        ? undefined
        : (reasonAgainst(node, inside, length, believed) ??
          (isCutShort(node, inside) ? CUT_SHORT : undefined));
    if (why !== undefined) {
      const words = wordsIn(node);
      if (words !== "")
        say({ text: words.slice(0, SHOWN_CHARACTERS), as: "boilerplate", why, element: node });
      return why === HEADER ? picturesIn(node) : [];
    }
    const children = node.children.flatMap((child) => copied(child, node));
    return [{ ...node, children: children as Element["children"] }];
  };
  const children =
    article.type === "root"
      ? article.children.flatMap((child) => copied(child, undefined))
      : copied(article, undefined);
  return { type: "root", children: children as Root["children"] };
}

/** True for a header, and for a box with names or dates. */
export const isAbout = ({ why }: Dropped): boolean => why === HEADER || why.endsWith(ABOUT_ARTICLE);

/** True for what may hold words of the article: a header, a byline, a box; not for a menu, a form, readers' comments. */
export const holdsWords = (block: Dropped): boolean =>
  block.why !== CUT_SHORT &&
  (isAbout(block) || !(isFurniture(block.element) || hasToken(block.element, COMMENTS)));

/** True for what is no part of an article wherever it stands: menus, forms, scripts, what readers wrote. */
export const isFurniture = (element: Element): boolean =>
  (ELEMENTS.has(element.tagName) && element.tagName !== "aside") ||
  FURNITURE.test(attribute(element, "role").toLowerCase()) ||
  isOfReaders(element);

/** True for a box whose class says that it is about the site or about other articles. */
export const isOfSite = (element: Element): boolean =>
  element.tagName === "aside" ||
  (hasToken(element, BOILERPLATE) && !isElement(element, "body", "main", "article"));

const FURNITURE = /^(?:navigation|search|dialog|alertdialog|menu|toolbar)$/;
const SHOWN_CHARACTERS = 200;
const ABOUT_ARTICLE = ", about the article";
const HEADER = "a header: its words are known, and its pictures stay";

const picturesIn = (header: Element): readonly Element[] & Nodes[] =>
  [...elementsIn(header, (e) => !isElement(e, "figure", "picture"))].filter((e) =>
    isElement(e, "figure", "picture", "img", "amp-img"),
  );

/** True for the box itself, which stands behind its word. */
const isOverWord = (element: Element, inside: Element | undefined): boolean =>
  element.tagName === "span" &&
  inside !== undefined &&
  hasToken(inside, OVER_A_WORD) &&
  inside.children.find((child) => child.type !== "text" || child.value.trim() !== "") !== element;

const CUT_SHORT = "the start of the words beside it";
// What a button at the end says may follow: `… more`.
const CUT = /(?:\.\.\.|…)\s*(?:\p{L}+(?:\s\p{L}+)?)?$/u;
const SHORTEST_CUT_CHARACTERS = 40;
const MOST_CUT_CHARACTERS = 1000;

/** True for a caption, say, that the page holds twice: cut short, and in full beside it. */
function isCutShort(element: Element, inside: Element | undefined): boolean {
  if (inside === undefined || !isElement(element, "div", "p", "span")) return false;
  const words = wordsIn(element);
  if (words.length < SHORTEST_CUT_CHARACTERS || words.length > MOST_CUT_CHARACTERS || !CUT.test(words))
    return false;
  const start = words.replace(CUT, "").trim();
  const at = inside.children.indexOf(element);
  // The neighbours, with white space between.
  return inside.children.slice(Math.max(0, at - 2), at + 3).some((other) => {
    if (other === element || !isElement(other, "div", "p", "span")) return false;
    const all = wordsIn(other);
    return all.startsWith(start) && !CUT.test(all);
  });
}

/** True for the box with all that readers wrote. */
export const isOfReaders = (element: Element): boolean =>
  !isElement(element, "html", "body", "main", "article") &&
  hasToken(element, /^(?:comments|respond|disqus)$/);

const isMedia = (e: Element): boolean => isElement(e, "img", "picture", "figure", "video", "audio", "iframe");

/** True for a box that is no menu, and holds as much as a text. */
const isTextInBox = (element: Element): boolean =>
  !isFurniture(element) &&
  wordsIn(element).length >= SHORTEST_TEXT_CHARACTERS &&
  linkedShare(element) < LINKED;

function reasonAgainst(
  element: Element,
  inside: Element | undefined,
  length: number,
  believed: Believed,
): string | undefined {
  const { tagName } = element;
  if (believed === "menus" && isTextInBox(element)) return undefined;
  // ASP.NET has one form round the whole page.
  const isPage = tagName === "form" && wordsIn(element).length >= length * LARGEST_SHARE;
  if (ELEMENTS.has(tagName) && !isPage && !isScriptOfText(element) && !isCheckBoxOfText(element, inside))
    return `an element ${tagName}`;
  // In a quotation, a footer names its source.
  if (tagName === "footer" && inside?.tagName !== "blockquote") return "an element footer";
  if (tagName === "header") return HEADER;
  const role = attribute(element, "role").toLowerCase();
  if (ROLES.test(role)) return `role ${role}`;
  const word = wordsOfClass(element).find((each) => BOILERPLATE.test(each) || ABOUT.test(each));
  if (word === undefined || isElement(element, "body", "main", "html")) return undefined;
  const own = wordsIn(element).length;
  const mayGo = believed !== "none" && length - own >= SHORTEST_TEXT_CHARACTERS;
  if (mayGo && isOfReaders(element)) return `class ${word}`;
  const isBelieved = believed === "all" || (believed === "comments" && COMMENTS.test(word));
  if (!isBelieved && !ABOUT.test(word) && linkedShare(element) <= LINKED) return undefined;
  if (ABOUT.test(word))
    return own <= LONGEST_ABOUT_CHARACTERS && own < length / 2 ? `class ${word}${ABOUT_ARTICLE}` : undefined;
  // A post that is quoted: `social` says where it was.
  if ([...elementsIn(element)].some(({ tagName }) => tagName === "blockquote") && QUOTED.test(word))
    return undefined;
  if (OVER_A_WORD.test(word) && isElement(element, "span", "a") && !isOverWord(element, inside))
    return undefined;
  if (word === "print" && hasToken(element, NOT_PRINTED) && [...elementsIn(element)].some(isMedia))
    return undefined;
  return own < length * LARGEST_SHARE || linkedShare(element) > LINKED ? `class ${word}` : undefined;
}
