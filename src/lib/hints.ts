// What helps to mend a problem with a field of an article: the name that was meant, or the date with its
// zone. Pure.

import { didYouMean } from "./did-you-mean.ts";
import type { Problem } from "./problem.ts";
import { parseInstant } from "./time.ts";
import { t } from "./translate.ts";
import { inZone } from "./wall-clock.ts";

/** Other systems' names for our fields. */
const OUR_NAMES: Readonly<Record<string, string>> = {
  title: "headline",
  description: "dek",
  excerpt: "dek",
  standfirst: "dek",
  subtitle: "dek",
  summary: "dek",
  author: "bylines",
  authors: "bylines",
  category: "section",
  categories: "tags",
  keywords: "tags",
  lang: "language",
  date: "published",
  datePublished: "published",
  lastmod: "updated",
  modified: "updated",
  cover: "images",
  image: "images",
  canonical: "url",
  permalink: "url",
};

/**
 * A problem about an unknown field, its message extended by the name that was meant. `names` are the known
 * fields.
 */
export function withFieldName(problem: Problem, names: readonly string[]): Problem {
  const { code } = problem;
  if (code !== "unknown-field" && code !== "misspelled-field") return problem;
  const name = problem.path.split(".").at(-1) ?? "";
  const ours = Object.hasOwn(OUR_NAMES, name) ? OUR_NAMES[name] : undefined;
  if (ours !== undefined)
    return { ...problem, message: t("is not a known field: here it is called {name}", { name: ours }) };
  // Its object has no such field, but another one may.
  return code === "misspelled-field"
    ? problem
    : { ...problem, message: problem.message + didYouMean(name, names) };
}

const DAY_AND_TIME = /^(\d{4}-\d\d-\d\d)(?:[Tt ]+(\d\d?:\d\d)(?::(\d\d)(?:\.\d+)?)?)?$/;

/**
 * A problem about a date, its message extended by the instant that `written` means in the site's time zone
 * (IANA). Unchanged if `written` is no day, with or without a time.
 */
export function withDateHint(problem: Problem, written: unknown, timezone: string): Problem {
  if (problem.code !== "invalid-date" || typeof written !== "string") return problem;
  const [, day, time, second = "00"] = DAY_AND_TIME.exec(written.trim()) ?? [];
  if (day === undefined) return problem;
  const wall = `${day}T${(time ?? "0:00").padStart(5, "0")}:${second}`;
  // There may be no such day or hour.
  if (parseInstant(`${wall}Z`) === undefined) return problem;
  const meant = inZone(wall, timezone);
  const way =
    time === undefined
      ? t("; the start of that day by the clocks of {zone} (site.yaml) is {time}", {
          zone: timezone,
          time: meant,
        })
      : t("; by the clocks of {zone} (site.yaml) it is {time}", { zone: timezone, time: meant });
  return { ...problem, message: problem.message + way };
}
