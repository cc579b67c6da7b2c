// What to do about a field that the schema refuses, where the schema can't know it.

import type { Site } from "../article/site.ts";
import { withDateHint } from "../lib/date-hint.ts";
import { withFieldName } from "../lib/field-names.ts";
import type { Problem } from "../lib/problem.ts";
import { NOT_WHOLE } from "../lib/time.ts";
import { type ArticleText, FIELD_NAMES, YAML_LINE } from "./front-matter.ts";

/** The file and the site that a hint is looked up in; without `site` the zone is not known. */
interface Known {
  readonly file: Pick<ArticleText, "yaml" | "lineOf">;
  readonly site: Pick<Site, "timezone"> | undefined;
}

/** A problem of front matter, with what would mend it. */
export function withHint(problem: Problem, { file, site }: Known): Problem {
  const { path, message } = problem;
  if (message === "is missing" && /^images\[\d+\]\.src$/.test(path)) {
    const way = "name a file beside the article or a web address, or take the image out";
    return { ...problem, message: `is missing: ${way}` };
  }
  if (message === NOT_WHOLE && site) return withDateHint(problem, writtenAt(path, file), site.timezone);
  return withFieldName(problem, FIELD_NAMES);
}

/** What stands behind a date's field in the file; undefined where that isn't found on one line. */
function writtenAt(path: string, { yaml, lineOf }: Known["file"]): string | undefined {
  const line = yaml.split("\n")[lineOf(path) - YAML_LINE] ?? "";
  const field = path.split(".").at(-1) ?? "";
  return new RegExp(`\\b${field}["']?\\s*:\\s*["']?([^"'#,}\\]]+)`).exec(line)?.[1];
}
