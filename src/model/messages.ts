// What the queues carry.

import type { DocumentKey, StoredKey } from "./feed.ts";

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
  | ({ readonly kind: "document" } & StoredKey);

/** RENDERS: render some articles again, after a change of settings, or without images that were killed. */
export interface RenderMessage {
  readonly kind: "articles";
  readonly ids: readonly string[];
}

/** A delivery, and how often it was tried when it was queued: a message that comes twice finds another number. */
export interface Turn {
  readonly id: number;
  readonly attempts: number;
}

/**
 * DELIVERIES: ask one subscriber whether it means its request, send one document to some subscribers, or tell partners'
 * servers of something.
 */
export type DeliveryMessage =
  | { readonly kind: "verification"; readonly id: number }
  | ({ readonly kind: "delivery"; readonly turns: readonly Turn[] } & DocumentKey)
  | { readonly kind: "webhook"; readonly turns: readonly Turn[] };
