// HTML of an article from elsewhere -> the HTML that stands in `index.html`: what readers never see is gone, addresses
// are absolute, and every picture is known with its words.

import type { Element, Parents } from "hast";
import { toHtml } from "hast-util-to-html";
import type { WarningCode } from "../article/warning.ts";
import { dropHidden, normalizeAfterPictures } from "../html/normalize/normalize.ts";
import { normalizePictures } from "../html/normalize/pictures.ts";
import { allowedTree, parseBody } from "../html/parse.ts";
import { attribute, elementsIn, isElement, replaceChildren } from "../html/tree.ts";
import { BodyWarnings, type Resolve } from "../html/warnings.ts";
import { text } from "../lib/text.ts";
import type { ImportedImage } from "./importer.ts";
import { resolveFrom } from "./tidy/addresses.ts";
import { tidyBlocks } from "./tidy/blocks.ts";
import { imageOf, settleFigures } from "./tidy/figures.ts";

/** A tidied body. */
export interface Tidied {
  readonly html: string;
  /** Each picture that the body shows, once, in its order, `src` as it stands in `html`; then those without a file. */
  readonly images: readonly ImportedImage[];
  /** What of the body is not carried over: sentences for the publisher, without a full stop. */
  readonly notes?: readonly string[];
  /** Why there is nothing, where the body can't be read. */
  readonly problem?: string;
}

/**
 * Tidies `source`. `base` is where relative addresses start; without it they stay relative. Given as a function, it says
 * what each address stands for.
 */
export function tidyHtml(source: string, base?: string | Resolve): Tidied {
  const resolve = typeof base === "function" ? base : resolveFrom(base);
  try {
    const { html, images, notes } = tidyOnce(source, resolve);
    return { html: settled(html, resolve), images, ...(notes.length === 0 ? {} : { notes }) };
  } catch (error) {
    // The tree is walked recursively: what overflows the stack is thousands of elements deep, and no article.
    if (error instanceof RangeError)
      return { html: "", images: [], problem: "is too long or too deeply nested" };
    throw error;
  }
}

// What stands where it may not is moved by a parser, and then there may be more to tidy.
const MOST_TURNS = 5;

function settled(html: string, resolve: Resolve): string {
  let last = html;
  for (let turn = 0; turn < MOST_TURNS; turn++) {
    const next = tidyOnce(last, resolve).html;
    if (next === last) return last;
    last = next;
  }
  return last;
}

function tidyOnce(source: string, resolve: Resolve): Required<Omit<Tidied, "problem">> {
  const tree = parseBody(source);
  const warnings = new BodyWarnings();
  dropHidden(tree, warnings);
  takeOut(tree, isForScreenReaders);
  const context = { resolve, warnings };
  const others = normalizePictures(tree, context);
  for (const element of elementsIn(tree)) if (element.tagName === "img") plain(element, others.has(element));
  const { described, lost } = settleFigures(tree);
  const withoutFile = takeOut(tree, hasNoFile).map((element) => imageOf(element));
  normalizeAfterPictures(tree, context);
  const clean = allowedTree(tree);
  tidyBlocks(clean);
  const shown = new Map<string, ImportedImage>();
  for (const element of elementsIn(clean)) {
    const src = attribute(element, "src");
    if (element.tagName === "img" && !shown.has(src)) shown.set(src, described.get(src) ?? imageOf(element));
  }
  // A placeholder has the words of the picture that it stands for.
  const said = new Set([undefined, ...Array.from(shown.values(), ({ alt }) => alt)]);
  const images = [...shown.values(), ...lost, ...withoutFile.filter(({ alt }) => !said.has(alt))];
  return { html: toHtml(clean).trim(), images, notes: notesOf(warnings) };
}

const FOR_SCREEN_READERS = /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text)(?:\s|$)/i;

const isForScreenReaders = (element: Element): boolean =>
  FOR_SCREEN_READERS.test(attribute(element, "className"));

const hasNoFile = (element: Element): boolean =>
  isElement(element, "img") && attribute(element, "src") === "";

/** An image with what is kept of it; the size of another file than the one that is taken says nothing. */
function plain(image: Element, isOther: boolean): void {
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
function takeOut(parent: Parents, gone: (element: Element) => boolean): readonly Element[] {
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
