// Webhooks to partners' servers (Standard Webhooks 1.0): a small signed payload that says what happened to an
// article. The partner fetches the feed for the rest.
//
// A 2xx within 15 seconds is a success. 410 disables the partner's webhook. Anything else, a redirect too, is
// retried with growing gaps for three days. After that the webhook is a dead letter, until somebody has it
// sent again.
//
// If five requests in a row get no answer from a server, it gets one in five minutes until it answers
// (`hub/circuit-breaker.ts`). Its other webhooks fail meanwhile.
//
// A message takes at most 24 of the 50 D1 queries and subrequests that an invocation has: two to begin, 15
// webhooks, three statements to end, four about hosts that don't answer.

import { uriOf } from "../article/article-id.ts";
import type { DeliveryAttempt, Runtime } from "../env.ts";
import { callFairly } from "../hub/circuit-breaker.ts";
import { CLAIM_SECONDS, nextAttempt, WEBHOOK_BACKOFF, webhookMessages } from "../hub/delivery-queue.ts";
import {
  type Answer,
  type Caller,
  callUntrusted,
  describeAnswer,
  hasSucceeded,
  isGone,
} from "../hub/outgoing-call.ts";
import { sendAll } from "../lib/batches.ts";
import { sha256 } from "../lib/digest.ts";
import { log } from "../lib/log.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { allPartners, type PartnerRecord } from "./sql.ts";
import {
  beginWebhooks,
  claimWebhooks,
  type DisabledWebhook,
  endWebhooks,
  type Webhook,
  type WebhookOutcome,
  webhooksAreDue,
} from "./sql-webhooks.ts";

/** Webhooks that one call of `queueWebhooks` queues. */
const QUEUE_LIMIT = 1000;
const ID_DIGITS = 32;
const CALLER: Caller = { userAgent: "Wireroom (partner webhook)", timeoutMilliseconds: 15_000 };
const NO_SECRET = "the secret WEBHOOK_SECRET is not set";
const SECRET_PREFIX = "whsec_";
const SECRET_BITS = 256;
/** For how long a secret still signs after its rotation. */
const ROTATION_DAYS = 7;

/**
 * Queues the webhooks that are due at `now`, of one partner or of all. Returns how many. @throws Error, when
 * D1 fails.
 */
export async function queueWebhooks({ env }: Runtime, now: Instant, partner?: string): Promise<number> {
  if (!env.WEBHOOK_SECRET) {
    if (await webhooksAreDue(env.DB, now, partner))
      log("undelivered", { what: "webhooks wait", why: NO_SECRET });
    return 0;
  }
  const due = await claimWebhooks(env.DB, now, {
    nextAt: addSeconds(now, CLAIM_SECONDS),
    limit: QUEUE_LIMIT,
    ...omitUndefined({ partner }),
  });
  await sendAll(env.DELIVERIES, webhookMessages(due));
  return due.length;
}

/**
 * Sends the webhooks of one message. @throws Error, when D1 fails. Cron then queues again what was not sent.
 */
export async function deliverWebhooks(
  runtime: Runtime,
  deliveries: readonly DeliveryAttempt[],
  now: Instant,
): Promise<void> {
  const { DB, WEBHOOK_SECRET } = runtime.env;
  if (!WEBHOOK_SECRET)
    return log("undelivered", { what: "webhooks wait", why: NO_SECRET, webhooks: deliveries.length });
  const begun = await beginWebhooks(DB, deliveries, now, addSeconds(now, CLAIM_SECONDS));
  const partners = new Map((await allPartners(DB)).map((record) => [record.policy.id, record]));
  const outcomes: WebhookOutcome[] = [];
  /** Ids of webhooks that the policy no longer asks for. */
  const obsolete: number[] = [];
  /** By partner. */
  const disabled = new Map<string, DisabledWebhook>();

  /** Gives the attempt back: nothing was sent. */
  const postpone = ({ id, attempts }: Webhook) =>
    outcomes.push({ id, attempts, counted: attempts - 1, nextAt: now });

  const ready = begun.flatMap((webhook) => {
    const record = partners.get(webhook.partner);
    const push = record?.policy.push;
    if (!record?.policy.enabled || !push?.events.includes(webhook.event)) obsolete.push(webhook.id);
    else if (record.webhookDisabled !== undefined) postpone(webhook);
    else return [{ webhook, record, url: push.url, host: new URL(push.url).hostname }];
    return [];
  });
  const answers = await callFairly(DB, ready, now, async ({ webhook, record, url }) => {
    const { partner } = webhook;
    if (disabled.has(partner)) return undefined;
    const secrets = await webhookSecrets(WEBHOOK_SECRET, record, now);
    const answer = await send(runtime, url, webhook, secrets, now);
    if (isGone(answer)) disabled.set(partner, { partner, url, why: `${now} ${describeAnswer(answer)}` });
    return answer;
  });
  for (const [{ webhook }, answer] of answers) {
    if (answer) outcomes.push(outcomeOf(webhook, answer, now));
    else postpone(webhook);
  }
  if (begun.length > 0) await endWebhooks(DB, outcomes, obsolete, [...disabled.values()]);
}

