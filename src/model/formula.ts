// Formulas in MathML as a line of text, for readers and partners that show no MathML.

import type { Element, ElementContent } from "hast";
import { text } from "./text.ts";

/**
 * What a `math` element says as text: the `alttext` that its author gave, else its TeX or other text annotation, else its
 * parts on a line: `13/4`, `e^(kt)`.
 */
export function formulaText(math: Element): string {
  const { alttext } = math.properties;
  const given = typeof alttext === "string" ? text(alttext) : "";
  return given || annotationIn(math) || text(lineOf(math));
}

/** The annotation of a formula that is text; empty where there is none. */
export function annotationIn(math: Element): string {
  for (const child of math.children) {
    if (child.type !== "element") continue;
    if (child.tagName === "annotation") return text(wordsOf(child.children));
    // Only `semantics` has annotations, but it may stand in a row.
    const inner = annotationIn(child);
    if (inner !== "") return inner;
  }
  return "";
}

const UNREAD: ReadonlySet<string> = new Set(["annotation", "annotation-xml", "script", "style"]);

function lineOf(node: Element): string {
  const parts = node.children.flatMap((child) => {
    if (child.type === "text") return text(child.value) === "" ? [] : [text(child.value)];
    // An element that is empty holds its place: the base of a superscript, say.
    return child.type === "element" && !UNREAD.has(child.tagName) ? [lineOf(child)] : [];
  });
  const [first = "", second = "", third = ""] = parts;
  switch (node.tagName) {
    case "mfrac":
      return `${together(first)}/${together(second)}`;
    case "msup":
    case "mover":
      return `${together(first)}^${together(second)}`;
    case "msub":
    case "munder":
      return `${together(first)}_${together(second)}`;
    case "msubsup":
    case "munderover":
      return `${together(first)}_${together(second)}^${together(third)}`;
    case "msqrt":
      return `√(${parts.join("")})`;
    case "mroot":
      return `${together(second)}√(${first})`;
    case "mtr":
      return `${parts.join(", ")}; `;
    case "mspace":
      return " ";
    case "mo":
      return OPERATORS.test(first) ? ` ${first} ` : first;
    default:
      return parts.join("");
  }
}

/** With brackets where it is more than one number, name or sign. */
const together = (part: string): string => (/^(?:[\p{N}.,]+|.?)$/u.test(part) ? part : `(${part.trim()})`);

// Signs that stand between two things.
const OPERATORS = /^[=<>≤≥≠≈≡∼+−±×÷·∈→⇒⇔-]$/u;

const wordsOf = (children: readonly ElementContent[]): string =>
  children
    .map((child) =>
      child.type === "text" ? child.value : child.type === "element" ? wordsOf(child.children) : "",
    )
    .join("");
