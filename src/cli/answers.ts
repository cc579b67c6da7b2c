// What the API answers (api/answers.ts), checked before anything is made of it: the address may be anybody's.

import * as z from "zod/mini";
import type { ArticleList, ArticleReceipt, FeedStatus } from "../api/answers.ts";
import { HOMES } from "../article/article.ts";
import type { Audience } from "../feeds/audience.ts";
import { FORMATS } from "../formats/format.ts";
import type { Problem, ProblemDetails } from "../lib/problem.ts";
import { instantField } from "../lib/time.ts";

const status = z.enum(["published", "scheduled", "expired", "withdrawn"]);
const text = z.string();
const maybe = z.nullable(text);
// A Worker of before homes were noted says none.
const home = z._default(z.nullable(z.enum(HOMES)), null);

/** `PUT` and `DELETE /api/articles/{slug}`. */
export const receiptSchema = z.object({
  slug: text,
  id: text,
  version: z.number(),
  status,
  home,
  url: text,
  feeds: z.array(text),
  change: z.exactOptional(z.enum(["created", "updated", "moved", "restored", "unchanged"])),
  // A newer Worker may know more codes than this CLI.
  warnings: z.exactOptional(z.array(z.object({ code: text, path: text, message: text }))),
}) satisfies z.ZodMiniType<Receipt>;

/** A receipt as the CLI takes it: of warnings every code. */
export type Receipt = Omit<ArticleReceipt, "warnings"> & { readonly warnings?: readonly Problem<string>[] };

/** `GET /api/articles`. */
export const listSchema = z.object({
  articles: z.array(
    z.object({
      slug: text,
      id: text,
      version: z.number(),
      status,
      url: text,
      headline: text,
      published: text,
      digest: text,
      problem: maybe,
      home,
      gitVersion: z._default(z.nullable(z.number()), null),
      sentAt: z._default(z.nullable(instantField), null),
      sentBy: z._default(maybe, null),
    }),
  ),
  next: z.exactOptional(text),
}) satisfies z.ZodMiniType<ArticleList>;

/** `GET /api/feeds`. */
export const feedsSchema = z.array(
  z.object({
    feed: text,
    format: z.enum(FORMATS),
    url: text,
    items: z.number(),
    bytes: z.number(),
    version: z.number(),
    etag: maybe,
    builtAt: maybe,
    changedAt: maybe,
    staleSince: maybe,
    lastError: maybe,
    subscribers: z.number(),
    givenUp: z.number(),
  }),
) satisfies z.ZodMiniType<readonly FeedStatus[]>;

/** `POST /api/rebuild`. */
export const markedSchema = z.object({ marked: z.number() });

/** `GET /api/audience`. */
export const audienceSchema = z.object({
  feeds: z.array(
    z.object({
      feed: text,
      format: z.enum(FORMATS),
      url: text,
      subscribers: z.number(),
      fetchers: z.array(z.object({ fetcher: text, subscribers: z.number(), day: text })),
    }),
  ),
  total: z.number(),
}) satisfies z.ZodMiniType<Audience>;

/** Any answer that is an error (RFC 9457). */
export const problemSchema = z.object({
  type: z._default(text, "about:blank"),
  title: text,
  status: z.number(),
  detail: z.exactOptional(text),
  errors: z.exactOptional(z.array(z.object({ path: text, message: text }))),
}) satisfies z.ZodMiniType<ProblemDetails>;
