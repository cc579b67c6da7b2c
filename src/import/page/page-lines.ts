// Takes lines off an article's body that aren't part of its text: headline, standfirst, byline, dates,
// boilerplate, the dateline and the author's bio. Lines that end up in no field are noted, so that no text is
// lost.

import type { Element, Parents, Root, RootContent } from "hast";
import { attribute, elementsIn, isBlock, isElement, wordsIn } from "../../html/tree.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { bare } from "../bare-words.ts";
import type { Explained, ImportedByline } from "../importer.ts";
import { normalizeBlocks, takeOut } from "../normalize-html.ts";
import { readBoilerplate } from "../text/boilerplate.ts";
import { readCaption } from "../text/captions.ts";
import { readDateline } from "../text/dateline.ts";
import { readDateLine } from "../text/publication-date.ts";
import { readByline } from "../text/read-byline.ts";
import { type Bio, fullName, readBio } from "../text/take-authors.ts";
import { type Dateline, endsWithStop, LIKELY, type Reading, SURE } from "../text/text-lines.ts";
import { linkLinesIn } from "./page-boilerplate.ts";
import { type Facts, firstTold, type TakenLine, type Told, tell } from "./page-facts.ts";

/** What the lines say that were taken off a body. */
export interface Lines {
  /** The words of the body, before and after; those of a standfirst that was taken off it are in neither. */
  readonly allWords: string;
  readonly words: string;
  readonly told: Told;
  readonly dateline?: Dateline;
  readonly bio?: Bio;
  /** People named by lines among the first blocks, and by lines anywhere. */
  readonly opening: readonly ImportedByline[];
  readonly bylines: readonly ImportedByline[];
  readonly taken: readonly TakenLine[];
  readonly explained: readonly Explained[];
}

const OPENING_BLOCKS = 6;
const CLOSING_BLOCKS = 4;
const LONGEST_LINE_CHARACTERS = 300;
const LONGEST_BIO_CHARACTERS = 2000;

interface Taken {
  readonly as: string;
  readonly why: string;
  readonly told?: Told;
  readonly bio?: Bio;
}

const LINK_LINE: Taken = { as: "boilerplate", why: "only leads to other pages of the site" };
const ADDRESS_LINE: Taken = { as: "boilerplate", why: "the page's own address" };
const CAPTION_LINE: Taken = { as: "caption", why: "the caption of a picture once more" };
const SHORTEST_CAPTION = 30;

/**
 * Takes lines off the blocks of a normalized body. Changes `tree`. `known` is what the page says elsewhere;
 * `standfirst` is true where the page shows its dek.
 */
export function takeLines(tree: Root, known: Facts, standfirst: boolean): Lines {
  const blocks = blocksIn(tree);
  for (const block of blocks.slice(0, -CLOSING_BLOCKS)) if (isRule(block)) ruleFrom(block);
  const links = linkLinesIn(blocks, known.url);
  const captions = captionsIn(tree);
  const again = (block: Element, words: string): Taken | undefined => {
    if (links.has(block)) return LINK_LINE;
    const letters = bare(words);
    if (letters === bare(known.url ?? "")) return ADDRESS_LINE;
    return letters.length >= SHORTEST_CAPTION && captions.some((caption) => caption.includes(letters))
      ? CAPTION_LINE
      : creditOf(words);
  };
  const taken = new Map<RootContent, Taken>();
  for (const [index, block] of blocks.entries()) {
    const words = isElement(block, "figure", "pre", "table") ? "" : wordsIn(block);
    if (words === "") continue;
    const isClosing = index >= Math.max(1, blocks.length - CLOSING_BLOCKS);
    const found =
      (index < OPENING_BLOCKS ? openingOf(block, words, known, standfirst) : undefined) ??
      (isClosing ? closingOf(words, known) : undefined) ??
      (words.length > LONGEST_LINE_CHARACTERS ? undefined : lineOf(words, known)) ??
      again(block, words);
    if (found) taken.set(block, found);
  }
  const explained = blocks.flatMap((block): readonly Explained[] => {
    const { as, why } = taken.get(block) ?? { as: "body", why: whyText(block) };
    const words = wordsIn(block);
    return words === "" ? [] : [{ text: words, as, why }];
  });
  takeOut(tree, (block) => taken.get(block)?.as === "dek");
  const allWords = wordsIn(tree);
  takeOut(tree, (block) => taken.has(block));
  const dateline = takeDateline(blocks.find((block) => block.tagName === "p" && !taken.has(block)));
  // An element that held only the dateline is empty now.
  normalizeBlocks(tree);
  const found = [...taken.values()];
  const opening = new Set<RootContent>(blocks.slice(0, OPENING_BLOCKS));
  const namedIn = (lines: readonly (readonly [RootContent, Taken])[]) =>
    lines.flatMap(([, { told }]) => told?.bylines?.value ?? []);
  return {
    opening: namedIn([...taken].filter(([block]) => opening.has(block))),
    bylines: namedIn([...taken]),
    taken: Array.from(taken, ([block, { as, told }]) => ({
      text: wordsIn(block),
      as,
      ...omitUndefined({ told }),
    })),
    allWords,
    words: wordsIn(tree),
    told: firstTold([
      ...found.map(({ told }) => told ?? {}),
      tell({ dateline: [dateline?.value.dateline, dateline?.why ?? ""] }),
    ]),
    ...omitUndefined({ dateline: dateline?.value, bio: found.find(({ bio }) => bio)?.bio }),
    explained,
  };
}

