// What cron has pushed again: feeds' objects that should have done something by now, requests whose verification was lost,
// and webhooks.

import { CLAIM_SECONDS } from "../feeds/messages.ts";
import { sendAll } from "../feeds/send.ts";
import { log } from "../log.ts";
import type { Runtime } from "../model/env.ts";
import { addSeconds, type Instant } from "../model/time.ts";
import { claimVerifications, dropUnverified, feedsToPush } from "../store/hub.ts";
import { pushWebhooks } from "./webhook.ts";

/** Objects that are asked a minute. */
const FEEDS_LIMIT = 100;
/** An object that is late by less has its alarm under way. */
const GRACE_SECONDS = 60;
/** A request that could not be verified for so long is forgotten. */
const VERIFICATION_SECONDS = 3600;

/** Every minute. @throws Error, when D1 fails. */
export async function pushAgain(runtime: Runtime, now: Instant): Promise<void> {
  const { env } = runtime;
  await dropUnverified(env.DB, addSeconds(now, -VERIFICATION_SECONDS));
  const feeds = await feedsToPush(env.DB, addSeconds(now, -GRACE_SECONDS), FEEDS_LIMIT);
  await sendAll(
    env.REBUILDS,
    feeds.map((feed) => ({ kind: "feed", feed })),
  );
  const verifications = await claimVerifications(env.DB, now, addSeconds(now, CLAIM_SECONDS));
  await sendAll(
    env.DELIVERIES,
    verifications.map((id) => ({ kind: "verification", id })),
  );
  const webhooks = await pushWebhooks(runtime, now);
  if (feeds.length + verifications.length + webhooks > 0)
    log("cron", { feeds: feeds.length, verifications: verifications.length, webhooks });
}
