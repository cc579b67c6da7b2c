// Findings that the linters of several partners share: about the text, and how much of it is there. Pictures
// that don't fit are found before (restrict-pictures.ts).

import { attributesOf, type StartTag, textOfBody } from "../../article/body.ts";
import { present } from "../../lib/omit-undefined.ts";
import { visibleText } from "../../lib/text.ts";
import { t } from "../../lib/translate.ts";
import type { Finding, Item } from "../profile.ts";

/** Words are written with letters, numbers, Braille or emoji. */
const WORD = /[^\p{P}\p{Z}]/u;
// What `formats/body.ts` adds to a text is in these: dek, figures, corrections, credits, bios.
const ADDITIONS: ReadonlySet<string> = new Set(["figure", "aside", "p"]);

/** A finding that keeps the article out. */
export const refusal = (path: string, message: string): Finding => ({ level: "refusal", path, message });

/** A finding that is only shown to the publisher. */
export const advice = (path: string, message: string): Finding => ({ level: "advice", path, message });

/** What every partner refuses: an article before its publication, and one without text. */
export const basicFindings = (item: Item, partner: string): readonly Finding[] =>
  present(
    item.embargoedUntil !== undefined &&
      refusal("published", t("is in the future, and {partner} has no sign for an embargo", { partner })),
    bodyWords(item) === 0 &&
      refusal("body", t("has no text, and {partner} takes no article without text", { partner })),
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

const wordsOf = (text: string): number =>
  visibleText(text)
    .split(" ")
    .filter((word) => WORD.test(word)).length;
