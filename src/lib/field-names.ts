// Which field was meant by one that isn't known: a misspelled name, or another system's name for one of ours. Pure.

import { didYouMean } from "./did-you-mean.ts";
import type { Problem } from "./problem.ts";

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

/** A problem about an unknown field, its message extended by the name that was meant. `names` are the known fields. */
export function withFieldName(problem: Problem, names: readonly string[]): Problem {
  const { code } = problem;
  if (code !== "unknown-field" && code !== "misspelled-field") return problem;
  const name = problem.path.split(".").at(-1) ?? "";
  const ours = Object.hasOwn(OUR_NAMES, name) ? OUR_NAMES[name] : undefined;
  if (ours !== undefined) return { ...problem, message: `is not a known field: here it is called ${ours}` };
  // Its object has no such field, but another one may.
  return code === "misspelled-field"
    ? problem
    : { ...problem, message: problem.message + didYouMean(name, names) };
}
