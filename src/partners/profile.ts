// What a profile is: a partner's format, its rules and its linter, one file each in `profiles/`, one
// signature for all. Pure: pictures are made to fit, and texts cut, before a profile sees a item.

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
   * Its pictures are those that the partner may and can have. `url` is canonical, `updated` what the newsroom
   * said.
   */
  readonly article: Article;
  /** The text with its figures, cut and cleaned as the policy says, with the attribution. */
  readonly body: Html;
  /** `article.url` with the policy's parameters. */
  readonly link: string;
  readonly version: number;
  /**
   * When it last changed, said by the newsroom or not; `published` for one that never did. Moves with every
   * version.
   */
  readonly modified: Instant;
  /** Set while it is scheduled: `article.published` lies ahead. */
  readonly embargoedUntil?: Instant;
  readonly expires?: Instant;
}

/** What a profile asks of pictures; a policy may ask for more. Bounds are inclusive. */
export interface PictureRules {
  /** An article without a picture that fits is left out. */
  readonly required?: boolean;
  readonly minWidth?: number;
  readonly minHeight?: number;
  /** A wider picture is made narrower. */
  readonly maxWidth?: number;
  /** Width by height. */
  readonly minRatio?: number;
  readonly maxRatio?: number;
  /** A picture of another type is made one of the first of these. */
  readonly types?: readonly ImageType[];
  /** A larger picture is made smaller. */
  readonly maxBytes?: number;
}

/**
 * One thing that a linter found. A `refusal` keeps the article out, an `advice` is shown to the publisher.
 */
export interface Finding extends Problem {
  readonly level: "refusal" | "advice";
}

/** A partner's format. */
export interface Profile {
  readonly name: ProfileName;
  /** The document's name in the partner's folder. */
  readonly file: string;
  /** Without parameters. */
  readonly mediaType: string;
  /** The page that it follows. */
  readonly source: string;
  /** How sure that is: the partner's own page (`official`), several implementations, or one. */
  readonly confidence: "official" | "several" | "one";
  readonly limits: {
    /** Most items and bytes of a document. */
    readonly items?: number;
    readonly bytes?: number;
    /** Nothing that was published longer ago. */
    readonly ageSeconds?: number;
    /** Fewer items than the partner wants: nothing is left out for it, but the publisher is told. */
    readonly leastItems?: number;
  };
  readonly pictures: PictureRules;
  /** Elements that may stand in a body; missing where all may that an article can hold. */
  readonly tags?: readonly string[];
  /**
   * Everything that the partner would refuse the item for, and what else its engineers advise. Pictures are
   * fitted already.
   */
  readonly lint: (item: Item, site: Site) => readonly Finding[];
  /** Between two entries. */
  readonly separator: string;
  readonly entry: (item: Item, site: Site) => string;
  /** Parses an entry back strictly. @throws Error, when it is not well-formed or names another article. */
  readonly verify: (entry: string, item: Item) => void;
  /**
   * How a withdrawn article goes: by an entry that says so (`sign`), by a notice in its place which `entry`
   * writes, in the envelope's list of tombstones, or by being absent.
   */
  readonly removal: "sign" | "notice" | "tombstone" | "absence";
  /** That entry, from the notice as a item; only where `removal` is `sign`. */
  readonly sign?: (notice: Item, at: Instant, site: Site) => string;
  /** `hub` is never set, nor are `latest` and the archive's links. */
  readonly envelope: (envelope: Envelope, site: Site) => { readonly open: string; readonly close: string };
}
