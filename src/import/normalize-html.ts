// HTML from elsewhere -> the HTML that an article file holds: hidden elements are gone, addresses are
// absolute, text stands in paragraphs, and every picture is listed with its caption and credit.

import type { Element, ElementContent, Parents, Root, RootContent } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import type { WarningCode } from "../article/warning.ts";
import { dropHidden, normalizeAfterPictures } from "../html/normalize/normalize.ts";
import { normalizePictures } from "../html/normalize/pictures.ts";
import { allowedTree, checkBounds, parseBody } from "../html/parse.ts";
import {
  attribute,
  BLOCKS,
  elementsIn,
  FLOW_PARENTS,
  isElement,
  replaceChildren,
  wordsIn,
} from "../html/tree.ts";
import type { Resolve } from "../html/warnings.ts";
import { BodyWarnings } from "../html/warnings.ts";
import { webUrl } from "../lib/address.ts";
import { legal, text } from "../lib/text.ts";
import { type Figures, imageOf, normalizeFigures } from "./figure-captions.ts";
import type { ImportedImage } from "./importer.ts";

/** A body as a tree, as an article may hold it. */
export interface NormalizedTree {
  readonly tree: Root;
  /**
   * Each picture that the body shows, once, in the body's order, with the `src` that it has there; then the
   * pictures without a file.
   */
  readonly images: readonly ImportedImage[];
  /** What of the body is not carried over: sentences for the publisher, without a full stop. */
  readonly notes: readonly string[];
}

/** The same as HTML. */
export interface NormalizedHtml extends Partial<Pick<NormalizedTree, "notes">> {
  readonly html: string;
  readonly images: NormalizedTree["images"];
  /** Why there is nothing, where the body can't be read. */
  readonly problem?: string;
}

/**
 * Normalizes HTML. `base` is where relative addresses start; without it they stay relative. A function says
 * what each address stands for.
 */
export function normalizeHtml(source: string, base?: string | Resolve): NormalizedHtml {
  const resolve = typeof base === "function" ? base : resolveFrom(base);
  try {
    const { tree, images, notes } = normalizeTree(parseBody(source), resolve);
    return { html: toHtml(tree).trim(), images, ...(notes.length === 0 ? {} : { notes }) };
  } catch (error) {
    // The tree is walked recursively. What overflows the stack is thousands of elements deep, and no article.
    if (error instanceof RangeError)
      return { html: "", images: [], problem: "is too long or too deeply nested" };
    throw error;
  }
}

const ROUND_LIMIT = 5;

/**
 * Normalizes a tree. Changes `source`. The result of a round may be something that the next round changes, or
 * that a parser nests in another way, and the article's file is read by a parser. So each round reads what the
 * round before would write, until nothing changes. @throws RangeError for what is nested too deeply to walk.
 */
export function normalizeTree(source: Root, resolve: Resolve): NormalizedTree {
  const warnings = new BodyWarnings();
  const { tree: first, found } = normalizeOnce(source, { resolve, warnings });
  const images = shownImages(first, found);
  let tree = first;
  for (let round = 0; round < ROUND_LIMIT; round++) {
    const html = toHtml(tree);
    ({ tree } = normalizeOnce(parseBody(html), { resolve, warnings: new BodyWarnings() }));
    if (toHtml(tree) === html) break;
  }
  return { tree, images, notes: notesOf(warnings) };
}

/** One round. Changes `source`. */
function normalizeOnce(
  source: Root,
  context: { readonly resolve: Resolve; readonly warnings: BodyWarnings },
): { readonly tree: Root; readonly found: FoundImages } {
  const found = normalizeElements(source, context);
  const tree = allowedTree(source);
  normalizeBlocks(tree);
  return { tree, found };
}

interface FoundImages extends Figures {
  /** Placeholders in the text that show no file. */
  readonly withoutFile: readonly ImportedImage[];
}

