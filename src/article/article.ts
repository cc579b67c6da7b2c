// The article: as it comes in, as it is stored, and as every format reads it.

import * as z from "zod/mini";
import { webUrlField } from "../lib/address.ts";
import { type Html, languageField, slugField, slugify, type Text, textField } from "../lib/text.ts";
import { type Instant, instantField, parseInstant } from "../lib/time.ts";
import { t } from "../lib/translate.ts";
import { idField } from "./article-id.ts";
import { type Byline, bylineSchema } from "./byline.ts";
import { IMAGES_LIMIT, type Image, imageSchema } from "./image.ts";

/** Schema: a correction, clarification or update, shown to readers. */
export const correctionSchema = z.strictObject({
  at: instantField,
  kind: z.enum(["correction", "clarification", "update"]),
  text: textField(3000),
});

const rightsSchema = z.strictObject({
  copyright: z.exactOptional(textField(500)),
  license: z.exactOptional(webUrlField),
  terms: z.exactOptional(textField(500)),
});

// A feed's KV key contains its tag, and keys have at most 512 bytes. One character of some scripts is written
// out as 18.
const TAG_BYTES_LIMIT = 400;
const tagField = textField(100).check(
  z.refine(
    (tag) => new TextEncoder().encode(slugify(tag)).byteLength <= TAG_BYTES_LIMIT,
    t("is too long once it is written out for an address"),
  ),
);

interface Dates {
  readonly published: string;
  readonly updated?: string;
  readonly expires?: string;
}

const inOrder = (earlier: string, later: string | undefined, allowEqual: boolean): boolean => {
  const [from, to] = [earlier, later].map((value) =>
    typeof value === "string" ? parseInstant(value) : undefined,
  );
  // A date that is missing or isn't one has its own problem.
  return from === undefined || to === undefined || from < to || (allowEqual && from === to);
};

const isObject = ({ value }: { readonly value: unknown }): boolean =>
  typeof value === "object" && value !== null;

/**
 * Checks of an article's dates against each other. They run even if other fields are wrong, so that all
 * problems come at once.
 */
export const dateOrder = [
  z.refine<Dates>((a) => inOrder(a.published, a.updated, true), {
    path: ["updated"],
    error: t("must not be before published"),
    when: isObject,
  }),
  z.refine<Dates>((a) => inOrder(a.published, a.expires, false), {
    path: ["expires"],
    error: t("must be after published"),
    when: isObject,
  }),
] as const;

/** An article's place on pages: first, beside the first, by its date, or last. */
export const PRIORITIES = ["lead", "top", "normal", "low"] as const;

/** Schema: an article as the API takes it (docs/write.md). `slug` is in the path. */
export const articleInputSchema = z
  .strictObject({
    id: z.exactOptional(idField),
    headline: textField(300),
    shortHeadline: z.exactOptional(textField(300)),
    dek: z.exactOptional(textField(1000)),
    section: z.exactOptional(slugField),
    tags: z._default(z.array(tagField).check(z.maxLength(50)), []),
    language: z.exactOptional(languageField),
    bylines: z._default(z.array(bylineSchema).check(z.maxLength(50)), []),
    dateline: z.exactOptional(textField(100)),
    published: instantField,
    updated: z.exactOptional(instantField),
    expires: z.exactOptional(instantField),
    images: z._default(z.array(imageSchema).check(z.maxLength(IMAGES_LIMIT)), []),
    body: z.strictObject({ html: z.string() }),
    corrections: z._default(z.array(correctionSchema).check(z.maxLength(100)), []),
    rights: z.exactOptional(rightsSchema),
    syndicate: z._default(z.boolean(), true),
    sponsored: z._default(z.boolean(), false),
    priority: z.exactOptional(z.enum(PRIORITIES)),
    url: z.exactOptional(webUrlField),
    restore: z._default(z.boolean(), false),
  })
  .check(...dateOrder);

/** An article as it came in, checked. */
export type ArticleInput = z.infer<typeof articleInputSchema>;

/** One of an article's corrections. */
export type Correction = z.infer<typeof correctionSchema>;

/**
 * An article as D1 holds it. Nothing in it depends on `site.yaml` or the site's address, so that a change of
 * either needs a re-rendering, never a migration. Addresses on this site are paths; in `body` such a path
 * follows `OWN_SITE`, and an image of `images` that is in the body is there as `imageMark(src)` (`body.ts`).
 */
