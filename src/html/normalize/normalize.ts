// HTML as the web has it -> HTML as an article holds it, for every door: the API, Markdown, index.html and all imports.
// Pictures that load late get their file, players and embeds become what they show, addresses are whole. What may not stand
// in an article is told of here, and taken out by the allow-list behind (`body-tree.ts`).

import type { Element, ElementContent, Parents, Root, RootContent } from "hast";
import { legal } from "../../lib/text.ts";
import { ALLOWED_HTML } from "../allowed-html.ts";
import { parseBody } from "../body-tree.ts";
import { attribute, BLOCKS, elementsIn, isElement, replaceChildren, wordsIn } from "../tree.ts";
import { isKnownBox, settledBox } from "./boxes.ts";
import { settledInput } from "./check-boxes.ts";
import { settledDrawing } from "./drawings.ts";
import { settledPost, settledScript, withoutLogo } from "./embeds.ts";
import { isFrame, settledBareAddress, settledFrame } from "./frames.ts";
import { dropHidden } from "./hidden.ts";
import { isMedia, settledMedia } from "./media.ts";
import type { Normalizing } from "./normalizing.ts";
import { settlePictures } from "./pictures.ts";
import { paragraph, standsAlone } from "./place.ts";
import { STYLED, styled } from "./styles.ts";

/** Normalises `tree`, in place; what is normal already stays as it is. */
export function normalize(tree: Root, normalizing: Normalizing): void {
  dropHidden(tree, normalizing.losses);
  settlePictures(tree, normalizing);
  settleOthers(tree, normalizing);
}

/** The second half of it, for a tree whose pictures are settled. */
export function settleOthers(tree: Root, normalizing: Normalizing): void {
  settle(tree, normalizing, 0);
}

const KEPT: ReadonlySet<string> = new Set(ALLOWED_HTML.tagNames);
const STRIPPED: ReadonlySet<string> = new Set(ALLOWED_HTML.strip);
// A frame may hold a document that holds a frame.
const MOST_FRAMES_DEEP = 3;

/** Settles what is below `parent`, inner things first. Returns true where something went that leaves nothing behind. */
function settle(parent: Parents, normalizing: Normalizing, framesDeep: number): boolean {
  let lost = false;
  replaceChildren(parent, (child) => {
    if (child.type === "text") return bareText(child, parent, normalizing) ?? [child];
    if (!isElement(child)) return [child];
    const made = settled(child, parent, normalizing, framesDeep);
    if (made.length === 0) lost = true;
    return made;
  });
  return lost;
}

function settled(
  element: Element,
  parent: Parents,
  normalizing: Normalizing,
  framesDeep: number,
): readonly RootContent[] {
  element.tagName = SAME.get(element.tagName) ?? element.tagName;
  const { tagName } = element;
  if (isDrawnFormula(element, parent)) return [];
  if (tagName === "script") return settledScript(element, parent, normalizing);
  if (tagName === "svg") return settledDrawing(element, parent, normalizing);
  if (tagName === "input") return settledInput(element, parent, normalizing);
  // Formulas are built anew by `formulas.ts`.
  if (FORMULA.test(tagName)) return [element];
  if (tagName === "area" && attribute(element, "href") !== "") {
    const words = { type: "text" as const, value: attribute(element, "alt") || attribute(element, "href") };
    const { href } = element.properties;
    return settled(
      { ...element, tagName: "a", properties: { href }, children: [words] },
      parent,
      normalizing,
      framesDeep,
    );
  }
  if (isElement(element, "iframe") && framesDeep < MOST_FRAMES_DEEP) {
    const inside = ownDocument(element, normalizing, framesDeep);
    if (inside) return inside;
  }
  const { losses } = normalizing;
  if (STRIPPED.has(tagName) && !isFrame(element)) {
    if (!UNSEEN.has(tagName))
      losses.tell(
        "element-dropped",
        `holds <${tagName}>, which is taken out with all that is in it`,
        element,
      );
    return [];
  }
  if (isDouble(element) || (isElement(element, "source", "track") && !isPlayerElement(parent))) return [];
  if (KEPT.has(tagName)) tellHandlers(element, normalizing);
  else if (!isFrame(element) && !isMedia(element) && !isKnownBox(element) && !isMute(element))
    tellUnknown(element, normalizing);
  const hadNothing = element.children.length === 0;
  withoutLogo(element);
  const lost = settle(element, normalizing, framesDeep);
  if (isFrame(element)) return settledFrame(element, parent, normalizing);
  if (isMedia(element)) return settledMedia(element, parent, normalizing);
  if (tagName === "img") return settledImage(element, normalizing);
  const made = settledPost(element, normalizing) ?? settledBox(element, parent, normalizing);
  if (made) return made;
  const unlinked = settleAddresses(element, parent, normalizing);
  if (unlinked) return element.children;
  if (isHusk(element, lost, hadNothing)) return [];
  if (BOXES.has(tagName)) return boxed(element);
  if (STYLED.has(tagName)) return styled(element);
  return parted(element, normalizing) ?? figureWithoutPicture(element, lost);
}

