// Blocks of a body that only lead to other articles of the same site: a linked headline between two
// paragraphs, `Related: …`, a list of links with its heading.

import type { Element } from "hast";
import { attribute, elementsIn, isElement, wordsIn } from "../../html/tree.ts";
import { webUrl } from "../../lib/address.ts";
import { linkedShare } from "./page-boilerplate.ts";

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
  const likeCards = blocks.filter((block) => isCard(block, url));
  const cards = new Set(likeCards.length < FEWEST_ITEMS ? [] : likeCards);
  for (const [index, block] of blocks.entries()) {
    const isList = isElement(block, "ul", "ol");
    const leadsElsewhere = isList
      ? isLinkList(block, url)
      : isLinkLine(block, url) || cards.has(block) || (index < OPENING_BLOCKS && isKicker(block, url));
    if (!leadsElsewhere) continue;
    found.add(block);
    const before = blocks[index - 1];
    if ((isList || cards.has(block)) && before && isHeadingOfList(before)) found.add(before);
  }
  const lengthOf = (elements: Iterable<Element>) =>
    [...elements].reduce((sum, element) => sum + wordsIn(element).length, 0);
  return lengthOf(found) > lengthOf(blocks) * MOST_OF_TEXT ? new Set() : found;
}

function isLinkList(list: Element, url: string | undefined): boolean {
  if (linkedShare(list) < LINKED || !leadsOnSite(list, url)) return false;
  const items = list.children.filter((child) => isElement(child, "li")).length;
  return items >= FEWEST_ITEMS || (!holdsPicture(list) && isLineOfTitle(wordsIn(list)));
}

const isLineOfTitle = (words: string): boolean =>
  words.length <= LONGEST_LINE_CHARACTERS &&
  words.split(" ").length >= FEWEST_WORDS &&
  !/[.!…,;:]$/.test(words);

const isHeadingOfList = (block: Element): boolean => {
  const words = wordsIn(block);
  return (
    words.split(" ").length <= MOST_HEADING_WORDS &&
    (/^h[2-6]$/.test(block.tagName) || /^[^.!?]*:$/.test(words))
  );
};

function isLinkLine(block: Element, url: string | undefined): boolean {
  if (!isElement(block, "p", "div") || holdsPicture(block)) return false;
  const words = wordsIn(block);
  const rest = words.replace(LABEL, "");
  if (!isLineOfTitle(words) || rest === "") return false;
  return linkedShare(block) * words.length >= rest.length * LINKED && leadsOnSite(block, url);
}

/** A link round a heading, and mostly a picture: a card of another article. */
const isCard = (block: Element, url: string | undefined): boolean =>
  block.tagName === "a" &&
  [...elementsIn(block)].some((e) => /^h[1-6]$/.test(e.tagName)) &&
  leadsOnSite(block, url);

/** The section of the article, above its text: a word or two that lead to it. */
function isKicker(block: Element, url: string | undefined): boolean {
  const words = wordsIn(block);
  return (
    isElement(block, "p", "div") &&
    !holdsPicture(block) &&
    words !== "" &&
    words.split(" ").length < FEWEST_WORDS &&
    linkedShare(block) >= LINKED &&
    leadsOnSite(block, url)
  );
}

const holdsPicture = (block: Element): boolean =>
  [...elementsIn(block)].some((e) => isElement(e, "img", "svg"));

/** True where every link leads to another page of the same site. */
function leadsOnSite(block: Element, url: string | undefined): boolean {
  const links = [block, ...elementsIn(block)].filter(({ tagName }) => tagName === "a");
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
