// Findings that the linters of several partners share: about the text, the lead picture, and how much of the
// text is there.

import { attributesOf, type StartTag, textOfBody } from "../../article/body.ts";
import type { Image } from "../../article/image.ts";
import { visibleText } from "../../lib/text.ts";
import type { Finding, Item, PictureRules } from "../profile.ts";

/** Words are written with letters, numbers, Braille or emoji. */
const WORD = /[^\p{P}\p{Z}]/u;
// What `formats/body.ts` adds to a text is in these: dek, figures, corrections, credits, bios.
const ADDITIONS: ReadonlySet<string> = new Set(["figure", "aside", "p"]);

/** A finding that keeps the article out. */
export const refusal = (path: string, message: string): Finding => ({ level: "refusal", path, message });

/** A finding that is only shown to the publisher. */
export const advice = (path: string, message: string): Finding => ({ level: "advice", path, message });

/** Keeps the checks that failed. */
export const failed = (...findings: readonly (Finding | false)[]): readonly Finding[] =>
  findings.filter((finding) => finding !== false);

/**
 * What every partner refuses: an article before its publication, one without text, a lead picture out of
 * bounds.
 */
export const basicFindings = (item: Item, rules: PictureRules, partner: string): readonly Finding[] =>
  failed(
    item.embargoedUntil !== undefined &&
      refusal("published", `is in the future, and ${partner} has no sign for an embargo`),
    bodyWords(item) === 0 && refusal("body", `has no text, and ${partner} takes no article without text`),
    ...pictureFindings(item.article.images[0], rules, partner),
  );

/**
 * How many words of the article's text the partner gets. Captions, credits and other additions don't count.
 */
export const bodyWords = ({ body }: Item): number => wordsOf(textOfBody(body, isAddition));

/** How many characters that text has, without tags and the space between blocks. */
export const bodyCharacters = ({ body }: Item): number => visibleText(textOfBody(body, isAddition)).length;

/** True if the partner gets only a part of the text. */
export const isCut = (item: Item): boolean => bodyWords(item) < wordsOf(textOfBody(item.article.body));

const isAddition = (tag: StartTag): boolean =>
  ADDITIONS.has(tag.name) &&
  attributesOf(tag).some(({ name, value }) => name === "class" && value.startsWith("wr-"));

function pictureFindings(
  lead: Image | undefined,
  rules: PictureRules,
  partner: string,
): readonly (Finding | false)[] {
  if (!lead) {
    return [
      rules.required === true &&
        refusal("images", `is empty, and ${partner} takes no article without a picture`),
    ];
  }
  const { type, width, height, length } = lead;
  const { minWidth, maxWidth, minHeight, minRatio, maxRatio, maxBytes, types } = rules;
  const ratio = width && height ? width / height : undefined;
  return [
    types !== undefined &&
      type !== undefined &&
      !types.includes(type) &&
      refusal("images[0]", `is ${type}, and ${partner} takes ${types.join(", ")}: put another picture first`),
    outOfBounds(partner, "width", " px", width, minWidth, maxWidth),
    outOfBounds(partner, "height", " px", height, minHeight),
    outOfBounds(partner, "ratio of width to height", "", ratio, minRatio, maxRatio),
    outOfBounds(partner, "size", " bytes", length, undefined, maxBytes),
  ];
}

function outOfBounds(
  partner: string,
  name: string,
  unit: string,
  value: number | undefined,
  min = 0,
  max = Number.POSITIVE_INFINITY,
): Finding | false {
  if (min === 0 && max === Number.POSITIVE_INFINITY) return false;
  const limit = (value ?? 0) < min ? `at least ${min}${unit}` : `at most ${max}${unit}`;
  // An unknown value may be out of bounds.
  if (value === undefined)
    return refusal("images[0]", `has an unknown ${name}, and ${partner} takes ${limit}: upload the picture`);
  const shown = Math.round(value * 10_000) / 10_000;
  return (
    (value < min || value > max) &&
    refusal(
      "images[0]",
      `has a ${name} of ${shown}${unit}, and ${partner} takes ${limit}: put another picture first`,
    )
  );
}

const wordsOf = (text: string): number =>
  visibleText(text)
    .split(" ")
    .filter((word) => WORD.test(word)).length;
