// The writing direction of a language, and isolating text of the other direction (Unicode Standard Annex #9).

const RIGHT_TO_LEFT_SCRIPTS = new Set([
  "Adlm",
  "Arab",
  "Hebr",
  "Mand",
  "Nkoo",
  "Rohg",
  "Samr",
  "Syrc",
  "Thaa",
]);

// Blocks of the scripts above, with their presentation forms.
const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;
const LTR_LETTER =
  /(?![\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}])\p{L}/u;

const FIRST_STRONG_ISOLATE = "\u2068";
const POP_DIRECTIONAL_ISOLATE = "\u2069";

/**
 * `rtl` for a language (BCP 47) that is written from right to left, in its usual script or the one that its
 * tag names.
 */
export function direction(language: string): "ltr" | "rtl" {
  const { script } = new Intl.Locale(language).maximize();
  return script !== undefined && RIGHT_TO_LEFT_SCRIPTS.has(script) ? "rtl" : "ltr";
}

/**
 * A text for a line of direction `around`: between U+2068 and U+2069 if it has letters of the other
 * direction, so that neither changes the order of the other; else as it is.
 */
export function isolated(text: string, around: "ltr" | "rtl"): string {
  const differs = (around === "rtl" ? LTR_LETTER : RTL).test(text);
  return differs ? FIRST_STRONG_ISOLATE + text + POP_DIRECTIONAL_ISOLATE : text;
}

/** A text without the marks that `isolated` puts round its parts. */
export const withoutIsolates = (text: string): string => text.replace(/[\u2068\u2069]/g, "");
