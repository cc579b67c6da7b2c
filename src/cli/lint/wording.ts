// Headline and dek.

import type { Problem } from "../../model/problem.ts";
import { slugify } from "../../model/text.ts";
import type { Rule } from "./material.ts";

// Google cuts a headline off behind these.
const HEADLINE_CHARACTERS = 110;
// A shorter headline (`Update`) may begin a dek that says something else.
const REPEATED_WORDS = 3;

/** A headline that lists cut off, and a dek that tells it once more. */
export const wording: Rule = ({ file: { fields } }): readonly Problem[] => {
  const { headline, dek } = fields;
  const problems: Problem[] = [];
  const length = [...(headline ?? "")].length;
  if (length > HEADLINE_CHARACTERS) {
    const message = `has ${length} characters: lists cut it off after ${HEADLINE_CHARACTERS}, so shorten it`;
    problems.push({ path: "headline", message });
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
