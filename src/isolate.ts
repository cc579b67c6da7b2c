// What an isolate remembers from one request to the next, and how much of it: an isolate has 128 MB of memory in all.
// Everything here may be lost at any time, and no other isolate has it.

import { AudienceNotes } from "./feeds/audience.ts";
import { bytesOf, type CachedDocument, type Prepared } from "./feeds/cache.ts";
import type { FeedDocument } from "./feeds/feed.ts";
import { AbsentAddresses } from "./http/absent-addresses.ts";
import { BoundedMap } from "./lib/bounded-map.ts";
import type { CachedFeedList, CachedHeadlines, CachedPage } from "./pages/page-cache.ts";
import type { NotedFetches } from "./partners/fetches.ts";

/** The memory of an isolate, made in `start()`. A Durable Object has one of its own. */
export class IsolateCache {
  /** Documents of feeds, by their names in KV; bytes, gzipped and not. Partners' documents are never among them. */
  readonly documents = new BoundedMap<string, CachedDocument>(24_000_000, ({ document }) =>
    bytesOf(document),
  );
  /** The headers made for each of these documents. */
  readonly prepared = new WeakMap<FeedDocument, Prepared>();
  /** Documents that this isolate changed and hasn't had built since, with the number of that write. */
  readonly dirty = new BoundedMap<string, number>(10_000);
  /** How often this isolate has changed documents: whatever was cached at a lower count may be outdated. */
  localWrites = 0;
  /** Documents whose demand was noted, with the last day (UTC) on which it was. */
  readonly demand = new BoundedMap<string, string>(10_000);
  /** Addresses that lead nowhere. */
  readonly absent = new AbsentAddresses(2000);

  /** HTML pages, by their URLs; bytes. */
  readonly pages = new BoundedMap<string, CachedPage>(8_000_000, ({ body }) => body.byteLength);
  /** What the 404 and 410 pages show. */
  headlines: CachedHeadlines | undefined;
  /** `/feeds.opml`. */
  feedList: CachedFeedList | undefined;

  /** What feed services said today of their subscribers: so many notes for each listed service, and for all others together. */
  readonly audience = new AudienceNotes({ listed: 250, unlisted: 200 });
  /** What partners fetched, by partner; fetches that wait to be written are lost with the entry. */
  readonly partnerFetches = new BoundedMap<string, NotedFetches>(1000);
  /** When the next writer of an article may start, by its slug. */
  readonly nextWrites = new BoundedMap<string, number>(1000);
}
