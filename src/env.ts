// The Worker's bindings, as wrangler.toml names them.

import type {
  D1Database,
  Fetcher,
  ImagesBinding,
  KVNamespace,
  Queue,
  R2Bucket,
} from "@cloudflare/workers-types";
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
import type { PartnerFetch } from "./partners/fetches.ts";
import type { Policy } from "./partners/policy.ts";
import type { Doer } from "./partners/sql.ts";
import type { CountedMinute } from "./partners/sql-ledger.ts";

/**
 * Why an isolate asks an object for a document: KV has no copy (`missing`), the isolate itself has just
 * changed it (`changed`), or KV's copy is outdated (`old`).
 */
export type AskedWhy = "missing" | "changed" | "old";

/** The calls that every building object takes. Each call names the object's feed. */
export interface BuildingObjectApi<Key extends StoredKey> {
  /** Tells it that D1 has a change for it. It builds within a second or so. */
  touch(feed: Key["feed"]): Promise<void>;
  /** Has it build at once, and write the formats in `lost` to KV again. It retries failures by itself. */
  rebuild(feed: Key["feed"], lost?: readonly Key["format"][]): Promise<void>;
}

/** The calls that a feed's object takes. */
export interface FeedObjectApi extends BuildingObjectApi<DocumentKey> {
  /** The newest document. @throws Error, when D1 fails. */
  readonly current: (feed: FeedKey, format: Format, why: AskedWhy) => Promise<FeedDocument>;
  /** Keeps a document warm for longer, since it is still requested. @throws Error, when D1 fails. */
  readonly keep: (feed: FeedKey, format: Format) => Promise<void>;
  /**
   * Adds or renews a subscription. If the hub `isFull`, only renewals are taken. @throws Error, when D1
   * fails.
   */
  readonly subscribe: (
    feed: FeedKey,
    subscription: Subscription,
    isFull: boolean,
  ) => Promise<"subscribed" | "renewed" | "full">;
  readonly unsubscribe: (feed: FeedKey, format: Format, callback: string) => Promise<void>;
  /**
   * Starts the attempts of a queue message, and returns the deliveries to send. It leaves out deliveries that
   * another message has started, or that are no longer needed. `sender` is a number above 0; the same sender
   * may call again.
   */
  readonly begin: (
    feed: FeedKey,
    format: Format,
    deliveries: readonly DeliveryAttempt[],
    sender: number,
  ) => Promise<readonly Delivery[]>;
  /** Stores the outcomes of attempts. May be called twice. */
  readonly end: (feed: FeedKey, outcomes: readonly Outcome[]) => Promise<void>;
}

/** The objects of all feeds, by their keys. */
interface FeedObjects {
  readonly getByName: (feed: FeedKey) => FeedObjectApi;
}

/** Who may read a partner's document. KV's copy has it in its metadata, and the partner's object checks it. */
export interface PartnerAccess extends Pick<Policy, "access" | "enabled" | "profile"> {
  /** SHA-256 of the partner's tokens, lower-case hex. */
  readonly hashes: readonly string[];
}

/** The token of a request: in which way it came, and its SHA-256, lower-case hex. */
export interface PartnerCredentials extends Pick<Policy, "access"> {
  readonly hash: string;
}

/** A request for a partner's document. */
export interface PartnerPoll {
  readonly credentials: PartnerCredentials;
  /** Whether D1 has just admitted these credentials. */
  readonly isAdmitted: boolean;
  /** The version of KV's copy; 0 for none. */
  readonly version: number;
  /** What is answered if that version is current, for the ledger. */
  readonly fetch?: PartnerFetch | undefined;
  /** Whether KV lacks the copy, or what says who may read it. */
  readonly isMissing: boolean;
}

/** The answer to a poll. `current`: KV's copy is. `failed`: there is nothing to serve. */
export type PartnerAnswer = PartnerDocument | "current" | "refused" | "failed";

