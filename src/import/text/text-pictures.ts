// Finds the pictures of a saved text: captions, credits, and lines before them that describe a picture.

import type { ImportedImage } from "../importer.ts";
import type { Caption } from "./caption.ts";
import { isMark } from "./headline.ts";
import { confidenceOf, isA, isOpen, neighbour, type ReadLine, take } from "./line-readings.ts";
import { endsWithStop, LIKELY, SURE } from "./text-lines.ts";

/** So many open paragraphs may stand above the captions at a page's top: a dek, a description. */
const ABOVE = 2;

/** Takes the lines that belong to pictures, and gives the pictures in their order. */
export function takePictures(lines: readonly ReadLine[]): readonly ImportedImage[] {
  const images: { image: ImportedImage; last: ReadLine }[] = [];
  const agency = lines.find((line) => line.dateline?.value.agency)?.dateline?.value.agency;
  let above = 0;
  for (const line of lines) {
    const top = above <= ABOVE;
    const caption = isOpen(line) ? captionOf(lines, line, top) : undefined;
    // An agency signs its last paragraph.
    const signed = !top && agency !== undefined && caption?.credit === agency && /\p{L}\.?$/u.test(line.text);
    if (caption === undefined || signed) {
      if (isOpen(line) && line.prose) above += line.dateline ? ABOVE + 1 : 1;
      continue;
    }
    const before = neighbour(lines, line.at, -1, (other) => isA(other, "boilerplate"));
    const lastOne = images.at(-1);
    if (caption.caption === undefined && lastOne && lastOne.last === before && !lastOne.image.credit) {
      lastOne.image = { ...lastOne.image, ...caption };
      lastOne.last = line;
      take(line, "credit", `${line.caption?.why}; stands under a caption`);
      continue;
    }
    const words = wordsBefore(lines, before, caption, top);
    // "AFP" under a headline says whose the text is.
    if (caption.credit === line.text && Object.keys(words).length === 0) continue;
    images.push({ image: { ...words, ...caption }, last: line });
    take(line, caption.caption === undefined ? "credit" : "caption", whyCaption(line, top));
  }
  return distinct(images.map(({ image }) => image));
}

const whyCaption = ({ caption, counted }: ReadLine, top: boolean): string =>
  [
    counted && `"${counted.counter}" counts pictures`,
    caption?.why,
    confidenceOf(caption) < SURE && top && "stands at the top",
  ]
    .filter((why) => typeof why === "string")
    .join("; ");

function captionOf(lines: readonly ReadLine[], line: ReadLine, top: boolean): Caption | undefined {
  const { caption, counted, byline } = line;
  if (counted !== undefined) return caption?.value ?? { caption: counted.rest };
  if (caption === undefined || confidenceOf(line.date) > caption.confidence) return undefined;
  // "Photographs by Ada Lind" is a credit of the article, unless it stands under a picture's words.
  const { caption: words } = caption.value;
  if (
    words === undefined &&
    confidenceOf(byline) >= caption.confidence &&
    !isA(lines[line.at - 1], "caption", "alt")
  ) {
    return undefined;
  }
  if (caption.confidence >= SURE) return caption.value;
  const before = neighbour(lines, line.at, -1, (other) => isA(other, "boilerplate"));
  const described = isOpen(before) && words !== undefined && describes(before, words, top);
  return (top && caption.confidence >= LIKELY) || (described && caption.confidence >= 0.4)
    ? caption.value
    : undefined;
}

/** What the line before says of the picture: it describes it, or it is the caption of a credit alone. */
function wordsBefore(
  lines: readonly ReadLine[],
  before: ReadLine | undefined,
  { caption, credit }: Caption,
  top: boolean,
): ImportedImage {
  if (!isOpen(before) || isMark(before, true)) return {};
  if (caption !== undefined) {
    if (credit === undefined || !describes(before, caption, top)) return {};
    take(before, "alt", "describes a picture, and a caption with its credit follows");
    return { alt: before.text };
  }
  const above = neighbour(lines, before.at, -1, (other) => isA(other, "boilerplate"));
  if (!top || before.dateline || !(isMark(above, true) || isA(above, "caption")) || before.text.length > 400)
    return {};
  take(before, "caption", "stands between the byline or date and a picture's credit");
  return { caption: before.text };
}

/** A gallery says its captions twice: small and large. */
function distinct(images: readonly ImportedImage[]): readonly ImportedImage[] {
  const seen = new Map<string, ImportedImage>();
  for (const image of images) {
    const key = JSON.stringify([image.caption, image.credit, image.copyright]);
    const { alt = image.alt } = seen.get(key) ?? {};
    seen.set(key, { ...image, ...(alt !== undefined && { alt }) });
  }
  return [...seen.values()].map(({ alt, ...rest }) => (alt === undefined ? rest : { alt, ...rest }));
}

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
function describes(line: ReadLine, caption: string, top: boolean): boolean {
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
