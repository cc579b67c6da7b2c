// The Worker's bindings, as wrangler.toml names them.

import type { D1Database, ImagesBinding, KVNamespace, Queue, R2Bucket } from "@cloudflare/workers-types";
import type { DeliveryMessage, RebuildMessage } from "./messages.ts";
import type { Site } from "./site.ts";

/** Bindings, secrets and variables. */
export interface Env {
  readonly DB: D1Database;
  readonly MEDIA: R2Bucket;
  readonly CACHE: KVNamespace;
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
