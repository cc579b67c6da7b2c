// Content distribution (WebSub §7): a consumer of the queue sends a document to the subscribers of a message,
// or tells an outside hub that it has changed. 2xx is a success, and 410 ends the subscription. Everything
// else, a redirect too, is a failure, which is retried with growing gaps for a day. Hosts that don't answer
// have a circuit breaker.
//
// An invocation sends one message. Besides the deliveries it makes at most 12 subrequests: two calls of the
// feed's object, each tried up to three times; KV, and a third call if KV's copy is too old; four D1
// statements about hosts.

import { hubOf } from "../article/site.ts";
import type { Delivery, DeliveryAttempt, Outcome, Runtime } from "../env.ts";
import { documentSince } from "../feeds/cache.ts";
import { contentTypeOf, type DocumentKey, rawBytes } from "../feeds/feed.ts";
import { hmacSha256 } from "../lib/digest.ts";
import { log } from "../lib/log.ts";
import type { Instant } from "../lib/time.ts";
import { callFairly } from "./circuit-breaker.ts";
import { HUB_BACKOFF, nextAttempt } from "./delivery-queue.ts";
import { type Answer, call, callUntrusted, describeAnswer, hasSucceeded, isGone } from "./outgoing-call.ts";
import { topicUrl } from "./subscription-request.ts";

/** Pauses before an object is called again. */
const PAUSES_MILLISECONDS = [100, 1000];
/** A sender's number is random, so that no two senders have the same. */
const MOST_SENDERS = 2 ** 40;

/** How to send to one subscriber, and which version that sends. */
interface Content {
  readonly version?: number;
  readonly send: (delivery: Delivery) => Promise<Answer>;
}

/**
 * Sends one message. @throws Error, when the feed's object can't be called: its alarm queues the deliveries
 * again.
 */
export async function deliver(
  runtime: Runtime,
  key: DocumentKey,
  deliveries: readonly DeliveryAttempt[],
  now: Instant,
): Promise<void> {
  const { env, site } = runtime;
  const { feed, format } = key;
  const sender = 1 + Math.floor(Math.random() * MOST_SENDERS);
  const begun = await withRetries(() => env.FEEDS.getByName(feed).begin(feed, format, deliveries, sender));
  // `hub` in site.yaml may have changed since these deliveries were queued.
  const isWanted = ({ callback, host }: Delivery) =>
    site.hub === undefined ? host !== null : callback === site.hub;
  const wanted = begun.filter(isWanted);
  const outcomes = begun.filter((one) => !isWanted(one)).map((one) => ended(one, "void"));
  if (wanted.length > 0) {
    const { send, version } =
      site.hub === undefined ? await documentFor(runtime, key, wanted) : notice(runtime, key);
    for (const [one, answer] of await callFairly(env.DB, wanted, now, send))
      if (answer) outcomes.push(outcomeOf(key, { ...one, version: version ?? one.version }, answer, now));
  }
  if (outcomes.length > 0) await withRetries(() => env.FEEDS.getByName(feed).end(feed, outcomes));
}

/** Calls an object up to three times: its instance may be replaced during a call, as by a deploy. */
async function withRetries<T>(ask: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MILLISECONDS) {
    try {
      return await ask();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return ask();
}

/** Content for subscribers: the document in the newest of the versions that are due, or in a newer one. */
async function documentFor(
  runtime: Runtime,
  key: DocumentKey,
  deliveries: readonly Delivery[],
): Promise<Content> {
  const { site } = runtime;
  const version = Math.max(...deliveries.map((delivery) => delivery.version));
  const build = () => runtime.env.FEEDS.getByName(key.feed).current(key.feed, key.format, "old");
  const document = await documentSince(runtime, key, version, build);
  const body = await rawBytes(document);
  const headers = {
    "Content-Type": contentTypeOf(key),
    Link: `<${hubOf(site)}>; rel="hub", <${topicUrl(key, site)}>; rel="self"`,
  };
  const send = async ({ callback, secret }: Delivery) => {
    const signature =
      secret === null ? {} : { "X-Hub-Signature": `sha256=${await hmacSha256(secret, body)}` };
    return callUntrusted(site, callback, { method: "POST", headers: { ...headers, ...signature }, body });
  };
  return { version: document.version, send };
}

/**
 * Content for an outside hub: it is told that a topic has changed. WebSub leaves the form open; this one is
 * what public hubs accept. `hub.url` is the older name of `hub.topic`.
 */
function notice({ site }: Runtime, key: DocumentKey): Content {
  const topic = topicUrl(key, site);
  const form = new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic });
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return { send: ({ callback }) => call(callback, { method: "POST", headers, body: String(form) }) };
}

function outcomeOf({ feed, format }: DocumentKey, delivery: Delivery, answer: Answer, now: Instant): Outcome {
  const { callback, version, attempts, since } = delivery;
  const facts = {
    feed,
    format,
    version,
    host: new URL(callback).host,
    attempts,
    answer: describeAnswer(answer),
  };
  if (hasSucceeded(answer)) {
    log("delivered", facts);
    return ended(delivery, "delivered");
  }
  if (isGone(answer)) {
    log("unsubscribed", facts);
    return ended(delivery, "gone");
  }
  const nextAt = nextAttempt(since, attempts, now, HUB_BACKOFF, Math.random());
  log("undelivered", { ...facts, next: nextAt ?? "given up" });
  return nextAt ? { ...ended(delivery, "failed"), nextAt } : ended(delivery, "given-up");
}

const ended = ({ id, attempts, version }: Delivery, end: Outcome["end"]): Outcome => ({
  ...{ id, attempts, version },
  end,
});
