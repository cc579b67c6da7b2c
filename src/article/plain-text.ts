// What formulas, and raised or lowered characters, say in a line of plain text: without its tags a half would
// become 12, and `10<sup>6</sup>` would become 106. A formula gets the signs that it needs in a line, like
// `/` and `^`. In feeds those signs are in the MathML itself, hidden where it is drawn, for readers' apps
// that strip tags.

import type { Element, ElementContent, Nodes } from "hast";
import { text } from "../lib/text.ts";

/**
 * What a `math` element says as text: the `alttext` that its author gave, else its TeX or other text
 * annotation, else its parts on a line: `13/4`, `e^(kt)`.
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

/**
 * The formula with what its parts need between them in a line of text, which MathML leaves room for and
 * doesn't draw.
 */
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

/**
 * Parts beside each other: a fraction among others in brackets, and a gap where a number would grow by the
 * next.
 */
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

/**
 * The words of a formula that has its signs, with a space on both sides of what stands between two things.
 */
function spaced(node: Element): string {
  const words = node.children.map((child) =>
    child.type === "element" ? spaced(child) : child.type === "text" ? child.value.replace(/\s+/g, " ") : "",
  );
  const line = words.join("").replace(/^([_^]) (.) $/u, "$1$2");
  return node.tagName === "mo" && OPERATORS.test(line) ? ` ${line} ` : line;
}

// Signs between two operands.
const OPERATORS = /^[=<>≤≥≠≈≡∼+−±×÷·∈→⇒⇔-]$/u;

const wordsOf = (children: readonly ElementContent[]): string =>
  children
    .map((child) =>
      child.type === "text" ? child.value : child.type === "element" ? wordsOf(child.children) : "",
    )
    .join("");

type Script = "sup" | "sub";

const TABLES: Readonly<Record<Script, ReadonlyMap<string, string>>> = {
  sup: table(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
  ),
  sub: table("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"),
};
/** The sign before characters that Unicode has no raised or lowered form of. */
const APART: Readonly<Record<Script, string>> = { sup: "^", sub: "_" };

// 21st, 2nd, 1er, 1re, 2e, 5ème: read the same in a line.
const ORDINAL = /^(?:st|nd|rd|th|er|ers|re|res|ère|ères|e|es|ème|èmes|nde|os|as)$/iu;
const AFTER_NUMBER = /(?:\d|\b[IVXLC]+)\.?$/u;
// Mme, Mlle, Dr, Mgr, Cie: raised ends of abbreviations.
const SHORTENED = /^(?:me|mes|lle|lles|r|rs|re|gr|ie|ies|t|te)$/u;
const AFTER_CAPITAL = /(?:^|[\s(«“"'’])(?:M|D|P|Mg|C|S|V)$/u;
/** 1º, Nª: Spanish, Portuguese and Italian. */
const ORDINAL_SIGNS: Readonly<Record<string, string>> = { o: "º", a: "ª" };

const NOTE_NUMBER = /^(?:\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*|[a-z]|[ivxl]+|(?:note|n\.?|nb|fn)\s*\d+)$/iu;
const NOTE_SIGN = /^(?:\*+|[†‡§¶‖#]+)$/u;
const BRACKETED = /^(?:\[[^\]]{1,40}\][\s,]*)+$/u;

/**
 * What a raised or lowered text, or the mark of a footnote, says in a line of text after `before`. The mark
 * of a footnote says nothing, since the note isn't there: "". Undefined for every other element, which says
 * what it holds.
 */
export function scriptText(element: Element, before: string): string | undefined {
  const { tagName, properties } = element;
  if (tagName === "sup" || tagName === "sub") {
    const shown = shownIn(element);
    const isMark = tagName === "sup" && isNoteMark(shown, { raised: true, linked: holdsLink(element) });
    return isMark ? "" : inLine(tagName, shown, before);
  }
  if (tagName !== "a" || typeof properties.href !== "string" || !properties.href.includes("#"))
    return undefined;
  return isNoteMark(shownIn(element), { raised: false, linked: true }) ? "" : undefined;
}

const shownIn = (node: Nodes): string =>
  node.type === "text" ? node.value : "children" in node ? node.children.map(shownIn).join("") : "";

const holdsLink = ({ children }: Element): boolean =>
  children.some((child) => child.type === "element" && (child.tagName === "a" || holdsLink(child)));

/** A raised or lowered text in a line, after `before`. */
function inLine(script: Script, raised: string, before: string): string {
  const value = raised.trim();
  if (value === "") return "";
  if (script === "sup") {
    if (AFTER_NUMBER.test(before) && ORDINAL_SIGNS[value]) return ORDINAL_SIGNS[value];
    if (/(?:^|[\s(])N$/u.test(before) && ORDINAL_SIGNS[value]) return ORDINAL_SIGNS[value];
    if (AFTER_NUMBER.test(before) && ORDINAL.test(value)) return value;
    if (AFTER_CAPITAL.test(before) && SHORTENED.test(value)) return value;
    if (value === "TM") return "™";
    if (value === "SM") return "℠";
    if (/^[®©™℠]$/u.test(value)) return value;
  }
  const characters = Array.from(value.replace(/\s+/gu, " "), (one) => TABLES[script].get(one));
  if (characters.every((one) => one !== undefined)) return characters.join("");
  return APART[script] + (/^[\p{L}\p{N}]+$/u.test(value) ? value : `(${value})`);
}

/**
 * True for the mark of a footnote: `1`, `[a]`, `*` as a link within the page or as raised text; raised `[1]`
 * without a link too. A raised number without a link may be a power.
 */
function isNoteMark(
  shown: string,
  { raised, linked }: { readonly raised: boolean; readonly linked: boolean },
): boolean {
  const value = shown.trim();
  if (value === "" || (!raised && !linked)) return false;
  if (NOTE_SIGN.test(value) || BRACKETED.test(value)) return true;
  return linked && NOTE_NUMBER.test(value.replace(/^[[(]|[\])]$/gu, ""));
}

function table(from: string, to: string): ReadonlyMap<string, string> {
  const target = Array.from(to);
  return new Map(Array.from(from, (one, index) => [one, target[index] ?? one]));
}
