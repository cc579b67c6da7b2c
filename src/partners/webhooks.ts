// Partners' servers are told what happened to an article (Standard Webhooks 1.0): a thin payload, signed; they fetch the
// feed for the rest. 2xx within 15 seconds is a success, 410 switches the webhook off, anything else, redirects too, is
// tried again with growing gaps for three days; then it is dead, until somebody has it sent again.
//
// A server that answers nothing is asked now and then (`circuit.ts`); what else waits for it fails meanwhile.
//
// Of 50 D1 queries and subrequests a message takes at most 24: two to begin, 15 webhooks, three statements to end, four about
// hosts that don't answer.

import { uriOf } from "../article/article-id.ts";
import type { Runtime, Turn } from "../env.ts";
import { type Answer, type Caller, callStranger, hasSucceeded, inWords, isGone } from "../hub/call.ts";
import { callInTurn } from "../hub/circuit.ts";
import { CLAIM_SECONDS, webhookMessages } from "../hub/messages.ts";
import { nextAttempt, THREE_DAYS } from "../hub/retry.ts";
import { sha256 } from "../lib/digest.ts";
import { log } from "../lib/log.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import { sendAll } from "../lib/send-all.ts";
import { addSeconds, type Instant } from "../lib/time.ts";
import { allPartners } from "./sql.ts";
import {
  beginWebhooks,
  claimWebhooks,
  endWebhooks,
  type GoneWebhook,
  type Webhook,
  type WebhookOutcome,
  webhooksAreDue,
} from "./sql-webhooks.ts";
import { signatures, webhookSecrets } from "./webhook-secret.ts";

/** Webhooks that one call queues. */
const PUSH_LIMIT = 1000;
const ID_DIGITS = 32;
const CALLER: Caller = { userAgent: "Wireroom (partner webhook)", timeoutMilliseconds: 15_000 };
const NO_SECRET = "the secret WEBHOOK_SECRET is not set";

/** Queues what partners, or one of them, are to be told by `now`; how much that is. @throws Error, when D1 fails. */
export async function pushWebhooks({ env }: Runtime, now: Instant, partner?: string): Promise<number> {
  if (!env.WEBHOOK_SECRET) {
    if (await webhooksAreDue(env.DB, now, partner))
      log("undelivered", { what: "webhooks wait", why: NO_SECRET });
    return 0;
  }
  const due = await claimWebhooks(env.DB, now, {
    nextAt: addSeconds(now, CLAIM_SECONDS),
    limit: PUSH_LIMIT,
    ...omitUndefined({ partner }),
  });
  await sendAll(env.DELIVERIES, webhookMessages(due));
  return due.length;
}

/** One message. @throws Error, when D1 fails: cron queues again what was not sent. */
export async function tellPartners(runtime: Runtime, turns: readonly Turn[], now: Instant): Promise<void> {
  const { DB, WEBHOOK_SECRET } = runtime.env;
  if (!WEBHOOK_SECRET)
    return log("undelivered", { what: "webhooks wait", why: NO_SECRET, webhooks: turns.length });
  const begun = await beginWebhooks(DB, turns, now, addSeconds(now, CLAIM_SECONDS));
  const partners = new Map((await allPartners(DB)).map((record) => [record.policy.id, record]));
  const outcomes: WebhookOutcome[] = [];
  const unwanted: number[] = [];
  const gone = new Map<string, GoneWebhook>();

  const later = ({ id, attempts }: Webhook) =>
    outcomes.push({ id, attempts, counted: attempts - 1, nextAt: now });

  const ready = begun.flatMap((webhook) => {
    const record = partners.get(webhook.partner);
    const push = record?.policy.push;
    if (!record?.policy.enabled || !push?.events.includes(webhook.event)) unwanted.push(webhook.id);
    else if (record.pushOff !== undefined) later(webhook);
    else return [{ webhook, record, url: push.url, host: new URL(push.url).hostname }];
    return [];
  });
  const answers = await callInTurn(DB, ready, now, async ({ webhook, record, url }) => {
    const { partner } = webhook;
    if (gone.has(partner)) return undefined;
    const secrets = await webhookSecrets(WEBHOOK_SECRET, record, now);
    const answer = await send(runtime, url, webhook, secrets, now);
    if (isGone(answer)) gone.set(partner, { partner, url, why: `${now} ${inWords(answer)}` });
    return answer;
  });
  for (const [{ webhook }, answer] of answers) {
    if (answer) outcomes.push(outcomeOf(webhook, answer, now));
    else later(webhook);
  }
  if (begun.length > 0) await endWebhooks(DB, outcomes, unwanted, [...gone.values()]);
}

/** One request. Its id is the same in every attempt, and for no other news and no other partner. */
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
  // Who takes Atom or ninjs knows the article by its URI alone.
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
  return callStranger(site, url, { method: "POST", headers, body }, 0, CALLER);
}

function outcomeOf(webhook: Webhook, answer: Answer, now: Instant): WebhookOutcome {
  const { id, attempts, since, partner, articleId, version, event } = webhook;
  const outcome = { id, attempts, counted: attempts, answer: inWords(answer) };
  const facts = { partner, article: articleId, version, type: event, attempts, answer: outcome.answer };
  if (hasSucceeded(answer)) {
    log("delivered", facts);
    return { ...outcome, deliveredAt: now };
  }
  if (isGone(answer)) {
    log("switched-off", facts);
    return { ...outcome, nextAt: now };
  }
  const nextAt = nextAttempt(since, attempts, now, THREE_DAYS, Math.random());
  log("undelivered", { ...facts, next: nextAt ?? "dead" });
  return nextAt ? { ...outcome, nextAt } : outcome;
}
