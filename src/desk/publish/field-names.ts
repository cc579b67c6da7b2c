// What the desk calls the fields of an article where it says what is wrong with them: as the subject of a sentence.

import type { Problem } from "../../lib/problem.ts";
import { t } from "../../lib/translate.ts";
import { labelOf } from "./more-fields.ts";

const NAMES: Readonly<Record<string, string>> = {
  body: t("The text"),
  headline: t("The headline"),
  shortHeadline: t("The short headline"),
  dek: t("The dek"),
  slug: t("The address"),
  section: t("The section"),
  dateline: t("The dateline"),
  language: t("The language"),
};

/** A problem, or a finding, as a sentence without a full stop: "The headline is missing". */
export const problemText = ({ path, message }: Pick<Problem, "path" | "message">): string =>
  path === "" ? message : t("{field} {problem}", { field: fieldName(path), problem: message });

/** Problems as sentences. */
export const problemSentences = (problems: readonly Pick<Problem, "path" | "message">[]): string =>
  problems.map((problem) => t("{sentence}.", { sentence: problemText(problem) })).join(" ");

/** `images[0].alt` as "The alternative text of picture 1". */
function fieldName(path: string): string {
  const [, index, field = ""] = /^images\[(\d+)\]\.?(\w*)/.exec(path) ?? [];
  if (index !== undefined) {
    const number = { number: Number(index) + 1 };
    if (field === "alt") return t("The alternative text of picture {number}", number);
    return field === "" || field === "src"
      ? t("Picture {number}", number)
      : t("Picture {number}, {field},", { ...number, field: labelOf(field) });
  }
  const [first = ""] = path.split(/[.[]/);
  return NAMES[first] ?? labelOf(first);
}
