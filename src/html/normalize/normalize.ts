// HTML as the web has it -> HTML as an article holds it. The API, Markdown, index.html and all imports go
// through this. Lazily loaded pictures get their file, players and embeds become what they show, addresses
// become absolute. What an article may not hold gets its warning here; the allow-list takes it out afterwards
// (`../parse.ts`).

import type { Element, ElementContent, Parents, Root, RootContent } from "hast";
import { isVisible, legal } from "../../lib/text.ts";
import { t } from "../../lib/translate.ts";
import { ALLOWED_HTML } from "../allowed-html.ts";
import { parseBody } from "../parse.ts";
import {
  attribute,
  elementsIn,
  holdsBlock,
  isBlank,
  isBlock,
  isElement,
  paragraph,
  replaceChildren,
  withoutBreaks,
  wordsIn,
} from "../tree.ts";
import type { BodyWarnings, NormalizeContext } from "../warnings.ts";
import { isKnownContainer, isMedia, normalizeContainer, normalizeMedia } from "./containers.ts";
import { normalizePost, normalizeScript, withoutLogo } from "./embeds.ts";
import { bareTextAddress, isFrame, normalizeFrame, splitAtVideos } from "./frames.ts";
import { applyStyle, normalizeInput, normalizeSvg, STYLED_ELEMENTS } from "./inline.ts";
import { dropEmptyImage, normalizePictures } from "./pictures.ts";
import { makeWordLists } from "./word-lists.ts";

/** Normalises `tree`, in place. Normalising it again changes nothing. */
export function normalize(tree: Root, context: NormalizeContext): void {
  dropHidden(tree, context.warnings);
  normalizePictures(tree, context);
  normalizeAfterPictures(tree, context);
}

/** Normalises all but the pictures, which `normalizePictures` must have done before. */
export function normalizeAfterPictures(tree: Root, context: NormalizeContext): void {
  makeWordLists(tree);
  normalizeChildren(tree, context, 0);
}

const KEPT: ReadonlySet<string> = new Set(ALLOWED_HTML.tagNames);
const STRIPPED: ReadonlySet<string> = new Set(ALLOWED_HTML.strip);
// A frame's own document may hold frames again.
const FRAME_DEPTH_LIMIT = 3;

/**
 * Normalises what is below `parent`, the innermost first. True if a child was removed and nothing is in its
 * place.
 */
function normalizeChildren(parent: Parents, context: NormalizeContext, framesDeep: number): boolean {
  let lost = false;
  replaceChildren(parent, (child) => {
    if (child.type === "text") return bareTextAddress(child, parent, context) ?? [child];
    if (!isElement(child)) return [child];
    const made = normalizeElement(child, parent, context, framesDeep);
    if (made.length === 0) lost = true;
    return made;
  });
  return lost;
}

function normalizeElement(
  element: Element,
  parent: Parents,
  context: NormalizeContext,
  framesDeep: number,
): readonly RootContent[] {
  element.tagName = MODERN_NAMES.get(element.tagName) ?? element.tagName;
  const { tagName } = element;
  if (isDrawnTwice(element, parent)) return [];
  if (tagName === "script") return normalizeScript(element, parent, context);
  if (tagName === "svg") return normalizeSvg(element, parent, context);
  if (tagName === "input") return normalizeInput(element, parent, context);
  // `formulas.ts` normalises formulas.
  if (FORMULA.test(tagName)) return [element];
  if (tagName === "area" && attribute(element, "href") !== "") {
    const words = { type: "text" as const, value: attribute(element, "alt") || attribute(element, "href") };
    const { href } = element.properties;
    return normalizeElement(
      { ...element, tagName: "a", properties: { href }, children: [words] },
      parent,
      context,
      framesDeep,
    );
  }
  if (isElement(element, "iframe") && framesDeep < FRAME_DEPTH_LIMIT) {
    const inside = ownDocument(element, context, framesDeep);
    if (inside) return inside;
  }
  const { warnings } = context;
  if (STRIPPED.has(tagName) && !isFrame(element)) {
    if (!UNSEEN.has(tagName))
      warnings.add(
        "element-dropped",
        t("holds {element}, which is taken out with all that is in it", { element: `<${tagName}>` }),
        element,
      );
    return [];
  }
  if (isFormulaFallback(element) || (isElement(element, "source", "track") && !isPlayerElement(parent)))
    return [];
  if (KEPT.has(tagName)) reportHandlers(element, context);
  else if (!isFrame(element) && !isMedia(element) && !isKnownContainer(element) && !isUnreported(element))
    reportUnknown(element, context);
  const hadNothing = element.children.length === 0;
  withoutLogo(element);
  const lost = normalizeChildren(element, context, framesDeep);
  if (isFrame(element)) return normalizeFrame(element, parent, context);
  if (isMedia(element)) return normalizeMedia(element, parent, context);
  if (tagName === "img") return dropEmptyImage(element, context);
  const made = normalizePost(element, context) ?? normalizeContainer(element, parent, context);
  if (made) return made;
  const lostLink = resolveAddresses(element, parent, context);
  if (lostLink) return element.children;
  if (isEmptied(element, lost, hadNothing)) return [];
  if (UNWRAPPED_BLOCKS.has(tagName)) return unwrapBlock(element);
  if (STYLED_ELEMENTS.has(tagName)) return applyStyle(element);
  return splitAtVideos(element, context) ?? figureWithoutPicture(element, lost);
}

