// Verification of intent (WebSub §5.3): a request counts once its callback has echoed a challenge that nobody can guess.
// A request that fails here leaves the subscription that there may be as it was. One try: who missed it asks again.

import type { Runtime } from "../env.ts";
import { log, reasonOf } from "../lib/log.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { CLAIM_SECONDS } from "./delivery-queue.ts";
import { callStranger, inWords } from "./outgoing-call.ts";
import {
  addVerification,
  confirmedById,
  dropVerification,
  type Limits,
  noteSubscribed,
  type Verification,
  verificationById,
} from "./sql.ts";
import type { HubRequest } from "./subscription-request.ts";
import { topicExists, topicUrl } from "./topics.ts";

/** Requests that wait for their verification. */
const WAITING: Limits = { perHost: 20, total: 200 };
/** Subscriptions. A reader service may have one per document of 10,000 feeds; `total` bounds who has many host names. */
const SUBSCRIPTIONS: Limits = { perHost: 20_000, total: 200_000 };

/**
 * Takes a request, to be verified behind the answer (`background` is waitUntil); no delivery waits for who hangs. Cron has it asked
 * again if that comes to nothing. False when too many wait already.
 */
export async function takeRequest(
  runtime: Runtime,
  request: HubRequest,
  now: Instant,
  background: (work: Promise<unknown>) => void,
): Promise<boolean> {
  const nextAt = addSeconds(now, CLAIM_SECONDS);
  const id = await addVerification(runtime.env.DB, request, { now, nextAt, limits: WAITING });
  if (id === undefined) return false;
  background(
    verify(runtime, id, now).catch((error: unknown) =>
      log("error", { id, what: "a subscriber could not be asked", reason: reasonOf(error) }),
    ),
  );
  return true;
}

/** Asks the subscriber, and does what it confirms. @throws Error, when D1 or the feed's object fails: it is to be asked again. */
export async function verify(runtime: Runtime, id: number, now: Instant): Promise<void> {
  const { DB, FEEDS } = runtime.env;
  const request = await verificationById(DB, id);
  if (!request) return;
  if (request.mode === "subscribe" && !(await topicExists(runtime, request, now))) {
    await deny(runtime, request, "There is no such feed.");
    return dropVerification(DB, id);
  }
  const why = await challenge(runtime, request);
  if (why !== undefined) {
    log("unverified", { ...about(request), mode: request.mode, why });
    return dropVerification(DB, id);
  }
  const confirmed = await confirmedById(DB, id, SUBSCRIPTIONS);
  // A newer request took its place meanwhile.
  if (!confirmed) return;
  const { feed, format, callback, mode, lease_seconds } = request;
  const object = FEEDS.getByName(feed);
  if (mode === "unsubscribe") {
    await object.unsubscribe(feed, format, callback);
    log("unsubscribed", about(request));
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
  log("subscribed", { ...about(request), expires });
}

/** §5.3: has the callback echo what nobody can guess. Undefined when it did, else what it did instead. */
async function challenge(runtime: Runtime, request: Verification): Promise<string | undefined> {
  const { mode, lease_seconds } = request;
  const nonce = crypto.randomUUID();
  const lease = mode === "subscribe" ? { "hub.lease_seconds": String(lease_seconds) } : {};
  const answer = await ask(
    runtime,
    request,
    { "hub.mode": mode, "hub.challenge": nonce, ...lease },
    nonce.length,
  );
  if (!("success" in answer && answer.success)) return inWords(answer);
  return answer.body === nonce ? undefined : "answered something else than the challenge";
}

/** §5.2: tells a subscriber that its request is refused. */
async function deny(runtime: Runtime, request: Verification, reason: string): Promise<void> {
  const answer = await ask(runtime, request, { "hub.mode": "denied", "hub.reason": reason }, 0);
  log("denied", { ...about(request), why: reason, answer: inWords(answer) });
}

/** A GET of the callback. Parameters go behind its own, which stay as they are (§5.1). */
function ask(
  { site }: Runtime,
  request: Verification,
  parameters: Readonly<Record<string, string>>,
  bodyLimit: number,
) {
  const { callback } = request;
  const query = new URLSearchParams({ ...parameters, "hub.topic": topicUrl(request, site) });
  return callStranger(
    site,
    `${callback}${callback.includes("?") ? "&" : "?"}${query}`,
    { method: "GET" },
    bodyLimit,
  );
}

/** What a log may say of a request: the path of a callback is often its secret. */
const about = ({ feed, format, callback }: Verification) => ({
  feed,
  format,
  host: new URL(callback).host,
});
