// What stands round an article on its page and between its paragraphs, by elements, roles, names of classes and links:
// navigation, prompts, other articles.

import type { Element, Nodes, Parents, Root } from "hast";
import { isScriptOfText } from "../../html/normalize/embeds.ts";
import { isCheckBoxOfText } from "../../html/normalize/inline.ts";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import { webUrl } from "../../lib/address.ts";
import type { Explained } from "../importer.ts";
import { withInner } from "./page-tree.ts";

const ELEMENTS =
  /^(?:nav|aside|form|button|dialog|menu|input|select|textarea|script|style|template|amp-(?:ad|sidebar|social-share|analytics|sticky-ad|consent|pixel))$/;
const ROLES = /^(?:navigation|complementary|banner|contentinfo|search|dialog|alertdialog|form|menu|toolbar)$/;
const BOILERPLATE =
  /^(?:share|sharing|sharedaddy|social|newsletters?|subscribe|subscription|signup|related|relatedposts|recommend(?:ed|ations)?|recirc(?:ulation)?|outbrain|taboola|comments?|disqus|ads?|adslot|advert|advertisement|breadcrumbs?|paywall|regwall|cookies?|consent|sidebar|popular|trending|mostread|promo|nav|navigation|pagination|pager|popup|modal|login|signin|donate|donation|toolbar|tags|taglist|skip|similar|print|printonly|rollover|tooltip|tooltiptext|popover|hovercard)$/;
const ABOUT =
  /^(?:byline|bylines|author|authors|bio|vcard|timestamp|pubdate|published|posted|meta|postmeta)$/;
const COMMENTS = /^(?:comments?|disqus)$/;
const QUOTED = /^(?:social|share)$/;
// A box that opens over a word, which the element round both names too.
const OVER_A_WORD = /^(?:rollover|tooltip|tooltiptext|popover|hovercard)$/;
// What is for the screen alone (`no-print`) may be a player or a picture.
const NOT_PRINTED = /^(?:no|none|hide|hidden|not)$/;
// Roles of what is no part of an article wherever it stands.
const CONTROLS = /^(?:navigation|search|dialog|alertdialog|menu|toolbar)$/;

// With less left, what the classes took is the text.
const SHORTEST_TEXT_CHARACTERS = 250;
// A block with more than this share of the text is the article, whatever its class says.
const LARGEST_SHARE = 0.3;
const MOST_LINKED = 0.5;
const LONGEST_ABOUT_CHARACTERS = 1000;
const SHOWN_CHARACTERS = 200;
const LONGEST_CLASS_CHARACTERS = 1000;

const roleOf = (element: Element): string => attribute(element, "role").toLowerCase();

/** True for an element that has one of these words in its class or id. */
export const hasToken = (element: Element, tokens: RegExp): boolean =>
  tokensOf(element).some((word) => tokens.test(word));

