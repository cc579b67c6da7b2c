// Language tags (BCP 47).

import * as z from "zod/mini";

/** Schema: a BCP 47 language tag, in its canonical spelling. */
export const languageField = z.string().check(
  z.refine((value) => canonicalLanguage(value) !== undefined, "must be a language tag, like en or pt-BR"),
  z.overwrite((value) => canonicalLanguage(value) ?? value),
);

function canonicalLanguage(value: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(value.trim())[0];
  } catch {
    // RangeError is how Intl says that a tag is not well-formed.
    return undefined;
  }
}
