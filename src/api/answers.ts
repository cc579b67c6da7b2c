// The answers of the publishing API, as zod schemas. The OpenAPI document is made from them, the CLI checks
// answers with them, and the Worker uses their types. The Worker imports only types from here
// (lib/answer-fields.ts says why).

import * as z from "zod/mini";
import { HOMES } from "../article/article.ts";
import { WARNING_CODES } from "../article/warning.ts";
import { FORMATS } from "../formats/format.ts";
import { type AnswerOf, count, day, described, instant, laterOrNull, text } from "../lib/answer-fields.ts";
import { TRACES } from "../lib/strip/strip.ts";
import { instantField } from "../lib/time.ts";

const article = {
  slug: text,
  id: text,
  version: count,
  status: z.enum(["published", "scheduled", "expired", "withdrawn"]),
  home: described(
    laterOrNull(z.enum(HOMES)),
    "`git`: in a folder that `wireroom publish` sends; `desk`: at the desk; `api`: elsewhere; null: unknown",
  ),
  /** Its canonical page. */
  url: text,
};

const CODES = Object.entries(WARNING_CODES).map(([code, meaning]) => `${code}: ${meaning}`);

/**
 * Something that a PUT changed or left out. Any code is valid: a newer Worker may have codes that the CLI
 * doesn't know.
 */
export const warningSchema = z.object({
  code: described(text, `What was lost. Later versions may have more kinds. ${CODES.join(" ")}`),
  path: described(text, "where in the article: body.html, images[1].src"),
  message: text,
});

/** Answer to PUT and DELETE of an article. */
export const receiptSchema = z.object({
  ...article,
  /** Addresses of the feeds it is in. */
  feeds: z.array(text),
  /** What the PUT did; missing in other answers. */
  change: z.exactOptional(z.enum(["created", "updated", "moved", "restored", "unchanged"])),
  warnings: z.exactOptional(
    described(z.array(warningSchema), "what was changed or left out; in every answer to a PUT"),
  ),
});

export type ArticleReceipt = AnswerOf<typeof receiptSchema>;

const summarySchema = z.object({
  ...article,
  headline: text,
  published: instant,
  /** Lower-case hex. An article with the same digest need not be sent again. */
  digest: described(text, "SHA-256 of the body that stored it"),
  /** Null for an article without a problem; one with a problem keeps the entries that it had. */
  problem: described(z.nullable(text), "why it could not be rendered with the present settings"),
  gitVersion: described(
    laterOrNull(count),
    "the version that git last sent; lower than `version` if somebody has changed it since",
  ),
  /** When a PUT last changed it. */
  sentAt: laterOrNull(instantField),
  sentBy: described(laterOrNull(text), "`by` of the PUT, or the name of the program"),
  folderDigest: described(
    laterOrNull(text),
    "SHA-256 of the version that a content folder holds: git sent it last, or `wireroom pull` wrote it; null if no folder holds the article",
  ),
});

/** One row of `GET /api/articles`. */
export type ArticleSummary = AnswerOf<typeof summarySchema>;

/** `GET /api/articles`. */
export const articleListSchema = z.object({
  articles: z.array(summarySchema),
  next: z.exactOptional(described(text, "cursor of the next page")),
});

export type ArticleList = AnswerOf<typeof articleListSchema>;

/** Answer to PUT and GET of an image. */
export const mediaSchema = z.object({
  url: text,
  type: text,
  width: count,
  height: count,
  length: described(count, "bytes, as they are served"),
  removed: z.exactOptional(
    described(z.array(z.enum(TRACES)), "metadata that was removed from the bytes of this PUT"),
  ),
});

export type MediaReceipt = AnswerOf<typeof mediaSchema>;

/** A page of `GET /api/media`. */
export const librarySchema = z.object({
  pictures: z.array(
    z.object({
      sha256: text,
      url: text,
      addedAt: instant,
      type: text,
      width: count,
      height: count,
      length: described(count, "bytes, as they are served"),
      alt: described(text, 'what an article or a story last said of it; "" for nothing'),
      caption: text,
      credit: text,
      copyright: text,
      uses: described(z.object({ articles: count, stories: count }), "how many have it"),
    }),
  ),
  next: z.exactOptional(described(text, "cursor of the next page")),
});

export type Library = AnswerOf<typeof librarySchema>;

/** `GET /api/media/{sha256}/uses`: the newest 100 of each. */
export const usesSchema = z.object({
  articles: z.array(z.object({ slug: text, headline: text })),
  stories: z.array(z.object({ id: text, headline: text })),
});

export type PictureUses = AnswerOf<typeof usesSchema>;

/** Answer to DELETE of an image. */
export const imageRemovedSchema = z.object({ sha256: text, status: text });

/** `POST /api/rebuild`: the number of documents. */
export const markedSchema = z.object({ marked: count });

const place = { feed: text, format: z.enum(FORMATS), url: text };

/** `GET /api/feeds`. */
export const feedsSchema = z.array(
  z.object({
    ...place,
    items: count,
    bytes: count,
    version: described(count, "Unix time of its last change, or a later second: it only rises"),
    etag: z.nullable(text),
    builtAt: z.nullable(instant),
    changedAt: z.nullable(instant),
    staleSince: z.nullable(instant),
    lastError: z.nullable(text),
    subscribers: described(count, "at our own hub"),
    givenUp: described(count, "deliveries that failed for a day"),
  }),
);

/** One row of `GET /api/feeds`. */
export type FeedStatus = AnswerOf<typeof feedsSchema>[number];

/**
 * `GET /api/audience`: how many people read each document through feed services, as these reported in the
 * last 30 days.
 */
export const audienceSchema = z.object({
  feeds: z.array(
    z.object({
      ...place,
      subscribers: count,
      fetchers: z.array(
        z.object({
          fetcher: text,
          subscribers: count,
          /** When it last reported. */
          day,
        }),
      ),
    }),
  ),
  total: described(count, "subscriptions, not people"),
});

export type Audience = AnswerOf<typeof audienceSchema>;