function tokensOf(element: Element): readonly string[] {
  const names = `${attribute(element, "className")} ${attribute(element, "id")}`;
  if (names.length > LONGEST_CLASS_CHARACTERS) return [];
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

const ABOUT_ARTICLE = ", about the article";
const HEADER = "a header: its words are known, and its pictures stay";
const CUT_SHORT = "the start of the words beside it";

/** True for a header, and for a box with names or dates. */
export const isAbout = ({ why }: Dropped): boolean => why === HEADER || why.endsWith(ABOUT_ARTICLE);

/** True for what may hold words of the article: a header, a byline, a box; not for a menu, a form, readers' comments. */
export const holdsWords = (block: Dropped): boolean =>
  block.why !== CUT_SHORT &&
  (isAbout(block) || !(isFurniture(block.element) || hasToken(block.element, COMMENTS)));

/** True for what is no part of an article wherever it stands: menus, forms, scripts, what readers wrote. */
export const isFurniture = (element: Element): boolean =>
  (ELEMENTS.test(element.tagName) && element.tagName !== "aside") ||
  CONTROLS.test(roleOf(element)) ||
  isOfReaders(element);

/** True for a box whose class says that it is about the site or about other articles. */
export const isOfSite = (element: Element): boolean =>
  element.tagName === "aside" ||
  (hasToken(element, BOILERPLATE) && !isElement(element, "body", "main", "article"));

/** True for the box with all that readers wrote. */
export const isOfReaders = (element: Element): boolean =>
  !isElement(element, "html", "body", "main", "article") &&
  hasToken(element, /^(?:comments|respond|disqus)$/);

/** What goes from a part whose words have this length. */
interface Rules {
  readonly length: number;
  /**
   * What is believed: every element, role and class; of the classes those of readers' comments alone, or none; or
   * menus, buttons and scripts alone.
   */
  readonly believed: "all" | "comments" | "none" | "menus";
}

/**
 * A copy of `article` without boilerplate; each block that goes is told to `say`. Where its classes would
 * take most of the text (`paywall` round each paragraph, `ads-on`), they mean something else, and only
 * elements and roles are believed. Readers' comments may be longer than the text. Where nothing else is left,
 * a box holds the text whatever its element or role (a `form`, an `aside` round the page).
 */
export function withoutBoilerplate(article: Element | Root, say: (dropped: Dropped) => void): Root {
  const dropped: Dropped[] = [];
  const left = cleaned(article, (block) => dropped.push(block), "all");
  const length = wordsIn(left).length;
  const byClass = dropped.filter(
    ({ why, element }) => why.startsWith("class ") && linkedShare(element) < MOST_LINKED,
  );
  const areMore = (blocks: readonly Dropped[]) =>
    blocks.reduce((sum, { element }) => sum + wordsIn(element).length, 0) > length;
  if (areMore(byClass.filter(({ element }) => !hasToken(element, COMMENTS))))
    return cleaned(article, say, "comments");
  if (length < SHORTEST_TEXT_CHARACTERS) {
    if (areMore(byClass)) return cleaned(article, say, "none");
    if (dropped.some(({ element }) => isTextInBox(element))) return cleaned(article, say, "menus");
  }
  for (const block of dropped) say(block);
  return left;
}

function cleaned(
  article: Element | Root,
  say: (dropped: Dropped) => void,
  believed: Rules["believed"],
): Root {
  const { length } = wordsIn(article);
  const copied = (node: Nodes, inside?: Element): Nodes[] => {
    if (node.type !== "element") return [node];
    const why = node === article ? undefined : reasonAgainst(node, inside, { length, believed });
    if (why === undefined) {
      const children = node.children.flatMap((child) => copied(child, node));
      return [{ ...node, children: children as Element["children"] }];
    }
    const words = wordsIn(node);
    if (words !== "") say({ text: words.slice(0, SHOWN_CHARACTERS), as: "boilerplate", why, element: node });
    return why === HEADER ? picturesIn(node) : [];
  };
  const nodes: readonly Nodes[] = article.type === "root" ? article.children : [article];
  return { type: "root", children: nodes.flatMap((child) => copied(child)) as Root["children"] };
}

const picturesIn = (header: Element): Element[] =>
  [...elementsIn(header, (e) => !isElement(e, "figure", "picture"))].filter((e) =>
    isElement(e, "figure", "picture", "img", "amp-img"),
  );

function reasonAgainst(element: Element, inside: Element | undefined, rules: Rules): string | undefined {
  const { tagName } = element;
  const { length, believed } = rules;
  if (believed === "menus" && isTextInBox(element)) return undefined;
  // ASP.NET has one form round the whole page.
  const isPage = tagName === "form" && wordsIn(element).length >= length * LARGEST_SHARE;
  if (ELEMENTS.test(tagName) && !isPage && !isScriptOfText(element) && !isCheckBoxOfText(element, inside))
    return `an element ${tagName}`;
  // In a quotation, a footer names its source.
  if (tagName === "footer" && inside?.tagName !== "blockquote") return "an element footer";
  if (tagName === "header") return HEADER;
  const role = roleOf(element);
  if (ROLES.test(role)) return `role ${role}`;
  const byClass = isElement(element, "body", "main", "html")
    ? undefined
    : reasonOfClass(element, inside, rules);
  return byClass ?? (isCutShort(element, inside) ? CUT_SHORT : undefined);
}

function reasonOfClass(
  element: Element,
  inside: Element | undefined,
  { length, believed }: Rules,
): string | undefined {
  const word = tokensOf(element).find((each) => BOILERPLATE.test(each) || ABOUT.test(each));
  if (word === undefined) return undefined;
  const own = wordsIn(element).length;
  if (believed !== "none" && length - own >= SHORTEST_TEXT_CHARACTERS && isOfReaders(element))
    return `class ${word}`;
  if (ABOUT.test(word))
    return own <= LONGEST_ABOUT_CHARACTERS && own < length / 2 ? `class ${word}${ABOUT_ARTICLE}` : undefined;
  const isLinks = linkedShare(element) > MOST_LINKED;
  const isBelieved = believed === "all" || (believed === "comments" && COMMENTS.test(word));
  if (!isLinks && !(isBelieved && own < length * LARGEST_SHARE)) return undefined;
  const inner = [...elementsIn(element)];
  const isKept =
    // A post that is quoted: `social` says where it was.
    (QUOTED.test(word) && inner.some((e) => e.tagName === "blockquote")) ||
    (OVER_A_WORD.test(word) && isElement(element, "span", "a") && !isOverWord(element, inside)) ||
    (word === "print" && hasToken(element, NOT_PRINTED) && inner.some(isMedia));
  return isKept ? undefined : `class ${word}`;
}

/** True for the box itself, which stands behind its word. */
const isOverWord = (element: Element, inside: Element | undefined): boolean =>
  element.tagName === "span" &&
  inside !== undefined &&
  hasToken(inside, OVER_A_WORD) &&
  inside.children.find((child) => child.type !== "text" || child.value.trim() !== "") !== element;

const isMedia = (e: Element): boolean => isElement(e, "img", "picture", "figure", "video", "audio", "iframe");

/** True for a box that is no menu, and holds as much as a text. */
const isTextInBox = (element: Element): boolean =>
  !isFurniture(element) &&
  wordsIn(element).length >= SHORTEST_TEXT_CHARACTERS &&
  linkedShare(element) < MOST_LINKED;

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
    const all = isElement(other, "div", "p", "span") ? wordsIn(other) : "";
    return other !== element && all.startsWith(start) && !CUT.test(all);
  });
}