// Elements of old, and the one that stands for the same today.
const SAME: ReadonlyMap<string, string> = new Map([
  ["acronym", "abbr"],
  ["menu", "ul"],
  ["dir", "ul"],
  ["listing", "pre"],
  ["xmp", "pre"],
]);

// Blocks that aren't kept: what stands in two of them must not run together.
const BOXES: ReadonlySet<string> = new Set([
  ...["address", "article", "center", "dialog", "fieldset", "footer", "form", "header", "hgroup", "legend"],
  ...["main", "nav", "search"],
]);

/** What stands in a block that isn't kept: its blocks, and each line of words as a paragraph. */
function boxed({ children }: Element): readonly RootContent[] {
  const made: ElementContent[] = [];
  let line: ElementContent[] = [];
  const close = () => {
    if (line.some((child) => wordsIn(child) !== "")) made.push(paragraph(...withoutBreaks(line)));
    else made.push(...line);
    line = [];
  };
  for (const child of children) {
    if (isBlock(child)) {
      close();
      made.push(child);
    } else line.push(child);
  }
  close();
  return made;
}

const isPlayerElement = (node: Parents): boolean => isElement(node) && isMedia(node);

const FORMULA = /^(?:(?:mml|m):)?math$/;

// What no reader would miss.
const UNSEEN: ReadonlySet<string> = new Set(["style", "title", "noscript", "template"]);

/** What a frame shows that carries its document with it, and names no other; undefined for any other frame. */
function ownDocument(
  frame: Element,
  normalizing: Normalizing,
  framesDeep: number,
): readonly RootContent[] | undefined {
  const document = attribute(frame, "srcDoc");
  if (document === "" || /^(?!about:)\S/.test(attribute(frame, "src") || attribute(frame, "dataSrc")))
    return undefined;
  const inside = parseBody(document);
  settlePictures(inside, normalizing);
  settle(inside, normalizing, framesDeep + 1);
  return inside.children;
}

/** True for what MathJax draws of a formula that stands beside it in MathML or TeX, and for the TeX beside MathML. */
function isDrawnFormula(node: Element, parent: Parents): boolean {
  if (/^(?:nobr|mjx-math)$/.test(node.tagName) && attribute(node, "ariaHidden") === "true") return true;
  const isTex = node.tagName === "script" && /^math\//i.test(attribute(node, "type"));
  if (!isTex && (!DRAWN.test(attribute(node, "className")) || holdsMath(node))) return false;
  const all: readonly RootContent[] = parent.children;
  const siblings = all.filter((sibling) => isElement(sibling));
  const at = siblings.indexOf(node);
  const [before, after] = [siblings[at - 1], siblings[at + 1]];
  if (isTex) return before !== undefined && DRAWN.test(attribute(before, "className")) && holdsMath(before);
  return after !== undefined && /^math\//i.test(attribute(after, "type"));
}

const DRAWN = /^MathJax(?:_\w+)?(?:\s|$)/;
const holdsMath = (element: Element): boolean =>
  [...elementsIn(element)].some(({ tagName }) => tagName === "math");

/** What stands beside a formula for browsers that draw none. */
function isDouble(element: Element): boolean {
  const { className } = element.properties;
  const names = Array.isArray(className) ? className : [];
  return names.some((name) => DOUBLES.has(String(name)));
}

