// Figures as an article's body holds them, `<figure><img><figcaption>`, whatever the page made of them; and
// what they say.

import type { Element, ElementContent, Parents, Root } from "hast";
import { pictureName } from "../html/normalize/picture-source.ts";
import { attribute, BLOCKS, elementsIn, isElement, replaceChildren, wordsIn } from "../html/tree.ts";
import type { ImportedImage } from "./importer.ts";
import { readCaption } from "./text/captions.ts";
import { type Caption, SURE } from "./text/text-lines.ts";

/** What a body's figures say of their pictures, by the address in `img`; and pictures without a file. */
export interface Figures {
  readonly described: ReadonlyMap<string, ImportedImage>;
  readonly lost: readonly ImportedImage[];
}

/** Gives each caption its figure, and reads them all. Changes `tree`. */
export function normalizeFigures(tree: Root): Figures {
  findFigures(tree);
  const described = new Map<string, ImportedImage>();
  const lost: ImportedImage[] = [];
  normalizeFiguresIn(tree, (image) => {
    if (image.src === undefined) lost.push(image);
    else if (!described.has(image.src)) described.set(image.src, image);
  });
  return { described, lost };
}

/** What an `img` says of its picture. */
export function imageOf(image: Element, words: Caption = {}): ImportedImage {
  const { width, height } = image.properties;
  const [src, alt] = [attribute(image, "src"), attribute(image, "alt")];
  return {
    ...(src === "" ? {} : { src }),
    ...(alt === "" ? {} : { alt }),
    ...words,
    ...(typeof width === "number" ? { width } : {}),
    ...(typeof height === "number" ? { height } : {}),
  };
}

const CAPTION = /caption|legende|bildunterschrift/i;
const CREDIT = /credit|copyright|byline|photographer|attribution/i;
const COPYRIGHT = /copyright/i;

const marks = (element: Element): string =>
  `${attribute(element, "className")} ${attribute(element, "itemProp")}`;
const isCredit = (element: Element): boolean => CREDIT.test(marks(element)) && !holdsImage(element);
const isCaption = (element: Element): boolean => isMarkedCaption(element) && !holdsImage(element);
const isMarkedCaption = (element: Element): boolean =>
  element.tagName === "figcaption" || CAPTION.test(marks(element));

const holdsImage = (element: Element): boolean => {
  for (const { tagName } of elementsIn(element)) if (tagName === "img") return true;
  return false;
};

// What a figure may show beside a picture.
const OTHER_CONTENT = new Set(["audio", "video", "iframe", "table", "hr", "pre", "blockquote", "figure"]);

// A picture, its caption, and the boxes round them.
const MOST_ELEMENTS = 40;

interface Counts {
  readonly images: number;
  readonly captions: number;
  readonly elements: number;
}

/**
 * Makes a figure of the smallest element that holds one picture, its caption, and nothing else. Counts what
 * is below `parent`.
 */
function findFigures(parent: Parents): Counts {
  let [images, captions, elements] = [0, 0, 0];
  for (const child of parent.children) {
    if (!isElement(child)) continue;
    const counts = child.tagName === "figure" ? { images: 0, captions: 0, elements: 0 } : findFigures(child);
    images += counts.images + (child.tagName === "img" ? 1 : 0);
    captions += counts.captions + (counts.images === 0 && isMarkedCaption(child) ? 1 : 0);
    elements += counts.elements + 1;
  }
  const may = images === 1 && captions > 0 && elements <= MOST_ELEMENTS && isElement(parent);
  if (may && saysNothingElse(parent)) parent.tagName = "figure";
  return { images, captions, elements };
}

const saysNothingElse = (element: Element): boolean =>
  wordsIn(element, (inner) => inner !== element && (isCaption(inner) || isCredit(inner))) === "" &&
  ![...elementsIn(element)].some(({ tagName }) => OTHER_CONTENT.has(tagName));

/** Settles the figures below `parent`, inner ones first; a picture that has no file leaves the body. */
function normalizeFiguresIn(parent: Parents, say: (image: ImportedImage) => void): void {
  replaceChildren(parent, (child) => {
    if (!isElement(child)) return [child];
    normalizeFiguresIn(child, say);
    return child.tagName === "figure" ? figureOf(child, say) : [child];
  });
}

function figureOf(figure: Element, say: (image: ImportedImage) => void): readonly ElementContent[] {
  const inside = [...elementsIn(figure)];
  if (inside.some(({ tagName }) => tagName === "figure")) return [gallery(figure)];
  const images = inside.filter(({ tagName }) => tagName === "img");
  const shown = images.filter((image) => attribute(image, "src") !== "");
  const image = shown[0] ?? images[0];
  const names = new Set(shown.map((each) => pictureName(attribute(each, "src"))));
  // One picture for each width of screen is one picture.
  if (!image || names.size > 1 || inside.some(({ tagName }) => OTHER_CONTENT.has(tagName))) return [figure];
  const words = captionIn(figure);
  say(imageOf(image, words));
  if (shown.length === 0) return [];
  const caption: Element[] = words.caption
    ? [element("figcaption", [{ type: "text", value: words.caption }])]
    : [];
  return [element("figure", [image, ...caption]), ...textBeside(figure)];
}

