// Several words as a list in a sentence.

import { isolated } from "./bidi.ts";
import { interfaceDirection, interfaceLanguage } from "./translate.ts";

// British English has no comma before "and".
const LANGUAGE = interfaceLanguage === "en" ? "en-GB" : interfaceLanguage;
const ALL = new Intl.ListFormat(LANGUAGE, { type: "conjunction" });
const ONE = new Intl.ListFormat(LANGUAGE, { type: "disjunction" });

/** "Fisch, Hafen und Wetter": the items in the interface's language; one of the other direction is isolated. */
export const listed = (items: readonly string[]): string => ALL.format(items.map(inLine));

/** "Fisch, Hafen oder Wetter". */
export const either = (items: readonly string[]): string => ONE.format(items.map(inLine));

const inLine = (item: string): string => isolated(item, interfaceDirection);
