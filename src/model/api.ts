// What the publishing API answers; the CLI reads these too.

import type { FetcherNote } from "./audience.ts";
import type { Format } from "./feed.ts";
import type { Home, Origin } from "./home.ts";
import type { Problem } from "./problem.ts";
import type { Trace } from "./strip.ts";
import type { Warning } from "./warning.ts";

/** Where an article stands: `scheduled` before its minute, `expired` after its end, `withdrawn` once retracted. */
export type ArticleStatus = "published" | "scheduled" | "expired" | "withdrawn";

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
  readonly change?: "created" | "updated" | "moved" | "restored" | "unchanged";
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

/** `GET /api/audience`: what feed services said in the last 30 days of how many read a document through them. */
export interface Audience {
  readonly feeds: readonly FeedAudience[];
  /** Subscriptions, not people: who takes two feeds is counted twice. */
  readonly total: number;
}

/** One document's audience. */
interface FeedAudience {
  readonly feed: string;
  readonly format: Format;
  readonly url: string;
  readonly subscribers: number;
  /** `day` (UTC, `2024-10-24`) is when a service last said so. */
  readonly fetchers: readonly (FetcherNote & { readonly day: string })[];
}

/** RFC 9457 problem details, with every problem of the input. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly errors?: readonly Problem[];
}