export interface StoredArticle extends Omit<ArticleInput, "id" | "restore" | "body"> {
  readonly id: string;
  readonly slug: string;
  readonly body: Html;
  /**
   * The first ~280 characters of the body, cut at a sentence or a word; the summary where `dek` is missing.
   */
  readonly excerpt: Text;
}

/** When and why an article was withdrawn. */
export interface Withdrawal {
  readonly at: Instant;
  readonly reason?: Text;
  /** The notice must not name the headline. */
  readonly unnamed?: boolean;
}

/** What every format is made from: addresses absolute, people looked up, defaults filled in. */
export interface Article {
  readonly id: string;
  /** The id where only a URI will do. */
  readonly uri: string;
  readonly slug: string;
  /** Canonical page. */
  readonly url: string;
  readonly headline: Text;
  readonly shortHeadline?: Text;
  /** Written by the newsroom; optional. */
  readonly dek?: Text;
  /** The dek, or else the excerpt; empty for an article without text. */
  readonly summary: Text;
  readonly section?: { readonly slug: string; readonly title: Text };
  /** As written, each once. Several may share a slug (C, C++), and one without letters or digits has "". */
  readonly tags: readonly { readonly slug: string; readonly name: Text }[];
  readonly language: string;
  /** In the order of the newsroom; may be empty. */
  readonly bylines: readonly Byline[];
  readonly dateline?: Text;
  readonly published: Instant;
  /** What the newsroom said; missing for an article that never changed. */
  readonly updated?: Instant;
  /** The first is the lead. */
  readonly images: readonly Image[];
  /**
   * The text alone, with absolute addresses, and images as `imageMark(src)` (`body.ts`) with the absolute
   * `src`.
   */
  readonly body: Html;
  readonly corrections: readonly Correction[];
  readonly rights?: { readonly copyright?: Text; readonly license?: string; readonly terms?: Text };
  readonly syndicate: boolean;
  readonly sponsored: boolean;
  readonly priority: (typeof PRIORITIES)[number];
}

/**
 * Where an article stands: `scheduled` before its minute, `expired` after its end, `withdrawn` once
 * retracted.
 */
export type ArticleStatus = "published" | "scheduled" | "expired" | "withdrawn";

/**
 * Where an article is edited and sent from. `git`: a folder that `wireroom publish` sends. `api`: anything
 * else that calls the API, such as a CMS. `desk`: the editors' room in the browser.
 */
export const HOMES = ["git", "api", "desk"] as const;

/** One of `HOMES`. */
export type Home = (typeof HOMES)[number];

/**
 * Where a stored article is edited, and who last changed it. Each field is null in articles stored before it
 * existed.
 */
export interface Origin {
  readonly home: Home | null;
  /** The version that git sent last. A higher version of the article came from somebody else. */
  readonly gitVersion: number | null;
  /** When a PUT last changed it. */
  readonly sentAt: Instant | null;
  /** The name that the sender gave, else the name of the program that sent it. */
  readonly sentBy: string | null;
}

/** True for one of `HOMES`. */
export const isHome = (value: string): value is Home => HOMES.some((home) => home === value);

/**
 * Who sent a version: `git` for a content folder, else the name that the sender gave; null if none is known.
 */
export const senderOfVersion = ({ gitVersion, sentBy }: Origin, version: number): string | null =>
  gitVersion === version ? "git" : sentBy;

/**
 * How many letters of a headline lists show, as Google does. A Chinese, Japanese or Korean character counts
 * as two.
 */
export const HEADLINE_LETTERS = 110;

const WIDE_CHARACTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]/u;

/** After how many characters lists cut a headline off; undefined for one that they show whole. */
export function cutOffAfter(headline: string): number | undefined {
  let room = HEADLINE_LETTERS;
  const characters = [...headline];
  const index = characters.findIndex((character) => {
    room -= WIDE_CHARACTER.test(character) ? 2 : 1;
    return room < 0;
  });
  return index === -1 ? undefined : index;
}

/** The headline for lists: the short one, if there is one. */
export const compactHeadline = (article: { readonly headline: Text; readonly shortHeadline?: Text }): Text =>
  article.shortHeadline ?? article.headline;
