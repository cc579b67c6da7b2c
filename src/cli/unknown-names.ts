// Sections and people that an article names and site.yaml doesn't have, each with the one that may have been meant.

import type { SoundPart } from "../ingest/front-matter.ts";
import type { Problem } from "../model/problem.ts";
import { personKey, unknownNames } from "../model/resolve.ts";
import type { Site } from "../model/site.ts";
import { didYouMean } from "./did-you-mean.ts";

/** What is wrong with the names in front matter; nothing where there is no site to look them up in. */
export function wrongNames({ section, bylines }: SoundPart, site: Site | undefined): readonly Problem[] {
  if (!site) return [];
  return unknownNames({ section, bylines }, site).map((problem) => {
    const [, index] = /^bylines\[(\d+)\]/.exec(problem.path) ?? [];
    const byline = index === undefined ? undefined : bylines[Number(index)];
    const near = byline
      ? didYouMean(personKey(byline) ?? "", Object.keys(site.people))
      : didYouMean(section ?? "", Object.keys(site.sections));
    return { ...problem, message: problem.message + near };
  });
}
