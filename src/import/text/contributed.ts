// Sentences about who worked on an article: `A contributed to this report.`, `A reported from Paris, and B from Berlin.`

import type { Role } from "../../article/byline.ts";
import { affiliation } from "./affiliation.ts";
import { type Named, readPeople } from "./people.ts";

const PLACES = "\\p{Lu}[\\p{L}\\p{M}.'’ -]{1,40}";

// `names` are all that a sentence has besides these words.
const SENTENCES: readonly (readonly [Role, RegExp])[] = [
  [
    "contributor",
    /^(?<names>.{3,300}?),? (?:also |all )?contributed (?:to (?:this|the) (?:report|reporting|article|story|piece|post)|(?:additional )?(?:reporting|research)(?: to this (?:report|article|story))?)(?: (?:from|in) \p{Lu}[\p{L}\p{M}., '’-]{1,80})?$/u,
  ],
  [
    "contributor",
    /^(?<names>.{3,300}?) (?:a|ont) (?:également )?contribué à (?:cet article|ce reportage|cette enquête)$/u,
  ],
  [
    "contributor",
    /^(?<names>.{3,300}?) (?:contribuyó|contribuyeron|colaboró|colaboraron) (?:a|en|con) (?:este|esta) (?:reportaje|artículo|informe|nota|información)$/u,
  ],
  [
    "contributor",
    /^(?<names>.{3,300}?) (?:hat|haben) (?:zu diesem (?:Bericht|Artikel|Text) beigetragen|an diesem (?:Bericht|Artikel|Text) mitgearbeitet)$/u,
  ],
  [
    "reporter",
    new RegExp(
      `^(?<names>.{3,300}?) (?:reported|is reporting|are reporting) from (?<tail>${PLACES}(?:,.{1,200})?)$`,
      "u",
    ),
  ],
  [
    "author",
    /^This (?:story|article|report|piece) was (?:originally )?(?:written|reported) by (?<names>.{3,200})$/u,
  ],
];

/** Who they were, with their roles; undefined for any other text. */
export function readContributed(text: string): readonly (Named & { readonly role: Role })[] | undefined {
  const sentences = text.replace(/[.\s]+$/, "").split(/(?<=\p{Ll}{3})\.\s+/u);
  const read = sentences.map(readSentence);
  return read.every((people) => people !== undefined) ? read.flat() : undefined;
}

function readSentence(sentence: string): readonly (Named & { readonly role: Role })[] | undefined {
  for (const [role, shape] of SENTENCES) {
    const { names = "", tail = "" } = shape.exec(sentence)?.groups ?? {};
    if (names === "") continue;
    const [, employer, workers] = EMPLOYED.exec(names) ?? [];
    const employed = employer ? affiliation(employer.replace(/['’]s?$/, "")) : undefined;
    const people = readPeople(`${employed && workers ? workers : names}${others(tail)}`);
    if (!people?.named.every(({ sure }) => sure) || people.rest.length > 0) return undefined;
    return people.named.map((one) => ({ ...one, role, ...(employed && { affiliation: employed }) }));
  }
  return undefined;
}

// "Associated Press writers A and B"
const EMPLOYED =
  /^((?:\p{Lu}[\p{L}'’]* ){1,5}?)(?:staff |video |senior )?(?:writers?|reporters?|journalists?|correspondents?|photographers?) (?=\p{Lu})(.+)$/u;

// The others of "A reported from Paris, and B from Berlin": `, and B from Berlin`.
const others = (tail: string): string => (/ from /.test(tail) ? tail.replace(/^[^,]*/, "") : "");
