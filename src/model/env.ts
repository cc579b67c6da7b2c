// The Worker's bindings, as wrangler.toml names them.

import type { D1Database, ImagesBinding, KVNamespace, Queue, R2Bucket } from "@cloudflare/workers-types";
import type { DocumentKey, FeedDocument, FeedKey, Format, StoredKey } from "./feed.ts";
import type { DeliveryMessage, RebuildMessage } from "./messages.ts";
import type { Site } from "./site.ts";

/**
 * Why an object is asked for a document: KV has no copy, the asking isolate has just changed something in it, or it has a
 * copy that is too old.
 */
export type AskedWhy = "missing" | "changed" | "old";

/** What every object that builds does for others; each call names what it builds. */
export interface BuildingObjectApi<Key extends StoredKey> {
  /** Tells it that D1 has a change for it. It builds within a second or so. */
  readonly touch: (feed: Key["feed"]) => Promise<void>;
  /** Has it build at once, and put formats into KV whose copies are lost. What fails it tries again by itself. */
  readonly rebuild: (feed: Key["feed"], lost?: readonly Key["format"][]) => Promise<void>;
}

/** What a feed's object does for others. */
export interface FeedObjectApi extends BuildingObjectApi<DocumentKey> {
  /** The newest document. @throws Error, when D1 fails. */
  readonly current: (feed: FeedKey, format: Format, why: AskedWhy) => Promise<FeedDocument>;
  /** Somebody still asks for it: it is kept built for longer. @throws Error, when D1 fails. */
  readonly keep: (feed: FeedKey, format: Format) => Promise<void>;
}

/** The objects of all feeds, by their keys. */
interface FeedObjects {
  readonly getByName: (feed: FeedKey) => FeedObjectApi;
}

/** Bindings, secrets and variables. */
export interface Env {
  readonly DB: D1Database;
  readonly MEDIA: R2Bucket;
  readonly CACHE: KVNamespace;
  readonly FEEDS: FeedObjects;
  readonly REBUILDS: Queue<RebuildMessage>;
  readonly DELIVERIES: Queue<DeliveryMessage>;
  /** Secret of the publishing API; without it the API is closed. */
  readonly PUBLISH_TOKEN?: string;
  /** A second valid secret while the first is being replaced. */
  readonly PUBLISH_TOKEN_NEXT?: string;
  /** Cloudflare Images; without it pictures go to partners as they are, or not at all. */
  readonly IMAGES?: ImagesBinding;
  /** What the secrets of partners' webhooks are derived from; without it nothing is pushed to partners. */
  readonly WEBHOOK_SECRET?: string;
  /** For how long a feed's object gathers changes before it builds; a second where it is not set. */
  readonly GATHER_MILLISECONDS?: string;
  /** Overrides `url` of site.yaml. */
  readonly SITE_URL?: string;
}

/** What every part that does I/O is handed: bindings, the publisher's settings, and what entries made with them carry. */
export interface Runtime {
  readonly env: Env;
  readonly site: Site;
  /** Changes with the settings and with the renderer; entries and documents of another one are made again. */
  readonly fingerprint: string;
}
