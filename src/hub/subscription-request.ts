// A subscription request: it is read (WebSub §5.1), and after the answer its callback is asked to confirm it
// (§5.3). The answer to a malformed request lists everything that is wrong with it. Whether the feed exists, and
// whether there is room for another subscription, is found out after the answer, and the callback is told (§5.2).
//
// A request takes effect once its callback has echoed a random challenge. Until then, and if that fails, an
// existing subscription stays as it is. The callback gets one chance: a subscriber that misses it has to send its
// request again.

import type { Site } from "../article/site.ts";
import type { Runtime } from "../env.ts";
import { currentDocument } from "../feeds/cache.ts";
import { documentAt, documentPath, isTopic } from "../feeds/catalogue.ts";
import type { DocumentKey } from "../feeds/feed.ts";
import { checkCallback } from "../lib/callback-url.ts";
import { log, unlessItFails } from "../lib/log.ts";
import { fail, ok, type Problem, type Result } from "../lib/problem.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { CLAIM_SECONDS } from "./delivery-queue.ts";
import { type Answer, callUntrusted, describeAnswer, hasSucceeded } from "./outgoing-call.ts";
import {
  addVerification,
  confirmedById,
  dropVerification,
  type Limits,
  noteSubscribed,
  type SubscriptionRequest,
  type Verification,
  verificationById,
} from "./sql.ts";

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

/** Requests that may wait for verification. */
const WAITING: Limits = { perHost: 20, total: 200 };
/**
 * Subscriptions: an aggregator may have one for each of 10,000 feeds. `total` also holds against many host
 * names.
 */
const SUBSCRIPTIONS: Limits = { perHost: 20_000, total: 200_000 };

/**
 * Stores a request, and verifies it after the answer (`background` is waitUntil): a callback that hangs
 * delays no delivery. If that fails, cron has it verified again. False if too many requests wait already.
 */
export async function acceptRequest(
  runtime: Runtime,
  request: SubscriptionRequest,
  now: Instant,
  background: (work: Promise<unknown>) => void,
): Promise<boolean> {
  const nextAt = addSeconds(now, CLAIM_SECONDS);
  const id = await addVerification(runtime.env.DB, request, { now, nextAt, limits: WAITING });
  if (id === undefined) return false;
  background(unlessItFails("a subscriber could not be asked", { id }, () => verifyIntent(runtime, id, now)));
  return true;
}

/**
 * Verifies a request, and carries it out. @throws Error, when D1 or the feed's object fails: it must be
 * verified again.
 */
export async function verifyIntent(runtime: Runtime, id: number, now: Instant): Promise<void> {
  const { DB, FEEDS } = runtime.env;
  const request = await verificationById(DB, id);
  if (!request) return;
  if (request.mode === "subscribe" && !(await topicExists(runtime, request, now))) {
    await deny(runtime, request, "There is no such feed.");
    return dropVerification(DB, id);
  }
  const why = await challenge(runtime, request);
  if (why !== undefined) {
    log("unverified", { ...facts(request), mode: request.mode, why });
    return dropVerification(DB, id);
  }
  const confirmed = await confirmedById(DB, id, SUBSCRIPTIONS);
  // A newer request has replaced it.
  if (!confirmed) return;
  const { feed, format, callback, mode, lease_seconds } = request;
  const object = FEEDS.getByName(feed);
  if (mode === "unsubscribe") {
    await object.unsubscribe(feed, format, callback);
    log("unsubscribed", facts(request));
    return dropVerification(DB, id);
  }
  const { host, secret, isFull } = confirmed;
  const expires = addSeconds(now, lease_seconds);
  const end = await object.subscribe(feed, { format, callback, host, secret, expires }, isFull === 1);
  if (end === "full") {
    await dropVerification(DB, id);
    return deny(runtime, request, "There is no room for another subscription.");
  }
  await noteSubscribed(DB, request, { expires, added: end === "subscribed" ? host : undefined });
  log("subscribed", { ...facts(request), expires });
}

/**
 * True if there is such a feed. Its document is warm from now on. @throws Error, when that can't be
 * found out.
 */
async function topicExists(runtime: Runtime, { feed, format }: DocumentKey, now: Instant): Promise<boolean> {
  const behind: Promise<unknown>[] = [];
  const found = await currentDocument(runtime, { feed, format }, Date.parse(now), (work) =>
    behind.push(work),
  );
  await Promise.all(behind);
  if (typeof found === "string") return false;
  // The object notes the current version, so that a new subscriber doesn't get it as news.
  await runtime.env.FEEDS.getByName(feed).rebuild(feed);
  return true;
}

/** §5.3: sends a challenge. Undefined if the callback echoed it, else what it did instead. */
async function challenge(runtime: Runtime, request: Verification): Promise<string | undefined> {
  const { mode, lease_seconds } = request;
  const nonce = crypto.randomUUID();
  const lease = mode === "subscribe" ? { "hub.lease_seconds": String(lease_seconds) } : {};
  const parameters = { "hub.mode": mode, "hub.challenge": nonce, ...lease };
  const answer = await callBack(runtime, request, parameters, nonce.length);
  if (!hasSucceeded(answer)) return describeAnswer(answer);
  return answer.body === nonce ? undefined : "answered something else than the challenge";
}

/** §5.2: tells a subscriber that its request is denied. */
async function deny(runtime: Runtime, request: Verification, reason: string): Promise<void> {
  const answer = await callBack(runtime, request, { "hub.mode": "denied", "hub.reason": reason }, 0);
  log("denied", { ...facts(request), why: reason, answer: describeAnswer(answer) });
}

/** A GET of the callback. Parameters are appended to its own, which stay as they are (§5.1). */
function callBack(
  { site }: Runtime,
  request: Verification,
  parameters: Readonly<Record<string, string>>,
  bodyLimit: number,
): Promise<Answer> {
  const { callback } = request;
  const query = new URLSearchParams({ ...parameters, "hub.topic": topicUrl(request, site) });
  const url = `${callback}${callback.includes("?") ? "&" : "?"}${query}`;
  return callUntrusted(site, url, { method: "GET" }, bodyLimit);
}

/** What may be logged of a request. A callback's path often contains a secret. */
const facts = ({ feed, format, callback }: Verification) => ({
  feed,
  format,
  host: new URL(callback).host,
});
