// Whether words are a picture's credit: people, agencies and papers, joined the way that credits join them.

import { isAgency } from "./picture-agencies.ts";

/** Named agency or "courtesy of"; a person with a paper; what may be a name; and letters that may be anything. */
export type CreditKind = "agency" | "joined" | "name" | "letters";

const MAX_LENGTH = 120;
const MAX_WORDS = 14;

/** Credits of the text, which agencies print in brackets too. */
const OF_TEXT =
  /^(?:reporting|additional|writing|written|editing|edited|compiled|with|by|par|von|por|story|text|translat\w+|see|from)(?!\p{L})/iu;
const COURTESY = /(?<!\p{L})(?:handout|courtesy|supplied|via)(?!\p{L})/iu;
const JOINING: ReadonlySet<string> = new Set(
  (
    "a and by courtesy d da de del der des di die dos du e el en et file for from für handout image images la le of on per photo photos pool " +
    "pour stock supplied the und van via von vom y zu zur al bin alliance archive archives archiv archivo ddp dpa epd imago picture"
  ).split(" "),
);
const NAME =
  /^\p{Lu}[\p{L}'’.-]*(?: (?:\p{Lu}[\p{L}'’.-]*|de|da|di|van|von|der|den|la|bin|al|el|y|e|dos)){1,4}$/u;

/** Reads words without brackets and markers; undefined for what is no credit. */
export function creditKind(words: string): CreditKind | undefined {
  if (!isSomebody(words)) return undefined;
  const parts = words.split(/[/|,—–()]| via | for | on /).map((part) => part.trim());
  if (parts.some(isAgency) || COURTESY.test(words)) return "agency";
  const [first = "", second = ""] = words.split(/[/|]/).map((part) => part.trim());
  if (second !== "") return NAME.test(first) ? "joined" : undefined;
  if (/^\p{Lu}{2,8}$/u.test(words)) return "letters";
  return NAME.test(words) || (NAME.test(parts[0] ?? "") && / for \p{Lu}/u.test(words)) ? "name" : undefined;
}

/** Whether words may be somebody, as they must be after "Credit:": capitals and what joins them. */
export function isSomebody(words: string): boolean {
  if (words.length > MAX_LENGTH || OF_TEXT.test(words) || !/\p{Lu}|\p{L}{3}/u.test(words)) return false;
  const list = words.split(/[\s/|,—–&+()-]+/).filter((word) => word !== "");
  return list.length <= MAX_WORDS && list.every(isCreditWord);
}

const isCreditWord = (word: string): boolean =>
  /^(?:["'“‘@]?\p{Lu}|[dl]['’]\p{Lu}|(?:19|20)\d{2}$)/u.test(word) ||
  JOINING.has(word.replace(/[.:]$/, "").toLowerCase());
