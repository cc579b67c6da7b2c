// What becomes words or simple elements within a line: inline SVG, check boxes, and styles that mean
// something.

import type { Element, ElementContent, Parents, RootContent } from "hast";
import { text } from "../../lib/text.ts";
import { t } from "../../lib/translate.ts";
import { attribute, element, elementsIn, inPlaceOf, isElement, wordsIn } from "../tree.ts";
import type { NormalizeContext } from "../warnings.ts";
import { isFile } from "./picture-source.ts";

/** What replaces an inline SVG: its words, or the photograph in it. */
export function normalizeSvg(
  svg: Element,
  parent: Parents,
  { resolve, warnings }: NormalizeContext,
): readonly RootContent[] {
  if (attribute(svg, "ariaHidden") === "true") return [];
  const words = wordsOf(svg);
  if (words !== "") {
    warnings.add(
      "svg-became-text",
      t("holds {element}, of which only the words stay; to keep it, use it as a picture", {
        element: "<svg>",
      }),
      svg,
    );
    return [inPlaceOf(svg, parent, { type: "text", value: words })];
  }
  const image = [...elementsIn(svg)].find(({ tagName }) => tagName === "image");
  const file = image && (attribute(image, "xLinkHref") || attribute(image, "href"));
  const src = file && isFile(file) ? resolve(file, "file") : undefined;
  if (src !== undefined) return [element("img", { src, alt: "" })];
  warnings.add(
    "svg-dropped",
    t("holds {element}, which is taken out with all that is in it", { element: "<svg>" }),
    svg,
  );
  return [];
}

/** The drawing's title, then the words in it. */
function wordsOf(svg: Element): string {
  const title = svg.children.find((child): child is Element => isElement(child, "title"));
  const lines: string[] = [];
  const texts = elementsIn(svg, ({ tagName }) => !WORDS.has(tagName) && !UNREAD.has(tagName));
  for (const inner of texts) if (WORDS.has(inner.tagName)) lines.push(wordsIn(inner));
  const name = (title && wordsIn(title)) || text(attribute(svg, "ariaLabel"));
  return [...new Set([name, ...lines])].filter((words) => words !== "").join(", ");
}

const WORDS: ReadonlySet<string> = new Set(["text", "foreignObject"]);
const UNREAD: ReadonlySet<string> = new Set(["defs", "script", "style", "metadata", "title", "desc"]);

/** True for a check box or a radio button. */
const isCheckBox = (node: Element): boolean =>
  node.tagName === "input" && /^(?:checkbox|radio)$/i.test(attribute(node, "type"));

/**
 * What replaces an input, since articles hold no forms: a sign for a check box, as in lists of tasks; else
 * nothing.
 */
export function normalizeInput(
  input: Element,
  parent: Parents,
  { warnings }: NormalizeContext,
): readonly RootContent[] {
  if (isCheckBox(input)) {
    const siblings: readonly RootContent[] = parent.children;
    const next = siblings[siblings.indexOf(input) + 1];
    const isApart = next?.type === "text" && /^\s/.test(next.value);
    return [{ type: "text", value: `${checkBoxSign(input)}${isApart ? "" : " "}` }];
  }
  if (!/^hidden$/i.test(attribute(input, "type")))
    warnings.add(
      "element-dropped",
      t("holds {element}, a field of a form, which is taken out", { element: "<input>" }),
      input,
    );
  return [];
}

function checkBoxSign({ properties: { type, checked } }: Element): string {
  const isTicked = checked !== undefined && checked !== null && checked !== false;
  if (/^radio$/i.test(String(type))) return isTicked ? "◉" : "○";
  return isTicked ? "☑" : "☐";
}

/** True for a check box before words, in a list of tasks or a sentence. */
export const isCheckBoxOfText = (node: Element, parent: Element | undefined): boolean =>
  isCheckBox(node) && parent !== undefined && isElement(parent, "li", "p", "label", "td", "dd");

/**
 * Elements whose style is read. Word processors style spans, and put `b` with a normal weight around them.
 */
export const STYLED_ELEMENTS: ReadonlySet<string> = new Set(["span", "b", "strong"]);

/**
 * `node` with elements for its style (`<s>` for line-through); the contents of a `b` whose style says that it
 * isn't bold.
 */
export function applyStyle(node: Element): readonly ElementContent[] {
  const style = attribute(node, "style");
  if (style === "") return [node];
  if (node.tagName !== "span")
    return /(?<![-\w])font-weight:\s*(?:normal|[1-4]00)/i.test(style) ? node.children : [node];
  const names =
    wordsIn(node) === "" ? [] : STYLE_ELEMENTS.filter(([said]) => said.test(style)).map(([, name]) => name);
  if (names.length === 0) return [node];
  const { style: _style, ...properties } = node.properties;
  let inner = node.children;
  for (const name of names) inner = [element(name, {}, ...inner)];
  return Object.keys(properties).length === 0 ? inner : [{ ...node, properties, children: inner }];
}

// The first is the innermost.
const STYLE_ELEMENTS: readonly (readonly [RegExp, string])[] = [
  [/vertical-align:\s*sub/i, "sub"],
  [/vertical-align:\s*super/i, "sup"],
  [/font-style:\s*(?:italic|oblique)/i, "em"],
  [/(?<![-\w])font-weight:\s*(?:bold|[6-9]00)/i, "strong"],
  [/text-decoration(?:-line)?:[^;]*line-through/i, "s"],
];
