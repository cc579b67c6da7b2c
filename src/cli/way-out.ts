// What to do about a field that the schema refuses, where the schema can't know it.

import { FIELD_NAMES } from "../ingest/front-matter.ts";
import type { Problem } from "../model/problem.ts";
import { didYouMean } from "./did-you-mean.ts";

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

/** A problem of front matter, with what would mend it. */
export function withWayOut(problem: Problem): Problem {
  const { path, message } = problem;
  if (message === "is missing" && /^images\[\d+\]\.src$/.test(path)) {
    const way = "name a file beside the article or a web address, or take the image out";
    return { ...problem, message: `is missing: ${way}` };
  }
  if (message !== "is not a known field") return problem;
  const name = path.split(".").at(-1) ?? "";
  const ours = Object.hasOwn(OUR_NAMES, name) ? OUR_NAMES[name] : undefined;
  const way = ours === undefined ? didYouMean(name, FIELD_NAMES) : `: here it is called ${ours}`;
  return { ...problem, message: message + way };
}