const TEXT = new Set(["p", "ul", "ol", "dl"]);
// A shorter line without a full stop is a label: `Enlarge`.
const SHORTEST_TEXT_CHARACTERS = 40;

/** What a figure with a caption holds besides: paragraphs, lists and lines of the article. */
function textBeside(figure: Element): readonly Element[] {
  const isWords = (e: Element) => isCaption(e) || isCredit(e);
  if (![...elementsIn(figure, (e) => !isWords(e))].some(isCaption)) return [];
  const blocks: Element[] = [];
  let line: ElementContent[] = [];
  const end = () => {
    blocks.push(element("p", line));
    line = [];
  };
  const walk = (children: readonly ElementContent[]): void => {
    for (const child of children) {
      if (child.type === "text") line.push(child);
      if (child.type !== "element") continue;
      const isApart = isWords(child) || child.tagName === "br" || BLOCKS.has(child.tagName);
      if (isApart) end();
      if (isWords(child)) continue;
      if (TEXT.has(child.tagName) && !holdsImage(child)) blocks.push(child);
      else if (isApart || holdsImage(child)) walk(child.children);
      else if (child.tagName !== "img") line.push(child);
      if (isApart) end();
    }
  };
  walk(figure.children);
  end();
  return blocks.filter((block) => {
    const words = wordsIn(block, isWords);
    return words.length >= SHORTEST_TEXT_CHARACTERS || /[.!?]["”’»]?$/.test(words);
  });
}

const element = (tagName: string, children: ElementContent[]): Element => ({
  type: "element",
  tagName,
  properties: {},
  children,
});

// Each picture of a gallery is a figure; the words for all of them are a paragraph.
const gallery = (figure: Element): Element =>
  element(
    "div",
    figure.children.map((child) => (isElement(child, "figcaption") ? element("p", child.children) : child)),
  );

/** The caption, credit and copyright that stand in a figure of one picture. */
function captionIn(figure: Element): Caption {
  const credits: string[] = [];
  const copyrights: string[] = [];
  for (const inner of elementsIn(figure, (e) => !isCredit(e))) {
    if (isCredit(inner)) (COPYRIGHT.test(marks(inner)) ? copyrights : credits).push(wordsIn(inner));
  }
  const captions = [...elementsIn(figure, (e) => !isCaption(e))].filter((e) => isCaption(e) && !isCredit(e));
  // A figure without `figcaption` has no other words than its picture's.
  const places = captions.length > 0 ? captions : [figure];
  const parted = [...credits, ...copyrights].length > 0;
  const written = places.map((place) => wordsIn(place, isCredit)).filter((words) => words !== "");
  const said = splitCaption(parted ? withoutEnd(written.join(" ")) : written.join(" "));
  const marked = credits.filter((words) => words !== "").map((words) => creditIn(words));
  return {
    ...some("caption", [said.caption]),
    ...some("credit", [...marked.map(({ credit }) => credit), said.credit]),
    ...some("copyright", [...copyrights, ...marked.map(({ copyright }) => copyright), said.copyright]),
  };
}

/** A line that is a credit by its markup. */
function creditIn(credit: string): Caption {
  const read = readCaption(credit)?.value;
  return read && (read.credit ?? read.copyright) !== undefined && read.caption === undefined
    ? read
    : { credit };
}

/** Parts a credit from a caption by its words; one that holds several stays whole. */
export function splitCaption(line: string): Caption {
  const read = readCaption(line);
  if (!read || read.confidence < SURE) return line === "" ? {} : { caption: line };
  const again = read.value.caption === undefined ? undefined : readCaption(read.value.caption);
  return again && again.confidence >= SURE && again.value.caption !== read.value.caption
    ? { caption: line }
    : read.value;
}

/** One field of several sources; what another of them says already is not said twice. */
function some<K extends keyof Caption>(
  key: K,
  values: readonly (string | undefined)[],
): Pick<Caption, K> | object {
  const words = values.filter((value): value is string => value !== undefined && value !== "");
  const kept = words.filter((value, i) => !words.some((o, j) => o.includes(value) && (o !== value || j < i)));
  return kept.length === 0 ? {} : { [key]: kept.join("; ") };
}

// What stood between a caption and its credit.
const SEPARATORS = new Set([..." |/·•–—-"]);

function withoutEnd(words: string): string {
  let end = words.length;
  while (end > 0 && SEPARATORS.has(words[end - 1] ?? "")) end--;
  return words.slice(0, end);
}
