// The Worker's bindings, as wrangler.toml names them.

import type { D1Database, ImagesBinding, KVNamespace, Queue, R2Bucket } from "@cloudflare/workers-types";
import type { Home } from "./article/article.ts";
import type { Site } from "./article/site.ts";
import type {
  DocumentKey,
  FeedDocument,
  FeedKey,
  PartnerDocument,
  PartnerKey,
  StoredKey,
} from "./feeds/feed.ts";
import type { Format } from "./formats/format.ts";
import type { IsolateCache } from "./isolate.ts";
import type { Instant } from "./lib/time.ts";
import type { Policy } from "./partners/policy.ts";

/**
 * Why an object is asked for a document: KV has no copy, the asking isolate has just changed something in it, or it has a
 * copy that is too old.
 */
export type AskedWhy = "missing" | "changed" | "old";

/** What every object that builds does for others; each call names what it builds. */
export interface BuildingObjectApi<Key extends StoredKey> {
  /** Tells it that D1 has a change for it. It builds within a second or so. */
  touch(feed: Key["feed"]): Promise<void>;
  /** Has it build at once, and put formats into KV whose copies are lost. What fails it tries again by itself. */
  rebuild(feed: Key["feed"], lost?: readonly Key["format"][]): Promise<void>;
}

/** What a feed's object does for others. */
export interface FeedObjectApi extends BuildingObjectApi<DocumentKey> {
  /** The newest document. @throws Error, when D1 fails. */
  readonly current: (feed: FeedKey, format: Format, why: AskedWhy) => Promise<FeedDocument>;
  /** It is still requested: keeps it warm for longer. @throws Error, when D1 fails. */
  readonly keep: (feed: FeedKey, format: Format) => Promise<void>;
  /** Adds or renews a subscription. If the hub `isFull`, only renewals are taken. @throws Error, when D1 fails. */
  readonly subscribe: (
    feed: FeedKey,
    subscription: Subscription,
    isFull: boolean,
  ) => Promise<"subscribed" | "renewed" | "full">;
  readonly unsubscribe: (feed: FeedKey, format: Format, callback: string) => Promise<void>;
  /**
   * Begins a message's attempts, and returns what is to be sent. Deliveries that another message has begun, or that are
   * no longer wanted, are left out. `sender` is a number above 0; the same sender may call again.
   */
  readonly begin: (
    feed: FeedKey,
    format: Format,
    deliveries: readonly DeliveryAttempt[],
    sender: number,
  ) => Promise<readonly Delivery[]>;
  /** Notes how attempts ended. May be called twice. */
  readonly end: (feed: FeedKey, outcomes: readonly Outcome[]) => Promise<void>;
}

/** The objects of all feeds, by their keys. */
interface FeedObjects {
  readonly getByName: (feed: FeedKey) => FeedObjectApi;
}

/** What a caller knows of a partner's document, from D1: the policy's digest and the document's mark. */
export interface AskedByPartner {
  readonly digest: string;
  readonly mark: number;
  /** KV should have a copy, and has none. */
  readonly isMissing: boolean;
}

/** What a partner's object does for others. */
export interface PartnerObjectApi extends BuildingObjectApi<PartnerKey> {
  /** The newest document. @throws Error, when D1 fails, or the policy is another one by now. */
  readonly current: (feed: PartnerKey["feed"], asked: AskedByPartner) => Promise<PartnerDocument>;
  /** Stores a policy: from then on nothing is served that was built under the one before. @throws Error, when D1 fails. */
  readonly change: (policy: Policy, digest: string, home: Home) => Promise<void>;
  /** Removes the partner and all that is known of it; false when there is none. @throws Error, when D1 fails. */
  readonly remove: (feed: PartnerKey["feed"]) => Promise<boolean>;
}

/** The objects of all partners, by the keys of their feeds. */
interface PartnerObjects {
  readonly getByName: (feed: PartnerKey["feed"]) => PartnerObjectApi;
}