/** Why a block stays in the text. */
function whyText(block: Element): string {
  const { tagName } = block;
  if (/^h[1-6]$/.test(tagName)) return "a heading between paragraphs";
  if (tagName === "figure") return "a picture with its caption";
  if (tagName !== "p") return `an element ${tagName} of the text`;
  return endsWithStop(wordsIn(block)) ? "running text" : "nothing says that it isn't the article's";
}

const isRule = (block: Element): boolean => block.tagName === "p" && /^_{3,}$/.test(wordsIn(block));

/** Makes a rule of underscores one, in place. */
function ruleFrom(block: Element): void {
  block.tagName = "hr";
  block.children = [];
}

/** Captions and alternative texts of the pictures, by their letters. */
const captionsIn = (tree: Root): readonly string[] =>
  [...elementsIn(tree)].flatMap((e) => {
    if (e.tagName === "figcaption") return [bare(wordsIn(e))];
    return e.tagName === "img" ? [bare(attribute(e, "alt"))] : [];
  });

const LONGEST_CREDIT_CHARACTERS = 80;
const LABELLED_CREDIT =
  /^(?:photos?|photographs?|pictures?|images?|fotos?|bild(?:er)?)(?: credits?)?(?:\s*:| by)\s*\p{Lu}[^.!?]*$/iu;

/** A credit that stands on a line of its own: `Photo: Lena Oster`. */
function creditOf(words: string): Taken | undefined {
  if (words.length > LONGEST_CREDIT_CHARACTERS) return undefined;
  if (LABELLED_CREDIT.test(words)) return { as: "credit", why: "a label before a name" };
  const read = sure(readCaption(words));
  return read && read.value.caption === undefined ? { as: "credit", why: read.why } : undefined;
}

/** The blocks of `parent`, those of its boxes among them. */
const blocksIn = (parent: Parents): readonly Element[] =>
  parent.children.flatMap((child) => (isElement(child) ? (isBox(child) ? blocksIn(child) : [child]) : []));

const isBox = (element: Element): boolean =>
  isElement(element, "div", "section") && [...elementsIn(element)].some(isBlock);

const sure = <T>(read: Reading<T> | undefined): Reading<T> | undefined =>
  read && read.confidence >= SURE ? read : undefined;

// What may stand beside the names in a line: `Written by`.
const MARK_OF_BYLINE = /^[^.!?]{0,16}$/;
// A day, and no other word.
const DAY_ALONE = 0.75;

function openingOf(
  block: Element,
  words: string,
  { headline, dek, bylines = [], published, language = "en" }: Facts,
  standfirst: boolean,
): Taken | undefined {
  if (isHeadline(block, words, headline)) return { as: "headline", why: "the headline once more" };
  if (wordsIn(block, (inner) => inner.tagName === "time") === "")
    return { as: "date", why: "a time, and no other word" };
  const date = /\d/.test(words) ? readDateLine(words, language) : undefined;
  const day = date?.value.published?.value.slice(0, "2026-01-31".length);
  if (date && date.confidence >= DAY_ALONE && published?.value.startsWith(day ?? "-"))
    return { as: "date", why: "the day of the article" };
  const others = bylines.reduce((line, { name }) => line.replace(name, ""), words);
  if (others !== words && MARK_OF_BYLINE.test(others))
    return { as: "byline", why: "the names of the byline, and no sentence" };
  // A description often repeats the first paragraph, which stays in the text.
  const isDek = words === dek && (standfirst || block.tagName !== "p");
  return isDek ? { as: "dek", why: "the standfirst, which every format sets above the text" } : undefined;
}

const SHORTEST_HEADLINE_CHARACTERS = 12;