/** Sends one request. Its id is the same in every attempt, and differs for every other event and partner. */
async function send(
  { site }: Runtime,
  url: string,
  webhook: Webhook,
  secrets: readonly string[],
  now: Instant,
): Promise<Answer> {
  const { partner, articleId, version, event, at } = webhook;
  const id = `msg_${(await sha256(JSON.stringify([partner, articleId, version, event]))).slice(0, ID_DIGITS)}`;
  const timestamp = Date.parse(now) / 1000;
  const uri = uriOf(articleId, site.tag);
  // Partners with Atom or ninjs know the article by its URI alone.
  const ids = { id: articleId, ...(uri === articleId ? {} : { uri }) };
  // Ids and addresses are short: far below the 20 kB that a payload may have.
  const data = { ...ids, url: webhook.url, version, time: at };
  const body = JSON.stringify({ type: event, timestamp: at, data });
  const headers = {
    "Content-Type": "application/json",
    "webhook-id": id,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": await signatures(secrets, id, timestamp, body),
  };
  return callUntrusted(site, url, { method: "POST", headers, body }, 0, CALLER);
}

function outcomeOf(webhook: Webhook, answer: Answer, now: Instant): WebhookOutcome {
  const { id, attempts, since, partner, articleId, version, event } = webhook;
  const outcome = { id, attempts, counted: attempts, answer: describeAnswer(answer) };
  const facts = { partner, article: articleId, version, type: event, attempts, answer: outcome.answer };
  if (hasSucceeded(answer)) {
    log("delivered", facts);
    return { ...outcome, deliveredAt: now };
  }
  if (isGone(answer)) {
    log("switched-off", facts);
    return { ...outcome, nextAt: now };
  }
  const nextAt = nextAttempt(since, attempts, now, WEBHOOK_BACKOFF, Math.random());
  log("undelivered", { ...facts, next: nextAt ?? "dead" });
  return nextAt ? { ...outcome, nextAt } : outcome;
}

/** What a partner's secrets are derived from. */
type SecretOwner = Pick<PartnerRecord, "generation" | "rotatedAt"> & {
  readonly policy: { readonly id: string };
};

/**
 * The secrets to sign with at `now`, each as `whsec_` and base64 of 32 bytes, newest first. For a week after
 * a rotation the previous one signs too, so that the partner has time to switch. No secret is stored: each is
 * derived (HKDF, RFC 5869, with SHA-256) from the Worker's secret, the partner's id and a generation.
 */
export function webhookSecrets(
  root: string,
  { policy, generation, rotatedAt }: SecretOwner,
  now: Instant,
): Promise<readonly string[]> {
  const rotates = rotatedAt !== undefined && now < addSeconds(rotatedAt, ROTATION_DAYS * 86_400);
  const generations = rotates ? [generation, generation - 1] : [generation];
  return Promise.all(generations.map((one) => derive(root, `wireroom webhook ${policy.id} ${one}`)));
}

/**
 * The value of the header `webhook-signature`: one signature for each secret, over id, timestamp (Unix
 * seconds) and body.
 */
export async function signatures(
  secrets: readonly string[],
  id: string,
  timestamp: number,
  body: string,
): Promise<string> {
  const content = utf8(`${id}.${timestamp}.${body}`);
  const all = secrets.map(async (secret) => {
    const raw = Uint8Array.from(atob(secret.slice(SECRET_PREFIX.length)), (character) =>
      character.charCodeAt(0),
    );
    const key = await crypto.subtle.importKey("raw", raw, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
    return `v1,${base64(await crypto.subtle.sign("HMAC", key, content))}`;
  });
  return (await Promise.all(all)).join(" ");
}

async function derive(root: string, info: string): Promise<string> {
  const key = await crypto.subtle.importKey("raw", utf8(root), "HKDF", false, ["deriveBits"]);
  const algorithm = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8(info) };
  return SECRET_PREFIX + base64(await crypto.subtle.deriveBits(algorithm, key, SECRET_BITS));
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const base64 = (bytes: ArrayBuffer): string => btoa(String.fromCharCode(...new Uint8Array(bytes)));
