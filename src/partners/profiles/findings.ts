// Findings that the linters of several partners share: about the text, the lead picture, and how much of the
// text is there.

import { attributesOf, type StartTag, textOfBody } from "../../article/body.ts";
import type { Image } from "../../article/image.ts";
import { visibleText } from "../../lib/text.ts";
import { plural, t } from "../../lib/translate.ts";
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
      refusal("published", t("is in the future, and {partner} has no sign for an embargo", { partner })),
    bodyWords(item) === 0 &&
      refusal("body", t("has no text, and {partner} takes no article without text", { partner })),
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
        refusal("images", t("is empty, and {partner} takes no article without a picture", { partner })),
    ];
  }
  const { type, width, height, length } = lead;
  const { minWidth, maxWidth, minHeight, minRatio, maxRatio, maxBytes, types } = rules;
  const ratio = width && height ? width / height : undefined;
  return [
    types !== undefined &&
      type !== undefined &&
      !types.includes(type) &&
      refusal(
        "images[0]",
        t("is {type}, and {partner} takes {types}: put another picture first", {
          type,
          partner,
          types: types.join(", "),
        }),
      ),
    outOfBounds(partner, WIDTH, width, minWidth, maxWidth),
    outOfBounds(partner, HEIGHT, height, minHeight),
    outOfBounds(partner, RATIO, ratio, minRatio, maxRatio),
    outOfBounds(partner, SIZE, length, undefined, maxBytes),
  ];
}

type Told = Readonly<Record<"partner" | "value" | "limit", string>>;

/** What is measured of a picture, in words. */
interface Measure {
  readonly written: (value: number) => string;
  readonly unknown: (told: Told) => string;
  readonly wrong: (told: Told) => string;
}

const pixels = (count: number): string => t("{count} px", { count });

const WIDTH: Measure = {
  written: pixels,
  unknown: (told) => t("has an unknown width, and {partner} takes {limit}: upload the picture", told),
  wrong: (told) => t("has a width of {value}, and {partner} takes {limit}: put another picture first", told),
};
const HEIGHT: Measure = {
  written: pixels,
  unknown: (told) => t("has an unknown height, and {partner} takes {limit}: upload the picture", told),
  wrong: (told) => t("has a height of {value}, and {partner} takes {limit}: put another picture first", told),
};
const RATIO: Measure = {
  written: (value) => String(Math.round(value * 10_000) / 10_000),
  unknown: (told) =>
    t("has an unknown ratio of width to height, and {partner} takes {limit}: upload the picture", told),
  wrong: (told) =>
    t(
      "has a ratio of width to height of {value}, and {partner} takes {limit}: put another picture first",
      told,
    ),
};
const SIZE: Measure = {
  written: (count) => plural(count, { one: "{count} byte", other: "{count} bytes" }),
  unknown: (told) => t("has an unknown size, and {partner} takes {limit}: upload the picture", told),
  wrong: (told) => t("has a size of {value}, and {partner} takes {limit}: put another picture first", told),
};

function outOfBounds(
  partner: string,
  { written, unknown, wrong }: Measure,
  value: number | undefined,
  min = 0,
  max = Number.POSITIVE_INFINITY,
): Finding | false {
  if (min === 0 && max === Number.POSITIVE_INFINITY) return false;
  const limit =
    (value ?? 0) < min
      ? t("at least {bound}", { bound: written(min) })
      : t("at most {bound}", { bound: written(max) });
  // An unknown value may be out of bounds.
  if (value === undefined) return refusal("images[0]", unknown({ partner, value: "", limit }));
  const isOut = value < min || value > max;
  return isOut && refusal("images[0]", wrong({ partner, value: written(value), limit }));
}

const wordsOf = (text: string): number =>
  visibleText(text)
    .split(" ")
    .filter((word) => WORD.test(word)).length;