/** Normalizes everything but blocks. Changes `tree`. */
function normalizeElements(
  tree: Root,
  context: { readonly resolve: Resolve; readonly warnings: BodyWarnings },
): FoundImages {
  dropHidden(tree, context.warnings);
  takeOut(tree, isForScreenReaders);
  const others = normalizePictures(tree, context);
  for (const element of elementsIn(tree))
    if (element.tagName === "img") keepImageFacts(element, others.has(element));
  const figures = normalizeFigures(tree);
  const withoutFile = takeOut(tree, hasNoFile).map((element) => imageOf(element));
  normalizeAfterPictures(tree, context);
  return { ...figures, withoutFile };
}

function shownImages(tree: Root, { described, lost, withoutFile }: FoundImages): readonly ImportedImage[] {
  const shown = new Map<string, ImportedImage>();
  for (const element of elementsIn(tree)) {
    const src = attribute(element, "src");
    if (element.tagName === "img" && !shown.has(src)) shown.set(src, described.get(src) ?? imageOf(element));
  }
  // A placeholder has the alternative text of the picture that it stands for.
  const said = new Set([undefined, ...Array.from(shown.values(), ({ alt }) => alt)]);
  return [...shown.values(), ...lost, ...withoutFile.filter(({ alt }) => !said.has(alt))];
}

const FOR_SCREEN_READERS =
  /(?:^|\s)(?:u-)?(?:sr-only|visually-?hidden|screen-?reader(?:-text|-only)?|off-?screen)(?:\s|$)/i;

const isForScreenReaders = (element: Element): boolean =>
  FOR_SCREEN_READERS.test(attribute(element, "className"));

const hasNoFile = (element: Element): boolean =>
  isElement(element, "img") && attribute(element, "src") === "";

/**
 * Leaves an image the attributes that an article keeps. The size of another file (`isOther`) says nothing of
 * this one.
 */
function keepImageFacts(image: Element, isOther: boolean): void {
  const { src, alt, width, height, title, id } = image.properties;
  image.properties = {
    src,
    alt: typeof alt === "string" ? text(alt) : undefined,
    // A pixel is taken out by its size.
    ...(isOther ? {} : { width: pixels(width), height: pixels(height) }),
    title: typeof title === "string" ? title : undefined,
    id: typeof id === "string" ? id : undefined,
  };
}

const pixels = (value: unknown): number | undefined => {
  const number = Number(value);
  return value !== undefined && Number.isInteger(number) && number >= 0 && number < 100_000
    ? number
    : undefined;
};

// A saved page is full of scripts and of elements that only made it look its way: nobody misses them.
const WORTH_A_NOTE: ReadonlySet<WarningCode> = new Set([
  ...(["frame-dropped", "embed-became-link", "player-dropped", "svg-became-text", "hidden-dropped"] as const),
]);

const notesOf = (warnings: BodyWarnings): readonly string[] =>
  warnings
    .all()
    .filter(({ code }) => WORTH_A_NOTE.has(code))
    .map(({ message }) => `its text ${message}`);

/** Takes out the elements that `gone` is true of, and gives them. */
export function takeOut(parent: Parents, gone: (element: Element) => boolean): readonly Element[] {
  const taken: Element[] = [];
  replaceChildren(parent, (child) => {
    if (!isElement(child)) return [child];
    if (!gone(child)) {
      for (const inner of takeOut(child, gone)) taken.push(inner);
      return [child];
    }
    taken.push(child);
    return [];
  });
  return taken;
}

