// A subscriber's request (WebSub §5.1), read from its form. What is wrong with the request itself is told in the answer,
// with every reason: a parameter that is missing, twice there or unreadable, a callback that is not called, a topic that
// is nobody's here. Whether there is such a feed, and room for a subscriber, is found out behind the answer, and told to
// the callback as a denial (§5.2).

import type { Site } from "../article/site.ts";
import type { DocumentKey } from "../feeds/feed.ts";
import { checkCallback } from "../lib/callback-url.ts";
import { fail, ok, type Problem, type Result } from "../lib/problem.ts";
import { topicAt } from "./topics.ts";

const DAY_SECONDS = 86_400;
const LEASE_SECONDS = { shortest: DAY_SECONDS, usual: 10 * DAY_SECONDS, longest: 30 * DAY_SECONDS } as const;
/** §5.1: a secret is shorter than this. */
const SECRET_BYTES = 200;

/** Reads a request. Parameters that the hub doesn't know are ignored. */
export function readHubRequest(form: URLSearchParams, site: Site): Result<HubRequest> {
  const problems: Problem[] = [];
  const wrong = (path: string, message: string) => {
    problems.push({ path, message });
    return undefined;
  };
  const read = <T>(name: string, parse: (value: string) => T | undefined, fallback?: T): T | undefined => {
    const [value, ...others] = form.getAll(name);
    if (others.length > 0) return wrong(name, "is there more than once");
    if (value !== undefined && value !== "") return parse(value);
    return fallback ?? wrong(name, "is missing");
  };

  const mode = read("hub.mode", (value) =>
    value === "subscribe" || value === "unsubscribe"
      ? value
      : wrong("hub.mode", "must be subscribe or unsubscribe"),
  );
  const topic = read(
    "hub.topic",
    (value) =>
      topicAt(value, site) ?? wrong("hub.topic", `must be the exact address of a feed of ${site.url}`),
  );
  const callback = read("hub.callback", (value) => {
    const checked = checkCallback(value, site);
    return checked.ok ? checked : wrong("hub.callback", checked.reason);
  });
  // Both are of no meaning for the end of a subscription.
  const isEnd = mode === "unsubscribe";
  const leaseSeconds = isEnd ? 0 : read("hub.lease_seconds", parseLease, LEASE_SECONDS.usual);
  const secret = isEnd ? "" : read("hub.secret", parseSecret, "");
  if (mode === undefined || !topic || !callback || leaseSeconds === undefined || secret === undefined) {
    return fail(...problems);
  }
  const { url, host } = callback;
  return ok({ mode, topic, callback: url, host, leaseSeconds, ...(secret === "" ? {} : { secret }) });

  function parseLease(value: string): number | undefined {
    if (!/^\d+$/.test(value)) return wrong("hub.lease_seconds", "must be a whole number of seconds");
    return Math.min(Math.max(Number(value), LEASE_SECONDS.shortest), LEASE_SECONDS.longest);
  }

  function parseSecret(value: string): string | undefined {
    return new TextEncoder().encode(value).byteLength < SECRET_BYTES
      ? value
      : wrong("hub.secret", `must be shorter than ${SECRET_BYTES} bytes`);
  }
}

// What a subscriber asks of the hub (WebSub §5.1), where that is, and what is sent to it.

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