/** Bindings, secrets and variables. */
export interface Env {
  readonly DB: D1Database;
  readonly MEDIA: R2Bucket;
  readonly CACHE: KVNamespace;
  readonly FEEDS: FeedObjects;
  readonly PARTNERS: PartnerObjects;
  readonly REBUILDS: Queue<RebuildMessage>;
  readonly RENDERS: Queue<RenderMessage>;
  readonly DELIVERIES: Queue<DeliveryMessage>;
  /** Secret of the publishing API; without it the API is closed. */
  readonly PUBLISH_TOKEN?: string;
  /** A second valid secret while the first is being replaced. */
  readonly PUBLISH_TOKEN_NEXT?: string;
  /** Cloudflare Images; without it pictures go to partners as they are, or not at all. */
  readonly IMAGES?: ImagesBinding;
  /** What the secrets of partners' webhooks are derived from; without it no webhooks are sent. */
  readonly WEBHOOK_SECRET?: string;
  /** For how long a feed's object gathers changes before it builds; a second where it is not set. */
  readonly GATHER_MILLISECONDS?: string;
  /** Cloudflare's plan. With `paid`, an invocation sends more of the hub's deliveries; anything else means `free`. */
  readonly PLAN?: string;
  /** For how long a publication at the desk can be undone; 15 where it is not set, 0 for not at all. */
  readonly UNDO_SECONDS?: string;
  /** Overrides `url` of site.yaml. */
  readonly SITE_URL?: string;
}

/** What every part that does I/O gets. */
export interface Runtime {
  readonly env: Env;
  readonly site: Site;
  /** Changes with the renderer and with the settings that a document can show; documents of another one are built again. */
  readonly fingerprint: string;
  /** What this isolate, or this Durable Object, remembers from one request to the next. */
  readonly isolate: IsolateCache;
}

// What the queues carry.

/**
 * REBUILDS: have the object of a feed or partner build, and put back copies that KV has lost. `document` comes only from
 * older versions of this code.
 */
export type RebuildMessage =
  | {
      readonly kind: "feed";
      readonly feed: StoredKey["feed"];
      readonly lost?: readonly StoredKey["format"][];
    }
  | ({ readonly kind: "document" } & StoredKey)
  | { readonly kind: "story"; readonly story: string };

/** RENDERS: render some articles again, after a change of settings, or without images that were removed. */
export interface RenderMessage {
  readonly kind: "articles";
  readonly ids: readonly string[];
}

/** One attempt to deliver. A repeated message is recognised by `attempts`: the count has gone up since. */
export interface DeliveryAttempt {
  /** Of the delivery. */
  readonly id: number;
  /** How often it was tried before this message was queued. */
  readonly attempts: number;
}

/** DELIVERIES: verify a subscription request, send one document to some subscribers, or send webhooks to a partner. */
export type DeliveryMessage =
  | { readonly kind: "verification"; readonly id: number }
  | ({ readonly kind: "delivery"; readonly deliveries: readonly DeliveryAttempt[] } & DocumentKey)
  | { readonly kind: "webhook"; readonly deliveries: readonly DeliveryAttempt[] };

/** A verified subscription. */
export interface Subscription {
  /** Absolute URL, as the URL standard writes it. */
  readonly callback: string;
  /** The callback's host without its port. */
  readonly host: string;
  readonly format: Format;
  readonly secret: string | null;
  /** When its lease ends. */
  readonly expires: Instant;
}

/** A delivery with what is needed to send it. */
export interface Delivery extends DeliveryAttempt {
  readonly callback: string;
  readonly version: number;
  /** Nothing has been delivered since. */
  readonly since: Instant;
  readonly secret: string | null;
  /** Its callback's host; null for an outside hub. */
  readonly host: string | null;
}

/** How an attempt ended, with the `version` that was sent. `nextAt` is set for `failed`, which is retried then. */
export interface Outcome extends Pick<Delivery, "id" | "attempts" | "version"> {
  readonly end: "delivered" | "failed" | "given-up" | "gone" | "void";
  readonly nextAt?: Instant;
}
