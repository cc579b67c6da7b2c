// What the words of a language are for, by which articles are read.

import type { Role } from "../../../article/byline.ts";

/** Some kinds of words. */
export type Some<Keys extends string> = Readonly<Partial<Record<Keys, string>>>;

/**
 * The words of one language, by what they are for; `en.ts` has all kinds. Line breaks in them count for nothing.
 *
 * - Lists hold words in lower case with spaces between.
 * - Phrases have ` | ` between them. `share [this] article/story` stands for four.
 * - Patterns are the alternatives of an expression that ignores case.
 */
export interface LanguageWords {
  /** BCP 47. */
  readonly language: string;
  /** List: its commonest words, by which a text in it is known. */
  readonly commonest: string;
  /**
   * Patterns: what stands before the day when an article was published, and changed; of `2 hours ago` the units, a
   * word for one, what stands before and after; `today`; what stands before and after a reading time. Lists: words that
   * join a label, a day and a clock; words round a label; words before the name of who published it; weekdays; months
   * with their abbreviations, without a full stop.
   */
  readonly dates?: Some<
    | ("published" | "updated" | "units" | "one" | "before" | "after" | "today" | "readingTime" | "reading")
    | ("joining" | "telling" | "by" | "weekdays" | "shortWeekdays" | "months")
  >;
  readonly bylines?: BylineWords;
  /**
   * Patterns: before a bio; instead of a name; before a name; `is a`, `a`, what journalists are, what other authors are;
   * what follows a name or stands farther on; what only stands farther on; verbs of speech, which are in no bio.
   */
  readonly bios?: Some<
    | ("label" | "author" | "contact" | "is" | "a" | "journalist" | "other" | "based" | "covers" | "reach")
    | ("works" | "studied" | "earlier" | "prizes" | "they" | "do" | "speech")
  >;
  /**
   * Patterns: of a picture, of a button, before a caption, of an archive, of a copyright; what speaks of a picture; how
   * a description starts, what it says and what it doesn't say; before a credit, and before an agency (in capitals and
   * small letters as written); how a credit of the text starts. Phrases: agencies and archives. List: small words in
   * credits.
   */
  readonly pictures?: Some<
    | ("counted" | "button" | "captionLabel" | "archive" | "rights" | "speaks" | "article" | "seen" | "told")
    | ("credit" | "source" | "text" | "agencies" | "credited")
  >;
  readonly site?: SiteWords;
}

/** What stands before names: whose they are; `perhaps` and `with` start other lines too. */
type Mark = Role | "reporter writer" | "author photographer" | "perhaps" | "with";

/**
 * Patterns: what follows names (`contributed to this report`), stands between a name and a place, before names; stands
 * between two names, or in one; before a place; for agencies without a name; for people of a paper, and before a paper's
 * name; round a name in an author field, and there for nobody. Phrases: news agencies; states. Lists: words of jobs and of
 * papers' names, small ones and articles in these; words that are in no name; words in capitals that are no place.
 */
interface BylineWords
  extends Some<
    | (
        | "contributed"
        | "reportedFrom"
        | "writtenBy"
        | "and"
        | "andWithin"
        | "at"
        | "otherAgencies"
        | "workers"
      )
    | (
        | "special"
        | "before"
        | "behind"
        | "nobody"
        | "agencies"
        | "regions"
        | "jobs"
        | "organisations"
        | "small"
      )
    | ("article" | "never" | "noPlace")
  > {
  /** Phrases; after those with a colon a colon has to follow. */
  readonly marks?: Some<Mark>;
}

/** The kinds of site boilerplate. */
export const BOILERPLATE = {
  navigation: "navigation",
  prompt: "a prompt to sign in, or a newsletter's box",
  share: "a share button, or a call for comments",
  list: "the heading of other articles",
  advertisement: "an advertisement",
  legal: "a licence, a legal line, or a cookie notice",
  figures: "a count, a reading time, or a player",
  counter: "a row of pictures",
} as const;

/** One of `BOILERPLATE`. */
export type BoilerplateKind = keyof typeof BOILERPLATE;

/**
 * What sites say around an article: phrases in the normal form of `normalForm` (boilerplate.ts), `#` for a number.
 * One that an earlier language has needn't be repeated; the first kind that has it decides.
 */
interface SiteWords {
  /** All of a line. */
  readonly whole: Some<BoilerplateKind>;
  /** The first words of a short line. */
  readonly starts: Some<BoilerplateKind>;
  /** Anywhere in a line: no article says them of itself. */
  readonly within: Some<BoilerplateKind>;
  /** All of a line, where an article could have it too, as a heading: sections, networks. */
  readonly weak: Some<BoilerplateKind>;
  /** Anywhere in a line, where an article could say them too. */
  readonly hints?: Some<BoilerplateKind>;
  /** How a site asks for something, what it offers, and how it calls itself and its readers. */
  readonly calls: string;
  readonly offers: string;
  readonly ours: string;
  /** Patterns: in the heading of a newsletter's box, and in what it promises. */
  readonly newsletter?: string;
  readonly pitched?: string;
}
