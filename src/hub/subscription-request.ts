// A subscription request (WebSub §5.1): the form's parameters, checked, and the topics that it can name. The
// answer to a malformed request lists everything that is wrong with it. Whether the feed exists, and whether
// there is room for another subscription, is found out after the answer, and the callback is told (§5.2).

import type { Site } from "../article/site.ts";
import { documentAt, documentPath, isTopic } from "../feeds/catalogue.ts";
import type { DocumentKey } from "../feeds/feed.ts";
import { checkCallback } from "../lib/callback-url.ts";
import { fail, ok, type Problem, type Result } from "../lib/problem.ts";

/** `hub.mode` of a request. */
export type HubMode = "subscribe" | "unsubscribe";

/** A well-formed request. */
export interface SubscriptionRequest {
  readonly mode: HubMode;
  readonly topic: DocumentKey;
  /** Absolute URL, as the URL standard writes it. */
  readonly callback: string;
  /** The callback's host without its port. */
  readonly host: string;
  /** How long the subscription lasts; meaningless for `unsubscribe`. */
  readonly leaseSeconds: number;
  /** Signs every delivery; less than 200 bytes. */
  readonly secret?: string;
}

const DAY_SECONDS = 86_400;
const LEASE_SECONDS = { shortest: DAY_SECONDS, usual: 10 * DAY_SECONDS, longest: 30 * DAY_SECONDS } as const;
/** §5.1: a secret is shorter than this. */
const SECRET_BYTES = 200;

/** Reads a request. Unknown parameters are ignored. */
export function readSubscriptionRequest(form: URLSearchParams, site: Site): Result<SubscriptionRequest> {
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
  // To end a subscription, neither is needed.
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

/** The URL of a topic, exactly as the document itself names it. */
export const topicUrl = (key: DocumentKey, site: Pick<Site, "url">): string => site.url + documentPath(key);

/**
 * The document with that URL. Undefined for what can't be a topic: anything but a public feed, and the pages
 * of the archive, which don't change.
 */
function topicAt(url: string, site: Pick<Site, "url">): DocumentKey | undefined {
  const key = url.startsWith(`${site.url}/`) ? documentAt(url.slice(site.url.length)) : undefined;
  return key && isTopic(key.feed) && topicUrl(key, site) === url ? key : undefined;
}
