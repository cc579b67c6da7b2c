// Whether a line describes the picture whose caption follows.

import { endsWithStop } from "./lines.ts";
import type { Piece } from "./page.ts";

const LENGTH_LIMIT = 350;

const ARTICLE =
  /^(?:an?|two|three|several|people|une?|des|deux|trois|eine?|zwei|drei|un[ao]?|dos|tres|um|uma|een) /i;
const SEEN =
  /(?<!\p{L})(?:walks?|stands?|sits?|holds?|speaks|looks|poses?|smiles?|waves|shows?|shown|seen|wears?|wearing|holding|standing|walking|sitting|kneels|gestures|aerial|close-up|portrait|clad|marche(?:nt)?|tient|tiennent|pose(?:nt)?|debout|assise?s?|vue|steht|stehen|hält|halten|sitzt|sitzen|geht|gehen|blickt|zeigt|trägt|luftbild|camina|caminan|sostiene|sostienen|posa|posan|sentad[oa]s?|de pie|muestra|lleva|vista)(?!\p{L})/iu;
const TOLD =
  /["“”«»„]|(?<!\p{L})(?:said|says|told|according|monday|tuesday|wednesday|thursday|friday|saturday|sunday|a dit|selon|déclaré|lundi|mardi|mercredi|jeudi|vendredi|sagte|laut|montag|dienstag|mittwoch|donnerstag|freitag|dijo|según|lunes|martes|miércoles|jueves|viernes)(?!\p{L})/iu;
/** Signals that a description needs, in sum. */
const LEAST = 2;

/** True for a line that describes a picture; at a page's top less is needed. */
export function describes(line: Piece, caption: string, top: boolean): boolean {
  const { text } = line;
  if (text.length > LENGTH_LIMIT || line.dateline !== undefined || line.byline !== undefined) return false;
  if (TOLD.test(text) || /[.!?] \p{Lu}\p{Ll}/u.test(text)) return false;
  const signals = [ARTICLE.test(text), SEEN.test(text), sharesName(text, caption), top && endsWithStop(text)];
  return signals.filter(Boolean).length >= LEAST;
}

const sharesName = (one: string, other: string): boolean => {
  const names = new Set(other.match(/\p{Lu}\p{L}{2,}/gu));
  return (one.match(/\p{Lu}\p{L}{2,}/gu) ?? []).some((name) => names.has(name));
};
