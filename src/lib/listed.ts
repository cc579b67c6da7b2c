// Several words as a list in a sentence.

import { isolated } from "./bidi.ts";
import { interfaceDirection, interfaceLanguage } from "./translate.ts";

// British English has no comma before "and".
const FORMAT = new Intl.ListFormat(interfaceLanguage === "en" ? "en-GB" : interfaceLanguage, {
  type: "conjunction",
});

/** "Fisch, Hafen und Wetter": the items in the interface's language; one of the other direction is isolated. */
export const listed = (items: readonly string[]): string =>
  FORMAT.format(items.map((item) => isolated(item, interfaceDirection)));