const DOUBLES: ReadonlySet<string> = new Set([
  ...["katex-html", "MathJax_Preview", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display"],
]);

function settledImage(image: Element, { losses }: Normalizing): readonly Element[] {
  if (isPixel(image)) {
    losses.tell(
      "pixel-dropped",
      "holds a picture of 1 × 1 pixel, which counts readers and is taken out",
      image,
    );
    return [];
  }
  if (attribute(image, "src") !== "") return [image];
  // It only kept a place.
  if (attribute(image, "ariaHidden") === "true") return [];
  const alt = attribute(image, "alt");
  const which = alt === "" ? "a picture" : `the picture “${alt.slice(0, 60)}”`;
  const message = `holds ${which} without a file that others can open, which is taken out: PUT its bytes to /api/media, or use a web address`;
  losses.tell("picture-dropped", message, image);
  return [];
}

// Counts readers, and shows nothing.
const isPixel = ({ properties: { width, height } }: Element): boolean =>
  width !== undefined && height !== undefined && Number(width) <= 1 && Number(height) <= 1;

/** Makes addresses whole, and takes off those that can't be carried. True for a link that is none any more. */
function settleAddresses(element: Element, parent: Parents, { resolve, losses }: Normalizing): boolean {
  const { tagName, properties } = element;
  for (const [name, kind] of ADDRESSES) {
    const value = properties[name];
    if (typeof value !== "string") continue;
    const address = resolve(value, kind);
    if (address !== undefined) {
      properties[name] = address;
      continue;
    }
    delete properties[name];
    const message = `holds ${name}="${legal(value).trim().slice(0, 40)}" on <${tagName}>, which is taken off: use an address with https://`;
    losses.tell("address-dropped", message, element);
  }
  if (tagName !== "a") return false;
  settleName(element, parent);
  return properties.href === undefined && properties.id === undefined;
}

const ADDRESSES = [
  ["href", "link"],
  ["cite", "link"],
] as const;

/** The old way to name a place that links lead to, as an id; a heading takes that of an empty one in it. */
function settleName(anchor: Element, parent: Parents): void {
  const name = attribute(anchor, "name");
  // What was cleaned already has no name: it stays where it is.
  if (name === "") return;
  if (anchor.properties.id === undefined) anchor.properties.id = name;
  const isMark = anchor.properties.href === undefined && anchor.children.length === 0;
  if (!isMark || !isElement(parent) || !HEADING.test(parent.tagName) || parent.properties.id !== undefined)
    return;
  parent.properties.id = anchor.properties.id;
  delete anchor.properties.id;
}

const HEADING = /^h[1-6]$/;

/** True for an element that lost all that was in it, and for a box that only a script or a style made something of. */
function isHusk(element: Element, lost: boolean, hadNothing: boolean): boolean {
  const { tagName, properties } = element;
  if (!MAY_BE_HUSK.has(tagName) || properties.id !== undefined || !element.children.every(isBlank))
    return false;
  const wasHook =
    hadNothing && HOOKS.has(tagName) && Object.keys(properties).some((name) => !STAYS.has(name));
  return lost || wasHook;
}

const MAY_BE_HUSK: ReadonlySet<string> = new Set([
  ...[
    "p",
    "div",
    "section",
    "span",
    "figure",
    "figcaption",
    "a",
    "li",
    "ul",
    "ol",
    "aside",
    "center",
    "picture",
  ],
  ...["h1", "h2", "h3", "h4", "h5", "h6", "b", "strong", "i", "em", "u", "small", "blockquote"],
]);
// What an empty box had but for these was for a script or a style.
const STAYS: ReadonlySet<string> = new Set(ALLOWED_HTML.attributes?.["*"]?.map(String));
const HOOKS: ReadonlySet<string> = new Set(["div", "span", "figure", "section", "aside"]);

const isBlank = (node: RootContent): boolean =>
  node.type === "comment" ||
  (node.type === "text" ? /^[\s\u200b]*$/.test(node.value) : isElement(node, "br"));

/** Of a figure that lost what it showed, the caption stays as a paragraph. */
function figureWithoutPicture(figure: Element, lost: boolean): readonly RootContent[] {
  const { children } = figure;
  if (!lost || figure.tagName !== "figure") return [figure];
  const rest = children.filter((child) => !isBlank(child));
  if (rest.length === 0 || !rest.every((child) => isElement(child, "figcaption"))) return [figure];
  return rest.map((child) => (isElement(child) ? captionParagraph(child) : child));
}

const captionParagraph = (caption: Element): Element => ({
  ...caption,
  tagName: holdsBlock(caption.children) ? "div" : "p",
});

const isBlock = (node: RootContent): boolean => isElement(node) && BLOCKS.has(node.tagName);
const holdsBlock = (children: readonly RootContent[]): boolean => children.some(isBlock);

/** A paragraph or box with its bare addresses of films, each on a line of its own, made players; undefined where there is none. */
function parted(element: Element, normalizing: Normalizing): readonly Element[] | undefined {
  if (element.tagName !== "p" && element.tagName !== "div") return undefined;
  const { id, ...properties } = element.properties;
  const parts: Element[] = [];
  let rest: ElementContent[] = [];
  let isPlayed = false;
  const close = () => {
    const tagName = holdsBlock(rest) ? element.tagName : "p";
    if (!rest.every(isBlank)) parts.push({ ...element, tagName, properties, children: withoutBreaks(rest) });
    rest = [];
  };
  for (const line of linesOf(element.children)) {
    const [only, ...more] = line.filter((child) => !isBlank(child));
    const address = only && more.length === 0 ? bareAddress(only) : undefined;
    const player = address === undefined ? undefined : settledBareAddress(address, normalizing);
    if (player) {
      isPlayed = true;
      close();
      parts.push(player);
    } else rest.push(...line);
  }
  close();
  const [first] = parts;
  if (first && id !== undefined) first.properties = { id, ...first.properties };
  return isPlayed ? parts : undefined;
}

/** What stands between line breaks and blocks; each break is the last of its line. */
function linesOf(children: readonly ElementContent[]): readonly (readonly ElementContent[])[] {
  const lines: ElementContent[][] = [[]];
  for (const child of children) {
    if (isBlock(child)) lines.push([]);
    lines.at(-1)?.push(child);
    if (isBlock(child) || isElement(child, "br")) lines.push([]);
  }
  return lines;
}

/** Without the line breaks and white space at both ends. */
function withoutBreaks(children: readonly ElementContent[]): ElementContent[] {
  const start = children.findIndex((child) => !isBlank(child));
  const end = children.findLastIndex((child) => !isBlank(child));
  return children.slice(start, end + 1);
}

function bareText(
  node: RootContent,
  parent: Parents,
  normalizing: Normalizing,
): readonly Element[] | undefined {
  // In a paragraph, its element is asked.
  if (parent.type !== "root" && !isElement(parent, "figure", "section", "article", "main", "body"))
    return undefined;
  const address = bareAddress(node);
  if (address === undefined || !standsAlone(node, parent)) return undefined;
  const made = settledBareAddress(address, normalizing);
  return made && [made];
}

/** The address that is all that a text, or a link, says, in whatever font. */
function bareAddress(node: RootContent): string | undefined {
  if (node.type === "text") return /^\s*(https?:\/\/\S+)\s*$/.exec(node.value)?.[1];
  if (!isElement(node)) return undefined;
  const [only, ...others] = node.children.filter((child) => !isBlank(child));
  if (!only || others.length > 0) return undefined;
  const { tagName } = node;
  if (tagName === "a") return bareAddress(only) && attribute(node, "href");
  return tagName === "span" || tagName === "font" ? bareAddress(only) : undefined;
}

function tellUnknown(element: Element, { losses }: Normalizing): void {
  const { tagName, children } = element;
  if (children.length === 0)
    losses.tell("element-dropped", `holds <${tagName}> with nothing inside, which is taken out`, element);
  else
    losses.tell(
      "element-unwrapped",
      `holds <${tagName}>, which is taken off; what is inside it stays`,
      element,
    );
}

// What says nothing by itself, or is told of elsewhere.
const MUTE: ReadonlySet<string> = new Set([
  ...["html", "head", "body", "link", "meta", "base", "param", "label"],
]);
// MathJax's, and Word's `o:p`.
const isMute = ({ tagName }: Element): boolean => MUTE.has(tagName) || /^mjx-|:/.test(tagName);

function tellHandlers(element: Element, { losses }: Normalizing): void {
  const { tagName, properties } = element;
  for (const name of Object.keys(properties)) {
    if (!/^on[a-z]/i.test(name)) continue;
    const message = `${name.toLowerCase()} on <${tagName}>, which is taken off: articles run no script`;
    losses.tell("handler-dropped", `holds ${message}`, element);
  }
}