/** The calls that a partner's object takes. */
export interface PartnerObjectApi extends BuildingObjectApi<PartnerKey> {
  /** Checks the credentials, and returns the document unless the caller has it. Never throws. */
  readonly poll: (feed: PartnerKey["feed"], asked: PartnerPoll) => Promise<PartnerAnswer>;
  /** Counts an answer to the partner that `poll` doesn't know of. */
  readonly noteFetch: (feed: PartnerKey["feed"], fetch: CountedMinute) => Promise<void>;
  /** Writes what it has counted to D1. @throws Error, when D1 fails. */
  readonly writeFetches: (feed: PartnerKey["feed"]) => Promise<void>;
  /**
   * Stores a policy. From then on no document is served that was built under the previous one. False if the
   * stored policy is another one than `sender.expected`. @throws Error, when D1 fails.
   */
  readonly change: (policy: Policy, digest: string, sender: PolicySender) => Promise<boolean>;
  /**
   * Removes the partner and all its data, on behalf of `by`; false if there is no such partner. @throws Error,
   * when D1 fails.
   */
  readonly remove: (feed: PartnerKey["feed"], by: string) => Promise<boolean>;
  /** Adds a token; false if there are enough, or there is no such partner. @throws Error, when D1 fails. */
  readonly addToken: (feed: PartnerKey["feed"], hash: string, doer: Doer) => Promise<boolean>;
  /**
   * Revokes the token whose hash starts with `name`; false if there is none. From then on it refuses that token.
   * @throws Error, when D1 fails.
   */
  readonly dropToken: (feed: PartnerKey["feed"], name: string, doer: Doer) => Promise<boolean>;
}

/** Who sends a policy. */
export interface PolicySender {
  readonly home: Home;
  /** A person's name, or a program's. */
  readonly by: string;
  /** The digest of the only policy that may be replaced; null: there must be none. */
  readonly expected?: string | null | undefined;
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
  /** The static files, of which the Worker itself reads style sheets, the OpenAPI document and redirects. */
  readonly ASSETS?: Pick<Fetcher, "fetch">;
  /** Cloudflare Images; without it pictures go to partners as they are, or not at all. */
  readonly IMAGES?: ImagesBinding;
  /** The key that the secrets of partners' webhooks are derived from; without it no webhooks are sent. */
  readonly WEBHOOK_SECRET?: string;
  /** How long an object gathers changes before it builds; by default a second. */
  readonly GATHER_MILLISECONDS?: string;
  /**
   * Cloudflare's plan. With `paid`, an invocation sends more of the hub's deliveries; anything else means
   * `free`.
   */
  readonly PLAN?: string;
  /** How many seconds a publication at the desk can be undone; by default 15. 0 turns undo off. */
  readonly UNDO_SECONDS?: string;
  /** The team's name in Cloudflare Access. With ACCESS_AUD, only Access lets people in to the desk. */
  readonly ACCESS_TEAM?: string;
  /** The audience tag of the Access application in front of the desk. */
  readonly ACCESS_AUD?: string;
  /** Overrides `url` of site.yaml. */
  readonly SITE_URL?: string;
}

/** The context that all code with I/O gets. */
export interface Runtime {
  readonly env: Env;
  readonly site: Site;
  /**
   * Changes with the renderer and with the settings that documents show; documents with another fingerprint
   * are rebuilt.
   */
  readonly fingerprint: string;
  /** The in-memory caches of this isolate or Durable Object. */
  readonly isolate: IsolateCache;
}

// The messages of the queues.

/**
 * REBUILDS: `feed` has the object of a feed or partner build, and restore the copies that KV has lost;
 * `document` does so for one document, and comes only from older versions of this code; `story` publishes a
 * story that is due.
 */
export type RebuildMessage =
  | {
      readonly kind: "feed";
      readonly feed: StoredKey["feed"];
      readonly lost?: readonly StoredKey["format"][];
    }
  | ({ readonly kind: "document" } & StoredKey)
  | { readonly kind: "story"; readonly story: string };

/** RENDERS: rerender some articles, after a change of settings, or without images that were removed. */
export interface RenderMessage {
  readonly kind: "articles";
  readonly ids: readonly string[];
}

/** One attempt to deliver. A repeated message is recognised by `attempts`: the count has gone up since. */
export interface DeliveryAttempt {
  /** The delivery's id. */
  readonly id: number;
  /** How many attempts there were before this message was queued. */
  readonly attempts: number;
}

/**
 * DELIVERIES: verify a subscription request, send one document to some subscribers, or send webhooks to a
 * partner.
 */
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
  /** When the oldest undelivered version was announced: nothing has been delivered since. */
  readonly since: Instant;
  readonly secret: string | null;
  /** Its callback's host; null for an outside hub. */
  readonly host: string | null;
}

/**
 * How an attempt ended, with the `version` that was sent. `nextAt` is set for `failed`, which is retried
 * then.
 */
export interface Outcome extends Pick<Delivery, "id" | "attempts" | "version"> {
  readonly end: "delivered" | "failed" | "given-up" | "gone" | "void";
  readonly nextAt?: Instant;
}
