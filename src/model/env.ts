// The Worker's bindings, as wrangler.toml names them.

import type { D1Database, KVNamespace, Queue, R2Bucket } from "@cloudflare/workers-types";
import type { RebuildMessage } from "./messages.ts";

/** Bindings, secrets and variables. */
export interface Env {
  readonly DB: D1Database;
  readonly MEDIA: R2Bucket;
  readonly CACHE: KVNamespace;
  readonly REBUILDS: Queue<RebuildMessage>;
  /** Secret of the publishing API; without it the API is closed. */
  readonly PUBLISH_TOKEN?: string;
  /** A second valid secret while the first is being replaced. */
  readonly PUBLISH_TOKEN_NEXT?: string;
  /** Overrides `url` of site.yaml. */
  readonly SITE_URL?: string;
}
