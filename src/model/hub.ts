// What a subscriber asks of the hub (WebSub §5.1), where that is, and what is sent to it.

import type { DocumentKey, Format } from "./feed.ts";
import type { Turn } from "./messages.ts";
import type { Site } from "./site.ts";
import type { Instant } from "./time.ts";

/** What may be asked. */
export type HubMode = "subscribe" | "unsubscribe";

/** A request that has nothing wrong with it. */
export interface HubRequest {
  readonly mode: HubMode;
  readonly topic: DocumentKey;
  /** Absolute URL, as the URL standard writes it. */
  readonly callback: string;
  /** The callback's host without its port. */
  readonly host: string;
  /** For how long the subscription is to stand; of no meaning for `unsubscribe`. */
  readonly leaseSeconds: number;
  /** Signs every delivery; less than 200 bytes. */
  readonly secret?: string;
}

/** The hub that documents name: the publisher's choice, else our own. */
export const hubOf = ({ hub, url }: Pick<Site, "hub" | "url">): string => hub ?? `${url}/hub`;

/** A subscription that its subscriber confirmed. */
export interface Subscription extends Pick<HubRequest, "callback" | "host"> {
  readonly format: Format;
  readonly secret: string | null;
  /** When its lease is over. */
  readonly expires: Instant;
}

/** A delivery that is to be sent now. */
export interface Delivery extends Turn {
  readonly callback: string;
  readonly version: number;
  /** Since when nothing has arrived. */
  readonly since: Instant;
  readonly secret: string | null;
  /** Its callback's host; null for an outside hub. */
  readonly host: string | null;
}

/** How sending one ended, and the `version` that was sent; `nextAt` for what is to be tried again. */
export interface Outcome extends Pick<Delivery, "id" | "attempts" | "version"> {
  readonly end: "delivered" | "failed" | "given-up" | "gone" | "void";
  readonly nextAt?: Instant;
}