/** A heading may have less than the metadata, which names the paper too, or more. */
function isHeadline(block: Element, words: string, headline: string | undefined): boolean {
  const [shown, known] = [bare(words), bare(headline ?? "")];
  const isLong = Math.min(shown.length, known.length) >= SHORTEST_HEADLINE_CHARACTERS;
  const holds = shown.includes(known) || known.includes(shown);
  return headline !== undefined && (shown === known || (block.tagName === "h1" && isLong && holds));
}

const SOURCE = /^(?:sources?|quellen?|fuentes?|fonti?|fontes?|bron(?:nen)?)\s*:\s*[^.!?:]{2,60}$/iu;

function closingOf(words: string, { bylines = [] }: Facts): Taken | undefined {
  if (SOURCE.test(words)) return { as: "source", why: "names the sources" };
  const signOff = /[.)]$/.test(words) ? readByline(words) : undefined;
  if (signOff && signOff.confidence >= LIKELY) {
    const { why, value } = signOff;
    const named = value.bylines.map((one) => ({ ...one, name: fullName(one.name, bylines) }));
    return { as: "byline", why, told: tell({ bylines: [named, why] }) };
  }
  if (words.length > LONGEST_BIO_CHARACTERS) return undefined;
  const names = bylines.map(({ name }) => name);
  const bio = sure(readBio(words, names));
  return bio && { as: "bio", why: bio.why, bio: bio.value };
}

/** The bio among lines that stood beside the text. */
export const bioIn = (lines: readonly string[], known: Facts): Bio | undefined =>
  lines.flatMap((line) => closingOf(line, known)?.bio ?? [])[0];

/**
 * A line that stood in a box of the article's, or in its header; `text` where it is none of names, dates and
 * boilerplate.
 */
export function takenFromBox(text: string, known: Facts): TakenLine {
  const { as = "text", told } = lineOf(text, known) ?? {};
  return { text, as, ...omitUndefined({ told }) };
}

const FEWEST_DEK_WORDS = 4;
const MOST_DEK_CHARACTERS = 500;
const LEAST_IN_SMALL_LETTERS = 0.4;

/** True for a line by the headline that says what the article is about: no names, dates, credits or buttons. */
export function isStandfirst(line: string, known: Facts): boolean {
  const { headline = "", bylines = [], language = "en" } = known;
  const words = line.split(/\s+/);
  const small = words.filter((word) => /^\p{Ll}/u.test(word)).length;
  return (
    words.length >= FEWEST_DEK_WORDS &&
    line.length <= MOST_DEK_CHARACTERS &&
    small >= words.length * LEAST_IN_SMALL_LETTERS &&
    !bare(headline).startsWith(bare(line)) &&
    !bylines.some(({ name }) => line.includes(name)) &&
    [readByline(line), readCaption(line), readDateLine(line, language), readDateline(line)].every(
      (read) => read === undefined,
    ) &&
    lineOf(line, known) === undefined
  );
}

function lineOf(words: string, { language = "en" }: Facts): Taken | undefined {
  const byline = sure(readByline(words));
  if (byline)
    return { as: "byline", why: byline.why, told: tell({ bylines: [byline.value.bylines, byline.why] }) };
  const dates = sure(readDateLine(words, language));
  if (dates) {
    const { value, why } = dates;
    return {
      as: "date",
      why,
      told: tell({ published: [value.published, why], updated: [value.updated, why] }),
    };
  }
  const boilerplate = sure(readBoilerplate(words));
  return boilerplate && { as: "boilerplate", why: `${boilerplate.value}: ${boilerplate.why}` };
}

/** Takes the dateline off a first paragraph. Changes it. */
function takeDateline(first: Element | undefined): Reading<Dateline> | undefined {
  const words = first ? wordsIn(first) : "";
  const read = sure(readDateline(words));
  if (!first || !read || !words.endsWith(read.value.rest)) return undefined;
  cutStart(first, words.slice(0, words.length - read.value.rest.length).replace(/\s/g, "").length);
  return read;
}

/** Removes the first `count` characters below `node` that are no space, and the space after them; gives how many are left to go. */
function cutStart(node: Parents, count: number): number {
  let left = count;
  for (const child of node.children) {
    // The first word that stays ended it.
    if (left < 0) break;
    if (child.type === "element") left = cutStart(child, left);
    if (child.type !== "text") continue;
    const [cut = ""] = new RegExp(`^(?:\\s*\\S){0,${left}}\\s*`).exec(child.value) ?? [];
    child.value = child.value.slice(cut.length);
    left -= cut.replace(/\s/g, "").length;
    if (left === 0 && child.value !== "") left = -1;
  }
  return left;
}
