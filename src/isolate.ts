// The caches of an isolate, with their limits: an isolate has 128 MB of memory in all. Everything here may be
// lost at any time, and is not shared with other isolates.

import type { HonoJsonWebKey } from "hono/utils/jwt/jws";
import { AudienceNotes } from "./feeds/audience.ts";
import { bytesOf, type CachedDocument, type Prepared } from "./feeds/cache.ts";
import type { FeedDocument } from "./feeds/feed.ts";
import { AbsentAddresses } from "./http/absent-addresses.ts";
import { BoundedMap } from "./lib/bounded-map.ts";
import type { StaticFile } from "./lib/static-file.ts";
import type { Instant } from "./lib/time.ts";
import type { CachedFeedList, CachedHeadlines, CachedPage } from "./pages/page-cache.ts";

/** The memory of an isolate, made in `start()`. A Durable Object has one of its own. */
export class IsolateCache {
  /**
   * Feed documents, by their keys in KV; the limit is in bytes, gzipped and not. Never partners' documents.
   */
  readonly documents = new BoundedMap<string, CachedDocument>(24_000_000, ({ document }) =>
    bytesOf(document),
  );
  /** The headers made for each of these documents. */
  readonly prepared = new WeakMap<FeedDocument, Prepared>();
  /**
   * Documents that this isolate changed and hasn't read from their objects since, with the number of that
   * write.
   */
  readonly dirty = new BoundedMap<string, number>(10_000);
  /** Counts this isolate's writes: what was cached at a lower count may be outdated. */
  localWrites = 0;
  /** Documents whose demand was stored in D1, with the last day (UTC) on which it was. */
  readonly demand = new BoundedMap<string, string>(10_000);
  /** Addresses that were looked up and not found. */
  readonly absent = new AbsentAddresses(2000);

  /** Texts of static files, by their names: a handful. */
  readonly staticFiles = new Map<StaticFile, string>();
  /** HTML pages, by their URLs; the limit is in bytes. */
  readonly pages = new BoundedMap<string, CachedPage>(8_000_000, ({ body }) => body.byteLength);
  /** The headlines on the 404 and 410 pages. */
  headlines: CachedHeadlines | undefined;
  /** `/feeds.opml`. */
  feedList: CachedFeedList | undefined;

  /** Subscriber counts stored today, with limits for each listed service and for all others together. */
  readonly audience = new AudienceNotes({ listed: 250, unlisted: 200 });
  /** The highest version of each partner's document that was served here, by partner. */
  readonly partnerVersions = new BoundedMap<string, number>(1000);
  /** The last minute in which a partner's object was told of a refusal, by partner. */
  readonly partnerRefusals = new BoundedMap<string, Instant>(1000);
  /** When the next writer of an article may start, by its slug. */
  readonly nextWrites = new BoundedMap<string, number>(1000);
  /** The public keys of Cloudflare Access, a handful, and when they were read (milliseconds since 1970). */
  accessKeys: { readonly keys: readonly HonoJsonWebKey[]; readonly at: number } | undefined;
}
