// HTML of an article from elsewhere -> the HTML that stands in `index.html`: what readers never see is gone, addresses
// are absolute, and every picture is known with its words.

import type { Element, Parents } from "hast";
import { toHtml } from "hast-util-to-html";
import { allowedIn, parseBody } from "../ingest/body-tree.ts";
import type { ImportedImage } from "./imported.ts";
import { type Resolve, resolveFrom, resolveIn } from "./tidy/addresses.ts";
import { tidyBlocks } from "./tidy/blocks.ts";
import { imageOf, settleFigures } from "./tidy/figures.ts";
import { settlePictures } from "./tidy/pictures.ts";
import { attribute, elementsIn, isElement, replaceChildren } from "./tidy/tree.ts";

/** A tidied body. */
export interface Tidied {
  readonly html: string;
  /** Each picture that the body shows, once, in its order, `src` as it stands in `html`; then those without a file. */
  readonly images: readonly ImportedImage[];
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
    const { html, images } = tidyOnce(source, resolve);
    return { html: settled(html, resolve), images };
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

function tidyOnce(source: string, resolve: Resolve): Omit<Tidied, "problem"> {
  const tree = parseBody(source);
  takeOut(tree, isUnseen);
  settlePictures(tree, resolve);
  const { described, lost } = settleFigures(tree);
  for (const element of elementsIn(tree)) {
    if (element.tagName === "iframe") settlePlayer(element);
    resolveIn(element, resolve);
  }
  const withoutFile = takeOut(tree, hasNoFile).map((element) => imageOf(element));
  const clean = allowedIn(tree);
  tidyBlocks(clean);
  const shown = new Map<string, ImportedImage>();
  for (const element of elementsIn(clean)) {
    const src = attribute(element, "src");
    if (element.tagName === "img" && !shown.has(src)) shown.set(src, described.get(src) ?? imageOf(element));
  }
  // A placeholder has the words of the picture that it stands for.
  const said = new Set([undefined, ...Array.from(shown.values(), ({ alt }) => alt)]);
  const images = [...shown.values(), ...lost, ...withoutFile.filter(({ alt }) => !said.has(alt))];
  return { html: toHtml(clean).trim(), images };
}

const FOR_SCREEN_READERS = /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text)(?:\s|$)/i;

const isUnseen = (element: Element): boolean =>
  element.properties.hidden === true ||
  /display\s*:\s*none/i.test(attribute(element, "style")) ||
  FOR_SCREEN_READERS.test(attribute(element, "className"));

const hasNoFile = (element: Element): boolean =>
  isElement(element, "img", "iframe") && attribute(element, "src") === "";

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

/** Players load late too; what stands inside one is text to a parser. */
function settlePlayer(element: Element): void {
  element.children = [];
  const late = attribute(element, "dataSrc");
  if (late !== "") element.properties.src = late;
}
