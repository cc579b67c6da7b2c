// Lines that belong to the site around an article: navigation, prompts, counters, lists of other articles, legal footers.

import type { Recognised } from "./recognised.ts";

/** Reads a line of site furniture; the value says which kind. Undefined for anything else. */
export const readFurniture = (_line: string): Recognised<string> | undefined => undefined;
