// Formulas in MathML as a line of text, for readers and partners that show no MathML. The signs that a formula needs in a line,
// `/` in a fraction and `^` before an exponent, stand for their places in it; in feeds they stand in the MathML itself, unseen
// where it is drawn, so that a reader which takes its tags off doesn't make 12 of a half.

import type { Element, ElementContent } from "hast";
import { text } from "../lib/text.ts";

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

/** The formula with what its parts need between them in a line of text, which MathML leaves room for and doesn't draw. */
export const withSigns = (math: Element): Element => signed(math, unseen);

const lineOf = (math: Element): string => spaced(signed(math, seen));

/** Makes a sign an element. */
type Sign = (value: string) => Element;

const seen: Sign = (value) => make("mtext", {}, [{ type: "text", value }]);
/** Of no size, and hidden: where MathML is drawn nobody sees or hears it. */
const unseen: Sign = (value) =>
  make("mpadded", { width: "0", height: "0", depth: "0" }, [make("mphantom", {}, [seen(value)])]);

const make = (tagName: string, properties: Element["properties"], children: ElementContent[]): Element => ({
  type: "element",
  tagName,
  properties,
  children,
});

function signed(node: Element, sign: Sign): Element {
  if (node.children.every((child) => child.type === "text")) return node;
  const elements = node.children.filter(
    (child): child is Element => child.type === "element" && !UNREAD.has(child.tagName),
  );
  const parts = elements.map((child) => signed(child, sign));
  const [first, ...rest] = parts;
  const between = (parent: Element[]): Element => ({ ...node, children: parent });
  const led = (lead: string, part: Element) => make("mrow", {}, [sign(lead), part]);
  switch (first && node.tagName) {
    case "mfrac": {
      const [above, below] = [together(parts[0], sign), together(parts[1], sign)];
      return between([above, led("/", below)]);
    }
    case "msup":
    case "msub":
    case "msubsup":
    case "mover":
    case "munder":
    case "munderover":
      return between([
        together(first, sign),
        ...rest.map((part, index) => {
          // An accent is read as one without a sign: x̄, f′.
          if (part.tagName === "mo" && (ACCENTED.has(node.tagName) || PRIMES.test(spaced(part)))) return part;
          const isRaised = index === 1 || node.tagName === "msup" || node.tagName === "mover";
          return led(isRaised ? "^" : "_", together(part, sign));
        }),
      ]);
    case "mmultiscripts": {
      const before = rest.findIndex(({ tagName }) => tagName === "mprescripts");
      return between([
        together(first, sign),
        ...rest.map((part, index) => {
          if (part.tagName === "mprescripts" || spaced(part) === "") return part;
          const place = before !== -1 && index > before ? index - before - 1 : index;
          return led(place % 2 === 0 ? "_" : "^", together(part, sign));
        }),
      ]);
    }
    case "msqrt":
      return between([sign("√("), ...inRow(parts, sign), sign(")")]);
    case "mroot":
      return between([
        make("mrow", {}, [sign("("), ...parts.slice(0, 1), sign(")")]),
        make("mrow", {}, [sign("^(1/"), ...rest, sign(")")]),
      ]);
    case "mtr":
      return between(
        parts.map((cell, index) => {
          const end = sign(index === parts.length - 1 ? "; " : ", ");
          return { ...cell, children: [...cell.children, end] };
        }),
      );
    case "mtable":
      return between(parts);
    default:
      return between(inRow(parts, sign));
  }
}

const ACCENTED: ReadonlySet<string> = new Set(["mover", "munder", "munderover"]);
const PRIMES = /^[\u2032-\u2037'*°]+$/u;

const SCRIPTED: ReadonlySet<string> = new Set(["msup", "msub", "msubsup", "mmultiscripts"]);

/** Parts beside each other: a fraction among others in brackets, and a gap where a number would grow by the next. */
function inRow(parts: readonly Element[], sign: Sign): Element[] {
  const isOpen = (part: Element | undefined) => part !== undefined && part.tagName !== "mo";
  return parts.flatMap((part, index) => {
    const [before, after] = [parts[index - 1], parts[index + 1]];
    if (part.tagName === "mspace") return [part, sign(" ")];
    if (isFraction(part) && (isOpen(before) || isOpen(after))) return [sign("("), part, sign(")")];
    const met = `${spaced(part).at(-1)}${after ? spaced(after)[0] : ""}`;
    return SCRIPTED.has(part.tagName) && RUN_TOGETHER.test(met) ? [part, sign(" ")] : [part];
  });
}

const RUN_TOGETHER = /^(?:\p{N}\p{N}|\p{L}\p{L})$/u;

const isFraction = ({ tagName, children: [only, other] }: Element): boolean =>
  tagName === "mfrac" || (only?.type === "element" && other === undefined && isFraction(only));

/** With brackets where it is more than one number, name or sign. */
const together = (part: Element | undefined, sign: Sign): Element => {
  if (part === undefined) return make("mrow", {}, []);
  return part.tagName === "mi" || /^(?:[\p{N}.,]+|.?)$/u.test(spaced(part).trim())
    ? part
    : make("mrow", {}, [sign("("), part, sign(")")]);
};

/** The words of a formula that has its signs, with a space on both sides of what stands between two things. */
function spaced(node: Element): string {
  const words = node.children.map((child) =>
    child.type === "element" ? spaced(child) : child.type === "text" ? child.value.replace(/\s+/g, " ") : "",
  );
  const line = words.join("").replace(/^([_^]) (.) $/u, "$1$2");
  return node.tagName === "mo" && OPERATORS.test(line) ? ` ${line} ` : line;
}

// Signs that stand between two things.
const OPERATORS = /^[=<>≤≥≠≈≡∼+−±×÷·∈→⇒⇔-]$/u;

const wordsOf = (children: readonly ElementContent[]): string =>
  children
    .map((child) =>
      child.type === "text" ? child.value : child.type === "element" ? wordsOf(child.children) : "",
    )
    .join("");
