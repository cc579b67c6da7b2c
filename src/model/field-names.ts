// What to do about a field that nobody knows: the name that was meant, or what we call what other systems call so. Pure.

import { didYouMean } from "./did-you-mean.ts";
import type { Problem } from "./problem.ts";

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
  if (problem.message !== "is not a known field") return problem;
  const name = problem.path.split(".").at(-1) ?? "";
  const ours = Object.hasOwn(OUR_NAMES, name) ? OUR_NAMES[name] : undefined;
  const way = ours === undefined ? didYouMean(name, names) : `: here it is called ${ours}`;
  return { ...problem, message: problem.message + way };
}