// Lines of the text that only lead to other articles of the site: a linked headline between two paragraphs,
// `Related: …`, a list of links with its heading.

const LINKED = 0.9;
const FEWEST_WORDS = 3;
const LONGEST_LINE_CHARACTERS = 200;
const FEWEST_ITEMS = 2;
const OPENING_BLOCKS = 2;
const MOST_HEADING_WORDS = 6;
// Where more of the text is such links, they are what the article is about.
const MOST_OF_TEXT = 0.3;
const LABEL = /^\p{L}[\p{L}’' ]{1,24}[:–—|»>]\s*/u;

/** Of `blocks`, those that only lead elsewhere on the site of `url`; none where they are most of the text. */
export function linkLinesIn(blocks: readonly Element[], url: string | undefined): ReadonlySet<Element> {
  const found = new Set<Element>();
  const kinds = blocks.map((block, index) => (leadsOnSite(block, url) ? linksOf(block, index) : undefined));
  const hasCards = kinds.filter((kind) => kind === "card").length >= FEWEST_ITEMS;
  for (const [index, block] of blocks.entries()) {
    const kind = kinds[index];
    if (kind === undefined || (kind === "card" && !hasCards)) continue;
    found.add(block);
    const before = blocks[index - 1];
    if (kind !== "line" && before && isHeadingOfList(before)) found.add(before);
  }
  const lengthOf = (elements: Iterable<Element>) =>
    [...elements].reduce((sum, element) => sum + wordsIn(element).length, 0);
  return lengthOf(found) > lengthOf(blocks) * MOST_OF_TEXT ? new Set() : found;
}

/** What a block with links is, where it is little else. */
function linksOf(block: Element, index: number): "list" | "card" | "line" | undefined {
  const inner = [...elementsIn(block)];
  const words = wordsIn(block);
  const share = linkedShare(block);
  const holdsPicture = inner.some((e) => isElement(e, "img", "svg"));
  const isTitle =
    words.length <= LONGEST_LINE_CHARACTERS &&
    words.split(" ").length >= FEWEST_WORDS &&
    !/[.!…,;:]$/.test(words);
  const { tagName } = block;
  if (tagName === "ul" || tagName === "ol") {
    const items = block.children.filter((child) => isElement(child, "li")).length;
    return share >= LINKED && (items >= FEWEST_ITEMS || (!holdsPicture && isTitle)) ? "list" : undefined;
  }
  // A link round a heading, and mostly a picture: a card of another article.
  if (tagName === "a") return inner.some((e) => /^h[1-6]$/.test(e.tagName)) ? "card" : undefined;
  if (holdsPicture || (tagName !== "p" && tagName !== "div")) return undefined;
  const { length } = words.replace(LABEL, "");
  if (isTitle && length > 0 && share * words.length >= length * LINKED) return "line";
  // The section of the article, above its text: a word or two that lead to it.
  return index < OPENING_BLOCKS && words.split(" ").length < FEWEST_WORDS && share >= LINKED
    ? "line"
    : undefined;
}

function isHeadingOfList(block: Element): boolean {
  const words = wordsIn(block);
  return (
    words.split(" ").length <= MOST_HEADING_WORDS &&
    (/^h[2-6]$/.test(block.tagName) || /^[^.!?]*:$/.test(words))
  );
}

/** True where every link leads to another page of the same site. */
function leadsOnSite(block: Element, url: string | undefined): boolean {
  const links = withInner(block).filter(({ tagName }) => tagName === "a");
  return links.length > 0 && links.every((link) => isOnSite(attribute(link, "href"), url));
}

function isOnSite(address: string, url: string | undefined): boolean {
  if (webUrl(address) === undefined) return /^(?:\/|\.{1,2}\/|\?)/.test(address);
  // A table of contents leads to places of the page itself.
  const isThisPage = address.replace(/#.*$/, "") === url;
  return url !== undefined && !isThisPage && siteOf(address) === siteOf(url);
}

// The name before the ending: `post` of www.post.example and of video.post.co.uk.
const siteOf = (address: string): string | undefined => {
  const labels = new URL(address).hostname.split(".");
  const short = labels.at(-2)?.length ?? 0;
  return labels.slice(short <= 3 && labels.length > 2 ? -3 : -2).join(".");
};
