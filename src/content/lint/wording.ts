// Headline and dek.

import { cutOffAfter } from "../../article/headline.ts";
import type { Problem } from "../../lib/problem.ts";
import { slugify } from "../../lib/text.ts";
import type { Rule } from "./material.ts";

// A shorter headline (`Update`) may begin a dek that says something else.
const REPEATED_WORDS = 3;

/** A headline that lists cut off without a short one for them, and a dek that tells it once more. */
export const wording: Rule = ({ file: { fields } }): readonly Problem[] => {
  const { headline, shortHeadline, dek } = fields;
  const problems: Problem[] = [];
  const listed = shortHeadline ?? headline ?? "";
  const fits = cutOffAfter(listed);
  if (fits !== undefined) {
    const cut = `has ${[...listed].length} characters: lists cut it off after ${fits}, so`;
    problems.push(
      shortHeadline === undefined
        ? { path: "headline", message: `${cut} shorten it, or add a shortHeadline for them` }
        : { path: "shortHeadline", message: `${cut} shorten it` },
    );
  }
  if (headline !== undefined && dek !== undefined && repeats(slugify(dek), slugify(headline))) {
    problems.push({
      path: "dek",
      message: "repeats the headline: say what it doesn't, or leave the dek out",
    });
  }
  return problems;
};

function repeats(dek: string, headline: string): boolean {
  const words = headline.split("-");
  if (words.length >= REPEATED_WORDS && `${dek}-`.startsWith(`${headline}-`)) return true;
  const known = new Set(words);
  return dek.split("-").every((word) => known.has(word));
}