const MAY_BE_EMPTY = new Set([
  ...["p", "div", "section", "span", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"],
  ...["blockquote", "figure", "figcaption", "aside", "small", "mark", "q", "cite", "details", "summary"],
  ...["a", "b", "strong", "i", "em", "u", "s", "sub", "sup"],
]);

/**
 * Makes paragraphs of `div`s and of text outside any block, and drops empty elements and boxes that only
 * served a page's look. Changes `tree`.
 */
export function normalizeBlocks(tree: Root): void {
  normalizeBlocksIn(tree);
  tree.children = paragraphs(tree.children);
  joinTexts(tree);
}

/** Joins texts that became neighbours, as a parser would. */
function joinTexts(parent: Parents): void {
  replaceChildren(parent, (child) => {
    if (isElement(child)) joinTexts(child);
    return [child];
  });
  parent.children = parent.children.reduce<RootContent[]>((children, child) => {
    const last = children.at(-1);
    if (last?.type === "text" && child.type === "text") last.value += child.value;
    else children.push(child);
    return children;
  }, []) as typeof parent.children;
}

function normalizeBlocksIn(parent: Parents): void {
  replaceChildren(parent, (child) => {
    if (!isElement(child) || child.tagName === "pre") return [child];
    normalizeBlocksIn(child);
    return normalizedBlock(child, parent);
  });
}

function normalizedBlock(element: Element, parent: Parents): ElementContent[] {
  const { tagName, children } = element;
  const plain = Object.keys(element.properties).length === 0;
  // An id may be what a link leads to.
  if (MAY_BE_EMPTY.has(tagName) && element.properties.id === undefined && children.every(isBlank)) {
    return BLOCKS.has(tagName) ? [] : children;
  }
  if (!plain) return [element];
  if (tagName === "span" || tagName === "a") return children;
  if (tagName !== "div" && tagName !== "section") return [element];
  if (children.every((child) => isBlank(child) || isBlock(child))) return children;
  const inFlow = parent.type === "root" || (isElement(parent) && FLOW_PARENTS.has(parent.tagName));
  if (inFlow && ![...elementsIn(element)].some(isBlock)) element.tagName = "p";
  return [element];
}

const isBlock = (node: RootContent): boolean => isElement(node) && BLOCKS.has(node.tagName);

const isBlank = (node: RootContent): boolean =>
  node.type === "text" ? /^[\s\u200b]*$/.test(node.value) : isElement(node, "br");

/** Text that stands in no block, as paragraphs. */
function paragraphs(children: readonly RootContent[]): RootContent[] {
  const runs: RootContent[][] = [];
  for (const child of children) {
    const run = runs.at(-1);
    const [first] = run ?? [];
    if (run && first && isInline(first) && isInline(child)) run.push(child);
    else runs.push([child]);
  }
  return runs.flatMap((run) => (run.every(isInline) ? trimmed(run) : run));
}

const isInline = (node: RootContent): node is ElementContent =>
  node.type === "text" || (isElement(node) && !isBlock(node) && ![...elementsIn(node)].some(isBlock));

/** A paragraph of `run`, with the space at its ends outside; one that is all space stays. */
function trimmed(run: readonly ElementContent[]): RootContent[] {
  const first = run.findIndex((node) => !isBlank(node));
  const last = run.findLastIndex((node) => !isBlank(node));
  if (first < 0) return run.filter(isText);
  const children = run.slice(first, last + 1).map((node, index, { length }) => {
    if (node.type !== "text") return node;
    const start = index === 0 ? node.value.trimStart() : node.value;
    return { ...node, value: index === length - 1 ? start.trimEnd() : start };
  });
  const paragraph = { type: "element", tagName: "p", properties: {}, children } as const;
  return [...run.slice(0, first).filter(isText), paragraph, ...run.slice(last + 1).filter(isText)];
}

const isText = (node: RootContent): boolean => node.type === "text";

/** Resolves addresses from `base`; without it, relative ones stay as they are. */
export function resolveFrom(base: string | undefined): Resolve {
  const start = base !== undefined && URL.canParse(base) ? base : undefined;
  return (written, kind) => {
    const address = legal(written).trim();
    if (address === "") return undefined;
    // A fragment names a place in the article itself.
    if (kind === "link" && /^(?:mailto:|tel:|#)/i.test(address)) return address;
    if (start !== undefined)
      return URL.canParse(address, start) ? webUrl(new URL(address, start).href) : undefined;
    // Nothing says whether the page came by http or https; today's do by https.
    if (/^[/\\]{2}/.test(address)) return webUrl(`https:${address}`);
    return /^[a-z][a-z0-9+.-]*:/i.test(address) ? webUrl(address) : address;
  };
}

/** What `html` says on one line, without markup, references resolved; undefined where that is nothing. */
export function textOfHtml(html: string | undefined): string | undefined {
  if (html === undefined) return undefined;
  try {
    if (!/[<&]/.test(html)) return text(html) || undefined;
    checkBounds(html);
    return wordsIn(fromHtml(html, { fragment: true })) || undefined;
  } catch (error) {
    // The tree is walked recursively: what is nested that deeply is no markup.
    if (error instanceof RangeError) return text(html) || undefined;
    throw error;
  }
}
