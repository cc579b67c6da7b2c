// From a changed document to messages of DELIVERIES, and what cron pushes again. Each version is announced once: to
// every subscriber, or to the outside hub that site.yaml names.

import { sendAll } from "../feeds/send.ts";
import { log } from "../log.ts";
import type { Runtime } from "../model/env.ts";
import type { DocumentKey } from "../model/feed.ts";
import type { Turn } from "../model/messages.ts";
import { addSeconds, type Instant } from "../model/time.ts";
import { addDeliveries, claimDeliveries } from "../store/deliveries.ts";
import { claimVerifications, dropExpired } from "../store/subscriptions.ts";
import { CLAIM_SECONDS, deliveryMessages } from "./queue.ts";
import { pushWebhooks } from "./webhook.ts";

/** Deliveries that cron takes up again a minute. */
const AGAIN_LIMIT = 1000;
/** A request that could not be verified for so long is forgotten. */
const VERIFICATION_SECONDS = 3600;

/** Has a document's new version sent to those who want it. @throws Error, when D1 fails. */
export async function announce(
  { env, site }: Runtime,
  document: DocumentKey & { readonly version: number },
  now: Instant,
): Promise<void> {
  const nextAt = addSeconds(now, CLAIM_SECONDS);
  const turns = await addDeliveries(env.DB, document, { now, nextAt, hub: site.hub });
  if (turns.length === 0) return;
  const { feed, format, version } = document;
  log("announced", { feed, format, version, deliveries: turns.length });
  await sendAll(env.DELIVERIES, deliveryMessages(document, turns));
}

/** Every minute: ends leases, and queues again what failed and is due, and what was lost. */
export async function pushAgain(runtime: Runtime, now: Instant): Promise<void> {
  const { env } = runtime;
  const nextAt = addSeconds(now, CLAIM_SECONDS);
  const expired = await dropExpired(env.DB, now, addSeconds(now, -VERIFICATION_SECONDS));
  const due = await claimDeliveries(env.DB, now, nextAt, AGAIN_LIMIT);
  const verifications = await claimVerifications(env.DB, now, nextAt);
  const byDocument = Map.groupBy(due, ({ feed, format }) => `${format}:${feed}`);
  await sendAll(env.DELIVERIES, [
    ...verifications.map((id) => ({ kind: "verification" as const, id })),
    ...[...byDocument.values()].flatMap(messagesOf),
  ]);
  const webhooks = await pushWebhooks(runtime, now);
  if (expired + due.length + verifications.length + webhooks > 0) {
    log("cron", { expired, deliveries: due.length, verifications: verifications.length, webhooks });
  }
}

const messagesOf = (due: readonly (DocumentKey & Turn)[]) => (due[0] ? deliveryMessages(due[0], due) : []);
