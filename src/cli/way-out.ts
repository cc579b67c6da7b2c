// What to do about a field that the schema refuses, where the schema can't know it.

import { inZone } from "../import/zone.ts";
import { type ArticleText, FIELD_NAMES, YAML_LINE } from "../ingest/front-matter.ts";
import { withFieldName } from "../model/field-names.ts";
import type { Problem } from "../model/problem.ts";
import type { Site } from "../model/site.ts";
import { parseInstant } from "../model/time.ts";

/** What of the file and the site a way out is found in; without `site` no zone is known. */
interface Known {
  readonly file: Pick<ArticleText, "yaml" | "lineOf">;
  readonly site: Pick<Site, "timezone"> | undefined;
}

/** A problem of front matter, with what would mend it. */
export function withWayOut(problem: Problem, known: Known): Problem {
  const { path, message } = problem;
  if (message === "is missing" && /^images\[\d+\]\.src$/.test(path)) {
    const way = "name a file beside the article or a web address, or take the image out";
    return { ...problem, message: `is missing: ${way}` };
  }
  if (message.startsWith("must be a date and time with zone"))
    return { ...problem, message: message + wholeDate(path, known) };
  return withFieldName(problem, FIELD_NAMES);
}

const DAY_AND_TIME = /^(\d{4}-\d\d-\d\d)(?:[Tt ]+(\d\d?:\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/;

/** How the site's zone would make whole what was written without it; empty for what is no day. */
function wholeDate(path: string, { file: { yaml, lineOf }, site }: Known): string {
  if (!site) return "";
  const line = yaml.split("\n")[lineOf(path) - YAML_LINE] ?? "";
  const field = path.split(".").at(-1) ?? "";
  const [, written = ""] = new RegExp(`\\b${field}["']?\\s*:\\s*["']?([^"'#,}\\]]+)`).exec(line) ?? [];
  const [, day, time, second = "00"] = DAY_AND_TIME.exec(written.trim()) ?? [];
  if (day === undefined) return "";
  const wall = `${day}T${(time ?? "0:00").padStart(5, "0")}:${second}`;
  // There may be no such day or hour.
  if (parseInstant(`${wall}Z`) === undefined) return "";
  const meant = `${inZone(wall, site.timezone)}`;
  return time === undefined
    ? `; the start of that day by the clocks of ${site.timezone} (site.yaml) is ${meant}`
    : `; by the clocks of ${site.timezone} (site.yaml) it is ${meant}`;
}
