// Content distribution (WebSub §7): the document's bytes to every subscriber of a message, or word of the change to an
// outside hub. Anything but 2xx is a failure, and tried again with growing gaps for a day; redirects are one too. 410
// ends the subscription. Of a host that answers nothing one delivery is tried now and then (`circuit-breaker.ts`); the others fail.
//
// An invocation sends one message. Besides the deliveries it makes at most 12 subrequests: two calls of the feed's object,
// each tried up to three times, KV, one more call if KV has no such version, and four statements of D1 about hosts that
// don't answer.

import { hubOf } from "../article/site.ts";
import type { Delivery, DeliveryAttempt, Outcome, Runtime } from "../env.ts";
import { documentSince } from "../feeds/cache.ts";
import { contentTypeOf, type DocumentKey, identityOf } from "../feeds/feed.ts";
import { hmacSha256 } from "../lib/digest.ts";
import { log } from "../lib/log.ts";
import type { Instant } from "../lib/time.ts";
import { callInTurn } from "./circuit-breaker.ts";
import { type Answer, call, callStranger, hasSucceeded, inWords, isGone } from "./outgoing-call.ts";
import { nextAttempt, ONE_DAY } from "./retry.ts";
import { topicUrl } from "./topics.ts";

/** Between calls of an object that doesn't answer. */
const PAUSES_MILLISECONDS = [100, 1000];
/** Numbers by which an object tells senders apart. */
const MOST_SENDERS = 2 ** 40;

/** How to send to one subscriber, and which version is sent. */
interface Content {
  readonly version?: number;
  readonly send: (delivery: Delivery) => Promise<Answer>;
}

/** One message. @throws Error, when the feed's object can't be asked: it has queued again what was not sent. */
export async function deliver(
  runtime: Runtime,
  key: DocumentKey,
  deliveries: readonly DeliveryAttempt[],
  now: Instant,
): Promise<void> {
  const { env, site } = runtime;
  const { feed, format } = key;
  const sender = 1 + Math.floor(Math.random() * MOST_SENDERS);
  const begun = await asked(() => env.FEEDS.getByName(feed).begin(feed, format, deliveries, sender));
  // If `hub` in site.yaml has changed since they were queued, deliveries are void.
  const isWanted = ({ callback, host }: Delivery) =>
    site.hub === undefined ? host !== null : callback === site.hub;
  const wanted = begun.filter(isWanted);
  const outcomes = begun.filter((one) => !isWanted(one)).map((one) => ended(one, "void"));
  if (wanted.length > 0) {
    const { send, version } =
      site.hub === undefined ? await contentOf(runtime, key, wanted) : ping(runtime, key);
    for (const [one, answer] of await callInTurn(env.DB, wanted, now, send))
      if (answer) outcomes.push(outcomeOf(key, { ...one, version: version ?? one.version }, answer, now));
  }
  if (outcomes.length > 0) await asked(() => env.FEEDS.getByName(feed).end(feed, outcomes));
}

/** Calls an object, and retries, since its instance may be replaced during the call, as by a deploy. */
async function asked<T>(ask: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MILLISECONDS) {
    try {
      return await ask();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return ask();
}

/** The document of the newest version that is asked for, or of a newer one. */
async function contentOf(
  runtime: Runtime,
  key: DocumentKey,
  deliveries: readonly Delivery[],
): Promise<Content> {
  const { site } = runtime;
  const version = Math.max(...deliveries.map((delivery) => delivery.version));
  const build = () => runtime.env.FEEDS.getByName(key.feed).current(key.feed, key.format, "old");
  const document = await documentSince(runtime, key, version, build);
  const body = await identityOf(document);
  const headers = {
    "Content-Type": contentTypeOf(key),
    Link: `<${hubOf(site)}>; rel="hub", <${topicUrl(key, site)}>; rel="self"`,
  };
  const send = async ({ callback, secret }: Delivery) => {
    const signature =
      secret === null ? {} : { "X-Hub-Signature": `sha256=${await hmacSha256(secret, body)}` };
    return callStranger(site, callback, { method: "POST", headers: { ...headers, ...signature }, body });
  };
  return { version: document.version, send };
}

/** Word to an outside hub that a topic has news: no standard says how, all hubs take this. `hub.url` is its older name. */
function ping({ site }: Runtime, key: DocumentKey): Content {
  const topic = topicUrl(key, site);
  const form = new URLSearchParams({ "hub.mode": "publish", "hub.url": topic, "hub.topic": topic });
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  return { send: ({ callback }) => call(callback, { method: "POST", headers, body: String(form) }) };
}

function outcomeOf({ feed, format }: DocumentKey, delivery: Delivery, answer: Answer, now: Instant): Outcome {
  const { callback, version, attempts, since } = delivery;
  const facts = { feed, format, version, host: new URL(callback).host, attempts, answer: inWords(answer) };
  if (hasSucceeded(answer)) {
    log("delivered", facts);
    return ended(delivery, "delivered");
  }
  if (isGone(answer)) {
    log("unsubscribed", facts);
    return ended(delivery, "gone");
  }
  const nextAt = nextAttempt(since, attempts, now, ONE_DAY, Math.random());
  log("undelivered", { ...facts, next: nextAt ?? "given up" });
  return nextAt ? { ...ended(delivery, "failed"), nextAt } : ended(delivery, "given-up");
}

const ended = ({ id, attempts, version }: Delivery, end: Outcome["end"]): Outcome => ({
  ...{ id, attempts, version },
  end,
});