// Obsolete elements, and what replaces them.
const MODERN_NAMES: ReadonlyMap<string, string> = new Map([
  ["acronym", "abbr"],
  ["menu", "ul"],
  ["dir", "ul"],
  ["listing", "pre"],
  ["xmp", "pre"],
]);

// Blocks that aren't kept. The contents of two of them must not run together.
const UNWRAPPED_BLOCKS: ReadonlySet<string> = new Set([
  ...["address", "article", "center", "dialog", "fieldset", "footer", "form", "header", "hgroup", "legend"],
  ...["main", "nav", "search"],
]);

/** The contents of a block that isn't kept: its blocks, and each line of words as a paragraph. */
function unwrapBlock({ children }: Element): readonly RootContent[] {
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

// Elements that readers never see: they go without a warning.
const UNSEEN: ReadonlySet<string> = new Set(["style", "title", "noscript", "template"]);

/**
 * The normalised document in a frame's `srcdoc`; undefined for a frame without one, or with an address
 * besides.
 */
function ownDocument(
  frame: Element,
  context: NormalizeContext,
  framesDeep: number,
): readonly RootContent[] | undefined {
  const document = attribute(frame, "srcDoc");
  if (document === "" || /^(?!about:)\S/.test(attribute(frame, "src") || attribute(frame, "dataSrc")))
    return undefined;
  const inside = parseBody(document);
  normalizePictures(inside, context);
  normalizeChildren(inside, context, framesDeep + 1);
  return inside.children;
}

/** True for MathJax's drawing beside the MathML or TeX of the same formula, and for TeX beside MathML. */
function isDrawnTwice(node: Element, parent: Parents): boolean {
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

/** True for the fallback beside a formula, for browsers without MathML. */
function isFormulaFallback(element: Element): boolean {
  const { className } = element.properties;
  const names = Array.isArray(className) ? className : [];
  return names.some((name) => FORMULA_FALLBACKS.has(String(name)));
}

const FORMULA_FALLBACKS: ReadonlySet<string> = new Set([
  ...["katex-html", "MathJax_Preview", "mwe-math-fallback-image-inline", "mwe-math-fallback-image-display"],
]);

/**
 * Resolves addresses, and takes off those that nobody else can open. True for a link that has neither address
 * nor id left.
 */
function resolveAddresses(
  element: Element,
  parent: Parents,
  { resolve, warnings }: NormalizeContext,
): boolean {
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
    const message = t("holds {attribute} on {element}, which is taken off: use an address with https://", {
      attribute: `${name}="${legal(value).trim().slice(0, 40)}"`,
      element: `<${tagName}>`,
    });
    warnings.add("address-dropped", message, element);
  }
  if (tagName !== "a") return false;
  nameToId(element, parent);
  return properties.href === undefined && properties.id === undefined;
}

const ADDRESSES = [
  ["href", "link"],
  ["cite", "link"],
] as const;

/**
 * Makes the obsolete `name` of a link target an `id`. A heading takes over the id of an empty target in it.
 */
function nameToId(anchor: Element, parent: Parents): void {
  const name = attribute(anchor, "name");
  // A body that was cleaned before has no names, and stays as it is.
  if (name === "") return;
  if (anchor.properties.id === undefined) anchor.properties.id = name;
  const isMark = anchor.properties.href === undefined && anchor.children.length === 0;
  if (!isMark || !isElement(parent) || !HEADING.test(parent.tagName) || parent.properties.id !== undefined)
    return;
  parent.properties.id = anchor.properties.id;
  delete anchor.properties.id;
}

const HEADING = /^h[1-6]$/;

/**
 * True for an element that lost all its contents, and for an empty one that a script or a style would have
 * filled.
 */
function isEmptied(element: Element, lost: boolean, hadNothing: boolean): boolean {
  const { tagName, properties } = element;
  if (!DROPPED_IF_EMPTIED.has(tagName) || properties.id !== undefined || !element.children.every(isBlank))
    return false;
  const wasHook =
    hadNothing &&
    SCRIPT_HOOKS.has(tagName) &&
    Object.keys(properties).some((name) => !KEPT_ATTRIBUTES.has(name));
  return lost || wasHook;
}

const DROPPED_IF_EMPTIED: ReadonlySet<string> = new Set([
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
// Any other attribute of an empty box is there for a script or a style.
const KEPT_ATTRIBUTES: ReadonlySet<string> = new Set(ALLOWED_HTML.attributes?.["*"]?.map(String));
const SCRIPT_HOOKS: ReadonlySet<string> = new Set(["div", "span", "figure", "section", "aside"]);

/** The caption of a figure that lost what it showed, as a paragraph; any other figure as it is. */
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

function reportUnknown(element: Element, { warnings }: NormalizeContext): void {
  const { tagName, children } = element;
  if (children.length === 0)
    warnings.add(
      "element-dropped",
      t("holds {element} with nothing inside, which is taken out", { element: `<${tagName}>` }),
      element,
    );
  else
    warnings.add(
      "element-unwrapped",
      t("holds {element}, which is taken off; what is inside it stays", { element: `<${tagName}>` }),
      element,
    );
}

// Elements without a meaning of their own, or with a warning elsewhere.
const UNREPORTED: ReadonlySet<string> = new Set([
  ...["html", "head", "body", "link", "meta", "base", "param", "label"],
]);
// Elements of MathJax, and Word's `o:p`.
const isUnreported = ({ tagName }: Element): boolean => UNREPORTED.has(tagName) || /^mjx-|:/.test(tagName);

function reportHandlers(element: Element, { warnings }: NormalizeContext): void {
  const { tagName, properties } = element;
  for (const name of Object.keys(properties)) {
    if (!/^on[a-z]/i.test(name)) continue;
    const message = t("holds {attribute} on {element}, which is taken off: articles run no script", {
      attribute: name.toLowerCase(),
      element: `<${tagName}>`,
    });
    warnings.add("handler-dropped", message, element);
  }
}

const UNSEEN_STYLE = /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse))/i;

/**
 * Takes out what a page hid from its readers: an article has neither the style nor the script that hides it.
 */
export function dropHidden(tree: Parents, warnings: BodyWarnings): void {
  replaceChildren(tree, (child) => {
    if (!isElement(child)) return [child];
    if (!isHidden(child) || isHiddenForNow(child)) {
      dropHidden(child, warnings);
      return [child];
    }
    const words = wordsIn(child);
    if (isVisible(words) || withAll(child).some((inner) => isElement(inner, ...SHOWN))) {
      const element = `<${child.tagName}>`;
      const message =
        words === ""
          ? t(
              "holds {element} that is hidden from readers, which is left out: take off what hides it to have it shown",
              { element },
            )
          : t(
              "holds {element} that is hidden from readers (“{words}”), which is left out: take off what hides it to have it shown",
              { element, words: words.slice(0, 60) },
            );
      warnings.add("hidden-dropped", message, child);
    }
    return [];
  });
}

const SHOWN = ["img", "iframe", "video", "audio"] as const;

/**
 * True for an element that a browser doesn't show. `hidden="until-found"` is shown by a search in the page.
 */
function isHidden(element: Element): boolean {
  const { hidden, open } = element.properties;
  if (hidden !== undefined && hidden !== false && !/^until-found$/i.test(String(hidden))) return true;
  if (element.tagName === "dialog" && open !== true) return true;
  return UNSEEN_STYLE.test(attribute(element, "style").replace(/\/\*.*?\*\//gs, ""));
}

/** True for what a script shows later: a lazily loaded picture, or a formula alone, which it draws again. */
function isHiddenForNow(element: Element): boolean {
  if (isElement(element, "img", "picture", "video")) return withAll(element).some(loadsLate);
  const isFormula = withAll(element).some(({ tagName }) => tagName === "math");
  return isFormula && !isVisible(wordsIn(element, ({ tagName }) => tagName === "math"));
}

const loadsLate = ({ properties }: Element): boolean =>
  Object.keys(properties).some((name) => /^data[A-Z]/.test(name));

const withAll = (element: Element): readonly Element[] => [element, ...elementsIn(element)];
