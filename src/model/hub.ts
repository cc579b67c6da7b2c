// What a subscriber asks of the hub (WebSub §5.1), and where that is.

import type { DocumentKey } from "./feed.ts";
import type { Site } from "./site.ts";

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
