// What to do about a field that nobody knows: the name that was meant, or what we call what other systems call so. Pure.

import { didYouMean } from "./did-you-mean.ts";
import { type Problem, UNKNOWN_FIELD } from "./problem.ts";

// What other systems call our fields.
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

/** A problem with the name that was meant, where it is about a field that isn't known; `names` are those that are. */
export function withFieldName(problem: Problem, names: readonly string[]): Problem {
  if (!problem.message.startsWith(UNKNOWN_FIELD)) return problem;
  const name = problem.path.split(".").at(-1) ?? "";
  const ours = Object.hasOwn(OUR_NAMES, name) ? OUR_NAMES[name] : undefined;
  if (ours !== undefined) return { ...problem, message: `${UNKNOWN_FIELD}: here it is called ${ours}` };
  // Where it stands there may be no such field, and elsewhere one.
  return problem.message === UNKNOWN_FIELD
    ? { ...problem, message: problem.message + didYouMean(name, names) }
    : problem;
}
