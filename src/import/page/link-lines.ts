// Blocks of a body that only lead to other articles of the same site: a linked headline between two
// paragraphs, `Related: …`, a list of links with its heading.

import type { Element } from "hast";
import { attribute, elementsIn, isBlock, isElement, wordsIn } from "../../html/tree.ts";
import { webUrl } from "../../lib/address.ts";
import { linkedShare } from "./page-boilerplate.ts";

const LINKED = 0.9;
const FEWEST_WORDS = 3;
const LONGEST_LINE_CHARACTERS = 200;
const FEWEST_ITEMS = 2;
const MOST_HEADING_WORDS = 6;
// Where more of the text is such links, they are what the article is about.
const MOST_OF_TEXT = 0.3;
const LABEL = /^\p{L}[\p{L}’' ]{1,24}[:–—|»>]\s*/u;

/** Of `blocks`, those that only lead elsewhere on the site of `url`; none where they are most of the text. */
export function linkLinesIn(blocks: readonly Element[], url: string | undefined): ReadonlySet<Element> {
  const found = new Set<Element>();
  for (const [index, block] of blocks.entries()) {
    const isList = isElement(block, "ul", "ol");
    if (!(isList ? isLinkList(block, url) : isLinkLine(block, url))) continue;
    found.add(block);
    const before = blocks[index - 1];
    if (isList && before && isHeadingOfList(before)) found.add(before);
  }
  const lengthOf = (elements: Iterable<Element>) =>
    [...elements].reduce((sum, element) => sum + wordsIn(element).length, 0);
  return lengthOf(found) > lengthOf(blocks) * MOST_OF_TEXT ? new Set() : found;
}

const isLinkList = (list: Element, url: string | undefined): boolean =>
  list.children.filter((child) => isElement(child, "li")).length >= FEWEST_ITEMS &&
  linkedShare(list) >= LINKED &&
  leadsOnSite(list, url);

const isHeadingOfList = (block: Element): boolean => {
  const words = wordsIn(block);
  return (
    words.split(" ").length <= MOST_HEADING_WORDS &&
    (/^h[2-6]$/.test(block.tagName) || /^[^.!?]*:$/.test(words))
  );
};

function isLinkLine(block: Element, url: string | undefined): boolean {
  // A link that is a block of its own holds one; others stand in a line of text.
  const isBlockLink = block.tagName === "a" && [...elementsIn(block)].some(isBlock);
  if (!(isBlockLink || isElement(block, "p", "div")) || holdsPicture(block)) return false;
  const words = wordsIn(block);
  if (words.length > LONGEST_LINE_CHARACTERS || /[.!…,;:]$/.test(words)) return false;
  const label = LABEL.exec(words)?.[0] ?? "";
  const rest = words.length - label.length;
  if (words.split(" ").length < FEWEST_WORDS || rest === 0) return false;
  const linked = isBlockLink ? words.length : linkedShare(block) * words.length;
  return linked >= rest * LINKED && leadsOnSite(block, url);
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
  return url !== undefined && siteOf(address) === siteOf(url);
}

// The name before the ending: `post` of www.post.example and of video.post.co.uk.
const siteOf = (address: string): string | undefined => {
  const labels = new URL(address).hostname.split(".");
  const short = labels.at(-2)?.length ?? 0;
  return labels.slice(short <= 3 && labels.length > 2 ? -3 : -2).join(".");
};
