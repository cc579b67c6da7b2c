// What becomes of raised and lowered characters where markup is taken off: `10<sup>6</sup>` is not 106. They stay as
// Unicode, or are set apart; the marks of footnotes go, for the notes aren't there.

import type { Element, Nodes } from "hast";

type Script = "sup" | "sub";

const TABLES: Readonly<Record<Script, ReadonlyMap<string, string>>> = {
  sup: table(
    "0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVW",
    "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂ",
  ),
  sub: table("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"),
};
/** What stands for a script that Unicode has no characters for. */
const APART: Readonly<Record<Script, string>> = { sup: "^", sub: "_" };

// 21st, 2nd, 1er, 1re, 2e, 5ème, 1er: raised by custom, and read in a line all the same.
const ORDINAL = /^(?:st|nd|rd|th|er|ers|re|res|ère|ères|e|es|ème|èmes|nde|os|as)$/iu;
const AFTER_NUMBER = /(?:\d|\b[IVXLC]+)\.?$/u;
// Mme, Mlle, Dr, Mgr, Cie: raised ends of shortened words.
const SHORTENED = /^(?:me|mes|lle|lles|r|rs|re|gr|ie|ies|t|te)$/u;
const AFTER_CAPITAL = /(?:^|[\s(«“"'’])(?:M|D|P|Mg|C|S|V)$/u;
/** 1º, Nª: Spanish, Portuguese and Italian. */
const ORDINAL_SIGNS: Readonly<Record<string, string>> = { o: "º", a: "ª" };

const NOTE_NUMBER = /^(?:\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*|[a-z]|[ivxl]+|(?:note|n\.?|nb|fn)\s*\d+)$/iu;
const NOTE_SIGN = /^(?:\*+|[†‡§¶‖#]+)$/u;
const BRACKETED = /^(?:\[[^\]]{1,40}\][\s,]*)+$/u;

/**
 * What an element says in a line of text behind `before`, where it isn't simply what it holds: a raised or lowered text, or the
 * mark of a footnote, which says nothing. Undefined for every other element.
 */
export function scriptText(element: Element, before: string): string | undefined {
  const { tagName, properties } = element;
  if (tagName === "sup" || tagName === "sub") {
    const shown = wordsOf(element);
    const isMark = tagName === "sup" && isNoteMark(shown, { raised: true, linked: holdsLink(element) });
    return isMark ? "" : inLine(tagName, shown, before);
  }
  if (tagName !== "a" || typeof properties.href !== "string" || !properties.href.includes("#"))
    return undefined;
  return isNoteMark(wordsOf(element), { raised: false, linked: true }) ? "" : undefined;
}

const wordsOf = (node: Nodes): string =>
  node.type === "text" ? node.value : "children" in node ? node.children.map(wordsOf).join("") : "";

const holdsLink = ({ children }: Element): boolean =>
  children.some((child) => child.type === "element" && (child.tagName === "a" || holdsLink(child)));

/** A raised or lowered text as it stands in a line behind `before`. */
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
 * True for what marks a footnote: `1`, `[a]`, `*` as a link within the page or in a raised text; `[1]` raised without a link
 * too. A raised number alone may as well be a power.
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
