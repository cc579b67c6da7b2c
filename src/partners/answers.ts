// What the API answers of partners; the CLI reads these too.

import type { Home } from "../article/article.ts";
import type { Problem } from "../lib/problem.ts";
import type { PartnerEvent, Policy } from "./policy.ts";

/** One row of `GET /api/partners`, and the answer to PUT. */
export interface PartnerSummary {
  readonly id: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly profile: Policy["profile"];
  readonly access: Policy["access"];
  /** Who sent its policy; null for one that was stored before this was noted. */
  readonly home: Home | null;
  /** Address of the feed; with `{token}` in it where the token is part of the address. */
  readonly url: string;
  /** Address of the page for the partner's engineers, in the same way. */
  readonly page: string;
  readonly items: number;
  readonly bytes: number;
  readonly version: number;
  readonly builtAt: string | null;
  readonly staleSince: string | null;
  readonly lastError: string | null;
  /** The minute of the last fetch, and its HTTP status; null for a partner that never came. */
  readonly lastFetch: { readonly minute: string; readonly status: number } | null;
  /** Names of its tokens: the first eight digits of their SHA-256. */
  readonly tokens: readonly { readonly name: string; readonly madeAt: string }[];
  /** Whether its webhook is called: null where the policy names none, else `on`, or when and why it was switched off. */
  readonly push: string | null;
  /** What the PUT did; missing in lists. */
  readonly change?: "created" | "updated" | "unchanged";
}

/** An article in a partner's feed, or left out of it. */
export interface PartnerItem {
  readonly slug: string;
  readonly headline: string;
  readonly published: string;
  /** Why it is left out, or what its engineers should know of. */
  readonly problems: readonly Problem[];
}

/** `GET /api/partners/{id}`. */
export interface PartnerReport extends PartnerSummary {
  readonly policy: Policy;
  readonly included: readonly PartnerItem[];
  readonly leftOut: readonly PartnerItem[];
  /** Newest first, a row a day (UTC, `2024-10-24`). */
  readonly days: readonly { readonly day: string; readonly fetches: number; readonly bytes: number }[];
}

/** `GET /api/partners/{id}/articles/{slug}`: rule by rule, why an article is in the feed or not. */
export interface PartnerExplanation {
  readonly slug: string;
  readonly headline: string;
  readonly included: boolean;
  readonly rules: readonly RuleVerdict[];
  /** What the ledger says of it; null for one that was never in the feed. */
  readonly ledger: {
    /** Minute in which it was first served; null while nobody has fetched it. */
    readonly firstServed: string | null;
    /** The version of the article that the partner fetched last; null for none. */
    readonly lastFetched: number | null;
    /** The version that the feed holds, and what that was. */
    readonly current: number;
    readonly event: PartnerEvent;
    /** True when the partner has fetched the feed since it holds `current`. */
    readonly fetchedSince: boolean;
  } | null;
}

/** What one rule says of an article. */
export interface RuleVerdict {
  /** The key of the policy, or `profile`: `select.sections`, `delay`. */
  readonly rule: string;
  readonly passed: boolean;
  /** One sentence without a full stop. */
  readonly says: string;
}

/** Answer to `POST /api/partners/{id}/tokens`: the only time that the token is seen. */
export interface IssuedToken {
  readonly name: string;
  readonly token: string;
  /** Address of the feed, with the token where it is part of it. */
  readonly url: string;
  /** Header that brings it, as `Authorization: …`; null where the address does. */
  readonly header: string | null;
}

/** Answer to `GET` and `POST /api/partners/{id}/webhook`: what its signatures are checked with. */
export interface WebhookSecret {
  readonly url: string;
  /** `whsec_…`, as Standard Webhooks writes it. */
  readonly secret: string;
  /** The one before, while it still signs too; null otherwise. */
  readonly previous: string | null;
  /** When it was switched off, and why; null while it is on. */
  readonly off: string | null;
}

/** How a webhook may stand. */
export const DELIVERY_STATES = ["waiting", "dead", "delivered"] as const;

/** One row of `GET /api/deliveries`. */
export interface WebhookDelivery {
  readonly id: number;
  readonly partner: string;
  readonly event: PartnerEvent;
  /** Its id. */
  readonly article: string;
  readonly version: number;
  /** When it happened. */
  readonly at: string;
  readonly state: (typeof DELIVERY_STATES)[number];
  readonly attempts: number;
  /** When it is tried next; null for what is delivered or dead. */
  readonly nextAt: string | null;
  /** What the partner's server last said. */
  readonly answer: string | null;
}
