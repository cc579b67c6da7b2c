// A profile is a partner's format with its rules and its linter. Each is one file in `profiles/`, and all
// have this shape. Pure: pictures are restricted and texts cut before a profile gets an item.

import type { Article } from "../article/article.ts";
import type { Site } from "../article/site.ts";
import type { Envelope } from "../formats/format.ts";
import type { ImageType } from "../lib/image-file.ts";
import type { Problem } from "../lib/problem.ts";
import type { Html } from "../lib/text.ts";
import type { Instant } from "../lib/time.ts";
import type { ProfileName } from "./policy.ts";

/** An article as one partner may have it. */
export interface Item {
  /**
   * Its pictures are those that the partner may have and that fit. `url` is canonical. `updated` is the
   * newsroom's date.
   */
  readonly article: Article;
  /** The text with its figures and the attribution, cut and restricted as policy and profile say. */
  readonly body: Html;
  /** `article.url` with the policy's parameters. */
  readonly link: string;
  readonly version: number;
  /**
   * When it last changed, whether or not the newsroom announced that; `published` if it never did. Later with
   * every version.
   */
  readonly modified: Instant;
  /** Set under an embargo, while `article.published` is in the future. */
  readonly embargoedUntil?: Instant;
  readonly expires?: Instant;
}

/** A profile's rules for pictures; a policy may be stricter. Bounds are inclusive, sizes in pixels. */
export interface PictureRules {
  /** An article without a picture that fits is left out. */
  readonly required?: boolean;
  readonly minWidth?: number;
  readonly minHeight?: number;
  /** A wider picture is made narrower. */
  readonly maxWidth?: number;
  /** Width divided by height. */
  readonly minRatio?: number;
  readonly maxRatio?: number;
  /** A picture of another type is converted to the first of these. */
  readonly types?: readonly ImageType[];
  /** A larger file is compressed or made narrower. */
  readonly maxBytes?: number;
}

/**
 * One thing that a linter found. A `refusal` keeps the article out, an `advice` is shown to the publisher.
 */
export interface Finding extends Problem {
  readonly level: "refusal" | "advice";
}

/** The first finding that keeps an article out; undefined if none does. */
export const refusalIn = <Found extends { readonly level?: Finding["level"] }>(
  found: readonly Found[],
): Found | undefined => found.find(({ level }) => level === "refusal");

/** A partner's format. */
export interface Profile {
  readonly name: ProfileName;
  /** The document's file name under the partner's address. */
  readonly file: string;
  /** Media type without parameters. */
  readonly mediaType: string;
  /** Address of the page that the profile follows. */
  readonly source: string;
  /**
   * What that page is: the partner's own or a specification (`official`), or one of several implementations,
   * or the only one.
   */
  readonly confidence: "official" | "several" | "one";
  readonly limits: {
    /** Most items and bytes of a document. */
    readonly items?: number;
    readonly bytes?: number;
    /** Articles that were published longer ago are left out. */
    readonly ageSeconds?: number;
    /** Most characters of a headline. */
    readonly headline?: number;
    /** The least that the partner wants. Fewer items are sent all the same, and the publisher is warned. */
    readonly leastItems?: number;
  };
  readonly pictures: PictureRules;
  /** Elements that a body may have; undefined for all that an article can have. */
  readonly tags?: readonly string[];
  /**
   * Finds everything that the partner would refuse the item for, and what its documentation advises. The
   * item's pictures are restricted already.
   */
  readonly lint: (item: Item, site: Site) => readonly Finding[];
  /** Text between two entries. */
  readonly separator: string;
  readonly entry: (item: Item, site: Site) => string;
  /** Parses an entry back strictly. @throws Error, when it is not well-formed or names another article. */
  readonly verify: (entry: string, item: Item) => void;
  /**
   * How a removed article shows: by an entry that says so (`sign`), by a notice in its place that `entry`
   * writes, by a tombstone in the envelope, or by its absence.
   */
  readonly removal: "sign" | "notice" | "tombstone" | "absence";
  /** Writes that entry from the notice. Only where `removal` is `sign`. */
  readonly sign?: (notice: Item, at: Instant, site: Site) => string;
  /** The text before and after the entries. The envelope never has `hub`, `latest` or links to archives. */
  readonly envelope: (envelope: Envelope, site: Site) => { readonly open: string; readonly close: string };
}
