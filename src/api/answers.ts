import type { ArticleStatus, Home, Origin } from "../article/article.ts";
import type { Warning } from "../article/warning.ts";
import type { Format } from "../formats/format.ts";
import type { Trace } from "../lib/strip/strip.ts";
import type { StoreChange } from "../publish/put.ts";

// What the publishing API answers; the CLI reads these too.

/** Answer to PUT and DELETE of an article, and one row of the list. */
export interface ArticleReceipt {
  readonly slug: string;
  readonly id: string;
  readonly version: number;
  readonly status: ArticleStatus;
  /** Where it is kept; null for one that was stored before that was noted. */
  readonly home: Home | null;
  readonly url: string;
  /** Addresses of the feeds it is in. */
  readonly feeds: readonly string[];
  /** What the PUT did; missing in other answers. */
  readonly change?: StoreChange;
  /** What was accepted, but not as it came; always there in the answer to a PUT, missing in others. */
  readonly warnings?: readonly Warning[];
}

/** One row of `GET /api/articles`. */
export interface ArticleSummary extends Omit<ArticleReceipt, "feeds" | "change" | "warnings">, Origin {
  readonly headline: string;
  readonly published: string;
  /** Lower-case hex SHA-256 of the request body that stored it: the same digest need not be sent again. */
  readonly digest: string;
  /** Why it could not be rendered with the present settings, and keeps what it had; null for all others. */
  readonly problem: string | null;
}

/** `GET /api/articles`; `next` is the cursor of the next page. */
export interface ArticleList {
  readonly articles: readonly ArticleSummary[];
  readonly next?: string;
}

/** Answer to PUT and GET of an image. */
export interface MediaReceipt {
  readonly url: string;
  readonly type: string;
  readonly width: number;
  readonly height: number;
  /** Bytes, as they are served. */
  readonly length: number;
  /** What was taken out of the bytes that this PUT sent; missing where nothing was. */
  readonly removed?: readonly Trace[];
}

/** One row of `GET /api/feeds`. */
export interface FeedStatus {
  readonly feed: string;
  readonly format: Format;
  readonly url: string;
  readonly items: number;
  readonly bytes: number;
  /** The second in which it last changed, since 1970, or a later one: it only rises. */
  readonly version: number;
  readonly etag: string | null;
  readonly builtAt: string | null;
  readonly changedAt: string | null;
  readonly staleSince: string | null;
  readonly lastError: string | null;
  /** Subscriptions at our own hub. */
  readonly subscribers: number;
  /** Deliveries to them that failed for a day and were given up. */
  readonly givenUp: number;
}
