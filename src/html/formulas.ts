// MathML -> MathML Core (https://www.w3.org/TR/mathml-core/). A formula is built again from known elements.
// Leaves have only text, all others only elements, since browsers parse mixtures of HTML and MathML in
// surprising ways.

import type { Element, ElementContent, Properties, Root } from "hast";
import { annotationIn } from "../article/plain-text.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { legal, text } from "../lib/text.ts";
import { isElement, replaceChildren } from "./tree.ts";

/** Elements that hold only text. */
const LEAVES: ReadonlySet<string> = new Set(["mi", "mn", "mo", "ms", "mtext"]);
/** Elements that hold only elements. */
const ROWS: ReadonlySet<string> = new Set([
  ...["mrow", "mfrac", "msqrt", "mroot", "mstyle", "merror", "mpadded", "mphantom", "mspace"],
  ...["msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts"],
  ...["mtable", "mtr", "mtd"],
]);

/** All elements of formulas that an article may hold. */
export const FORMULA_TAGS: readonly string[] = ["math", ...LEAVES, ...ROWS];

const GLOBAL = ["dir", "displaystyle", "mathbackground", "mathcolor", "mathsize", "scriptlevel"];

/** The attributes of each of them, as hast names them. */
export const FORMULA_ATTRIBUTES: Readonly<Record<string, string[]>> = Object.fromEntries(
  FORMULA_TAGS.map((name) => [name, [...GLOBAL, ...attributesOf(name)]]),
);

function attributesOf(name: string): readonly string[] {
  switch (name) {
    case "math":
      return ["display", "alttext"];
    case "mi":
      return ["mathvariant"];
    case "mo":
      return [
        ...["form", "fence", "separator", "lspace", "rspace", "stretchy", "symmetric", "maxsize", "minsize"],
        ...["largeop", "movablelimits"],
      ];
    case "mspace":
      return ["width", "height", "depth"];
    case "mpadded":
      return ["width", "height", "depth", "lspace", "voffset"];
    case "mfrac":
      return ["linethickness"];
    case "munder":
    case "mover":
    case "munderover":
      return ["accent", "accentunder"];
    case "mtd":
      return ["columnspan", "rowSpan"];
    default:
      return [];
  }
}

/** Normalises every formula in `tree`, which it changes. True if there is one. */
export function normalizeFormulas(tree: Root | Element): boolean {
  let [found, here] = [false, false];
  for (const child of tree.children) {
    if (!isElement(child)) continue;
    if (isFormula(child)) here = true;
    else if (normalizeFormulas(child)) found = true;
  }
  if (here)
    replaceChildren(tree, (child) => (isElement(child) && isFormula(child) ? formula(child) : [child]));
  return found || here;
}

const isFormula = ({ tagName }: Element): boolean => FORMULA.test(tagName);
const FORMULA = /^(?:(?:mml|m):)?math$/;

/** The name without the prefix that some systems write, and HTML doesn't know. */
const nameOf = ({ tagName }: Element): string => tagName.replace(/^(?:mml|m):/, "");

function formula(math: Element): ElementContent[] {
  const children = rowOf(math);
  if (children.every(saysNothing)) return [];
  const { alttext } = math.properties;
  const words = (typeof alttext === "string" ? text(alttext) : "") || annotationIn(math);
  const properties = { ...kept("math", math.properties), ...omitUndefined({ alttext: words || undefined }) };
  return [{ type: "element", tagName: "math", properties, children }];
}

const saysNothing = ({ children }: Element): boolean =>
  children.every((child) => (child.type === "element" ? saysNothing(child) : child.type !== "text"));

function kept(name: string, properties: Properties): Properties {
  const allowed = FORMULA_ATTRIBUTES[name] ?? [];
  return Object.fromEntries(
    Object.entries(properties).filter(
      ([key, value]) => allowed.includes(key) && (typeof value === "string" || typeof value === "number"),
    ),
  );
}

/** The children of an element that holds only elements. */
function rowOf(parent: Element): Element[] {
  return parent.children.flatMap((child) => {
    if (child.type === "text") {
      const words = text(child.value);
      return words === "" ? [] : [make("mtext", {}, [{ type: "text", value: words }])];
    }
    return child.type === "element" ? part(child) : [];
  });
}

function part(element: Element): Element[] {
  const name = nameOf(element);
  if (LEAVES.has(name)) return [make(name, kept(name, element.properties), leafText(element))];
  if (ROWS.has(name)) return [make(name, kept(name, element.properties), rowOf(element))];
  switch (name) {
    case "semantics":
      return rowOf({ ...element, children: element.children.slice(0, firstElement(element) + 1) });
    case "mfenced":
      return [fenced(element)];
    case "none":
      return [make("mrow", {}, [])];
    case "maction":
      return rowOf({ ...element, children: element.children.slice(0, firstElement(element) + 1) });
    case "mlabeledtr":
      return [make("mtr", {}, rowOf(element).slice(1))];
    default:
      break;
  }
  if (UNREAD.has(name)) return [];
  // An unknown element is replaced by a row, since a fraction needs two parts.
  const children = rowOf(element);
  return children.length === 0 ? [] : [make("mrow", {}, children)];
}

const UNREAD: ReadonlySet<string> = new Set([
  ...["annotation", "annotation-xml", "script", "style", "template", "noscript", "title", "svg", "math"],
]);

const firstElement = ({ children }: Element): number =>
  children.findIndex((child) => child.type === "element");

/** MathML 3's `mfenced`, which browsers no longer draw, as a row with its brackets. */
function fenced(element: Element): Element {
  const sign = (name: string, usual: string) => {
    const value = element.properties[name];
    return typeof value === "string" ? legal(value).trim() : usual;
  };
  const operator = (value: string) => (value === "" ? [] : [make("mo", {}, [{ type: "text", value }])]);
  const separators = [...sign("separators", ",").replace(/\s/g, "")];
  const inner = rowOf(element).flatMap((child, index) => {
    if (index === 0) return [child];
    return [...operator(separators[index - 1] ?? separators.at(-1) ?? ""), child];
  });
  return make("mrow", {}, [...operator(sign("open", "(")), ...inner, ...operator(sign("close", ")"))]);
}

function leafText(element: Element): ElementContent[] {
  const parts: string[] = [];
  const walk = (node: Element): void => {
    for (const child of node.children) {
      if (child.type === "text") parts.push(child.value);
      else if (child.type === "element" && !UNREAD.has(child.tagName)) {
        const { alt } = child.properties;
        if (typeof alt === "string") parts.push(alt);
        walk(child);
      }
    }
  };
  walk(element);
  const value = legal(parts.join(""));
  return value === "" ? [] : [{ type: "text", value }];
}

const make = (tagName: string, properties: Properties, children: ElementContent[]): Element => ({
  type: "element",
  tagName,
  properties,
  children,
});
