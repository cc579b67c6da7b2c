// Lines that say when an article was published or changed, in the languages of `LANGUAGES`.

import type { SourceDate } from "../imported.ts";
import type { Recognised } from "./recognised.ts";

/** When it was published, when it changed. */
export interface DateLine {
  readonly published?: SourceDate;
  readonly updated?: SourceDate;
}

/** Reads a line of dates; `language` (BCP 47) decides what "03/04" means. Undefined for a line that is about something else. */
export const readDateLine = (_line: string, _language: string): Recognised<DateLine> | undefined => undefined;
